package page

import (
	"sync/atomic"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/form"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// mostMembers limits the messages of a form that a filter names.
const mostMembers = 40

// formKey counts events by the forms of their messages: an event counts once for each different form.
func formKey() count.Key {
	return count.ByMany(func() count.LineValue {
		w := field.NewWalker()
		return func(dst, line []byte) ([]byte, bool) {
			from := len(dst)
			w.Messages(line, func(raw []byte) bool {
				dst = count.AppendValue(dst, []byte(form.Of(string(w.Text(raw)))))
				return false
			})
			return dst, len(dst) > from
		}
	})
}

// keys are what is counted: the values, or the forms and then the messages that have them.
func (c *counter) keys(read *atomic.Int64) [][]count.Key {
	if c.forms {
		return [][]count.Key{{formKey().Reporting(read)}, {c.key}}
	}
	return [][]count.Key{{c.key.Reporting(read)}}
}

// membersOf lists the messages of each form. A form with too many has one more than mostMembers; if not all messages are known, there
// are none at all.
func membersOf(messages *count.Facet) map[string][]model.Text {
	out := map[string][]model.Text{}
	if messages.Len() > mostValues {
		return out
	}
	for _, c := range messages.Top(mostValues) {
		if of := c.Values[0]; !of.Absent {
			if f := form.Of(of.Text.Raw()); len(out[f]) <= mostMembers {
				out[f] = append(out[f], of.Text)
			}
		}
	}
	return out
}

// switchForms counts messages by their form, or one by one.
func (v *Frequencies) switchForms() {
	v.counting.Stop()
	v.looking.Stop()
	v.busy.Stop()
	v.forms, v.requested, v.counted, v.values, v.At = !v.forms, nil, countedValues{}, arranged{}, 0
}

// formCondition returns the filter for a form, which finds as many events as its count; nil if there is none, and why.
func (v *Frequencies) formCondition(of model.Text) (query.Expr, termsafe.Safe) {
	switch e := anyOf(v.name, v.counted.members[of.Raw()]); {
	case e == nil:
		return nil, tooMany
	case !v.Display.Redact.Sharable(e):
		return nil, v.Display.MaskedWords()
	default:
		return e, termsafe.Safe{}
	}
}

// anyOf returns the filter for the events with one of the messages of a form, nil if there are too many for it.
func anyOf(name string, members []model.Text) query.Expr {
	if len(members) == 0 || len(members) > mostMembers {
		return nil
	}
	var e query.Expr
	for _, m := range members {
		if one := query.Is(name, m.Raw()); e == nil {
			e = one
		} else {
			e = query.Or(e, one)
		}
	}
	return e
}

// tooMany says why there is no filter for a form.
var tooMany = termsafe.Const("too many different messages for a filter: m in their table shows them one by one")
