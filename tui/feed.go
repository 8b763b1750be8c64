package tui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/filter"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Log is the only source of the interface's data. *model.Log implements it.
type Log interface {
	// Snapshot returns the log as it is now. It does not block.
	Snapshot() model.Snapshot
	// Wait blocks until the log has a newer revision than after, and returns nil, or returns the error of ctx.
	Wait(ctx context.Context, after model.Revision) error
}

// Sets returns the values in a file that a filter names. Only jobs call it, and it returns the same values each time.
type Sets func(path string) (*query.Set, error)

// refreshInterval is the shortest time between two snapshots of a growing log, and emptyInterval that while it has no row to show yet.
const (
	refreshInterval = 50 * time.Millisecond
	emptyInterval   = 5 * time.Millisecond
)

// feed keeps the filter, the newest snapshot and what is still missing of the rows to show. The list keeps the shown selection.
type feed struct {
	log            Log
	sets           Sets
	pace           time.Duration // between two snapshots
	stop           func()        // Options.Stop
	stopped        bool          // stop was called
	waiting        kit.Slot      // for the log to change
	selecting      kit.Slot
	snap           model.Snapshot  // the newest snapshot of log
	previewing     bool            // the list shows the preview
	kit.Filter                     // the current one
	library        *query.Library  // of the user's own views, with which it was read
	named          []kit.SavedView // the views that were shown, the latest first; their names go to its conditions
	matcher        model.Matcher
	env            query.Env        // with which it was compiled
	previous       *model.Selection // the last selection by matcher, extended as the log grows; nil for a new filter
	undecided      filter.Undecided // the rows that the filter does not decide
	within         base             // a selection that contains all rows of expr; zero if none is known
	leavingPreview bool             // the next selection replaces that of the preview
	pendingMoves   []kit.Command    // moves beyond the preview's first row, made once the preview is replaced
	shown          kit.Filter       // the filter of the shown rows
	unread         *query.Unread    // counts the rows that the current filter could not read
	gaveUp         bool             // selecting failed: do not try again before the log or the filter changes
	sought         *place           // the event that the cursor should go to once it is loaded; nil for none
	pendingTime    *int64           // a time before the preview's first row, gone to once the preview is replaced; nil for none
}

// newFeed returns a feed without a filter.
func newFeed(o *Options) feed {
	return feed{log: o.Log, sets: o.Sets, stop: o.Stop, snap: o.Log.Snapshot(), pace: refreshInterval, shown: kit.NoFilter()}
}

// base is a complete selection of log and the filter that made it.
type base struct {
	sel  *model.Selection
	expr query.Expr
}

// place is where an event came from. It identifies an event of the preview in the log.
type place struct {
	source model.Text
	offset int64
}

// placeOf returns where a row came from.
func placeOf(snap *model.Snapshot, r model.Row) *place {
	o := snap.Origin(r)
	return &place{snap.Sources()[o.Source].Name, o.Offset}
}

// setFilter switches to another filter. If the filter is invalid it returns the error and changes nothing.
func (f *feed) setFilter(text kit.FilterText, env query.Env) error {
	parsed, err := text.ParseIn(f.library)
	if err != nil {
		return err
	}
	within, unread := f.within, f.unread
	if f.previous != nil {
		within = base{f.previous, f.Expr}
	}
	for i := range f.named {
		parsed = parsed.Named(&f.named[i])
	}
	f.Filter = parsed
	f.compile(env)
	if within.sel != nil && query.Implies(f.Expr, within.expr) {
		f.within = within
		f.unread.Inherit(unread)
	}
	return nil
}

// changes reports whether a filter means something else with another library, or is wrong in it.
func (f *feed) changes(l *query.Library) bool {
	if !query.NamesOwnViews(f.Typed) {
		return false
	}
	now, err := f.FilterText.ParseIn(l)
	return err != nil || now.Expr.String() != f.Expr.String()
}

// maxNamed is how many views are remembered for their names.
const maxNamed = 20

