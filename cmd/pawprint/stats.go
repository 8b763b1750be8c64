package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/rows"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/redact"
)

// statsCommand counts events.
type statsCommand struct {
	*settings
	by     []string
	every  string
	top    int
	output string
}

func newStats(s *settings) *cobra.Command {
	st := &statsCommand{settings: s}
	c := &cobra.Command{
		Use:   "stats [flags] [SOURCE …]",
		Short: "Count events by fields and by time",
		Long: `Count the events that match -q and the other filters: by the fields of --by, in buckets of time with --every, or both. With
neither it is an overview of the log. An absent value is nothing in csv, null in json; an empty one stands in quotes.

The formats of --output:
` + output.Grids.Help() + `

The columns are those of --by and then count, failed (FAILED and PARTIALLY_FAILED), first and last, the most frequent first. With
--every they are time (the begin of the bucket), those of --by, count and failed, in the order of time; empty buckets are there
unless --by is given, and --top counts for each bucket. Buckets of hours begin at midnight in the zone of --tz, weeks on Mondays.
Events without a time of their own stand last, with an empty time.

--by takes the names of the query language, as in actor,result,class,param.id,.any.key; pawprint fields lists them. Several values
at one path are a JSON list. Lines that are no events are not counted; the overview says how many there are.

The exit code is 0 if something was counted, 1 if nothing was, 2 if the query is wrong or a source could not be read.`,
		Example: `pawprint stats --by actor,result audit.jsonl
pawprint stats --failed --by action --top 10 audit.jsonl
pawprint stats --every 1h -o csv audit.jsonl`,
		RunE: func(c *cobra.Command, args []string) error { return st.run(c.Context(), args) },
	}
	c.Flags().StringSliceVar(&st.by, "by", nil, "count by these fields, with commas between them")
	c.Flags().StringVar(&st.every, "every", "", "count in buckets of this length: 30s, 15m, 1h, 1d, 1w")
	c.Flags().IntVar(&st.top, "top", 0, "only the most frequent ones; 0 means all, and 5 of each in the overview")
	c.Flags().StringVarP(&st.output, "output", "o", "", output.Grids.Names("or")+" (default: table on a terminal, else csv)")
	return c
}

// statistic is what to count, read from the flags.
type statistic struct {
	fields []rows.Field
	keys   []count.Key
	step   clock.Step // of length 0 without --every
	top    int
	zone   *time.Location
	mask   *redact.Masker // nil to show secrets
}

func (s *statsCommand) run(ctx context.Context, args []string) error {
	matcher, err := s.matcher("")
	if err != nil {
		return err
	}
	what, err := s.statistic()
	if err != nil {
		return err
	}
	if s.output == "" {
		s.output = "csv"
		if isTerminal(s.std.out) {
			s.output = "table"
		}
	}
	format, err := output.Grids.Find(s.output)
	if err != nil {
		return err
	}
	log, loadErr := s.load(ctx, args)
	if log == nil {
		return loadErr
	}
	// What was read before an interruption is still worth counting, so the rest does not end with ctx.
	ctx = context.WithoutCancel(ctx)
	selection, err := model.Select(ctx, log.Snapshot(), matcher, nil)
	if err != nil {
		return errors.Join(loadErr, err)
	}
	g, events, err := what.grid(ctx, selection)
	if g != nil {
		out := bufio.NewWriterSize(s.std.out, 64<<10)
		err = errors.Join(err, format.WriteGrid(out, g, s.drawsASCII()), out.Flush())
	}
	s.showHints(events)
	if what.mask != nil && g != nil {
		showMasked(s.std.err, what.mask.Masked, "the table")
	}
	return outcome(events, loadErr, err, s.searchTrouble())
}

// statistic reads the flags.
func (s *statsCommand) statistic() (*statistic, error) {
	if s.follow {
		return nil, errors.New("reading --follow: stats counts up to the end of its sources and cannot follow them")
	}
	if s.top < 0 {
		return nil, fmt.Errorf("reading --top: %d is less than none", s.top)
	}
	if s.top > 0 && s.every != "" && len(s.by) == 0 {
		return nil, errors.New("reading --top: with --every it needs --by")
	}
	zone, err := s.location()
	if err != nil {
		return nil, err
	}
	fields, err := rows.Fields("by", s.by)
	if err != nil {
		return nil, err
	}
	c := &statistic{fields: fields, top: s.top, zone: zone, mask: s.mask()}
	for i := range fields {
		key, err := fields[i].Key()
		if err != nil {
			return nil, fmt.Errorf("reading --by: %w", err)
		}
		c.keys = append(c.keys, key)
	}
	if s.every != "" {
		length, ok := parseEvery(s.every)
		if !ok {
			return nil, fmt.Errorf("reading --every: %q is no length of time such as 30s, 15m, 1h, 1d or 1w", s.every)
		}
		c.step = clock.Step{Length: length, Zone: zone}
	}
	return c, nil
}

