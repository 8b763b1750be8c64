package query

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/model/near"
)

// class is a word that may follow is: or has:.
type class struct {
	name string
	doc  string
	plan plan
}

// classes are the words that may follow is:.
var classes = []class{
	{"failed", "failed, wholly or in part", wordPlan(model.ColResult, "FAILED", "PARTIALLY_FAILED")},
	{"partial", "failed in part", wordPlan(model.ColResult, "PARTIALLY_FAILED")},
	{"succeeded", "succeeded", wordPlan(model.ColResult, "SUCCEEDED")},
	{"read", "the action only reads", actionPlan(model.ReadClass)},
	{"write", "the action creates, changes or deletes", actionPlan(model.CreateClass, model.ChangeClass, model.DeleteClass)},
	{"create", "the action creates", actionPlan(model.CreateClass)},
	{"change", "the action changes something that exists", actionPlan(model.ChangeClass)},
	{"delete", "the action deletes", actionPlan(model.DeleteClass)},
	{"signin", "a sign-in", actionPlan(model.AuthClass)},
	{"query", "a query was run, or an answer generated", actionPlan(model.QueryClass)},
	{"export", "something was downloaded", actionPlan(model.ExportClass)},
	{"test", "a test was run", actionPlan(model.TestClass)},
	{"token", "the actor is an API token", wordPlan(model.ColActorType, "TOKEN")},
	{"ci", "done by CI or other automation: the query ci in the configuration, or else any API token", ciPlan},
	{"user", "the actor is a user and not the deployment itself", func(env *Env) predicate {
		return allOf(wordPlan(model.ColActorType, "USER")(env), complement{systemPlan(env)})
	}},
	{"system", "the actor is the deployment itself", systemPlan},
	{"invalid", "breaks the schema, or is not an event at all", flagPlan(model.FlagError | model.FlagReject)},
	{"reject", "the line is not an event", flagPlan(model.FlagReject)},
	{"suspicious", "holds hidden text or duplicate keys, or is:twin", suspiciousPlan},
	{"twin", "the actor's name or e-mail address looks like another in the log but is spelled differently", func(*Env) predicate { return twin{} }},
	{"duplicate", "has the p_row_id of an earlier event, in any source", func(*Env) predicate { return copied{} }},
	{"silence", "the first event after a silence: more than an hour without any event, and more than 20 times the median time between events", func(*Env) predicate { return silent{} }},
	{"recovered", "a whole event on a line or in a document that holds other bytes too", flagPlan(model.FlagRecovered)},
	{"marked", "marked by you", anyMark},
	{"first-seen", "the actor's first event in the log from that address, or with that action", firstPlan(firstAddress | firstAction)},
	{"new-address", "the actor's first event in the log from that address", firstPlan(firstAddress)},
	{"new-action", "the actor's first event in the log with that action", firstPlan(firstAction)},
	{"offhours", "outside office hours (7:00 to 19:00 unless the configuration says otherwise) or on a weekend, in the zone shown", func(env *Env) predicate { return &offHours{env.zone(), env.Office, env.untimed} }},
}

// presences are the words that may follow has:, besides the names of attributes.
var presences = []class{
	{"problem", "has a problem, be it an error or a warning", flagPlan(model.FlagError | model.FlagWarning | model.FlagReject)},
	{"warning", "has a problem that is only a warning", flagPlan(model.FlagWarning)},
	{"errors", "the list of errors is not empty", flagPlan(model.FlagErrors)},
	{"time", "has a time of its own", timePresence},
	{"note", "you wrote a note on it", saidPlan(func(m *marks.Mark) bool { return m.Note != "" })},
	{"tag", "you gave it a tag", saidPlan(func(m *marks.Mark) bool { return slices.ContainsFunc(m.Tags, func(t string) bool { return t != "" }) })},
	{"verdict", "you gave a verdict on it", saidPlan(func(m *marks.Mark) bool { return m.Verdict != "" })},
}

func suspiciousPlan(*Env) predicate { return anyOf(flagged{model.FlagSuspicious}, twin{}) }

