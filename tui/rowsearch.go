package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/termsafe"
)

// kindOfRow is the kind of row to search for: e goes to the next failure, n to the next hit.
type kindOfRow uint8

const (
	failureRow kindOfRow = iota
	hitRow
)

// findRow searches for the next row of a kind, in the order of the list. It is a job, as it may have to pass millions of rows.
func (a *App) findRow(kind kindOfRow, step int) tea.Cmd {
	is := isFailure
	if kind == hitRow {
		hits := a.finder.hits
		is = func(_ *model.Snapshot, r model.Row) bool { return int(r) < hits.Snapshot().Rows() && hits.Has(r) }
	}
	rows := a.list.ordered()
	from := a.list.cursor
	ctx, job := a.list.finding.start(a.ctx, a)
	return safely(func() tea.Msg {
		m := rowFound{job: job, kind: kind, step: step}
		m.place, m.ok = rows.next(ctx, is, from+step, step)
		if !m.ok && kind == hitRow {
			m.place, m.ok = rows.next(ctx, is, rows.end(step), step)
			m.round = m.ok
		}
		return m
	})
}

// nextFailure goes to the next failure in one direction. If a search is running, it counts the press for later.
func (a *App) nextFailure(c command) wish {
	step := 1
	if c == cmdPreviousFailure {
		step = -1
	}
	if a.list.finding.busy() {
		a.pendingSteps += step
		return wish{}
	}
	if a.list.len() == 0 {
		return wish{}
	}
	return wish{cmd: a.findRow(failureRow, step)}
}

func (a *App) stopFinding() {
	a.list.finding.stop()
	a.pendingSteps = 0
}

// found moves to the found row, and starts the next search if more keys were pressed meanwhile.
func (a *App) found(m rowFound) tea.Cmd {
	if !m.ok {
		a.pendingSteps = 0
		a.status.toast = noMore(m.step)
		if a.feed.previewing {
			a.needWholeLog()
			a.status.toast = termsafe.Const("no failure so far: the log is still being loaded")
		}
		return nil
	}
	if m.round {
		a.status.toast = wentRound(m.step)
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

// noMore returns the message that no further failure was found.
func noMore(step int) termsafe.Safe {
	if step < 0 {
		return termsafe.Const("no failure before this event")
	}
	return termsafe.Const("no failure after this event")
}

// wentRound returns the message that a search for hits goes on at the other end of the list.
func wentRound(step int) termsafe.Safe {
	if step < 0 {
		return termsafe.Const("no hit before this event: on from the end")
	}
	return termsafe.Const("no hit after this event: on from the start")
}

// rowFound brings the place of the next failure or hit.
type rowFound struct {
	job
	kind  kindOfRow
	step  int // the direction of the search: 1 or -1
	place int
	ok    bool
	round bool // it lies beyond the end, where the search went round
}
