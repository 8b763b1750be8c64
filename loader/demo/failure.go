package demo

import "pawprint/model/rawjson"

// Messages of failures. %t stands for the target and %p for the missing permission.
var (
	denials        = []string{"access denied: missing permission %p"}
	commonFailures = []string{
		"request timed out after 30 s",
		"the connection to the data lake was reset",
		"service unavailable: a new version is being rolled out",
		"rate limit exceeded: try again in 12 s",
		`{"code":"Throttled","message":"too many requests","retryable":true}`,
	}
	packRefusals = []string{"cannot delete: the rule is part of a pack"}
	missing      = []string{
		"%t not found",
		`{"code":"NotFound","message":"%t does not exist","retryable":false}`,
	}
	queryFailures = []string{
		"SQL compilation error: invalid identifier 'SOURCEIPADDRESS' at line 1 position 31",
		"query refused: it has no bound on p_event_time",
		"query cancelled after 600 s",
		`{"code":"QueryFailed","message":"SQL compilation error: object 'OKTA_SYSTEMLOGS' does not exist","sqlState":"42S02"}`,
	}
	uploadFailures = []string{
		"%t: unit test \"stays quiet\" returned true",
		"%t: syntax error in the rule body, line 14: expected ':'",
		"%t: unknown log type Custom.Paymentsledgr",
	}
	signInFailures = []string{
		"sign-in failed: the identity provider rejected the second factor",
		"sign-in failed: the session expired before it was confirmed",
	}
)

// staleOf holds the messages about things that are gone, by input.
var staleOf = [inSignIn + 1][]string{
	inAlert:       missing,
	inDetectionID: missing,
	inUserID:      missing,
	inLogSourceID: missing,
	inQueryID:     {"the results of this query have expired", "query not found"},
}

// failuresOf holds the messages that fit an action's input. Actions with other inputs fail with the common ones.
var failuresOf = [inSignIn + 1][]string{
	inDetection:      {"%t: the rule body is larger than 64 KB", "%t was changed by someone else: reload and try again"},
	inDetectionState: {"%t is managed by a pack"},
	inTest:           uploadFailures,
	inUpload:         uploadFailures,
	inUser:           {"%t was changed by someone else: reload and try again", "%t: the group has no role"},
	inRole:           {"a role named %t exists already"},
	inDestination:    {"%t: the service answered 403 Forbidden", `{"code":"DeliveryFailed","message":"%t did not answer","statusCode":504}`},
	inDelivery:       {"the destination did not answer within 10 s", `{"code":"DeliveryFailed","message":"service unavailable","statusCode":503}`},
	inLogSource:      {"%t: the role cannot be assumed", "%t: the bucket notification is missing"},
	inSchema:         {"%t: the schema is being updated"},
	inLookup:         {"%t: the object is newer than its schema", "%t: row 118 has 7 columns, expected 6"},
	inPack:           {"%t: an update of the pack is in progress"},
	inToken:          {"a token named %t exists already"},
	inSQL:            queryFailures,
	inSearch:         {"search cancelled after 300 s", "one of the tables is being migrated"},
}

// partialOf holds the messages of actions that failed for some of their targets.
var partialOf = [inSignIn + 1][]string{
	inAlertStatus:    {"%t not found", "%t was merged into another alert"},
	inAlertAssignee:  {"%t not found", "the assignee may not read %t"},
	inDetections:     {"cannot delete %t: it is being replayed"},
	inDetectionState: {"%t is managed by a pack"},
	inUpload:         uploadFailures,
	inDestination:    {"%t did not answer within 10 s"},
	inSearch:         {"panther_logs.public.gcp_auditlog: search timed out", "panther_logs.public.github_audit: search timed out"},
	inLookup:         {"%t: 3 of 18204 rows were skipped"},
	inAlert:          {"%t: 1 of 4 queries failed: SQL compilation error"},
}

// inventResult decides how the action ends and writes the errors that go with it.
func (g *Generator) inventResult() {
	r := &g.rec
	r.result = succeeded
	failRate, partialRate := 28, 0
	if r.action.write {
		failRate = 78
	}
	if r.parts > 1 && r.action.many {
		partialRate = 150
	}
	switch n := g.below(1000); {
	case r.denied:
		r.result = failed
		g.inventErrors(denials, 1)
	case r.stale:
		r.result = failed
		g.inventErrors(staleOf[r.action.input], 1)
	case r.refused:
		r.result = failed
		g.inventErrors(signInFailures, 1)
	case r.packed:
		r.result = failed
		g.inventErrors(packRefusals, 1)
	case r.action == &signIn:
		g.inventSuccess()
	case n < partialRate:
		r.result = partial
		g.inventErrors(partialOf[r.action.input], 1+g.below(r.parts-1))
	case n < partialRate+failRate:
		r.result = failed
		messages, count := failuresOf[r.action.input], 1
		switch {
		case len(messages) == 0 || g.one(4):
			messages = commonFailures
		case r.action.many:
			count = min(r.parts, 1+g.below(2))
		}
		g.inventErrors(messages, count)
	default:
		g.inventSuccess()
	}
}

// inventSuccess writes the errors field of an action without errors: mostly null, sometimes no field at all.
func (g *Generator) inventSuccess() {
	g.rec.errors = null
	if g.one(3) {
		g.rec.errors = nil
	}
}

// inventErrors writes up to count different messages. Now and then a failure names no reason at all.
func (g *Generator) inventErrors(messages []string, count int) {
	r := &g.rec
	if g.one(g.rare(60)) {
		r.errors = null
		return
	}
	first := g.below(len(messages))
	b := append(r.scratch.errors[:0], '[')
	for i := range min(count, len(messages), len(r.targets)) {
		if i > 0 {
			b = append(b, ',')
		}
		r.scratch.text = r.appendMessage(r.scratch.text[:0], messages[(first+i)%len(messages)], i)
		b = append(b, `{"message":`...)
		b = rawjson.AppendString(b, r.scratch.text)
		b = append(b, '}')
	}
	b = append(b, ']')
	r.errors, r.scratch.errors = b, b
}

// appendMessage appends a message about the i-th target with its placeholders filled in.
func (r *record) appendMessage(b []byte, message string, i int) []byte {
	target := r.targets[i]
	if target == "" {
		target = r.targets[0]
	}
	for len(message) > 0 {
		c := message[0]
		if c != '%' || len(message) == 1 {
			b, message = append(b, c), message[1:]
			continue
		}
		switch message[1] {
		case 't':
			b = append(b, target...)
		case 'p':
			b = append(b, r.action.perm...)
		}
		message = message[2:]
	}
	return b
}
