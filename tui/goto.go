package tui

import (
	"errors"
	"time"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

var errNoTime = errors.New("no time: 10:00, yesterday, 2026-11-02T10:00, 3 days ago …")

// promptTime opens the prompt for the time to go to.
func (a *App) promptTime() {
	a.obey(wish{ask: &ask{label: termsafe.Const("go to "), help: termsafe.Const("a time: 10:00, yesterday, 2026-11-02, 3h"),
		done: func(text string) (wish, error) {
			from, _, ok := query.Moment(text, a.env())
			if !ok {
				return wish{}, errNoTime
			}
			nanos := from.UnixNano()
			return wish{time: &nanos}, nil
		}}})
}

// goToTime moves to the first row at or after a time.
func (a *App) goToTime(nanos int64) {
	l := &a.list
	if a.notByTime() || l.len() == 0 {
		return
	}
	a.needWholeLogFor(nanos)
	l.moveTo(min(l.sel.PlaceOfTime(nanos), l.len()-1))
	l.reveal()
}

// needWholeLogFor leaves the preview if a time is before its first row; the cursor goes there once the log is loaded.
func (a *App) needWholeLogFor(nanos int64) {
	if a.feed.previewing && nanos < a.list.sel.Snapshot().Nanos(a.list.sel.At(0)) {
		a.needWholeLog()
		a.feed.pendingTime = &nanos
	}
}

// goToRow moves to a row, or to where it would be.
func (a *App) goToRow(r model.Row) {
	if a.list.len() == 0 {
		return
	}
	a.list.moveTo(min(a.list.placeOf(r), a.list.len()-1))
	a.list.reveal()
}

// leaps are the commands that move by a length of time.
var leaps = map[command]time.Duration{
	cmdHourBack: -time.Hour, cmdHourForward: time.Hour, cmdDayBack: -24 * time.Hour, cmdDayForward: 24 * time.Hour,
}

// leap moves by a length of time, and by one row at least.
func (a *App) leap(c command) {
	l := &a.list
	row, ok := l.row()
	if !ok || a.notByTime() {
		return
	}
	to := l.sel.Snapshot().Nanos(row) + int64(leaps[c])
	before := l.cursor
	a.goToTime(to)
	switch {
	case leaps[c] > 0 && l.cursor <= before:
		l.moveTo(min(before+1, l.len()-1))
	case leaps[c] < 0 && l.cursor >= before:
		l.moveTo(max(before-1, 0))
	}
	l.reveal()
}

// notByTime reports whether the rows are not sorted by time, so that one cannot go to a time, and shows a message if so.
func (a *App) notByTime() bool {
	if a.list.by.byTime() {
		return false
	}
	a.status.toast = termsafe.Const("the rows are not in the order of time: S on the column of times brings it back")
	return true
}
