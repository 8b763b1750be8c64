//go:build !nos3

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pawprint/loader/engine"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/condition"
	"pawprint/model/count"
)

// mostEdges and mostGroups limit the buckets and groups that an engine is asked for.
const (
	mostEdges  = 5_000
	mostGroups = 100_000
)

// timed is true of the rows with a time that is certain.
var timed = condition.Negate(condition.Untimed{})

// unsuccessful is true of the rows of failed events, wholly or in part.
var unsuccessful = condition.In{Path: pathOf(model.FieldActionResult), Values: []string{"FAILED", "PARTIALLY_FAILED"}}

func pathOf(f model.Field) []string { return strings.Split(f.String(), ".") }

// settled folds a query so that the values by which the core is counted are certain too.
func settled(fold engine.Fold, by *grouping) engine.Fold {
	parts := []condition.Condition{timed, settledText(model.FieldActionResult)}
	for _, list := range by.lists {
		for _, f := range list {
			parts = append(parts, settledText(f))
		}
	}
	return func(d engine.Dictionaries) (cover, core condition.Condition) {
		cover, core = fold(d)
		if by.compared { // rows without a certain time may be the first or the last ones, whether they match or not
			cover = condition.Or(cover, condition.Untimed{})
		}
		return cover, condition.And(append(parts, core)...)
	}
}

func settledText(f model.Field) condition.Condition {
	return condition.Negate(condition.Unsettled{Path: pathOf(f), Text: true})
}

// engineRows are the rows of an engine that are certain to match. It implements place.
type engineRows struct {
	at    engine.Counting
	whole engine.Span // of the log
	of    engine.Span
	core  condition.Condition
	tell  func(string)
	after func(time.Duration) <-chan time.Time
}

// ask asks the engine, and again if that may help.
func (r *engineRows) ask(ctx context.Context, ask func() error) error {
	return engine.Retry(ctx, r.after, r.tell, ask)
}

// groups implements place.
func (r *engineRows) groups(ctx context.Context, of []model.Field, step clock.Step, is condition.Condition) (counts []count.Count, err error) {
	by := engine.Grouping{Most: mostGroups, Marked: unsuccessful}
	for _, f := range of {
		by.Paths = append(by.Paths, pathOf(f))
	}
	if step.Length > 0 {
		if by.Edges, err = r.edges(ctx, step); err != nil || by.Edges == nil {
			return nil, err
		}
	}
	var groups []engine.Group
	var ok bool
	err = r.ask(ctx, func() (err error) {
		groups, ok, err = r.at.Groups(ctx, r.of, condition.And(r.core, is), by)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, fmt.Errorf("counting: there are more than %d groups: count by fewer fields, or narrow the query with --since and -q", mostGroups)
	}
	for _, g := range groups {
		if g.Rows == 0 {
			continue // what is counted without any attribute
		}
		if by.Edges != nil && !holds(step, g) {
			return nil, errors.New("counting: some rows are later than the last time that was counted: leave them out with --until")
		}
		counts = append(counts, countOf(g, by.Edges != nil))
	}
	return counts, nil
}

// holds reports whether all rows of a group are in its bucket.
func holds(step clock.Step, g engine.Group) bool {
	first, _ := step.Bounds(g.First)
	last, _ := step.Bounds(g.Last)
	return first == g.Edge && last == g.Edge
}

// countOf is a group as a count.
func countOf(g engine.Group, bucketed bool) count.Count {
	n := count.Count{Events: int(g.Rows), Failed: int(g.Marked), First: g.First, Last: g.Last, Timed: true}
	if bucketed {
		n.Values = append(n.Values, count.StepValue(g.Edge))
	}
	for _, v := range g.Values {
		n.Values = append(n.Values, count.Value{Text: model.NewText(v.Text), Absent: v.Absent})
	}
	return n
}

// times implements place.
func (r *engineRows) times(ctx context.Context) (first, last int64, ok bool, err error) {
	return r.timesOf(ctx, r.whole, timed)
}

// timesOf returns the first and the last time in the lines of a span of which a condition is true.
func (r *engineRows) timesOf(ctx context.Context, of engine.Span, is condition.Condition) (first, last int64, ok bool, err error) {
	var groups []engine.Group
	err = r.ask(ctx, func() (err error) {
		groups, _, err = r.at.Groups(ctx, of, is, engine.Grouping{Marked: condition.Const(false), Most: 1})
		return err
	})
	if err != nil || len(groups) == 0 || groups[0].Rows == 0 {
		return 0, 0, false, err
	}
	return groups[0].First, groups[0].Last, true, nil
}

// edges are the starts of the buckets of all rows with a clear time; nil if there are none.
func (r *engineRows) edges(ctx context.Context, step clock.Step) (edges []int64, err error) {
	var oldest, newest int64
	var ok bool
	if r.at.Margin() > 0 { // the bounds are not those of the lines' own times
		oldest, newest, ok, err = r.timesOf(ctx, r.of, r.core)
	} else {
		err = r.ask(ctx, func() (err error) {
			oldest, newest, ok, err = r.at.Bounds(ctx, r.of)
			return err
		})
	}
	if err != nil || !ok {
		return nil, err
	}
	start, end := step.Bounds(oldest)
	for start <= newest {
		if len(edges) == mostEdges {
			return nil, fmt.Errorf("counting: --every %v makes more than %d buckets: choose a longer one, or narrow the time with --since", step.Length, mostEdges)
		}
		edges = append(edges, start)
		start, end = step.Bounds(end)
	}
	return edges, nil
}

// edgesOf returns the starts of the buckets of a window. If there are rows outside of the window, it adds one bucket before it and one after it.
func edgesOf(w count.Window, first, last int64) (edges []int64, err error) {
	start, end := w.Step.Bounds(w.From)
	if first < start {
		before, _ := w.Step.Bounds(first)
		edges = append(edges, before)
	}
	for ; start <= w.To; start, end = w.Step.Bounds(end) {
		if len(edges) > mostEdges {
			return nil, count.ErrTooManyBuckets
		}
		edges = append(edges, start)
	}
	if last >= start {
		edges = append(edges, start)
	}
	return edges, nil
}

// buckets counts the rows that are certain to match, in one bucket from each edge to the next; the last one has no end.
func (r *engineRows) buckets(ctx context.Context, edges []int64) (found []count.Bucket, err error) {
	var groups []engine.Group
	var ok bool
	err = r.ask(ctx, func() (err error) {
		groups, ok, err = r.at.Groups(ctx, r.of, r.core, engine.Grouping{Edges: edges, Marked: unsuccessful, Most: mostGroups})
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, errors.New("counting: the database returned too many groups: narrow the filter by a time")
	}
	for _, g := range groups {
		k, exact := slices.BinarySearch(edges, g.Edge)
		if !exact || k+1 < len(edges) && g.Last >= edges[k+1] {
			return nil, errors.New("counting: the database returned counts for other times than requested: look for a newer pawprint")
		}
		if g.Rows > 0 {
			found = append(found, count.Bucket{Start: g.Edge, Events: int(g.Rows), Failed: int(g.Marked)})
		}
	}
	return found, nil
}
