package statistics

import (
	"context"
	"errors"
	"slices"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/compare"
	"pawprint/model/count"
)

// Comparison counts by the fields of a Statistic in two periods.
type Comparison struct {
	What *Statistic
	Sort compare.Order
	// Before and After are the events of the periods that are not in the selections; see What.Elsewhere.
	Before, After []*Elsewhere
}

// Asked is Asked of What; two periods have no overview.
func (c *Comparison) Asked() (lists [][]model.Field, why string) {
	if len(c.What.by) == 0 {
		return [][]model.Field{{}}, ""
	}
	return c.What.Asked()
}

// Compared is a grid of two periods with how many events each has.
type Compared struct {
	Grid          *output.Grid
	Before, After int
}

// Compare counts the events of two selections, those of the period before and those of the one after it. What.Min leaves out what occurred
// less often in both. If some values could not be read, it returns both the grid and an error.
func (c *Comparison) Compare(ctx context.Context, before, after *model.Selection) (Compared, error) {
	counting := *c.What
	counting.Min, counting.Top = 0, 0
	counting.Elsewhere = c.Before
	old, n, errBefore := counting.groups(ctx, before)
	counting.Elsewhere = c.After
	fresh, m, errAfter := counting.groups(ctx, after)
	changes := compare.Join(countsOf(old), countsOf(fresh))
	changes = slices.DeleteFunc(changes, func(ch compare.Change) bool { return max(ch.Before.Events, ch.After.Events) < c.What.Min })
	order := c.Sort
	order.Events = [2]int{n, m}
	compare.Sort(changes, order)
	if c.What.Top > 0 && len(changes) > c.What.Top {
		changes = changes[:c.What.Top]
	}
	out := Compared{&output.Grid{Traits: c.What.traits()}, n, m}
	out.Grid.Traits["share before"], out.Grid.Traits["share after"] = output.Column{Fit: output.FitSpare}, output.Column{Fit: output.FitSpare}
	for _, f := range c.What.by {
		out.Grid.Columns = append(out.Grid.Columns, f.Name)
	}
	out.Grid.Columns = append(out.Grid.Columns, "before", "after", "difference", "share before", "share after", "change")
	for i := range changes {
		out.Grid.Add(c.row(&changes[i], &out)...)
	}
	return out, errors.Join(errBefore, errAfter)
}

func countsOf(groups []group) []count.Count {
	counts := make([]count.Count, len(groups))
	for i := range groups {
		counts[i] = groups[i].Count
	}
	return counts
}

func (c *Comparison) row(ch *compare.Change, of *Compared) []output.Cell {
	var row []output.Cell
	for i, v := range ch.Values {
		row = append(row, c.What.value(&c.What.by[i], v))
	}
	return append(row, output.Count(ch.Before.Events), output.Count(ch.After.Events), output.Count(ch.Difference()),
		share(ch.Before.Events, of.Before), share(ch.After.Events, of.After), output.Word(changeWord(ch)))
}

// share returns the share of a period's events, a blank cell if the period has none.
func share(n, all int) output.Cell {
	if all == 0 {
		return output.Cell{}
	}
	return output.Amount(amount.Share(n, all))
}

// changeWord says whether only one of the periods has the value.
func changeWord(ch *compare.Change) string {
	switch {
	case ch.New():
		return "new"
	case ch.Gone():
		return "gone"
	}
	return ""
}

// changeOrders are the orders that --sort names when two periods are compared.
var changeOrders = []named[compare.By]{
	{"difference", compare.ByDifference}, {"share", compare.ByShare}, {"change", compare.ByNews}, {"before", compare.ByBefore}, {"after", compare.ByAfter}, {"failed", compare.ByFailed}, {"value", compare.ByValue},
}

// ParseChangeOrder reads the name of an order; a minus before it reverses it.
func ParseChangeOrder(text string) (compare.Order, error) {
	by, reversed, err := findOrder(changeOrders, text)
	return compare.Order{By: by, Reversed: reversed}, err
}
