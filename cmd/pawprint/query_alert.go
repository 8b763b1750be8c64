package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui"
	"pawprint/tui/termsafe"
)

func (s *settings) addAlert(f *pflag.FlagSet) {
	f.StringArrayVar(&s.alerts, "alert", nil, "with -f: raise an alert for new events that match this query, whatever filter is shown: the bell, a notification and the window title; may be repeated")
}

// alertExpression returns what --alert asks for, nil for nothing.
func (s *settings) alertExpression() (query.Expr, error) {
	if len(s.alerts) == 0 {
		return nil, nil
	}
	if !s.follow {
		return nil, errors.New("reading --alert: alerts are for events that arrive: add -f")
	}
	var all query.Expr
	for _, text := range s.alerts {
		expanded, err := s.own.expand(text)
		if err != nil {
			return nil, err
		}
		e, err := s.parse(expanded)
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = e
		} else {
			all = query.Or(all, e)
		}
	}
	return all, s.readSets(all)
}

// checkAlertSources returns an error if --alert could never call: in a pipe nobody can tell where the earlier events end.
func (s *settings) checkAlertSources(args []string) error {
	if len(s.alerts) > 0 && slices.Contains(args, "-") && !s.inputIsFile() {
		if s.alertsByConfig {
			s.alerts = nil
			s.nameConfig("in a pipe, old events cannot be told from new ones: ignoring the alert")
			return nil
		}
		return errors.New("reading --alert: in a pipe, old events cannot be told from new ones: name a file, or write pawprint -f --alert QUERY - < live.jsonl")
	}
	return nil
}

// alarm returns the alarm of the terminal that the program runs on, as the environment says.
func (s *settings) alarm(getenv func(string) string) tui.Alarm {
	a := tui.Alarm{Through: multiplexerOf(getenv), Way: callWayOf(getenv)}
	if k := screenOf(getenv); k.printer || k.console {
		a.Way = tui.ByBell
	}
	return a
}

// alertedQuery calls for the events of --alert while a query is followed. Its zero value calls for none.
type alertedQuery struct {
	*settings
	expr   query.Expr // nil for none
	watch  *model.Watch
	alerts tui.Alarm
}

// look looks at the events that arrived since the last look, and calls if a call is due.
func (a *alertedQuery) look(ctx context.Context, snap model.Snapshot) error {
	if a.expr == nil {
		return nil
	}
	if a.watch == nil {
		if !snap.ReadOnce() {
			return nil
		}
		env, err := a.env()
		if err != nil {
			return err
		}
		env.Unread = a.unsearched.Add
		a.watch = model.NewWatch(query.Compile(a.expr, env))
	}
	fresh, err := a.watch.Look(context.WithoutCancel(ctx), snap)
	a.alerts.Add(len(fresh))
	if wait, due := a.alerts.Due(time.Now()); due && wait == 0 {
		a.std.err.ring(&a.alerts, a.drawsASCII())
	}
	return err
}

// until returns a context that ends when the next call is due, or with ctx.
func (a *alertedQuery) until(ctx context.Context) (context.Context, context.CancelFunc) {
	if wait, due := a.alerts.Due(time.Now()); due {
		return context.WithTimeout(ctx, wait)
	}
	return ctx, func() {}
}

// end gives the title of the terminal back, and prints how many alerts there were.
func (a *alertedQuery) end() {
	a.std.err.unring(&a.alerts)
	if n := a.alerts.All(); n > 0 {
		fmt.Fprintf(a.std.err, "pawprint: %v in all\n", termsafe.Count(int64(n), "alert", "alerts"))
	}
}
