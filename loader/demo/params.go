package demo

import (
	"strconv"
	"strings"
	"time"

	"pawprint/model/rawjson"
)

// inputKind is the kind of an action's input, see appendInput.
type inputKind uint8

const (
	inNone inputKind = iota
	inPage
	inAlertList
	inAlert
	inAlertStatus
	inAlertAssignee
	inDelivery
	inDetectionID
	inDetectionRef
	inDetection
	inDetections
	inDetectionState
	inTest
	inUpload
	inUser
	inUserID
	inRole
	inRoleID
	inDestination
	inDestinationID
	inLogSource
	inLogSourceID
	inSchema
	inLookup
	inPack
	inToken
	inSAML
	inSettings
	inTable
	inSQL
	inSearch
	inQueryID
	inSaved
	inSavedID
	inInterval
	inSignIn
)

// mayBeStale holds the inputs that name things which may be gone.
var mayBeStale = [inSignIn + 1]bool{inAlert: true, inDetectionID: true, inUserID: true, inLogSourceID: true, inQueryID: true}

// inventParams fills the record's parameters in one of the shapes that occur: empty, flat, input, dynamic and static, or
// dynamic alone.
func (g *Generator) inventParams() {
	r := &g.rec
	r.targets, r.parts, r.packed = [2]string{}, 1, false
	r.stale = mayBeStale[r.action.input] && g.permille(22)
	input := g.appendInput(r.scratch.input[:0], r.action.input)
	b := r.scratch.params[:0]
	n := g.below(100)
	switch {
	case len(input) == 0 && n < 60:
		b = append(b, "{}"...)
	case len(input) > 0 && n < 6:
		b = appendObject(b, input)
	case len(input) > 0 && n < 14:
		b = append(b, `{"input":`...)
		b = appendObject(b, input)
		b = append(b, '}')
	case n < 34:
		b = append(b, `{"dynamic":{"input":`...)
		b = appendObject(b, input)
		b = append(b, "}}"...)
	default:
		b = append(b, `{"dynamic":{"input":`...)
		b = appendObject(b, input)
		b = append(b, `},"static":`...)
		b = g.appendStatic(b)
		b = append(b, '}')
	}
	r.params, r.scratch.params, r.scratch.input = b, b, input
}

// appendStatic appends the parameters that the server adds.
func (g *Generator) appendStatic(b []byte) []byte {
	switch g.rec.action.input {
	case inSQL, inSearch:
		return append(b, `{"input":{"databaseName":"panther_logs.public","resultFormat":"rows"}}`...)
	case inUser, inUserID:
		return append(b, `{"input":{"organizationDomain":"example.com"}}`...)
	case inUpload:
		return append(b, `{"input":{"mode":"upsert","source":"cli"}}`...)
	}
	return append(b, "{}"...)
}

// appendObject wraps members, each of which has a comma before it.
func appendObject(b, members []byte) []byte {
	b = append(b, '{')
	if len(members) > 0 {
		b = append(b, members[1:]...)
	}
	return append(b, '}')
}

// member appends a member with a string for a value.
func member(b []byte, key, value string) []byte {
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":`...)
	return rawjson.AppendString(b, value)
}

// memberID appends a member whose value is the UUID of the n-th thing of a kind.
func memberID(b []byte, key, kind string, n int) []byte {
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":"`...)
	return append(stableUUID(b, kind, n), '"')
}

// memberSome appends a member whose value is a list of one to four strings out of list.
func (g *Generator) memberSome(b []byte, key string, list []string) []byte {
	n := 1 + g.below(min(4, len(list)))
	from := g.below(len(list) - n + 1)
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":`...)
	return appendList(b, list[from:from+n])
}

// any returns one of the strings of list.
func (g *Generator) any(list []string) string { return list[g.below(len(list))] }

// appendInput appends the members of an action's input, each with a comma before it, and notes the target.
func (g *Generator) appendInput(b []byte, kind inputKind) []byte {
	switch kind {
	case inPage, inAlertList, inInterval, inTable:
		return g.appendListInput(b, kind)
	case inAlert, inAlertStatus, inAlertAssignee, inDelivery:
		return g.appendAlertInput(b, kind)
	case inDetectionID, inDetectionRef, inDetection, inDetections, inDetectionState, inTest, inUpload, inPack:
		return g.appendDetectionInput(b, kind)
	case inUser, inUserID, inRole, inRoleID, inToken:
		return g.appendUserInput(b, kind)
	case inDestination, inDestinationID, inLogSource, inLogSourceID, inSchema, inLookup:
		return g.appendSourceInput(b, kind)
	case inSAML, inSettings, inSignIn:
		return g.appendSettingsInput(b, kind)
	case inSQL, inSearch, inQueryID, inSaved, inSavedID:
		return g.appendQueryInput(b, kind)
	}
	return b
}

