package query

import (
	"fmt"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
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
	{"change", "the action changes what is there", actionPlan(model.ChangeClass)},
	{"delete", "the action deletes", actionPlan(model.DeleteClass)},
	{"signin", "a sign-in", actionPlan(model.AuthClass)},
	{"query", "a query was run, or an answer generated", actionPlan(model.QueryClass)},
	{"export", "something was downloaded", actionPlan(model.ExportClass)},
	{"test", "a test was run", actionPlan(model.TestClass)},
	{"token", "the actor is an API token", wordPlan(model.ColActorType, "TOKEN")},
	{"user", "the actor is a user and not the deployment itself", func(env *Env) predicate {
		return allOf(wordPlan(model.ColActorType, "USER")(env), complement{systemPlan(env)})
	}},
	{"system", "the actor is the deployment itself", systemPlan},
	{"invalid", "breaks the schema, or is no event at all", flagPlan(model.FlagError | model.FlagReject)},
	{"reject", "the line is no event", flagPlan(model.FlagReject)},
	{"suspicious", "holds hidden text or duplicate keys, or is:twin", suspiciousPlan},
	{"twin", "the actor's name or e-mail address looks like another one in the log, written otherwise", func(*Env) predicate { return twin{} }},
	{"duplicate", "has the p_row_id of an event before it, in any source", func(*Env) predicate { return copied{} }},
	{"recovered", "stands whole on a line or in a document that holds more than it", flagPlan(model.FlagRecovered)},
	{"marked", "marked by you", func(*Env) predicate { return marked{} }},
	{"first-seen", "the first of its actor in the log from that address, or with that action", firstPlan(firstAddress | firstAction)},
	{"new-address", "the first of its actor in the log from that address", firstPlan(firstAddress)},
	{"new-action", "the first of its actor in the log with that action", firstPlan(firstAction)},
	{"offhours", "at night (before 7 and from 19 o'clock) or on a weekend, in the zone shown", func(env *Env) predicate { return &offHours{env.zone(), env.untimed} }},
}

// presences are the words that may follow has:, besides the names of attributes.
var presences = []class{
	{"problem", "has a problem, be it an error or a warning", flagPlan(model.FlagError | model.FlagWarning | model.FlagReject)},
	{"warning", "has a problem that is only a warning", flagPlan(model.FlagWarning)},
	{"errors", "the list of errors is not empty", flagPlan(model.FlagErrors)},
	{"time", "has a time of its own", timePresence},
}

func suspiciousPlan(*Env) predicate { return anyOf(flagged{model.FlagSuspicious}, twin{}) }

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
	if like := field.Nearest(text, words); like != "" {
		return msg + fmt.Sprintf("; did you mean %s:%s?", name, like)
	}
	return msg + "; there are " + strings.Join(words, ", ")
}

func flagPlan(f model.Flags) plan { return func(*Env) predicate { return flagged{f} } }

// wordPlan matches values that are one of the words, as the schema writes them.
func wordPlan(c model.Column, words ...string) plan {
	return func(*Env) predicate {
		return &columnTest{column: c, match: func(value []byte) bool { return slices.Contains(words, string(value)) }}
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
	return &columnTest{column: model.ColActorID, match: func(id []byte) bool {
		return model.Actor{ID: model.NewText(string(id))}.System()
	}}
}

// marked matches the rows that the user marked.
type marked struct{}

func (marked) cost() int { return costPlace }

func (marked) narrow(w *worker, rows *model.Bitmap) error {
	if w.env.Marked == nil {
		*rows = model.Bitmap{}
		return nil
	}
	return eachRow(w, rows, func(i int) bool { return w.env.Marked(w.seg.Base() + model.Row(i)) })
}
