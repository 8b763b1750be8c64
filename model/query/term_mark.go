package query

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/near"
)

// Marks finds the marked events of a log.
type Marks = marks.Search

// markKinds are the kinds of what the user said about an event.
const markKinds kindSet = 1<<kindNote | 1<<kindTag | 1<<kindVerdict

// markTest matches the marked rows whose mark passes.
type markTest struct{ match func(m *marks.Mark) bool }

// anyMark passes every mark.
func anyMark(*Env) predicate { return markTest{func(*marks.Mark) bool { return true }} }

// saidPlan plans the marked rows whose mark passes.
func saidPlan(match func(m *marks.Mark) bool) plan {
	return func(*Env) predicate { return markTest{match} }
}

func (markTest) cost() int { return costState }

func (t markTest) narrow(w *worker, rows *model.Bitmap) error {
	first := rows.Next(0)
	if first < 0 || w.env.Marks == nil {
		*rows = model.Bitmap{}
		return nil
	}
	base := w.seg.Base()
	found, err := w.env.Marks(w.ctx, w.snap, base+model.Row(first), base+model.Row(w.seg.Rows()))
	if err != nil {
		return err
	}
	if w.env.Unread != nil {
		for _, r := range found.Unread {
			w.env.Unread(r, r+1, found.Why)
		}
	}
	var keep model.Bitmap
	for _, p := range found.Places {
		if i := int(p.Row - base); rows.Has(i) && t.match(p.Mark) {
			keep.Set(i)
		}
	}
	*rows = keep
	return nil
}

// markPredicate matches the rows whose note, one of whose tags, or whose verdict passes.
func (s subject) markPredicate(t tests) predicate {
	said := func(text string) bool { return text != "" && t.onText([]byte(text)) }
	switch s.kind {
	case kindNote:
		return markTest{func(m *marks.Mark) bool { return said(m.Note) }}
	case kindTag:
		return markTest{func(m *marks.Mark) bool { return slices.ContainsFunc(m.Tags, said) }}
	}
	return markTest{func(m *marks.Mark) bool { return said(string(m.Verdict)) }}
}

// tagTest passes the tag with that text, in any case.
func tagTest(text string) (test, string) {
	match := equals(text)
	return test{text: match, bare: match}, ""
}

// verdictWords are the verdicts as words.
func verdictWords() (out []string) {
	for _, v := range marks.Verdicts {
		out = append(out, string(v))
	}
	return out
}

// AsksForMarks reports whether a query asks for marked events, or for what was said about them.
func AsksForMarks(e Expr) bool {
	found := false
	walk(e, func(e Expr) {
		if a, is := e.(attribute); is {
			found = found || a.asksForMarks()
		}
	})
	return found
}

func (e attribute) asksForMarks() bool {
	s := lookup(e.name)
	return markKinds.has(s.kind) || slices.ContainsFunc(e.values, func(v value) bool {
		return s.kind == kindClass && strings.EqualFold(v.text, "marked") || s.kind == kindPresence && markKinds.has(lookup(v.text).kind)
	})
}

// errNoMarks says that a query asks for marks where none are kept.
var errNoMarks = errors.New("looking for marks: --no-state does not read marks: remove it")

// NoMarks fails, so that marks that were not looked for are not mistaken for marks that do not exist.
func NoMarks(context.Context, *model.Snapshot, model.Row, model.Row) (marks.Found, error) {
	return marks.Found{}, errNoMarks
}

// unsaid says that no marked event of this log matches a term about marks, and whether events of other logs do.
func (d *doubter) unsaid(e attribute) string {
	what := map[kind]string{kindNote: "a matching note", kindTag: "this tag", kindVerdict: "this verdict"}[lookup(e.name).kind]
	test, is := compile(e, &d.env).(markTest)
	found := is && slices.ContainsFunc(d.env.Kept, test.match)
	switch {
	case found:
		return fmt.Sprintf("%s: no marked event in this log has %s, but events of other logs do", e, what)
	case d.env.Kept == nil:
		return fmt.Sprintf("%s: no marked event in this log has %s", e, what)
	}
	msg := fmt.Sprintf("%s: none of your marks has %s", e, what)
	if like := d.nearTag(e); like != "" {
		return fmt.Sprintf("%s; did you mean %s?", msg, like)
	}
	return msg
}

// nearTag returns the term with the tag of a kept mark that it most likely misspells; empty if none is near.
func (d *doubter) nearTag(e attribute) string {
	if !d.suggest || lookup(e.name).kind != kindTag || len(e.values) != 1 || e.values[0].kind != literal {
		return ""
	}
	var tags []string
	for _, m := range d.env.Kept {
		tags = append(tags, m.Tags...)
	}
	if like := near.Word(e.values[0].text, tags); like != "" {
		return attribute{name: e.name, op: e.op, values: []value{{literal, like}}}.String()
	}
	return ""
}