func (g *Generator) appendListInput(b []byte, kind inputKind) []byte {
	switch kind {
	case inInterval:
		b = append(b, `,"fromDate":"`...)
		b = g.rec.at.Add(-24*time.Hour).AppendFormat(b, "2006-01-02T15:00:00Z")
		b = append(b, `","toDate":"`...)
		b = g.rec.at.AppendFormat(b, "2006-01-02T15:00:00Z")
		b = append(b, '"')
		return member(b, "interval", g.any(intervals))
	case inTable:
		t := tables[g.below(len(tables))]
		g.rec.targets[0] = t.table
		return member(member(b, "databaseName", t.database), "name", t.table)
	case inAlertList:
		b = g.memberSome(b, "severities", severities)
		b = g.memberSome(b, "statuses", alertStatuses)
		b = append(b, `,"createdAtAfter":"`...)
		b = g.rec.at.Add(-72*time.Hour).AppendFormat(b, "2006-01-02T15:00:00Z")
		b = append(b, '"')
	}
	b = append(b, `,"pageSize":`...)
	b = strconv.AppendInt(b, int64(25*(1+g.below(4))), 10)
	if g.one(3) {
		b = append(b, `,"cursor":"`...)
		b = appendHex(b, g.rng.Uint64(), 16)
		b = append(b, '"')
	}
	return member(b, "sortDir", "descending")
}

func (g *Generator) appendAlertInput(b []byte, kind inputKind) []byte {
	g.rec.targets[0] = g.any(g.cast.alerts)
	if g.rec.stale {
		g.rec.targets[0] = g.any(g.cast.purged)
	}
	switch kind {
	case inAlert:
		g.rec.parts = 4 // the queries of a summary
		return member(b, "id", g.rec.targets[0])
	case inDelivery:
		d := g.below(len(destinations))
		b = member(b, "alertId", g.rec.targets[0])
		b = memberID(b, "outputId", "destination", d)
		return member(b, "displayName", destinations[d].name)
	}
	b = append(b, `,"ids":["`...)
	b = append(b, g.rec.targets[0]...)
	g.rec.parts += g.below(4)
	for range g.rec.parts - 1 {
		g.rec.targets[1] = g.any(g.cast.alerts)
		b = append(b, `","`...)
		b = append(b, g.rec.targets[1]...)
	}
	b = append(b, `"]`...)
	if kind == inAlertStatus {
		return member(b, "status", g.any(alertStatuses))
	}
	p := g.cast.people[g.below(len(g.cast.people))]
	return member(member(b, "assigneeId", p.id), "assigneeEmail", p.email)
}

func (g *Generator) appendDetectionInput(b []byte, kind inputKind) []byte {
	n := g.below(len(detections))
	if (kind == inDetectionRef || kind == inDetections) && g.one(2) {
		n = firstUnpacked + g.below(len(detections)-firstUnpacked-2)
	}
	d := &detections[n]
	g.rec.targets[0] = d.id
	g.rec.packed = d.packed && (kind == inDetectionRef || kind == inDetections)
	switch kind {
	case inDetectionID:
		if g.rec.stale {
			g.rec.targets[0] = g.any(retired.detections)
		}
		return member(b, "detectionId", g.rec.targets[0])
	case inDetectionRef:
		return member(b, "id", d.id)
	case inDetection:
		b = member(member(b, "detectionId", d.id), "displayName", d.title)
		b = member(b, "severity", g.any(severities))
		b = append(b, `,"enabled":true,"dedupPeriodMinutes":60`...)
		return g.memberSome(b, "logTypes", logTypes)
	case inDetections, inDetectionState:
		b = append(b, `,"detections":[`...)
		g.rec.parts += g.below(3)
		for i := range g.rec.parts {
			if i > 0 {
				b = append(b, ',')
			}
			g.rec.targets[min(i, 1)] = detections[(n+i)%len(detections)].id
			b = append(b, `{"id":`...)
			b = rawjson.AppendString(b, g.rec.targets[min(i, 1)])
			if kind == inDetectionState {
				b = append(b, `,"enabled":true`...)
			}
			b = append(b, '}')
		}
		return append(b, ']')
	case inTest:
		b = member(member(b, "detectionId", d.id), "displayName", d.title)
		return append(b, `,"tests":[{"name":"matches","expectedResult":true},{"name":"stays quiet","expectedResult":false}]`...)
	case inPack:
		g.rec.targets[0] = g.any(packs)
		return append(member(b, "id", g.rec.targets[0]), `,"enabled":true`...)
	}
	b = append(b, `,"fileName":"detections-`...)
	b = appendHex(b, g.rng.Uint64(), 10)
	b = append(b, `.zip","sizeBytes":`...)
	b = strconv.AppendInt(b, int64(20_000+g.below(400_000)), 10)
	b = append(b, `,"detections":[{"id":`...)
	b = rawjson.AppendString(b, d.id)
	g.rec.targets[1], g.rec.parts = detections[(n+1)%len(detections)].id, 2
	b = append(b, `},{"id":`...)
	b = rawjson.AppendString(b, g.rec.targets[1])
	return append(b, `}]`...)
}

