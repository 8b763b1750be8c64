package list

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// has reports whether a row is a hit.
func (f *finder) has(r model.Row) bool {
	return f.hits != nil && int(r) < f.hits.Snapshot().Rows() && f.hits.Has(r)
}

// found returns the test for hits. The test keeps the hits of this moment.
func (f *finder) found() func(*model.Snapshot, model.Row) bool {
	hits := finder{hits: f.hits}
	return func(_ *model.Snapshot, r model.Row) bool { return hits.has(r) }
}

// step returns the row that is n hits after a row, or before it if n is negative; round means that it lies beyond the end of the list.
func (f *finder) step(row model.Row, n int) (to model.Row, round bool) {
	at := f.hits.Place(row) + n
	if n > 0 && !f.has(row) {
		at--
	}
	place := (at%f.hits.Len() + f.hits.Len()) % f.hits.Len()
	return f.hits.At(place), place != at
}

// words returns which hit the cursor is on, and how many there are.
func (f *finder) words(disp *kit.Display, v *viewport) termsafe.Safe {
	row, ok := v.Row()
	switch {
	case f.expr == nil:
		return termsafe.Safe{}
	case f.hits == nil:
		return disp.Own("finding …")
	case f.hits.Len() == 0:
		return termsafe.Const("not found")
	case ok && f.has(row):
		place, of := int64(f.hits.Place(row)+1), int64(f.hits.Len())
		return termsafe.Concat(termsafe.Const("hit "), termsafe.Int(place), termsafe.Const(" of "), termsafe.Int(of))
	}
	return termsafe.Count(int64(f.hits.Len()), "hit", "hits")
}

// forget drops the hits, so that they are searched for again.
func (f *finder) forget() { f.base, f.hits = nil, nil }

// work starts the job that searches the rows of a selection for hits, or only the rows added since.
func (f *finder) work(ctx context.Context, owner kit.Taker, sel *model.Selection, env *query.Env) tea.Cmd {
	if f.expr == nil || sel == nil || f.base == sel || f.searching.Busy() {
		return nil
	}
	ctx, job := f.searching.Start(ctx, owner)
	if previous := f.hits; previous != nil && extends(sel, f.base) {
		return kit.Safely(func() tea.Msg {
			hits, err := model.Select(ctx, *sel.Snapshot(), previous.Matcher(), previous)
			return hitsSelected{Job: job, base: sel, sel: hits, err: err}
		})
	}
	matcher := query.Compile(f.expr, *env)
	return kit.Safely(func() tea.Msg {
		hits, err := model.SelectWithin(ctx, *sel.Snapshot(), within{sel.Matcher(), matcher}, sel)
		return hitsSelected{Job: job, base: sel, sel: hits, err: err}
	})
}

// hitsSelected stores the hits, and makes the steps that waited for them.
func (l *List) hitsSelected(m hitsSelected) kit.Wish {
	f := &l.finder
	f.base = m.base
	if m.err != nil {
		return kit.Wish{Toast: l.display.Own("finding: " + m.err.Error())}
	}
	f.hits = m.sel
	steps := f.steps
	f.steps = 0
	return l.goToHit(steps)
}

// hitsSelected brings the rows that contain the searched text.
type hitsSelected struct {
	kit.Job
	base *model.Selection // the rows that were searched
	sel  *model.Selection
	err  error
}

// extends reports whether sel is a later selection of the same log by the same filter: the rows of earlier and possibly more.
func extends(sel, earlier *model.Selection) bool {
	if earlier == nil || sel.Matcher() != earlier.Matcher() {
		return false
	}
	now, before := sel.Snapshot(), earlier.Snapshot()
	return now.Log() == before.Log() && now.Revision() >= before.Revision()
}
