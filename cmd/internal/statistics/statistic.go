// Package statistics counts the events of a selection by fields and over time. The results are grids for package output.
package statistics

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/rows"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/model/redact"
	"pawprint/model/tally"
)

// Statistic says what to count. Without fields and without a step the result is an overview.
type Statistic struct {
	Step clock.Step     // of the time buckets; without a length there are none
	Top  int            // how many of the most frequent values to keep, in each bucket if there are buckets; 0 means all
	Zone *time.Location // for the times in the grid
	Min  int            // leave out groups with fewer events, or, if different values are counted, with fewer of the first field
	Sort Order          // of the groups; buckets are always in the order of time
	Mask *redact.Masker // nil to show secrets
	// Elsewhere are events that are not in the selection, by the step, if there is one, and by each list of Asked. Nil if all are in the
	// selection.
	Elsewhere []*Elsewhere

	by           []rows.Field
	keys         []count.Key
	distinct     []rows.Field
	distinctKeys []count.Key
	said         marks.Search
}

// New returns a Statistic that counts by the named fields. said finds the marked events, for what the user said about them. Errors name the
// flag that the names came from.
func New(flag string, by []string, said marks.Search) (*Statistic, error) {
	fields, err := rows.Fields(flag, by)
	if err != nil {
		return nil, err
	}
	c := &Statistic{by: fields, said: said}
	if c.keys, err = keysOf(flag, fields, said); err != nil {
		return nil, err
	}
	return c, nil
}

// Fields lists the fields to count by, and those whose different values are counted.
func (c *Statistic) Fields() []rows.Field { return slices.Concat(c.by, c.distinct) }

// ReadsLines reports whether counting reads lines of the log, or finds out which lines are marked.
func (c *Statistic) ReadsLines() bool {
	return slices.ContainsFunc(c.Fields(), func(f rows.Field) bool { return f.OfMark() }) ||
		slices.ContainsFunc(slices.Concat(c.keys, c.distinctKeys), count.Key.ReadsLines)
}

// Distinct makes the Statistic count how many different values the events of each group have in the named fields, too.
func (c *Statistic) Distinct(flag string, names []string) error {
	fields, err := rows.Fields(flag, names)
	if err != nil {
		return err
	}
	c.distinct = fields
	c.distinctKeys, err = keysOf(flag, fields, c.said)
	return err
}