// name remembers a view, so that its conditions have its name in the next filter.
func (f *feed) name(v kit.SavedView) {
	f.named = slices.DeleteFunc(f.named, func(other kit.SavedView) bool { return other.Name == v.Name })
	f.named = slices.Insert(f.named, 0, v)
	f.named = f.named[:min(len(f.named), maxNamed)]
}

// compile rebuilds the matcher after the expression, the zone or the log changed. It counts anew the rows that cannot be read.
func (f *feed) compile(env query.Env) {
	f.unread = new(query.Unread)
	env.Unread = f.unread.Add
	f.env = env
	f.matcher, f.previous, f.within, f.gaveUp = query.Compile(f.Expr, env), nil, base{}, false
	f.undecided = filter.Undecided{By: query.Undecided(f.Expr, env)}
}

// partial reports whether the list still shows the preview, which is the end of the log.
func (f *feed) partial() bool { return f.previewing || f.leavingPreview }

// leavePreview makes the next selection one of the main log. The cursor goes to the event from at, nil for none.
func (f *feed) leavePreview(at *place) { f.previewing, f.leavingPreview, f.sought = false, true, at }

// grow takes a newer snapshot.
func (f *feed) grow(snap model.Snapshot) { f.snap, f.gaveUp = snap, false }

// accept takes newly selected rows. It reports whether they extend those before.
func (f *feed) accept(m *selected) (extends bool) {
	extends = f.previous != nil && f.previous.Matcher() == m.sel.Matcher()
	f.previous, f.shown, f.undecided = m.sel, f.Filter, m.undecided
	return extends
}

// reselect drops the selection, also one that is running, so that the next work starts a new one.
func (f *feed) reselect() {
	f.selecting.Stop()
	f.previous = nil
}

// arrived returns the moves that waited for the main log, and the time to go to, nil for none.
func (f *feed) arrived() (moves []kit.Command, at *int64) {
	moves, at = f.pendingMoves, f.pendingTime
	f.leavingPreview, f.pendingMoves, f.pendingTime = false, nil, nil
	return moves, at
}

// advised returns the selection by which the filter is judged: nil without a filter, and for a preview, which lacks most of the log.
func (f *feed) advised() *model.Selection {
	if f.matcher == nil || f.previewing {
		return nil
	}
	return f.previous
}

// filtered reports whether a filter is active.
func (f *feed) filtered() bool { return f.matcher != nil }

// settled reports whether every source has been read to its end once.
func (f *feed) settled() bool {
	sources := f.snap.Sources()
	for i := range sources {
		if p := sources[i].Phase; p == model.Waiting || p == model.Loading {
			return false
		}
	}
	return len(sources) > 0
}

// empty reports whether there is no row to show yet.
func (f *feed) empty() bool { return !f.previewing && f.snap.Rows() == 0 && !f.settled() }

// coming reports whether there may soon be rows to show.
func (f *feed) coming() bool { return f.empty() || f.selecting.Busy() && f.snap.Rows() > 0 }

// end returns the time of the last event, zero before the log is loaded.
func (f *feed) end() (t time.Time) {
	if _, latest, ok := f.snap.TimeBounds(); ok && f.settled() {
		t = time.Unix(0, latest)
	}
	return t
}

// fresh reports whether the rows of another filter are still being selected.
func (f *feed) fresh() bool { return f.previous == nil && f.selecting.Busy() }

// behind reports whether the selection lacks rows of the newest snapshot and no job is selecting them.
func (f *feed) behind() bool {
	return !f.previewing && !f.gaveUp && !f.selecting.Busy() && (f.previous == nil || f.previous.Snapshot().Revision() < f.snap.Revision())
}

