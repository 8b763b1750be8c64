// Package statistics counts the events of a selection by fields and over time. The results are grids for package output.
package statistics

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/rows"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/redact"
)

// Statistic says what to count. Without fields and without a step the result is an overview.
type Statistic struct {
	Step clock.Step     // of the time buckets; without a length there are none
	Top  int            // how many of the most frequent values to keep, in each bucket if there are buckets; 0 means all
	Zone *time.Location // for the times in the grid
	Mask *redact.Masker // nil to show secrets

	by   []rows.Field
	keys []count.Key
}

// New returns a Statistic that counts by the named fields. Errors name the flag that the names came from.
func New(flag string, by []string) (*Statistic, error) {
	fields, err := rows.Fields(flag, by)
	if err != nil {
		return nil, err
	}
	c := &Statistic{by: fields}
	for i := range fields {
		key, err := fields[i].Key()
		if err != nil {
			return nil, fmt.Errorf("reading --%s: %w", flag, err)
		}
		c.keys = append(c.keys, key)
	}
	return c, nil
}

// Grid counts the events of a selection; events is how many it counted. If some values could not be read, it returns both the grid and
// an error.
func (c *Statistic) Grid(ctx context.Context, sel *model.Selection) (g *output.Grid, events int, err error) {
	switch {
	case c.Step.Length == 0 && c.keys == nil:
		return c.overview(ctx, sel)
	case c.keys == nil:
		return c.buckets(ctx, sel)
	}
	return c.tuples(ctx, sel)
}

// tuples counts by fields, and with a step also by time bucket.
func (c *Statistic) tuples(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	keys, top := c.keys, c.Top
	bucketed := c.Step.Length > 0
	if bucketed {
		keys, top = append([]count.Key{count.ByStep(c.Step)}, keys...), 0
	}
	facets, err := count.NewFacets(keys).Extend(ctx, sel)
	if err != nil {
		return nil, 0, err
	}
	facet := facets.Facet(0)
	g := &output.Grid{}
	for _, f := range c.by {
		g.Columns = append(g.Columns, f.Name)
	}
	counts := facet.Top(top)
	if bucketed {
		g.Columns = append(append([]string{"time"}, g.Columns...), "count", "failed")
		counts = byBucket(counts, c.Top)
	} else {
		g.Columns = append(g.Columns, "count", "failed", "first", "last")
	}
	for i := range counts {
		g.Add(c.row(&counts[i], bucketed)...)
	}
	events, _ := facet.Events()
	if n, cause := facet.Unread(); n > 0 {
		err = fmt.Errorf("counting: %d values could not be read: %w", n, cause)
	}
	return g, events, err
}

// byBucket sorts counts by their bucket, those without a time last, and keeps the top most frequent ones of each bucket, or all if top
// is 0.
func byBucket(counts []count.Count, top int) []count.Count {
	slices.SortStableFunc(counts, func(a, b count.Count) int {
		x, y := a.Values[0], b.Values[0]
		switch {
		case x.Absent != y.Absent && x.Absent:
			return 1
		case x.Absent != y.Absent:
			return -1
		}
		return strings.Compare(x.Text.Raw(), y.Text.Raw())
	})
	if top == 0 {
		return counts
	}
	kept := counts[:0]
	n := 0
	for i, c := range counts {
		if i > 0 && c.Values[0] != counts[i-1].Values[0] {
			n = 0
		}
		if n++; n <= top {
			kept = append(kept, c)
		}
	}
	return kept
}

func (c *Statistic) row(n *count.Count, bucketed bool) []output.Cell {
	var row []output.Cell
	values := n.Values
	if bucketed {
		var start output.Cell
		if !values[0].Absent {
			start = output.Word(c.time(count.StepStart(values[0].Text)))
		}
		row, values = append(row, start), values[1:]
	}
	for i, v := range values {
		row = append(row, c.value(c.by[i].Name, v))
	}
	row = append(row, output.Count(n.Events), output.Count(n.Failed))
	if !bucketed {
		row = append(row, c.firstAndLast(n)...)
	}
	return row
}

