package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pawprint/cmd/internal/rows"
	"pawprint/model"
	"pawprint/model/count"
	"pawprint/model/field"
)

// checkOrder reads --sort. It returns an error for an order that is not known, or is impossible while following.
func (q *queryCommand) checkOrder() error {
	name, _ := q.orderName()
	if q.order != "none" && field.Of(name).Kind != field.Time {
		fields, err := rows.Fields("sort", []string{name})
		if err != nil {
			return fmt.Errorf("%w; --sort takes a field, time, -time or none", err)
		}
		if _, err := fields[0].SortKey(q.searchMarks); err != nil {
			return fmt.Errorf("reading --sort: %w", err)
		}
		if err := q.checkMarks(fields); err != nil {
			return err
		}
		q.by = &fields[0]
	}
	if q.follow && q.order != "" && q.order != "time" {
		return errors.New("reading --sort: with --follow rows are printed as they arrive: leave out one of the two")
	}
	return nil
}

// orderName returns the field of --sort, and whether its rows are to be the other way round.
func (q *queryCommand) orderName() (name string, reversed bool) {
	name, reversed = strings.CutPrefix(q.order, "-")
	if name == "" && !reversed {
		name = "time"
	}
	return name, reversed
}

// byTime reports whether rows are printed in the order of time, from either end.
func (q *queryCommand) byTime() bool { return q.by == nil && q.order != "none" }

// ordered returns a function from a position in the order of --sort to its row.
func (q *queryCommand) ordered(ctx context.Context, selection *model.Selection) (func(k int) model.Row, error) {
	_, reversed := q.orderName()
	switch {
	case q.byTime() && reversed:
		return func(k int) model.Row { return selection.At(selection.Len() - 1 - k) }, nil
	case q.byTime():
		return selection.At, nil
	}
	order := count.Order{Appended: true}
	if q.by != nil {
		key, err := q.by.SortKey(q.searchMarks)
		if err != nil {
			return nil, err
		}
		order = count.Order{By: key, Descending: reversed}
	}
	sorted, err := count.Sorted(context.WithoutCancel(ctx), selection, order)
	return func(k int) model.Row { return sorted[k] }, err
}