func keysOf(flag string, fields []rows.Field, said marks.Search) ([]count.Key, error) {
	var keys []count.Key
	for i := range fields {
		if fields[i].OfMark() {
			keys = append(keys, fields[i].Said(said))
			continue
		}
		key, err := fields[i].Key()
		if err != nil {
			return nil, fmt.Errorf("reading --%s: %w", flag, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// bucketed reports whether events are counted over time.
func (c *Statistic) bucketed() bool { return c.Step.Length > 0 }

// Grid counts the events of a selection; events is how many it counted. If some values could not be read, it returns both the grid and
// an error.
func (c *Statistic) Grid(ctx context.Context, sel *model.Selection) (g *output.Grid, events int, err error) {
	switch {
	case c.keys != nil || c.distinctKeys != nil:
		return c.tuples(ctx, sel)
	case c.bucketed():
		return c.buckets(ctx, sel)
	}
	return c.overview(ctx, sel)
}

// tuples counts by fields, and with a step also by time bucket.
func (c *Statistic) tuples(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	gs, events, err := c.groups(ctx, sel)
	if gs == nil && err != nil {
		return nil, 0, err
	}
	g := &output.Grid{Columns: c.columns(), Traits: c.traits()}
	for _, n := range c.chosen(gs) {
		g.Add(c.row(&n)...)
	}
	return g, events, err
}

// columns returns the names of the columns of tuples.
func (c *Statistic) columns() []string {
	var names []string
	if c.bucketed() {
		names = append(names, "time")
	}
	for _, f := range c.by {
		names = append(names, f.Name)
	}
	names = append(names, "count", "failed")
	for _, f := range c.distinct {
		names = append(names, "different "+f.Name)
	}
	if !c.bucketed() {
		names = append(names, "first", "last")
	}
	return names
}

// noTime is the start of the bucket of events without a time.
var noTime = output.Blank("no time")

func (c *Statistic) row(n *group) []output.Cell {
	var row []output.Cell
	values := n.Values
	if c.bucketed() {
		start := noTime
		if !values[0].Absent {
			start = c.time(count.StepStart(values[0].Text))
		}
		row, values = append(row, start), values[1:]
	}
	for i, v := range values {
		row = append(row, c.value(&c.by[i], v))
	}
	row = append(row, output.Count(n.Events), failures(n.Failed))
	for _, d := range n.distinct {
		row = append(row, output.Count(d))
	}
	if !c.bucketed() {
		row = append(row, c.firstAndLast(&n.Count)...)
	}
	return row
}

// value returns the cell of a field's value, masked if secrets are masked.
func (c *Statistic) value(f *rows.Field, v count.Value) output.Cell {
	if c.Mask != nil && !v.Absent {
		v.Text = model.NewText(c.Mask.Text(f.Name, v.Text.Raw()))
	}
	if v.Absent {
		return output.Absent()
	}
	if v.Number {
		return output.JSON(v.Text.Raw())
	}
	text := output.Text(v.Text.Raw())
	if f.IsColumn(model.ColResult) {
		return text.Toned(rows.Tone(v.Text.Raw()))
	}
	return text
}

// firstAndLast returns the times of the first and the last event; both are blank if no event has a time.
func (c *Statistic) firstAndLast(n *count.Count) []output.Cell {
	if !n.Timed {
		return []output.Cell{{}, {}}
	}
	return []output.Cell{c.time(n.First), c.time(n.Last)}
}

func (c *Statistic) time(nanos int64) output.Cell {
	t := time.Unix(0, nanos).In(c.Zone)
	return output.Word(t.Format(field.TimeLayout)).Short(rows.ShortTime(t))
}

// traits returns what tables need to know of the columns: the zone of times, and which must not be cut.
func (c *Statistic) traits() map[string]output.Column {
	whole := output.Column{Fit: output.FitWhole}
	out := map[string]output.Column{"section": whole, "value": whole}
	for _, name := range []string{"time", "first", "last"} {
		out[name] = output.Column{Note: c.Zone.String(), Fit: output.FitWhole}
	}
	for _, f := range c.by {
		if f.IsColumn(model.ColAction) {
			out[f.Name] = whole
		}
	}
	return out
}

// failures returns the cell of a number of failed events.
func failures(n int) output.Cell {
	if n > 0 {
		return output.Count(n).Toned(output.Wrong)
	}
	return output.Count(n)
}

// buckets counts only by time.
func (c *Statistic) buckets(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	h, err := count.NewHistogram(c.Step).Extend(ctx, sel)
	switch {
	case errors.Is(err, count.ErrTooManyBuckets):
		return nil, 0, fmt.Errorf("counting: %w: choose a longer --every, or narrow the time with --since and --until", err)
	case err != nil:
		return nil, 0, fmt.Errorf("counting: %w", err)
	}
	all := make([]count.Bucket, h.Len())
	for i := range all {
		all[i] = h.Bucket(i)
	}
	if all, err = c.withElsewhere(all); err != nil {
		return nil, 0, err
	}
	g := &output.Grid{Columns: []string{"time", "count", "failed"}, Traits: c.traits()}
	events := 0
	for _, b := range all {
		events += b.Events
		g.Add(c.time(b.Start), output.Count(b.Events), failures(b.Failed))
	}
	if n, failed := h.NoTime(); n > 0 {
		events += n
		g.Add(noTime, output.Count(n), failures(failed))
	}
	return g, events, nil
}

// overviewSections are the fields of the overview.
var overviewSections = []string{"result", "action", "actor", "ip"}

// overview counts events, rejects and sources, and the most frequent values of the overviewSections.
func (c *Statistic) overview(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	sections, err := New("by", overviewSections, nil)
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
	g := &output.Grid{Columns: []string{"section", "value", "count", "failed", "first", "last"}, Traits: c.traits()}
	whole, err := c.elsewhere(0).Merged(ctx, facets.Facet(0).Top(0), nil)
	if err != nil {
		return nil, 0, err
	}
	whole = append(whole, count.Count{}) // without any event
	g.Add(c.section("events", output.Cell{}, &whole[0])...)
	events, _ := facets.Facet(0).Events()
	for _, line := range c.bookCounts(sel, events) {
		g.Add(output.Word(line.name), output.Cell{}, output.Count(line.n), output.Cell{}, output.Cell{}, output.Cell{})
	}
	for i, name := range overviewSections {
		found, err := c.most(ctx, facets.Facet(i+1), by[i+1], i)
		if err != nil {
			return nil, 0, err
		}
		for _, n := range found {
			g.Add(c.section(name, c.value(&sections.by[i], n.Values[0]), &n)...)
		}
	}
	return g, whole[0].Events, nil
}

// most returns the most frequent values of section i of the overview.
func (c *Statistic) most(ctx context.Context, f *count.Facet, keys []count.Key, i int) ([]count.Count, error) {
	top := c.Top
	if top == 0 {
		top = 5
	}
	if c.Elsewhere == nil {
		return f.Top(top), nil
	}
	all, err := c.elsewhere(i).Merged(ctx, f.Top(0), keys)
	return all[:min(top, len(all))], err
}

type namedCount struct {
	name string
	n    int
}

// bookCounts returns the counts besides the selected events: the rejects in the selection, and those of the whole log, where
// lines = events + rejects + blanks. Nothing is known of the books of events elsewhere.
func (c *Statistic) bookCounts(sel *model.Selection, events int) []namedCount {
	out := []namedCount{{"rejects", sel.Len() - events}}
	if c.Elsewhere != nil {
		return out
	}
	b := sel.Snapshot().Books()
	out = append(out, namedCount{"sources", len(sel.Snapshot().Sources())})
	for _, k := range tally.All() {
		if n := k.Of(b); n > 0 || k != tally.Recovered {
			out = append(out, namedCount{"all " + k.String(), int(n)})
		}
	}
	return out
}

func (c *Statistic) section(name string, value output.Cell, n *count.Count) []output.Cell {
	return append([]output.Cell{output.Word(name), value, output.Count(n.Events), failures(n.Failed)}, c.firstAndLast(n)...)
}