// parseEvery reads a length of time of at least a second. Days and weeks are whole ones.
func parseEvery(text string) (time.Duration, bool) {
	for suffix, days := range map[string]int64{"d": 1, "w": 7} {
		if digits, ok := strings.CutSuffix(text, suffix); ok {
			n, err := strconv.ParseUint(digits, 10, 16)
			return time.Duration(int64(n)*days) * 24 * time.Hour, err == nil && n > 0 && int64(n)*days <= 36_500
		}
	}
	length, err := time.ParseDuration(text)
	return length, err == nil && length >= time.Second && (length <= 24*time.Hour || length%(24*time.Hour) == 0)
}

// grid counts; events is the number of those that were counted. Values that could not be read are an error beside the grid.
func (c *statistic) grid(ctx context.Context, sel *model.Selection) (g *output.Grid, events int, err error) {
	switch {
	case c.step.Length == 0 && c.keys == nil:
		return c.overview(ctx, sel)
	case c.keys == nil:
		return c.buckets(ctx, sel)
	}
	return c.tuples(ctx, sel)
}

// tuples counts by fields, and by buckets too with --every.
func (c *statistic) tuples(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	keys, top := c.keys, c.top
	bucketed := c.step.Length > 0
	if bucketed {
		keys, top = append([]count.Key{count.ByStep(c.step)}, keys...), 0
	}
	facets, err := count.NewFacets(keys).Extend(ctx, sel)
	if err != nil {
		return nil, 0, err
	}
	facet := facets.Facet(0)
	g := &output.Grid{}
	for _, f := range c.fields {
		g.Columns = append(g.Columns, f.Name)
	}
	counts := facet.Top(top)
	if bucketed {
		g.Columns = append(append([]string{"time"}, g.Columns...), "count", "failed")
		counts = byBucket(counts, c.top)
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

// byBucket puts the counts in the order of their buckets, those without a time last, and keeps the top most frequent ones of
// each bucket, or all for 0.
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

func (c *statistic) row(n *count.Count, bucketed bool) []output.Cell {
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
		row = append(row, c.value(c.fields[i].Name, v))
	}
	row = append(row, output.Count(n.Events), output.Count(n.Failed))
	if !bucketed {
		row = append(row, c.span(n)...)
	}
	return row
}

// value is what stands for a value of a field.
func (c *statistic) value(name string, v count.Value) output.Cell {
	if c.mask != nil && !v.Absent {
		v.Text = model.NewText(c.mask.Text(name, v.Text.Raw()))
	}
	if v.Absent {
		return output.Absent()
	}
	return output.Text(v.Text.Raw())
}

// span gives the times of the first and the last event.
func (c *statistic) span(n *count.Count) []output.Cell {
	if !n.Timed {
		return []output.Cell{{}, {}}
	}
	return []output.Cell{output.Word(c.time(n.First)), output.Word(c.time(n.Last))}
}

func (c *statistic) time(nanos int64) string {
	return time.Unix(0, nanos).In(c.zone).Format(field.TimeLayout)
}

// buckets counts by time alone.
func (c *statistic) buckets(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	h, err := count.NewHistogram(c.step).Extend(ctx, sel)
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

// overview says how many events and rejects there are, and what stands most often in some fields.
func (c *statistic) overview(ctx context.Context, sel *model.Selection) (*output.Grid, int, error) {
	fields, err := rows.Fields("by", overviewSections)
	if err != nil {
		return nil, 0, err
	}
	by := [][]count.Key{{}}
	for i := range fields {
		key, err := fields[i].Key()
		if err != nil {
			return nil, 0, err
		}
		by = append(by, []count.Key{key})
	}
	facets, err := count.NewFacets(by...).Extend(ctx, sel)
	if err != nil {
		return nil, 0, err
	}
	top := c.top
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
	for _, line := range books(sel, events) {
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

// books says what else there is besides the selected events: the lines that are no events among them, and the books of the log,
// of which lines = events + rejects + blanks.
func books(sel *model.Selection, events int) []namedCount {
	b := sel.Snapshot().Books()
	return []namedCount{
		{"rejects", sel.Len() - events}, {"sources", len(sel.Snapshot().Sources())}, {"all lines", int(b.Lines)}, {"all events", int(b.Events)},
		{"all rejects", int(b.Rejects)}, {"all blanks", int(b.Blanks)}, {"all errors", int(b.Errors)}, {"all warnings", int(b.Warnings)},
	}
}

func (c *statistic) section(name string, value output.Cell, n *count.Count) []output.Cell {
	return append([]output.Cell{output.Word(name), value, output.Count(n.Events), output.Count(n.Failed)}, c.span(n)...)
}
