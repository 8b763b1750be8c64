package page

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/compare"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// pairRequest says what a job counts.
type pairRequest struct {
	rows   *model.Selection // those of the filter; they stand for its matcher and the snapshot
	time   compare.Periods
	field  int
	filter kit.FilterText
}

// base is what both periods are taken from: the rows of the filter without its times.
type base struct {
	filter  kit.FilterText
	own     bool          // the rows are not those of the list …
	matcher model.Matcher // … but those of this one; nil for all
	sel     *model.Selection
	unread  *query.Unread // rows that the matcher could not look at
}

// pairs are the counts of a field in two periods.
type pairs struct {
	pairRequest
	sides   [2]countedSide
	changes []compare.Change // in the order of their values' counts
	sum     compare.Sum
	untimed int           // events without a time, which are in no period
	read    *atomic.Int64 // lines that were read for the counts …
	lines   *atomic.Int64 // … of so many
}

// countedSide is one of the two periods.
type countedSide struct {
	matcher        model.Matcher
	sel            *model.Selection
	facets         *count.Facets
	events, failed int
	unread         int
}

// pairsCounted brings counts.
type pairsCounted struct {
	kit.Job
	base  base
	pairs pairs
	shown shownChanges
	err   error
}

// noTime finds the events that are in no period.
var noTime = kit.MustParse("-has:time -is:reject")

// count starts counting both periods, if they are not counted and no job is on the way to them.
func (p *Periods) count(ctx context.Context, s *kit.Scene) tea.Cmd {
	want := pairRequest{s.Newest, p.periods(), p.field, p.filter.FilterText}
	if want == p.asked || p.counting.Busy() && p.asked.grownTo(want) {
		return nil
	}
	of := field.Of(periodFields[want.field].name)
	key, err := of.EachKey()
	if err != nil {
		p.err = err
		return nil
	}
	if want.time != p.asked.time || want.filter != p.asked.filter {
		clear(p.known)
	}
	before, ok := p.known[want.field]
	if !ok || !before.grownTo(want) {
		before = pairs{read: new(atomic.Int64), lines: new(atomic.Int64)}
	}
	p.asked, p.key, p.read, p.lines, p.err = want, key, before.read, before.lines, nil
	before.pairRequest = want
	env, snap, a, from := s.Env, *s.Log, p.arranger(), p.baseOf(want, s.Env)
	ctx, job := p.counting.Start(ctx, p)
	p.running = ctx
	counts := kit.Safely(func() tea.Msg {
		from, err := from.rows(ctx, snap)
		if err != nil {
			return pairsCounted{Job: job, err: err}
		}
		next, err := before.count(ctx, from.sel, key, env)
		return pairsCounted{job, from, next, a.arrange(ctx, next.changes), err}
	})
	if !key.ReadsLines() {
		return counts
	}
	return tea.Batch(counts, p.look(p))
}

// baseOf returns what both periods are taken from.
func (p *Periods) baseOf(want pairRequest, env query.Env) base {
	switch {
	case !p.timeless:
		return base{filter: want.filter, sel: want.rows, unread: new(query.Unread)}
	case p.base.own && p.base.filter == want.filter:
		return p.base
	}
	unread := new(query.Unread)
	env.Unread = unread.Add
	return base{filter: want.filter, own: true, matcher: query.Compile(p.filter.Expr, env), unread: unread}
}

// grownTo reports whether what was counted can be extended to a request: the same periods of a log that has grown.
func (r *pairRequest) grownTo(want pairRequest) bool {
	return r.rows != nil && r.time == want.time && r.field == want.field && r.filter == want.filter && kit.Continues(want.rows, r.rows)
}

// rows selects the rows of the filter, if those of the list are not the same.
func (b base) rows(ctx context.Context, snap model.Snapshot) (base, error) {
	if !b.own {
		return b, nil
	}
	sel, err := model.Select(ctx, snap, b.matcher, b.sel)
	b.sel = sel
	return b, err
}

// count counts both periods among rows, and pairs them.
func (p pairs) count(ctx context.Context, rows *model.Selection, key count.Key, env query.Env) (pairs, error) {
	if p.sides[0].matcher == nil {
		p.sides[0].matcher = query.Compile(query.During(p.time.Before, env.Zone), env)
		p.sides[1].matcher = query.Compile(query.During(p.time.After, env.Zone), env)
	}
	lines := 0
	for i := range p.sides {
		var err error
		if p.sides[i].sel, err = model.SelectWithin(ctx, *rows.Snapshot(), p.sides[i].matcher, rows); err != nil {
			return p, err
		}
		lines += p.sides[i].sel.Len()
	}
	p.lines.Store(int64(lines))
	var all [2][]count.Count
	for i := range p.sides {
		var err error
		if all[i], err = p.sides[i].count(ctx, key.Reporting(p.read)); err != nil {
			return p, err
		}
	}
	loose, err := model.SelectWithin(ctx, *rows.Snapshot(), query.Compile(noTime, env), rows)
	if err != nil {
		return p, err
	}
	p.untimed = loose.Len()
	p.changes = compare.Join(all[0], all[1])
	p.sum = compare.Total(p.changes)
	return p, nil
}

