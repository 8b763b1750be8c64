package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
)

// Log is where the interface gets its data: the one door. *model.Log is one.
type Log interface {
	// Snapshot gives the log as it is now, at once.
	Snapshot() model.Snapshot
	// Wait returns when the log has a revision after the given one, or with the error of ctx.
	Wait(ctx context.Context, after model.Revision) error
}

// refreshInterval paces how often news of the log are looked at.
const refreshInterval = 50 * time.Millisecond

// feed knows which rows are to be shown, and what is on its way. The selection itself is the list's.
type feed struct {
	log        Log
	pace       time.Duration  // between looks at the log
	snap       model.Snapshot // the newest of log
	previewing bool           // the list shows the preview
	filterText
	expr           query.Expr
	matcher        model.Matcher
	previous       *model.Selection // of log and matcher, to be extended
	within         base             // what the rows of expr are among, if anything is known
	leavingPreview bool             // the next selection takes the place of the preview's
	pendingMoves   []command        // moves beyond the preview's first row, to be made then
	shown          filterText       // of the rows that are shown
	gaveUp         bool             // selecting ended with an error: not again before there is something new
	sought         *place           // what the cursor should stand on, if it is or gets loaded
	pendingTime    *int64           // a time before the preview's first row, to be gone to then
}

// base is a selection of log that is complete, and what it was selected by.
type base struct {
	sel  *model.Selection
	expr query.Expr
}

// place is where an event came from: by it an event of the preview is found in the log.
type place struct {
	source model.Text
	offset int64
}

// placeOf gives the place of a row.
func placeOf(snap *model.Snapshot, r model.Row) *place {
	o := snap.Origin(r)
	return &place{snap.Sources()[o.Source].Name, o.Offset}
}

// setFilter shows the rows of another filter from now on, and changes nothing if there is an error in it.
func (f *feed) setFilter(text filterText, env query.Env) error {
	expr, err := text.expr()
	if err != nil {
		return err
	}
	within := f.within
	if f.previous != nil {
		within = base{f.previous, f.expr}
	}
	f.filterText, f.expr = text, expr
	f.compile(env)
	if within.sel != nil && query.Implies(expr, within.expr) {
		f.within = within
	}
	return nil
}

// compile makes the matcher anew: for another expression, another zone or another log.
func (f *feed) compile(env query.Env) {
	f.matcher, f.previous, f.within, f.gaveUp = query.Compile(f.expr, env), nil, base{}, false
}

// filtered reports whether not everything is to be shown.
func (f *feed) filtered() bool { return f.matcher != nil }

// settled reports whether no source is still being read for the first time.
func (f *feed) settled() bool {
	sources := f.snap.Sources()
	for i := range sources {
		if p := sources[i].Phase; p == model.Waiting || p == model.Loading {
			return false
		}
	}
	return len(sources) > 0
}

// fresh reports whether the rows of another filter are still being selected.
func (f *feed) fresh(j *jobs) bool { return f.previous == nil && j.busy(selectSlot) }

// behind reports whether the log has news that the selection lacks and nobody is at work on.
func (f *feed) behind(j *jobs) bool {
	return !f.previewing && !f.gaveUp && !j.busy(selectSlot) && (f.previous == nil || f.previous.Snapshot().Revision() < f.snap.Revision())
}

// wait waits for the log to change, and then for as long as the pace demands.
func (f *feed) wait(j *jobs) tea.Cmd {
	ctx, job := j.start(waitSlot)
	log, after := f.log, f.snap.Revision()
	pace := time.NewTimer(f.pace)
	if after == 0 {
		pace.Reset(0)
	}
	return safely(func() tea.Msg {
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

// selectRows selects from the newest snapshot: all of it for a new filter, else what came since.
func (f *feed) selectRows(j *jobs) tea.Cmd {
	ctx, job := j.start(selectSlot)
	snap, matcher, previous, within, sought := f.snap, f.matcher, f.previous, f.within.sel, f.sought
	return safely(func() tea.Msg {
		sel, err := selectFrom(ctx, snap, matcher, previous, within)
		answer := selected{job: job, sel: sel, err: err}
		if err == nil && sought != nil {
			answer.found, answer.ok = findPlace(ctx, &snap, sought)
		}
		return answer
	})
}

// selectFrom looks at as few rows as it may.
func selectFrom(ctx context.Context, snap model.Snapshot, m model.Matcher, previous, within *model.Selection) (*model.Selection, error) {
	if previous == nil && within != nil {
		return model.SelectWithin(ctx, snap, m, within)
	}
	return model.Select(ctx, snap, m, previous)
}

// findPlace finds the row that came from a place. With one source it looks in the middle of what is left, else from the
// end backwards.
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
