package statistics

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
)

// Window is a stretch of time: later than From, up to and including To.
type Window struct{ From, To time.Time }

// Comparison counts by the fields of a Statistic in two windows of time.
type Comparison struct {
	What *Statistic
	Sort ChangeOrder
}

// change is how often a tuple of values occurred in two windows.
type change struct {
	values        []count.Value
	before, after int
}

func (c *change) difference() int { return c.after - c.before }

// word says whether the tuple is new or gone.
func (c *change) word() string {
	switch {
	case c.before == 0:
		return "new"
	case c.after == 0:
		return "gone"
	}
	return ""
}

// Grid counts the events of two selections, those of the window before and those of the one after it; events is how many there are in
// both. What.Min leaves out what occurred less often in both windows.
func (c *Comparison) Grid(ctx context.Context, before, after *model.Selection) (g *output.Grid, events int, err error) {
	counting := *c.What
	counting.Min, counting.Top = 0, 0
	old, n, errBefore := counting.groups(ctx, before)
	fresh, m, errAfter := counting.groups(ctx, after)
	changes := join(old, fresh)
	changes = slices.DeleteFunc(changes, func(ch change) bool { return max(ch.before, ch.after) < c.What.Min })
	slices.SortStableFunc(changes, c.Sort.compare)
	if c.What.Top > 0 && len(changes) > c.What.Top {
		changes = changes[:c.What.Top]
	}
	g = &output.Grid{Traits: c.What.traits()}
	for _, f := range c.What.by {
		g.Columns = append(g.Columns, f.Name)
	}
	g.Columns = append(g.Columns, "before", "after", "difference", "change")
	for i := range changes {
		g.Add(c.row(&changes[i])...)
	}
	return g, n + m, errors.Join(errBefore, errAfter)
}

func (c *Comparison) row(ch *change) []output.Cell {
	var row []output.Cell
	for i, v := range ch.values {
		row = append(row, c.What.value(&c.What.by[i], v))
	}
	return append(row, output.Count(ch.before), output.Count(ch.after), output.Count(ch.difference()), output.Word(ch.word()))
}

// join pairs the groups of equal values.
func join(before, after []group) []change {
	at := map[string]int{}
	var changes []change
	for _, g := range before {
		at[tupleKey(g.Values)] = len(changes)
		changes = append(changes, change{values: g.Values, before: g.Events})
	}
	for _, g := range after {
		if i, ok := at[tupleKey(g.Values)]; ok {
			changes[i].after = g.Events
			continue
		}
		changes = append(changes, change{values: g.Values, after: g.Events})
	}
	return changes
}

// ChangeOrder is an order of changes. The zero ChangeOrder has the largest difference first.
type ChangeOrder struct {
	by       func(a, b *change) int
	reversed bool
}

// changeOrders are the orders that --sort names when two windows are compared.
var changeOrders = []named[func(a, b *change) int]{
	{"difference", byDifference},
	{"before", func(a, b *change) int { return cmp.Compare(b.before, a.before) }},
	{"after", func(a, b *change) int { return cmp.Compare(b.after, a.after) }},
	{"value", func(a, b *change) int { return slices.CompareFunc(a.values, b.values, count.Value.Compare) }},
}

// byDifference orders by the size of the difference; among equal ones the rise is first.
func byDifference(a, b *change) int {
	x, y := a.difference(), b.difference()
	return cmp.Or(cmp.Compare(max(y, -y), max(x, -x)), cmp.Compare(y, x))
}

// ParseChangeOrder reads the name of an order; a minus before it reverses it.
func ParseChangeOrder(text string) (ChangeOrder, error) {
	by, reversed, err := findOrder(changeOrders, text)
	return ChangeOrder{by, reversed}, err
}

// compare orders by the order, and what is equal in it by value.
func (o ChangeOrder) compare(a, b change) int {
	by := o.by
	if by == nil {
		by = byDifference
	}
	c := by(&a, &b)
	if o.reversed {
		c = -c
	}
	return cmp.Or(c, slices.CompareFunc(a.values, b.values, count.Value.Compare))
}

// Windows returns the window of a length that ends at end, and the one before it.
func Windows(end time.Time, length clock.Length) (before, after Window) {
	middle := length.Before(end)
	return Window{length.Before(middle), middle}, Window{middle, end}
}

// Term is the query for the events in the window.
func (w Window) Term() string {
	const layout = "2006-01-02T15:04:05.000000000Z"
	return fmt.Sprintf("has:time time>%s time<=%s", w.From.UTC().Format(layout), w.To.UTC().Format(layout))
}
