package list

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// kindOfRow is the kind of row to search for: e goes to the next failure, n to the next hit.
type kindOfRow uint8

const (
	failureRow kindOfRow = iota
	hitRow
)

// pauses returns why following pauses at a row of the kind.
func (k kindOfRow) pauses() PauseReason {
	if k == hitRow {
		return PausedAtHit
	}
	return PausedAtFailure
}

// rowSearch searches for the next row of a kind, in the order of the list. It is a job, as it may have to pass millions of rows.
type rowSearch struct {
	kit.Slot
	kind  kindOfRow
	steps int // how many hits to move on after the one that is being searched for; backwards if negative
}

// stop stops the search and forgets the steps that wait for it.
func (s *rowSearch) stop() {
	s.Slot.Stop()
	s.steps = 0
}

// begin searches for a row of a kind in one direction, in place of what was searched for.
func (s *rowSearch) begin(kind kindOfRow, step int) {
	s.stop()
	s.kind, s.steps = kind, step
}

// pop takes one step off those that wait, and returns its direction.
func (s *rowSearch) pop() int {
	step := 1
	if s.steps < 0 {
		step = -1
	}
	s.steps -= step
	return step
}

// nextFailure goes to the next failure in one direction. If a search is running, it counts the press for later.
func (l *List) nextFailure(c kit.Command, _ *kit.Scene) kit.Wish {
	step := 1
	if c == kit.CmdPreviousFailure {
		step = -1
	}
	switch {
	case l.search.Busy():
		l.search.steps += step
	case l.Len() > 0:
		l.search.begin(failureRow, step)
	}
	return kit.Wish{}
}

// searchWork starts the search for the next row if there is one to go on to.
func (l *List) searchWork(ctx context.Context, preview bool) tea.Cmd {
	s := &l.search
	if s.steps == 0 || s.Busy() || l.Len() == 0 {
		return nil
	}
	is, kind := isFailure, s.kind
	if kind == hitRow {
		is = l.finder.found()
	}
	rows, from, step := l.orderedRows, l.cursor, s.pop()
	ctx, job := s.Start(ctx, l)
	return kit.Safely(func() tea.Msg {
		m := rowFound{Job: job, kind: kind, step: step, preview: preview}
		m.place, m.ok = rows.next(ctx, is, from+step, step)
		if !m.ok && kind == hitRow {
			m.place, m.ok = rows.next(ctx, is, rows.end(step), step)
			m.round = m.ok
		}
		return m
	})
}

// isFailure reports whether an event failed, wholly or in part.
func isFailure(snap *model.Snapshot, r model.Row) bool {
	return snap.Flags(r)&model.FlagReject == 0 && snap.Result(r).Bad()
}

// found moves to the found row. If more keys were pressed meanwhile, the next search starts there.
func (l *List) found(m rowFound) kit.Wish {
	switch {
	case m.ok:
		l.show(m.place, m.kind.pauses())
		if m.round {
			return kit.Wish{Toast: wentRound(m.step)}
		}
		return kit.Wish{}
	case m.preview:
		l.search.steps = 0
		return kit.Wish{Whole: true, Toast: termsafe.Const("no failure so far: the log is still being loaded")}
	}
	l.search.steps = 0
	return kit.Wish{Toast: noMore(m.step)}
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
		return termsafe.Const("no hit before this event: continued from the end")
	}
	return termsafe.Const("no hit after this event: continued from the start")
}

// rowFound brings the place of the next failure or hit.
type rowFound struct {
	kit.Job
	kind    kindOfRow
	step    int // the direction of the search: 1 or -1
	place   int
	ok      bool
	round   bool // the search passed the end of the rows and went on from the other one
	preview bool // the rows were those of the preview
}