func (g *Generator) appendUserInput(b []byte, kind inputKind) []byte {
	p := &g.cast.people[g.below(len(g.cast.people))]
	n := g.below(len(roles))
	switch kind {
	case inUser:
		g.rec.targets[0] = p.email
		b = member(member(b, "id", p.id), "email", p.email)
		return member(member(b, "role", p.role), "name", p.name)
	case inUserID:
		g.rec.targets[0] = p.email
		if g.rec.stale {
			g.rec.targets[0] = g.any(retired.users)
			return member(b, "email", g.rec.targets[0])
		}
		return member(member(b, "id", p.id), "email", p.email)
	case inRoleID:
		g.rec.targets[0] = roles[n].name
		return member(member(b, "id", roles[n].id), "name", roles[n].name)
	case inRole:
		g.rec.targets[0] = "Project readers"
		b = member(b, "name", g.rec.targets[0])
		b = g.memberSome(b, "permissions", permissions)
		b = g.memberSome(b, "logTypeAccess", logTypes)
		return member(b, "logTypeAccessKind", g.any(accessKinds))
	}
	g.rec.targets[0] = g.any(tokenNames)
	b = member(b, "name", g.rec.targets[0])
	b = g.memberSome(b, "permissions", permissions)
	return member(b, "value", "(redacted)")
}

func (g *Generator) appendSourceInput(b []byte, kind inputKind) []byte {
	switch kind {
	case inDestination, inDestinationID:
		n := g.below(len(destinations))
		g.rec.targets[0] = destinations[n].name
		b = memberID(b, "outputId", "destination", n)
		b = member(member(b, "displayName", g.rec.targets[0]), "outputType", destinations[n].kind)
		if kind == inDestination {
			g.rec.parts = 2
			b = g.memberSome(b, "defaultForSeverity", severities)
		}
		return b
	case inSchema:
		g.rec.targets[0] = logSources[g.below(len(logSources))].logTypes[0]
		return member(b, "name", g.rec.targets[0])
	case inLookup:
		n := g.below(len(lookups))
		g.rec.targets[0], g.rec.parts = lookups[n], 2
		return member(memberID(b, "id", "lookup", n), "name", g.rec.targets[0])
	}
	n := g.below(len(logSources))
	s := &logSources[n]
	g.rec.targets[0] = s.name
	if g.rec.stale {
		g.rec.targets[0] = g.any(retired.logSources)
		return member(memberID(b, "integrationId", "retired", n), "name", g.rec.targets[0])
	}
	if kind == inLogSourceID {
		return member(memberID(b, "integrationId", "source", n), "name", s.name)
	}
	b = memberID(member(b, "name", s.name), "integrationId", "source", n)
	b = member(b, "integrationType", s.kind)
	b = append(b, `,"logTypes":`...)
	return appendList(b, s.logTypes)
}

func (g *Generator) appendSettingsInput(b []byte, kind inputKind) []byte {
	switch kind {
	case inSAML:
		return append(b, `,"enabled":true,"defaultRole":"Analyst","metadataUrl":"(redacted)"`...)
	case inSettings:
		b = append(b, `,"displayName":"Example Works","errorReportingConsent":true,"auditLogsEnabled":true,"sessionTimeoutMinutes":`...)
		return strconv.AppendInt(b, int64(30*(1+g.below(8))), 10)
	}
	if strings.HasPrefix(g.rec.actor.id, singleSignOn) {
		return member(b, "provider", "OktaSSO")
	}
	return member(b, "provider", "password")
}

func (g *Generator) appendQueryInput(b []byte, kind inputKind) []byte {
	switch kind {
	case inSQL:
		b = member(b, "databaseName", "panther_logs.public")
		return member(b, "sql", g.any(queries))
	case inSearch:
		g.rec.targets[0], g.rec.parts = g.any(searches), 3
		b = member(b, "query", g.rec.targets[0])
		return g.memberSome(b, "logTypes", logTypes)
	case inQueryID:
		b = append(b, `,"queryId":"`...)
		b = stableUUID(b, "query", g.below(5000))
		return append(b, `","pageSize":250`...)
	}
	n := g.below(len(savedQueries))
	g.rec.targets[0] = savedQueries[n]
	b = member(memberID(b, "id", "saved", n), "name", savedQueries[n])
	if kind == inSaved {
		b = member(b, "sql", g.any(queries))
	}
	return b
}
