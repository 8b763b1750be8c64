package main

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/clock"
	"pawprint/model/count"
)

// elsewhere is what is known of rows that were counted where they lie, instead of being loaded. Its methods may be called from any
// goroutine.
type elsewhere struct {
	wanted      bool // a command only counts
	whole       bool // the answer of a command is about all rows
	least, most atomic.Int64
	used        atomic.Bool // a source was asked

	by     *grouping // how a command counts; nil if it does not count by columns and times alone
	mu     sync.Mutex
	counts []count.Count
}

// grouping is what a command counts by: columns, in buckets of time if the step has a length.
type grouping struct {
	paths [][]string
	step  clock.Step
}

// group adds a count of rows with equal values.
func (e *elsewhere) group(n count.Count) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.counts = append(e.counts, n)
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
		fmt.Fprintf(to, "pawprint: note: %s counted there, %s read to decide\n", amount.Of(e.least.Load(), "row was", "rows were"), amount.Of(int64(snap.Rows()), "row was", "rows were"))
	}
}

// checkEstimate returns an error if --estimate has nothing to estimate.
func (s *settings) checkEstimate(args []string) error {
	switch {
	case !s.inputs.estimate:
		return nil
	case !s.elsewhere.wanted:
		return errors.New("reading --estimate: it is for query -c")
	}
	return s.checkAsked("--estimate", args)
}

// checkAsked returns an error for a source that is read whole instead of being asked.
func (s *settings) checkAsked(flag string, args []string) error {
	for _, arg := range args {
		if k := schemeOf(arg); k == nil || k.explain == nil {
			return fmt.Errorf("reading %s: it is for sources that are asked, such as clickhouse://, and all others are read whole", flag)
		}
	}
	return nil
}
