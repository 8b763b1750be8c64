package tui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// finder finds rows without hiding the others.
type finder struct {
	text         string
	expr         query.Expr // nil while there is no search
	needles      []needle
	base         *model.Selection // the rows that were searched for hits
	hits         *model.Selection // the rows found in base; nil until the search is done
	searching    slot
	pendingSteps int // presses of n and N that wait for hits; negative is backwards
}

// needle is a searched text that is highlighted.
type needle struct {
	text termsafe.Safe
	fold bool
}

// set starts another search; an empty text ends it.
func (f *finder) set(text string, disp *display) error {
	e, err := query.Parse(text)
	if err != nil {
		return err
	}
	*f = finder{text: text, searching: f.searching}
	if len(query.Terms(e)) == 0 {
		return nil
	}
	f.expr = e
	for _, t := range query.Terms(e) {
		if word, ok := plainWord(t.String()); ok {
			f.needles = append(f.needles, needle{termsafe.Clean(word, disp.cleanOptions(maxNeedleCells)), word == strings.ToLower(word)})
		}
	}
	return nil
}

// maxNeedleCells limits the width of a highlighted needle.
const maxNeedleCells = 100

// plainWord returns the text of a term that searches all fields; ok is false for other terms.
func plainWord(term string) (string, bool) {
	if quoted, ok := strings.CutPrefix(term, `"`); ok {
		word, rest, ok := strings.Cut(quoted, `"`)
		return word, ok && rest == "" && !strings.Contains(word, `\`)
	}
	return term, !strings.ContainsAny(term, ":=<>*()/") && term[0] != '-'
}

// spans finds the needles in drawn text.
func (f *finder) spans(text termsafe.Safe) []termsafe.Span {
	switch len(f.needles) {
	case 0:
		return nil
	case 1:
		return text.Find(f.needles[0].text, f.needles[0].fold)
	}
	var all []termsafe.Span
	for _, n := range f.needles {
		all = append(all, text.Find(n.text, n.fold)...)
	}
	return merged(all)
}

// has reports whether a row is a hit.
func (f *finder) has(r model.Row) bool {
	return f.hits != nil && int(r) < f.hits.Snapshot().Rows() && f.hits.Has(r)
}

// findWork starts the job that searches the listed rows for hits, or only the rows added since.
func (a *App) findWork() tea.Cmd {
	f, sel := &a.finder, a.list.sel
	if f.expr == nil || sel == nil || f.base == sel || f.searching.busy() {
		return nil
	}
	return a.selectHits(sel)
}

func (a *App) selectHits(sel *model.Selection) tea.Cmd {
	ctx, job := a.finder.searching.start(a.ctx, a)
	matcher := query.Compile(a.finder.expr, a.env())
	previous := a.finder.hits
	if previous != nil && extends(sel, a.finder.base) {
		matcher = previous.Matcher()
	} else {
		previous = nil
	}
	return safely(func() tea.Msg {
		var hits *model.Selection
		var err error
		if previous != nil {
			hits, err = model.Select(ctx, *sel.Snapshot(), matcher, previous)
		} else {
			hits, err = model.SelectWithin(ctx, *sel.Snapshot(), within{sel.Matcher(), matcher}, sel)
		}
		return hitsSelected{job: job, base: sel, sel: hits, err: err}
	})
}

// within matches the rows that both matchers match; outer may be nil.
type within struct{ outer, inner model.Matcher }

// Bind implements model.Binder.
func (w within) Bind(ctx context.Context, snap *model.Snapshot) (model.Bound, error) {
	for _, m := range []*model.Matcher{&w.outer, &w.inner} {
		b, ok := (*m).(model.Binder)
		if !ok {
			continue
		}
		bound, err := b.Bind(ctx, snap)
		if err != nil {
			return nil, err
		}
		*m = bound
	}
	return w, nil
}

// Unsettled implements model.Bound.
func (w within) Unsettled(ctx context.Context, earlier, snap *model.Snapshot, k int, rows *model.Bitmap) error {
	for _, m := range []model.Matcher{w.outer, w.inner} {
		b, ok := m.(model.Bound)
		if !ok {
			continue
		}
		if err := b.Unsettled(ctx, earlier, snap, k, rows); err != nil {
			return err
		}
	}
	return nil
}

// Narrow implements model.Matcher.
func (w within) Narrow(ctx context.Context, snap *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	if w.outer != nil {
		if err := w.outer.Narrow(ctx, snap, seg, rows); err != nil {
			return err
		}
	}
	return w.inner.Narrow(ctx, snap, seg, rows)
}

// extends reports whether sel is an earlier selection with more rows behind it.
func extends(sel, earlier *model.Selection) bool {
	return earlier != nil && sel.Snapshot().Log() == earlier.Snapshot().Log() && sel.Matcher() == earlier.Matcher() && sel.Snapshot().Revision() >= earlier.Snapshot().Revision()
}

// hitsSelected stores the hits, and makes the steps that waited for them.
func (a *App) hitsSelected(m hitsSelected) tea.Cmd {
	f := &a.finder
	if m.err != nil {
		f.base = m.base
		a.status.toast = a.display.own("finding: " + m.err.Error())
		return nil
	}
	f.base, f.hits = m.base, m.sel
	steps := f.pendingSteps
	f.pendingSteps = 0
	return a.goToHit(steps)
}

// nextHit goes to the next or previous hit.
func (a *App) nextHit(c command) wish {
	step := 1
	if c == cmdPreviousHit {
		step = -1
	}
	switch {
	case a.finder.expr == nil:
		return wish{do: cmdFind}
	case a.finder.hits == nil:
		a.finder.pendingSteps += step
		return wish{}
	}
	return wish{cmd: a.goToHit(step)}
}

// goToHit moves by n hits: at once if the rows are in the order of time, else by a job.
func (a *App) goToHit(n int) tea.Cmd {
	f, l := &a.finder, &a.list
	row, ok := l.row()
	if n == 0 || !ok {
		return nil
	}
	if f.hits.Len() == 0 {
		a.status.toast = termsafe.Const("not found")
		return nil
	}
	if !l.by.byTime() {
		return a.findRow(hitRow, max(-1, min(n, 1)))
	}
	at := f.hits.Place(row)
	switch {
	case n < 0:
		at += n
	case f.has(row):
		at += n
	default:
		at += n - 1
	}
	round := (at%f.hits.Len() + f.hits.Len()) % f.hits.Len()
	if round != at {
		a.status.toast = wentRound(n)
	}
	a.goToRow(f.hits.At(round))
	return nil
}

// promptFind opens the prompt for a text to find, which is searched while the user types.
func (a *App) promptFind() tea.Cmd {
	before := a.finder.text
	set := func(text string) (wish, error) { return wish{}, a.find(text) }
	return a.obey(wish{ask: &ask{label: termsafe.Const("find "), help: termsafe.Const("enter next hit, n N go on"), text: before, live: set,
		done: func(text string) (wish, error) {
			if err := a.find(text); err != nil || a.finder.expr == nil {
				return wish{}, err
			}
			return wish{do: cmdNextHit}, nil
		},
		given: func() { _ = a.find(before) },
		state: func() termsafe.Safe { return a.hitWords() }}})
}

// find starts a search for a text, unless that is the current search.
func (a *App) find(text string) error {
	if text == a.finder.text {
		return nil
	}
	f := finder{}
	if err := f.set(text, &a.display); err != nil {
		return err
	}
	a.finder.searching.stop()
	f.searching = a.finder.searching
	a.finder = f
	return nil
}

// hitWords returns which hit the cursor is on, and how many there are.
func (a *App) hitWords() termsafe.Safe {
	f := &a.finder
	row, ok := a.list.row()
	switch {
	case f.expr == nil:
		return termsafe.Safe{}
	case f.hits == nil:
		return a.display.own("finding …")
	case f.hits.Len() == 0:
		return termsafe.Const("not found")
	case ok && f.has(row):
		return termsafe.Concat(termsafe.Const("hit "), termsafe.Int(int64(f.hits.Place(row)+1)), termsafe.Const(" of "), termsafe.Int(int64(f.hits.Len())))
	}
	return termsafe.Count(int64(f.hits.Len()), "hit", "hits")
}

// merged sorts spans and joins overlapping ones.
func merged(all []termsafe.Span) []termsafe.Span {
	slices.SortFunc(all, func(a, b termsafe.Span) int { return cmp.Compare(a.Lo, b.Lo) })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.Lo <= out[n-1].Hi {
			out[n-1].Hi = max(out[n-1].Hi, s.Hi)
			continue
		}
		out = append(out, s)
	}
	return out
}

// hitsSelected brings the rows that contain the searched text.
type hitsSelected struct {
	job
	base *model.Selection // the rows that were searched
	sel  *model.Selection
	err  error
}
