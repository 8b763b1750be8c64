package tui

import (
	"errors"
	"time"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

var errNoTime = errors.New("no time: 10:00, yesterday, 2026-11-02T10:00, 3 days ago …")

// promptTime opens the prompt for the time to go to.
func (l *list) promptTime(command, *scene) wish {
	return wish{ask: &ask{label: termsafe.Const("go to "), help: termsafe.Const("a time: 10:00, yesterday, 2026-11-02, 3h"),
		done: func(text string) (wish, error) {
			from, _, ok := query.Moment(text, l.env())
			if !ok {
				return wish{}, errNoTime
			}
			nanos := from.UnixNano()
			return wish{time: &nanos}, nil
		}}}
}

// goToTime moves to the first row at or after a time. If the time is before the preview, the cursor goes there once the log is
// loaded.
func (l *list) goToTime(nanos int64, preview bool) wish {
	switch {
	case !l.by.byTime():
		return notByTime
	case l.len() == 0:
		return wish{}
	}
	l.show(min(l.sel.PlaceOfTime(nanos), l.len()-1))
	if preview && nanos < l.sel.Snapshot().Nanos(l.at(0)) {
		return wish{whole: true, timeAfter: &nanos}
	}
	return wish{}
}

// notByTime is the answer to a move in time while the rows are in another order.
var notByTime = wish{toast: termsafe.Const("the rows are not in the order of time: S on the column of times brings it back")}

// leaps are the commands that move by a length of time.
var leaps = map[command]time.Duration{
	cmdHourBack: -time.Hour, cmdHourForward: time.Hour, cmdDayBack: -24 * time.Hour, cmdDayForward: 24 * time.Hour,
}

// leap moves by a length of time, and by one row at least.
func (l *list) leap(c command, s *scene) wish {
	row, ok := l.row()
	switch {
	case !ok:
		return wish{}
	case !l.by.byTime():
		return notByTime
	}
	before := l.cursor
	w := l.goToTime(l.sel.Snapshot().Nanos(row)+int64(leaps[c]), s.preview)
	switch {
	case leaps[c] > 0 && l.cursor <= before:
		l.moveTo(min(before+1, l.len()-1))
	case leaps[c] < 0 && l.cursor >= before:
		l.moveTo(max(before-1, 0))
	}
	l.reveal()
	return w
}
