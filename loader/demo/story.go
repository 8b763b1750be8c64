package demo

import (
	"slices"
	"strings"
	"time"

	"pawprint/model/rawjson"
)

// storySeed is a seed whose background has every oddity of real logs.
const storySeed = 91

// storyBackground is how many events of ordinary work surround the incident.
const storyBackground = 1_920

// storyMonth is the month of the incident, which its times leave out.
const storyMonth = "2026-11-"

// storyTime is the layout of storyMonth followed by the time of an event.
const storyTime = "2006-01-02 15:04:05.000"

// incidentEvent is one event of the incident.
type incidentEvent struct {
	at     string // day and time in storyMonth, UTC
	who    *actor
	from   origin
	action string
	result string
	input  string   // members of the input, as a JSON object; $NAMES stand for identifiers
	errors []string // messages; none leaves the field null
	alert  alert    // the rule match that repeats the event shortly after
}

// storyLine is a line of the story with the time it arrived.
type storyLine struct {
	arrived time.Time
	line    []byte
}

// Story returns a whole log of about 2,000 lines: two weeks of ordinary work up to 2026-11-22, and an incident. An
// administrator's account is taken over in the night of the 21st, used to blind the deployment and to copy data, and
// set right again in the evening of the 22nd. All of the intruder's requests come from 203.0.113.0/24. Every line is an
// event without errors in its fields; a few are late, and four repeat an event as a rule match. The bytes are always the
// same, and belong to the caller.
func Story() []byte {
	lines := storyWork()
	lines = append(lines, storyIncident()...)
	slices.SortStableFunc(lines, func(a, b storyLine) int { return a.arrived.Compare(b.arrived) })
	var b []byte
	for _, t := range lines {
		b = append(b, t.line...)
	}
	return b
}

// storyWork invents the ordinary work of the two weeks. Nobody works on the weekend of the incident; the machines do.
func storyWork() []storyLine {
	g := New(Options{
		Seed:   storySeed,
		Events: storyBackground,
		Start:  time.Date(2026, time.November, 8, 20, 30, 0, 0, time.UTC),
		End:    time.Date(2026, time.November, 22, 20, 30, 0, 0, time.UTC),
		calm:   true,
	})
	weekend := time.Date(2026, time.November, 20, 21, 0, 0, 0, time.UTC)
	var lines []storyLine
	var arrived time.Time
	for {
		line, more := g.Append(nil)
		if !more {
			return lines
		}
		if g.rec.at.After(arrived) {
			arrived = g.rec.at
		}
		if arrived.After(weekend) && g.rec.actor.email != "" {
			continue
		}
		lines = append(lines, storyLine{arrived, line})
	}
}

// storyIncident returns the lines of the incident.
func storyIncident() []storyLine {
	g := New(Options{Seed: 21, calm: true})
	actions := storyActions()
	ids := storyIDs(g.cast)
	var lines []storyLine
	for _, s := range incident(g.cast) {
		at := s.time()
		g.play(s, at, actions, ids)
		lines = append(lines, storyLine{at, g.rec.appendLine(nil)})
		if s.alert != (alert{}) {
			g.rec.alert = s.alert
			late := at.Add(g.rec.parseDelay() + 8*time.Second)
			lines = append(lines, storyLine{late, g.rec.appendLine(nil)})
		}
	}
	return lines
}

// time returns when the event happens in the story.
func (s *incidentEvent) time() time.Time {
	at, err := time.Parse(storyTime, storyMonth+s.at)
	if err != nil {
		panic("demo: a scene's time: " + err.Error())
	}
	return at
}

// play fills the record with an event of the incident, which happens at a time.
func (g *Generator) play(s incidentEvent, at time.Time, actions map[string]*action, ids *strings.Replacer) {
	act := actions[s.action]
	if act == nil {
		panic("demo: a scene's action is in no catalog: " + s.action)
	}
	g.rec = record{
		at: at, action: act, result: s.result, actor: s.who, origin: s.from, lake: true,
		params: []byte("{}"),
		errors: []byte(ids.Replace(string(storyErrors(s.errors)))),
		rowID:  [2]uint64{g.rng.Uint64(), g.rng.Uint64()},
		trace:  [2]uint64{g.rng.Uint64(), g.rng.Uint64()},
		enrich: s.from.site != nil && (s.action == signIn.name || s.from.site.hidden),
	}
	if s.input != "" {
		g.rec.params = []byte(`{"dynamic":{"input":` + ids.Replace(s.input) + `},"static":{}}`)
	}
}

// storyErrors returns the errors field with the given messages.
func storyErrors(messages []string) []byte {
	if len(messages) == 0 {
		return null
	}
	b := []byte{'['}
	for i, m := range messages {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"message":`...)
		b = append(rawjson.AppendString(b, m), '}')
	}
	return append(b, ']')
}

// storyActions returns the catalog by name, with the actions that only the story needs.
func storyActions() map[string]*action {
	byName := map[string]*action{signIn.name: &signIn}
	for _, actions := range actionsBy {
		for i := range actions {
			byName[actions[i].name] = &actions[i].action
		}
	}
	for i := range rareActions {
		byName[rareActions[i].name] = &rareActions[i]
	}
	return byName
}

// rareActions are the actions that only the story needs.
var rareActions = []action{
	{name: "BULK_DELETE_DETECTIONS", desc: "Deletes several detections"},
	{name: "DELETE_USER", desc: "Deletes a user"},
	{name: "DELETE_USER_ROLE", desc: "Deletes a user role"},
	{name: "DELETE_LOG_SOURCE", desc: "Deletes a log source"},
	{name: "DELETE_API_TOKEN", desc: "Deletes an API token"},
	{name: "UPDATE_API_TOKEN", desc: "Updates an API token"},
	{name: "RESET_USER_PASSWORD", desc: "Resets the password of a user"},
	{name: "PUBLIC_API_LIST_USERS", desc: "Lists users"},
	{name: "PUBLIC_API_GET_API_TOKEN", desc: "Gets an API token"},
	{name: "LIST_LOG_TYPES", desc: "Lists log types"},
}

// Numbers of the story's own things, far from those of the background.
const (
	alertNewAddress = 9001 + iota
	alertSAML
	alertRole
	alertDeleted
)

// storyIDs replaces the names that stand for identifiers in the incident.
func storyIDs(c *cast) *strings.Replacer {
	uuid := func(kind string, n int) string { return string(stableUUID(nil, kind, n)) }
	return strings.NewReplacer(
		"$ALERT_ADDRESS", alertID("alert", alertNewAddress), "$ALERT_SAML", alertID("alert", alertSAML),
		"$ALERT_ROLE", alertID("alert", alertRole), "$ALERT_DELETED", alertID("alert", alertDeleted),
		"$ELENA", c.people[0].id, "$MIRA", c.people[1].id,
		"$OUTSIDER", outsiderID, "$ROLE", uuid("role", 77), "$EXPORTER", exporterID,
		"$CI", ciTokenID, "$PAGER", uuid("destination", 0), "$SLACK", uuid("destination", 1),
		"$TRAIL", uuid("source", 0), "$AUDIT", uuid("source", 12),
		"$QUERY1", uuid("query", 9001), "$QUERY2", uuid("query", 9002), "$QUERY3", uuid("query", 9003),
		"$QUERY4", uuid("query", 9004), "$QUERY5", uuid("query", 9005), "$QUERY6", uuid("query", 9006),
		"$SAVED1", uuid("saved", 9001), "$SAVED2", uuid("saved", 9002),
	)
}