// wait waits for the log to change, and at least as long as the pace demands.
func (f *feed) wait(ctx context.Context, owner kit.Taker) tea.Cmd {
	ctx, job := f.waiting.Start(ctx, owner)
	log, after := f.log, f.snap.Revision()
	pace := time.NewTimer(f.paceNow())
	return kit.Safely(func() tea.Msg {
		defer pace.Stop()
		if log.Wait(ctx, after) != nil {
			return logEnded{job}
		}
		select {
		case <-pace.C:
		case <-ctx.Done():
			return logEnded{job}
		}
		return logGrew{job, log.Snapshot()}
	})
}

// paceNow is the pace of the next snapshot.
func (f *feed) paceNow() time.Duration {
	switch {
	case f.snap.Revision() == 0:
		return 0
	case f.empty():
		return min(f.pace, emptyInterval)
	}
	return f.pace
}

// selectRows selects from the newest snapshot: all rows for a new filter, else only those that were added.
func (f *feed) selectRows(ctx context.Context, owner kit.Taker) tea.Cmd {
	ctx, job := f.selecting.Start(ctx, owner)
	snap, matcher, previous, within, sought, left := f.snap, f.matcher, f.previous, f.within.sel, f.sought, f.undecided
	return kit.Safely(func() tea.Msg {
		sel, err := selectFrom(ctx, snap, matcher, previous, within)
		if err == nil {
			left, err = left.Extend(ctx, snap)
		}
		answer := selected{Job: job, sel: sel, undecided: left, err: err}
		if err == nil && previous != nil && previous.Snapshot().ReadOnce() && !snap.InParts() {
			answer.late = sel.Late(previous)
		}
		if err == nil && sought != nil {
			answer.found, answer.ok = findPlace(ctx, &snap, sought)
		}
		return answer
	})
}

// selectFrom selects while reading as few rows as possible.
func selectFrom(ctx context.Context, snap model.Snapshot, m model.Matcher, previous, within *model.Selection) (*model.Selection, error) {
	if previous == nil && within != nil {
		return model.SelectWithin(ctx, snap, m, within)
	}
	return model.Select(ctx, snap, m, previous)
}

// findPlace finds the row that came from a place: by binary search if there is one source, else from the end backwards.
func findPlace(ctx context.Context, snap *model.Snapshot, p *place) (model.Row, bool) {
	sources := snap.Sources()
	if len(sources) == 1 {
		return findOffset(snap, p.offset)
	}
	for r := snap.Rows() - 1; r >= 0; r-- {
		o := snap.Origin(model.Row(r))
		if o.Offset == p.offset && sources[o.Source].Name == p.source {
			return model.Row(r), true
		}
		if r%model.SegmentRows == 0 && ctx.Err() != nil {
			break
		}
	}
	return 0, false
}

func findOffset(snap *model.Snapshot, offset int64) (model.Row, bool) {
	lo, hi := 0, snap.Rows()
	for lo < hi {
		mid := (lo + hi) / 2
		if snap.Origin(model.Row(mid)).Offset < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < snap.Rows() && snap.Origin(model.Row(lo)).Offset == offset {
		return model.Row(lo), true
	}
	return 0, false
}

// selected brings the rows to show. found is the row that the cursor should stand on; it is valid if ok.
type selected struct {
	kit.Job
	sel       *model.Selection
	undecided filter.Undecided
	late      []model.Row // what arrived since the selection before and is older than its last row; none during the load
	err       error
	found     model.Row
	ok        bool
}

// logGrew brings a newer snapshot of the main log.
type logGrew struct {
	kit.Job
	snap model.Snapshot
}

// logEnded says that waiting for the log has ended.
type logEnded struct{ kit.Job }

// stoppedLoading is the message after feed.stopLoading.
var stoppedLoading = termsafe.Const("stopped loading: the rows loaded so far stay")

// stopLoading stops loading the sources, if they are loading and can be stopped, and reports whether it did. What was loaded
// stays.
func (f *feed) stopLoading() bool {
	if f.stop == nil || f.stopped || !kit.Loading(f.snap.Sources()) {
		return false
	}
	f.stopped = true
	f.stop()
	return true
}