// value returns the cell of a field's value, masked if secrets are masked.
func (c *Statistic) value(name string, v count.Value) output.Cell {
	if c.Mask != nil && !v.Absent {
		v.Text = model.NewText(c.Mask.Text(name, v.Text.Raw()))
	}
	if v.Absent {
		return output.Absent()
	}
	return output.Text(v.Text.Raw())
}

// firstAndLast returns the times of the first and the last event; both are blank if no event has a time.
func (c *Statistic) firstAndLast(n *count.Count) []output.Cell {
	if !n.Timed {
		return []output.Cell{{}, {}}
	}
	return []output.Cell{output.Word(c.time(n.First)), output.Word(c.time(n.Last))}
}

func (c *Statistic) time(nanos int64) string {
	return time.Unix(0, nanos).In(c.Zone).Format(field.TimeLayout)
}

// buckets counts only by time.
func (c *Statistic) buckets(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	h, err := count.NewHistogram(c.Step).Extend(ctx, sel)
	if err != nil {
		return nil, 0, fmt.Errorf("counting: %w", err)
	}
	g := &output.Grid{Columns: []string{"time", "count", "failed"}}
	events := 0
	for i := range h.Len() {
		b := h.Bucket(i)
		events += b.Events
		g.Add(output.Word(c.time(b.Start)), output.Count(b.Events), output.Count(b.Failed))
	}
	if n, failed := h.NoTime(); n > 0 {
		events += n
		g.Add(output.Cell{}, output.Count(n), output.Count(failed))
	}
	return g, events, nil
}

// overviewSections are the fields of the overview.
var overviewSections = []string{"result", "action", "actor", "ip"}

// overview counts events, rejects and sources, and the most frequent values of the overviewSections.
func (c *Statistic) overview(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	sections, err := New("by", overviewSections)
	if err != nil {
		return nil, 0, err
	}
	by := [][]count.Key{{}}
	for _, key := range sections.keys {
		by = append(by, []count.Key{key})
	}
	facets, err := count.NewFacets(by...).Extend(ctx, sel)
	if err != nil {
		return nil, 0, err
	}
	top := c.Top
	if top == 0 {
		top = 5
	}
	g := &output.Grid{Columns: []string{"section", "value", "count", "failed", "first", "last"}}
	events, failed := facets.Facet(0).Events()
	whole := count.Count{Events: events, Failed: failed}
	if all := facets.Facet(0).Top(1); len(all) > 0 {
		whole = all[0]
	}
	g.Add(c.section("events", output.Cell{}, &whole)...)
	for _, line := range bookCounts(sel, events) {
		g.Add(output.Word(line.name), output.Cell{}, output.Count(line.n), output.Cell{}, output.Cell{}, output.Cell{})
	}
	for i, name := range overviewSections {
		for _, n := range facets.Facet(i + 1).Top(top) {
			g.Add(c.section(name, c.value(name, n.Values[0]), &n)...)
		}
	}
	return g, events, nil
}

type namedCount struct {
	name string
	n    int
}

// bookCounts returns the counts besides the selected events: the rejects in the selection, and those of the whole log, where
// lines = events + rejects + blanks.
func bookCounts(sel *model.Selection, events int) []namedCount {
	b := sel.Snapshot().Books()
	return []namedCount{
		{"rejects", sel.Len() - events}, {"sources", len(sel.Snapshot().Sources())}, {"all lines", int(b.Lines)}, {"all events", int(b.Events)},
		{"all rejects", int(b.Rejects)}, {"all blanks", int(b.Blanks)}, {"all errors", int(b.Errors)}, {"all warnings", int(b.Warnings)},
	}
}

func (c *Statistic) section(name string, value output.Cell, n *count.Count) []output.Cell {
	return append([]output.Cell{output.Word(name), value, output.Count(n.Events), output.Count(n.Failed)}, c.firstAndLast(n)...)
}
