package detail

import (
	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// memberQuery asks which values of an event are in the files that a filter names.
type memberQuery struct {
	expr query.Expr
	env  query.Env
}

// text is the filter, if it names files; else it is empty, so that an event need not be read again for another filter.
func (q *memberQuery) text() string {
	if q.expr == nil || query.Files(q.expr) == nil {
		return ""
	}
	return q.expr.String()
}

// findMembers finds the values of the event that are in files. An error is shown by the selection, which has it too.
func (d *document) findMembers(snap *model.Snapshot, q memberQuery) {
	if d.asked = q.text(); d.asked == "" || d.event.Reject() {
		return
	}
	raw, _ := snap.Raw(d.event.Row) // without its bytes the event still has its columns
	d.members, _ = query.Members(q.expr, q.env, &field.Row{Snap: snap, Event: d.event, Line: []byte(raw.Raw())})
}

// memberLines says which value of which file the event has.
func (b *builder) memberLines() {
	text := func(name, t string) termsafe.Safe { return short(b.display, name, model.NewText(t)) }
	for _, m := range b.doc.members {
		words := []termsafe.Safe{text("", m.Name), kit.BlankCell, text(m.Name, m.Text.Raw()),
			termsafe.Const(" is in "), text("", m.Path), termsafe.Const(", line "), termsafe.Int(int64(m.Line))}
		if m.Value != m.Text.Raw() {
			words = append(words, termsafe.Const(": "), text(m.Name, m.Value))
		}
		b.say(termsafe.Concat(words...), kit.Plain)
	}
}