// ciPlan matches what the user says that automation does.
func ciPlan(env *Env) predicate {
	if env.CI == nil {
		return wordPlan(model.ColActorType, "TOKEN")(env)
	}
	return env.CI.plan(env)
}

// Automation is what a user says that CI and other automation did.
type Automation struct{ plan plan }

// AsksForCI reports whether a query names is:ci: what it finds depends on Env.CI. Own views in it must have been unfolded.
func AsksForCI(e Expr) bool {
	asks := false
	walk(e, func(e Expr) {
		if a, ok := e.(attribute); ok && field.Same(a.name, "is") {
			asks = asks || slices.ContainsFunc(a.values, func(v value) bool { return field.Same(v.text, "ci") })
		}
	})
	return asks
}

var errWideCI = errors.New("it may use only fields of the event itself, such as actor, action or userAgent: remove times, searches for text, and terms such as is:first-seen that depend on other events")

// NewAutomation returns what a query finds as Env.CI. It has to decide each row alone, without its line and its time.
func NewAutomation(e Expr) (*Automation, error) {
	if p := compile(e, new(Env)); p.cost() >= costLines || anyPredicate(p, isForwardedTest) || standingsOf(p) != 0 || asksTime(p) || AsksForCI(e) {
		return nil, errWideCI
	}
	return &Automation{func(env *Env) predicate { return compile(e, env) }}, nil
}

func timePresence(*Env) predicate { return complement{flagged{model.FlagNoTime}} }

// planNamed plans is: and has:, whose values name classes; any of them can match.
func planNamed(e attribute, s subject) (plan, *fault) {
	table := classes
	if s.kind == kindPresence {
		table = presences
	}
	var plans []plan
	for i, v := range e.values {
		p := planOf(table, v)
		if p == nil && s.kind == kindPresence {
			p = presencePlan(v)
		}
		if p == nil {
			return nil, &fault{i, unknownClass(e.name, v.text, table)}
		}
		plans = append(plans, p)
	}
	return func(env *Env) predicate {
		var parts []predicate
		for _, p := range plans {
			parts = append(parts, p(env))
		}
		return anyOf(parts...)
	}, nil
}

func planOf(table []class, v value) plan {
	for _, c := range table {
		if v.kind == literal && field.Same(c.name, v.text) {
			return c.plan
		}
	}
	return nil
}

// presencePlan plans the presence of an attribute; nil if the value does not name one.
func presencePlan(v value) plan {
	if v.kind != literal || v.text == "" {
		return nil
	}
	if !known(v.text) && !strings.Contains(v.text, ".") && !strings.HasPrefix(v.text, "p_") {
		return nil
	}
	p, _ := attribute{name: v.text, op: opHas, values: []value{{glob, "*"}}}.plan()
	return p
}

func unknownClass(name, text string, table []class) string {
	words := make([]string, len(table))
	for i, c := range table {
		words[i] = c.name
	}
	msg := fmt.Sprintf("%s:%s is not known", name, text)
	if like := near.Word(text, words); like != "" {
		return msg + fmt.Sprintf("; did you mean %s:%s?", name, like)
	}
	return msg + "; there are " + strings.Join(words, ", ")
}

func flagPlan(f model.Flags) plan { return func(*Env) predicate { return flagged{f} } }

// wordPlan matches values that are one of the words, as the schema writes them.
func wordPlan(c model.Column, words ...string) plan {
	return func(*Env) predicate {
		return &columnTest{column: c, match: func(value []byte) bool { return slices.Contains(words, string(value)) }, facts: facts{only: words}}
	}
}

func actionPlan(wanted ...model.Class) plan {
	return func(*Env) predicate {
		return &columnTest{column: model.ColAction, match: func(action []byte) bool {
			return slices.Contains(wanted, model.ClassOf(string(action)))
		}}
	}
}

func systemPlan(*Env) predicate {
	return wordPlan(model.ColActorID, model.SystemID)(nil)
}
