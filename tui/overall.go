package tui

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/side"
	"pawprint/tui/termsafe"
)

// overall counts all rows of the filter, loaded or not, where they lie: by itself once it is known how many match, or else when the user
// asks for it.
type overall struct {
	display  *kit.Display
	asker    kit.Asker
	counting kit.Slot
	of       model.Matcher      // of the filter that is counted, or was
	begun    bool               // that filter was counted, is being counted, or could not be
	held     bool               // nothing is counted unasked, as the last question for rows failed or was stopped
	known    *kit.Everything    // nil if it is not known
	ctx      context.Context    // of what is asked for known
	stop     context.CancelFunc // ends ctx
	asking   *atomic.Int64      // timelines that are being asked for
}

func newOverall(disp *kit.Display, asker kit.Asker) overall {
	return overall{display: disp, asker: asker, asking: new(atomic.Int64)}
}

// all returns what was counted of the rows that a selection has of the log; nil if it is not known.
func (o *overall) all(sel *model.Selection) *kit.Everything {
	if o.known == nil || sel == nil || sel.Matcher() != o.of {
		return nil
	}
	return o.known
}

// possible reports whether all sources of a log are databases that count.
func (o *overall) possible(snap *model.Snapshot) bool {
	if o.asker == nil {
		return false
	}
	n, _ := o.asker.Counts()
	return n > 0 && n == wholes(snap.Sources())
}

// mostUnasked is how many rows are counted without being asked for: each field that they are counted by is a question of its own.
const mostUnasked = 100_000_000

// unasked reports whether the rows of a filter, whose number is match, are counted without being asked for.
func (o *overall) unasked(m model.Matcher, match model.Total, snap *model.Snapshot) bool {
	if o.held || o.begun && o.of == m || !match.Known() || match.Most > mostUnasked || !o.possible(snap) {
		return false
	}
	_, costs := o.asker.Counts()
	return !costs
}

// begin counts the rows of a filter.
func (o *overall) begin(ctx context.Context, what kit.Asking, m model.Matcher) tea.Cmd {
	o.forget()
	o.of, o.begun = m, true
	o.ctx, o.stop = context.WithCancel(ctx)
	ctx, job := o.counting.Start(o.ctx, o)
	asker, by := o.asker, side.CountedTogether()
	return kit.Safely(func() tea.Msg {
		all, ok, err := asker.Everything(ctx, what, by)
		return overallCounted{Job: job, all: all, ok: ok, err: err}
	})
}

// forget drops what is known and ends what runs, as there are other rows or another filter.
func (o *overall) forget() {
	o.counting.Stop()
	if o.stop != nil {
		o.stop()
	}
	o.known, o.of, o.begun, o.asking = nil, nil, false, new(atomic.Int64)
}

// busy reports whether databases are counting.
func (o *overall) busy() bool { return o.counting.Busy() || o.asking.Load() > 0 }

// end stops what is being counted, and reports whether there was something. The figures are those of the rows that are loaded then.
func (o *overall) end() bool {
	if !o.busy() {
		return false
	}
	of := o.of
	o.forget()
	o.of, o.begun = of, true
	return true
}

// overallCounted brings what was counted.
type overallCounted struct {
	kit.Job
	all *kit.Everything
	ok  bool
	err error
}

// Take takes what was counted.
func (o *overall) Take(msg tea.Msg) kit.Wish {
	m, is := msg.(overallCounted)
	switch {
	case !is || m.err == nil && !m.ok:
		return kit.Wish{}
	case m.err != nil:
		return kit.Wish{Toast: termsafe.Concat(termsafe.Const("the counts are still those of the loaded rows: "), o.display.Said(m.err))}
	}
	o.known = m.all
	o.known.Timeline = o.counted(m.all.Timeline)
	return kit.Wish{}
}

// counted returns a function that asks for a timeline, which ends with what is known.
func (o *overall) counted(ask timelineOfAll) timelineOfAll {
	all, asking := o.ctx, o.asking
	return func(ctx context.Context, fit func(first, last int64) count.Window) (*count.Histogram, error) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(all, cancel)()
		asking.Add(1)
		defer asking.Add(-1)
		return ask(ctx, fit)
	}
}

// timelineOfAll is Timeline of kit.Everything.
type timelineOfAll = func(context.Context, func(first, last int64) count.Window) (*count.Histogram, error)
