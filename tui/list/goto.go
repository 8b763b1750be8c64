package list

import (
	"errors"
	"time"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

var errNoTime = errors.New("not a time: try 10:00, yesterday, 2026-11-02T10:00 or 3 days ago")

// promptTime opens the prompt for the time to go to.
func (l *List) promptTime(kit.Command, *kit.Scene) kit.Wish {
	return kit.Wish{Ask: &kit.Ask{Label: termsafe.Const("go to "), Help: termsafe.Const("a time: 10:00, yesterday, 2026-11-02, 3h"),
		Done: func(text string) (kit.Wish, error) {
			from, _, ok := query.Moment(text, l.env())
			if !ok {
				return kit.Wish{}, errNoTime
			}
			nanos := from.UnixNano()
			return kit.Wish{Time: &nanos}, nil
		}}}
}

// GoToTime moves to the first row at or after a time. If the time is before the preview, the cursor goes there once the log is
// loaded.
func (l *List) GoToTime(nanos int64, preview bool) kit.Wish {
	switch {
	case !l.By.ByTime():
		return notByTime
	case l.Len() == 0:
		return kit.Wish{}
	}
	l.show(min(l.Sel.PlaceOfTime(nanos), l.Len()-1), PausedAtTime)
	if preview && nanos < l.Sel.Snapshot().Nanos(l.at(0)) {
		return kit.Wish{Whole: true, TimeAfter: &nanos}
	}
	return kit.Wish{}
}

// notByTime is the answer to a move in time while the rows are in another order.
var notByTime = kit.Wish{Toast: termsafe.Const("the rows are not in order of time: S on the time column restores it")}

// leaps are the commands that move by a length of time.
var leaps = map[kit.Command]time.Duration{
	kit.CmdMinuteBack: -time.Minute, kit.CmdMinuteForward: time.Minute,
	kit.CmdHourBack: -time.Hour, kit.CmdHourForward: time.Hour, kit.CmdDayBack: -24 * time.Hour, kit.CmdDayForward: 24 * time.Hour,
}

// leap moves by a length of time, and by one row at least.
func (l *List) leap(c kit.Command, s *kit.Scene) kit.Wish {
	row, ok := l.Row()
	switch {
	case !ok:
		return kit.Wish{}
	case !l.By.ByTime():
		return notByTime
	}
	before := l.cursor
	w := l.GoToTime(l.Sel.Snapshot().Nanos(row)+int64(leaps[c]), s.Preview)
	switch {
	case leaps[c] > 0 && l.cursor <= before:
		l.moveTo(min(before+1, l.Len()-1))
	case leaps[c] < 0 && l.cursor >= before:
		l.moveTo(max(before-1, 0))
	}
	l.reveal()
	return w
}
