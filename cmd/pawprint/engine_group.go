//go:build !nos3

package main

import (
	"context"
	"fmt"

	"pawprint/loader/engine"
	"pawprint/loader/engine/clickhouse"
	"pawprint/model"
	"pawprint/model/condition"
	"pawprint/model/count"
)

// mostEdges and mostGroups bound what an engine is asked to count by.
const (
	mostEdges  = 5_000
	mostGroups = 100_000
)

// resultPath is where the result of an action stands.
var resultPath = []string{model.FieldActionResult.String()}

// settled folds the query so that what the core is counted by is known for certain, too.
func (q *question) settled(by *grouping) engine.Fold {
	parts := []condition.Condition{condition.Negate(condition.Untimed{}), settledText(resultPath)}
	for _, path := range by.paths {
		parts = append(parts, settledText(path))
	}
	return func(d engine.Dictionaries) (cover, core condition.Condition) {
		cover, core = q.fold(d)
		return cover, condition.And(append(parts, core)...)
	}
}

func settledText(path []string) condition.Condition {
	return condition.Negate(condition.Unsettled{Path: path, Text: true})
}

// group counts the rows of the core by what the command counts by.
func (s *settings) group(ctx context.Context, at *clickhouse.Engine, of engine.Span, core condition.Condition) error {
	by := engine.Grouping{Paths: s.elsewhere.by.paths, Most: mostGroups,
		Marked: condition.In{Path: resultPath, Values: []string{"FAILED", "PARTIALLY_FAILED"}}}
	if s.elsewhere.by.step.Length > 0 {
		var err error
		if by.Edges, err = s.edges(ctx, at, of); err != nil || by.Edges == nil {
			return err
		}
	}
	groups, ok, err := at.Groups(ctx, of, core, by)
	switch {
	case err != nil:
		return err
	case !ok:
		return fmt.Errorf("counting: there are more than %d groups: count by less, or narrow it with --since and -q", mostGroups)
	}
	for _, g := range groups {
		s.elsewhere.add(g.Rows, g.Rows)
		n := count.Count{Events: int(g.Rows), Failed: int(g.Marked), First: g.First, Last: g.Last, Timed: true}
		if by.Edges != nil {
			n.Values = append(n.Values, count.StepValue(g.Edge))
		}
		for _, v := range g.Values {
			n.Values = append(n.Values, count.Value{Text: model.NewText(v.Text), Absent: v.Absent})
		}
		s.elsewhere.group(n)
	}
	return nil
}

// edges are the starts of the buckets of all rows with a clear time; nil if there are none.
func (s *settings) edges(ctx context.Context, at *clickhouse.Engine, of engine.Span) (edges []int64, err error) {
	oldest, newest, ok, err := at.Bounds(ctx, of)
	if err != nil || !ok {
		return nil, err
	}
	margin := int64(at.Margin())
	start, end := s.elsewhere.by.step.Bounds(oldest - margin)
	for start <= newest+margin {
		if len(edges) == mostEdges {
			return nil, fmt.Errorf("counting: --every %v makes more than %d buckets: take a longer one, or narrow it with --since", s.elsewhere.by.step.Length, mostEdges)
		}
		edges = append(edges, start)
		start, end = s.elsewhere.by.step.Bounds(end)
	}
	return edges, nil
}
