package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// alerts watches for the events of Options.Alert that arrive while the log is followed, and calls the user. It works in jobs, one at a
// time, and none is ever stopped: nothing is lost.
type alerts struct {
	display *kit.Display
	expr    query.Expr // nil for no alerts
	watch   *model.Watch
	alarm   kit.Alarm
	looking kit.Slot
	looked  model.Revision // the revision that was searched last
	waiting bool           // a later call is scheduled
	rows    []model.Row    // the alerts so far, in the order of their arrival
	seen    int            // how many of them there were when the user last went to one
	at      int            // the index of the alert that the user went to last
	unread  query.Unread   // the rows that could not be searched
}

func newAlerts(disp *kit.Display, o *Options) alerts {
	return alerts{display: disp, expr: o.Alert, alarm: kit.Alarm{Through: o.Through, Way: o.Call}}
}

// unseen is the number of alerts since the user last went to one.
func (a *alerts) unseen() int { return len(a.rows) - a.seen }

// work looks at the rows that came since the last look. env is what the query depends on when the log was read for the first time.
func (a *alerts) work(ctx context.Context, snap *model.Snapshot, env func() query.Env) tea.Cmd {
	if a.expr == nil || a.looking.Busy() || snap.Revision() <= a.looked {
		return nil
	}
	if a.watch == nil {
		if !snap.ReadOnce() {
			return nil
		}
		now := env()
		now.Unread = a.unread.Add
		a.watch = model.NewWatch(query.Compile(a.expr, now))
	}
	ctx, job := a.looking.Start(ctx, a)
	watch, at := a.watch, *snap
	return kit.Safely(func() tea.Msg {
		fresh, err := watch.Look(ctx, at)
		return alertsFound{Job: job, fresh: len(fresh), rows: watch.Rows(), revision: at.Revision(), err: err}
	})
}

// Take takes the alerts that a job found, and the time of a call that had to wait.
func (a *alerts) Take(msg tea.Msg) kit.Wish {
	switch m := msg.(type) {
	case alertsFound:
		a.looked = m.revision
		if m.err != nil {
			return kit.Wish{Toast: a.display.Own("looking for alerts: " + m.err.Error())}
		}
		a.rows = m.rows
		a.alarm.Add(m.fresh)
	case callDue:
		a.waiting = false
		return kit.Wish{Cmd: a.alarm.Call(a.display.Now())}
	}
	return kit.Wish{Cmd: a.call()}
}

// call calls the user for the alerts that were not told yet, now or when the pause since the last call is over.
func (a *alerts) call() tea.Cmd {
	wait, due := a.alarm.Due(a.display.Now())
	switch {
	case !due || a.waiting:
		return nil
	case wait == 0:
		return a.alarm.Call(a.display.Now())
	}
	a.waiting = true
	return tea.Tick(wait, func(time.Time) tea.Msg { return callDue{kit.Notice{Owner: a}} })
}

// next goes to the first alert that the user has not seen, or to the one after that gone to last.
func (a *alerts) next() kit.Wish {
	switch {
	case a.expr == nil:
		return kit.Wish{Toast: termsafe.Const("no alert is set: start with -f --alert QUERY")}
	case len(a.rows) == 0:
		return kit.Wish{Toast: termsafe.Const("no alert so far: only events that arrive from now on raise one")}
	case a.unseen() > 0:
		a.at, a.seen = a.seen, len(a.rows)
	default:
		a.at = (a.at + 1) % len(a.rows)
	}
	row := a.rows[a.at]
	which := termsafe.Concat(termsafe.Const("alert "), termsafe.Int(int64(a.at+1)), termsafe.Const(" of "), termsafe.Int(int64(len(a.rows))))
	return kit.Wish{Show: &row, Toast: termsafe.Concat(which, termsafe.Const(": "), a.display.KeyNamed(alertCommand), termsafe.Const(" goes to the next"))}
}

// alertsFound brings the rows that the alerts matched.
type alertsFound struct {
	kit.Job
	fresh    int // how many of them are new
	rows     []model.Row
	revision model.Revision
	err      error
}

// callDue says that a call that had to wait may be made.
type callDue struct{ kit.Notice }
