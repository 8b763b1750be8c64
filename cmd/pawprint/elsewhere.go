package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"pawprint/cmd/internal/statistics"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/clock"
	"pawprint/model/condition"
	"pawprint/model/count"
)

// elsewhere is what is known of rows that were counted where they lie, instead of being loaded. Its methods may be called from any
// goroutine.
type elsewhere struct {
	wanted      bool // a command only counts
	whole       bool // the answer of a command is about all rows
	least, most atomic.Int64
	used        atomic.Bool // a source was asked

	by     *grouping       // how a command counts; nil if it counts by more than columns and times
	why    string          // if by is nil: what it counts by instead
	costs  []func() string // say what the questions of a source have cost; set before any is asked
	mu     sync.Mutex
	places []place
	due    int // sources that are still to be asked
}

// grouping is what a command counts by: lists of attributes, in buckets of time if the step has a length.
type grouping struct {
	lists    [][]model.Field
	step     clock.Step
	compared bool // in periods that depend on the time of all events
}

// place is a database that counts its rows where they lie.
type place interface {
	// groups counts the rows that certainly match and satisfy a condition, by the texts of attributes. If the step has a
	// length, the bucket of time comes first.
	groups(ctx context.Context, of []model.Field, step clock.Step, is condition.Condition) ([]count.Count, error)
	// times returns the first and the last time of all rows with a time that is certain; ok is false if there are none.
	times(ctx context.Context) (first, last int64, ok bool, err error)
}

// expect says that a source is to be asked.
func (e *elsewhere) expect() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.due++
}

// found adds a place; its rows that cannot be decided there have been read.
func (e *elsewhere) found(p place) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.used.Store(true)
	e.places = append(e.places, p)
	e.due--
}

// answered adds the count of a source, of which at least least rows match, and at most most.
func (e *elsewhere) answered(least, most int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.add(least, most)
	e.due--
}

// missing reports whether some source has not answered yet, so that a count would lack its rows.
func (e *elsewhere) missing() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.due > 0
}

// counted counts the rows of all places that satisfy a condition, by each list of attributes that the command counts by. It is nil if
// there are no places.
func (e *elsewhere) counted(ctx context.Context, is condition.Condition) (all []*statistics.Elsewhere, err error) {
	if len(e.places) == 0 {
		return nil, nil
	}
	for i, list := range e.by.lists {
		var counts []count.Count
		for _, p := range e.places {
			found, err := p.groups(ctx, list, e.by.step, is)
			if err != nil {
				return nil, err
			}
			counts = append(counts, found...)
		}
		if i == 0 {
			for _, n := range counts {
				e.add(int64(n.Events), int64(n.Events))
			}
		}
		there, err := statistics.NewElsewhere(ctx, list, e.by.step.Length > 0, counts)
		if err != nil {
			return nil, err
		}
		all = append(all, there)
	}
	return all, nil
}

// times returns the first and the last time of the rows of all places, if there are any.
func (e *elsewhere) times(ctx context.Context) (first, last int64, ok bool, err error) {
	var all reach
	for _, p := range e.places {
		if err := all.add(p.times(ctx)); err != nil {
			return 0, 0, false, err
		}
	}
	return all.first, all.last, all.known, nil
}

// reach is the time from the first to the last of some rows.
type reach struct {
	first, last int64
	known       bool // at least one row has a time
}

// add takes in the times of more rows.
func (r *reach) add(first, last int64, known bool, err error) error {
	switch {
	case err != nil || !known:
		return err
	case r.known:
		first, last = min(r.first, first), max(r.last, last)
	}
	*r = reach{first, last, true}
	return nil
}

// add counts rows of which at least least match, and at most most.
func (e *elsewhere) add(least, most int64) {
	e.used.Store(true)
	e.least.Add(least)
	e.most.Add(most)
}

// count returns how many rows match that were not loaded.
func (e *elsewhere) count() int { return int(e.least.Load()) }

// words writes the count of rows that match, loaded and not: a number, or between which numbers it is.
func (e *elsewhere) words(loaded int) string {
	least, most := int64(loaded)+e.least.Load(), int64(loaded)+e.most.Load()
	if least == most {
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d..%d", least, most)
}

// tell says how many rows were counted at a source, and how many had to be read, if any were.
func (e *elsewhere) tell(to io.Writer, snap model.Snapshot) {
	if e.used.Load() && e.least.Load() == e.most.Load() {
		fmt.Fprintf(to, "pawprint: note: %s counted in the database, %s read to decide whether they match\n", amount.Of(e.least.Load(), "row was", "rows were"), amount.Of(int64(snap.Rows()), "row was", "rows were"))
	}
}

// tellCosts says what questions have cost, once all were asked.
func (e *elsewhere) tellCosts(say func(string)) {
	for _, cost := range e.costs {
		if text := cost(); text != "" {
			say(text)
		}
	}
}

// checkEstimate returns an error if --estimate has nothing to estimate. Where nothing is counted it prints what questions cost, and returns an exit.
func (s *settings) checkEstimate(args []string) error {
	switch {
	case !s.inputs.estimate:
		return nil
	case s.elsewhere.wanted:
		return s.checkAsked("--estimate", args)
	}
	of, err := s.bounds()
	if err != nil {
		return err
	}
	for _, arg := range args {
		if k := schemeOf(arg); k == nil || k.price == nil {
			return errors.New("reading --estimate: without -c it only prints the price of athena:// sources: add -c")
		}
	}
	for _, arg := range args {
		if err := schemeOf(arg).price(s, arg, of); err != nil {
			return err
		}
	}
	return exit(exitFound)
}

// checkAsked returns an error for a source that is read whole instead of being asked.
func (s *settings) checkAsked(flag string, args []string) error {
	for _, arg := range args {
		if k := schemeOf(arg); k == nil || k.explain == nil {
			return fmt.Errorf("reading %s: it is only for databases, such as clickhouse://; other sources are read whole: leave it out", flag)
		}
	}
	return nil
}