// count counts the values of a key. It counts all of them, because one that is left out would look new or gone.
func (s *countedSide) count(ctx context.Context, key count.Key) (all []count.Count, err error) {
	if s.facets == nil {
		s.facets = count.NewFacets([]count.Key{key})
	}
	if s.facets, err = s.facets.Extend(ctx, s.sel); err != nil {
		return nil, err
	}
	f := s.facets.Facet(0)
	s.events, s.failed = f.Events()
	s.unread, _ = f.Unread()
	return f.Top(0), nil
}

// periodOrders are the orders of the page, in the order of the key.
var periodOrders = []struct {
	by    compare.By
	words termsafe.Safe
}{
	{compare.ByDifference, termsafe.Const("the largest change first")}, {compare.ByNews, termsafe.Const("new values first, then gone ones")},
	{compare.ByFailed, termsafe.Const("the largest growth of failures first")}, {compare.ByAfter, termsafe.Const("the most events in after first")},
	{compare.ByBefore, termsafe.Const("the most events before first")}, {compare.ByValue, termsafe.Const("in the order of the values")},
}

// orderAt returns the place of the current order.
func (p *Periods) orderAt() int {
	for i := range periodOrders {
		if periodOrders[i].by == p.order.By {
			return i
		}
	}
	return 0
}

// changeArrangement says how changes are arranged.
type changeArrangement struct {
	pairRequest
	order   compare.Order
	search  string
	display int // the version of the display: masked values are searched as they are shown
}

// shownChanges are the shown changes in their order, mostValues at most.
type shownChanges struct {
	changeArrangement
	changes []compare.Change
	found   int // how many there are, also those beyond mostValues
	most    int // the largest difference
	longest int // cells of the longest listed value, up to longestValue
}

// longestValue is the width from which on a longer value gets no more room than the others.
const longestValue = 120

// changesArranged brings them.
type changesArranged struct {
	kit.Job
	shown shownChanges
}

// changeArranger arranges changes. It may run on any goroutine.
type changeArranger struct {
	changeArrangement
	shown func(model.Text) string // what is shown of a value
	cells func(string) int        // how wide that is
}

// arranger returns the arranger for what is wanted now.
func (p *Periods) arranger() changeArranger {
	mask, name := p.Display.Redact, periodFields[p.asked.field].name
	widther, clean := p.Display.Widther, p.Display.CleanOptions(longestValue)
	return changeArranger{changeArrangement{p.asked, p.order, p.search, p.Display.Version},
		func(t model.Text) string { return mask.Text(name, t.Raw()) },
		func(shown string) int { return widther.Width(termsafe.Clean(shown, clean)) }}
}

// arrange starts arranging what was counted, if it is wanted in another way.
func (p *Periods) arrange(ctx context.Context) tea.Cmd {
	a := p.arranger()
	if p.counting.Busy() || p.pairs.pairRequest != p.asked || a.changeArrangement == p.wanted {
		return nil
	}
	p.wanted = a.changeArrangement
	ctx, job := p.arranging.Start(ctx, p)
	all := p.pairs.changes
	return kit.Safely(func() tea.Msg { return changesArranged{job, a.arrange(ctx, all)} })
}

func (a changeArranger) arrange(ctx context.Context, all []compare.Change) shownChanges {
	out := shownChanges{changeArrangement: a.changeArrangement}
	words := strings.Fields(strings.ToLower(a.search))
	for i := range all {
		if i%1000 == 0 && ctx.Err() != nil {
			return out
		}
		if kit.HoldsAll(a.shown(all[i].Values[0].Text), words) {
			d := all[i].Difference()
			out.most = max(out.most, d, -d)
			out.changes = append(out.changes, all[i])
		}
	}
	compare.Sort(out.changes, a.order)
	out.found = len(out.changes)
	out.changes = slices.Clip(out.changes[:min(out.found, mostValues)])
	for i := range out.changes {
		out.longest = max(out.longest, a.cells(a.shown(out.changes[i].Values[0].Text)))
	}
	return out
}

// place returns where the value of a change is; otherwise if it is not there.
func (s *shownChanges) place(at *compare.Change, otherwise int) int {
	i := slices.IndexFunc(s.changes, func(c compare.Change) bool { return c.Values[0].Compare(at.Values[0]) == 0 })
	if i < 0 {
		return otherwise
	}
	return i
}
