package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// kindOfRow is what e and n go on to.
type kindOfRow uint8

const (
	failureRow kindOfRow = iota
	hitRow
)

// findRow looks for the next row of a kind, in the order of the list. A log may hold millions of rows and none of them.
func (a *App) findRow(kind kindOfRow, step int) tea.Cmd {
	is := isFailure
	if kind == hitRow {
		hits := a.finder.hits
		is = func(_ *model.Snapshot, r model.Row) bool { return int(r) < hits.Snapshot().Rows() && hits.Has(r) }
	}
	rows := a.list.ordered()
	from := a.list.cursor
	ctx, job := a.jobs.start(findSlot)
	return safely(func() tea.Msg {
		place, ok := rows.next(ctx, is, from+step, step)
		return rowFound{job, kind, step, place, ok}
	})
}

// isFailure reports whether an event failed, wholly or in part.
func isFailure(snap *model.Snapshot, r model.Row) bool {
	return snap.Flags(r)&model.FlagReject == 0 && snap.Result(r).Bad()
}

// orderedRows are the rows of the list as they were at one moment. They never change.
type orderedRows struct {
	sel   *model.Selection
	order *rowOrder
}

func (l *list) ordered() orderedRows { return orderedRows{l.sel, l.order} }

func (o orderedRows) at(place int) model.Row {
	if o.order != nil {
		return o.order.rows[place]
	}
	return o.sel.At(place)
}

func (o orderedRows) len() int {
	if o.order != nil {
		return len(o.order.rows)
	}
	return o.sel.Len()
}

// next gives the first place from the given one on whose row is of a kind.
func (o orderedRows) next(ctx context.Context, is func(*model.Snapshot, model.Row) bool, at, step int) (int, bool) {
	snap := o.sel.Snapshot()
	for n := 0; at >= 0 && at < o.len(); at, n = at+step, n+1 {
		if is(snap, o.at(at)) {
			return at, true
		}
		if n%4096 == 0 && ctx.Err() != nil {
			break
		}
	}
	return 0, false
}

// nextFailure goes to the next failure in one direction, or remembers to if one is being looked for.
func (a *App) nextFailure(c command) tea.Cmd {
	step := 1
	if c == cmdPreviousFailure {
		step = -1
	}
	if a.jobs.busy(findSlot) {
		a.pendingSteps += step
		return nil
	}
	if a.list.len() == 0 {
		return nil
	}
	return a.findRow(failureRow, step)
}

func (a *App) stopFinding() {
	a.jobs.stop(findSlot)
	a.pendingSteps = 0
}

// found moves to a row, and goes on if keys were pressed in the meantime.
func (a *App) found(m rowFound) tea.Cmd {
	if !m.ok {
		a.pendingSteps = 0
		a.status.toast = noMore(m.kind, m.step)
		if a.feed.previewing {
			a.needWholeLog()
			a.status.toast = termsafe.Const("no failure so far: the log is still being loaded")
		}
		return nil
	}
	a.list.moveTo(m.place)
	a.list.reveal()
	if a.pendingSteps == 0 {
		return nil
	}
	step := 1
	if a.pendingSteps < 0 {
		step = -1
	}
	a.pendingSteps -= step
	return a.findRow(m.kind, step)
}

// noMore says that there is no other row of a kind in a direction.
func noMore(kind kindOfRow, step int) termsafe.Safe {
	what, where := termsafe.Const("no failure "), termsafe.Const("after this event")
	if kind == hitRow {
		what = termsafe.Const("no hit ")
	}
	if step < 0 {
		where = termsafe.Const("before this event")
	}
	return termsafe.Concat(what, where)
}
