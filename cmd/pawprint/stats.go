package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/statistics"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/condition"
	"pawprint/tui/termsafe"
)

// statsCommand counts events by fields and by time.
type statsCommand struct {
	*settings
	by       []string
	distinct []string
	every    string
	compare  string
	sort     string
	top      int
	min      int
	output   string
}

func newStats(s *settings) *cobra.Command {
	st := &statsCommand{settings: s}
	c := &cobra.Command{
		Use:   "stats [flags] [SOURCE …]",
		Short: "Count events by fields and by time",
		Long: `Count the events that match -q and the other filters: by the fields of --by, in buckets of time with --every, or both. With none of these, nor --distinct or --compare, it prints
an overview of the log. An absent value is an empty cell in csv and null in json; an empty text is written as two quotes.

The formats of --output:
` + output.Grids.Help() + `

The columns are those of --by and then count, failed (FAILED and PARTIALLY_FAILED), first and last, the most frequent first. With --every the columns are time (the start of the bucket), those of --by, count
and failed, ordered by time. Empty buckets are printed unless --by is given, and --top applies to each bucket. Buckets of hours are counted
from midnight in the zone of --tz, weeks start on Mondays. Events without a time of their own come last, with an empty time.

--by takes the names of the query language, as in actor,result,class,param.id,.any.key; pawprint fields lists them. Several values at one path become a JSON list; an event with several tags counts once under each. Lines that are not events are counted only
with --by reject, by their reason; the overview says how many there are.

--distinct adds the number of different values of its fields to each row: --by actor --distinct ip shows how many addresses each actor
came from. --min applies to the first of these numbers, or to count without --distinct.

--compare counts in two periods: 7d are the seven days up to the end of the log (or --until) against the seven before; a period such as
yesterday, 2026-11-02 or 2026-11-02..2026-11-08 is compared with all other events that match; "last week vs this week" names both. The columns
are those of --by, then before, after, difference, the share of each period's own events, and change (new, gone or nothing), the largest
difference first; --sort share suits periods of unequal length. Standard error says which periods they are, how many events they have and what
is missing from them; counts are never scaled.

The exit code is 0 if something was counted, 1 if nothing was, 2 if the query is wrong or a source could not be read.`,
		Example: `pawprint stats --by actor,result audit.jsonl
pawprint stats --failed --by action --top 10 audit.jsonl
pawprint stats --every 1h -o csv audit.jsonl`,
		RunE: func(c *cobra.Command, args []string) error { return st.run(c.Context(), args) },
	}
	c.Flags().StringSliceVar(&st.by, "by", nil, "count by these fields, with commas between them")
	c.Flags().StringSliceVar(&st.distinct, "distinct", nil, "also count how many different values these fields have")
	c.Flags().StringVar(&st.compare, "compare", "", "compare two periods: 7d, 2026-11-02..2026-11-08, 'last week vs this week'")
	c.Flags().StringVar(&st.sort, "sort", "", "count, failed, distinct, first, last or value; with --compare difference, share, change, before, after, failed or value; -NAME reverses")
	c.Flags().IntVar(&st.min, "min", 0, "show only what occurs at least this often, or with --distinct has at least this many different values")
	c.Flags().StringVar(&st.every, "every", "", "count in buckets of this length: 30s, 15m, 1h, 1d, 1w")
	c.Flags().IntVar(&st.top, "top", 0, "show only this many of the most frequent; 0 means all, and 5 of each in the overview")
	c.Flags().StringVarP(&st.output, "output", "o", "", output.Grids.Names("or")+" (default: table on a terminal, else csv)")
	st.addWide(c.Flags())
	return c
}

func (s *statsCommand) run(ctx context.Context, args []string) error {
	what, versus, format, err := s.wanted()
	if err != nil {
		return err
	}
	s.showNotes("")
	s.elsewhere.whole = true
	s.elsewhere.by, s.elsewhere.why = groupingOf(what, versus)
	defer s.elsewhere.tellCosts(s.notice)
	load := ctx
	if !what.ReadsLines() {
		load = s.byColumns(ctx)
	}
	log, loadErr := s.load(load, args)
	if log == nil || s.elsewhere.missing() {
		return loadErr
	}
	matcher, err := s.matcher("") // now with the end of the log
	if err != nil {
		return err
	}
	// The rows that were read before an interruption are still worth counting, so counting ignores that ctx was cancelled.
	selection, err := model.Select(context.WithoutCancel(ctx), log.Snapshot(), matcher, nil)
	if err != nil {
		return errors.Join(loadErr, err)
	}
	g, events, err := s.counted(ctx, what, versus, selection)
	if g != nil {
		out := bufio.NewWriterSize(s.std.out, 64<<10)
		err = errors.Join(err, format.WriteGrid(s.printing(out), g), out.Flush())
	}
	return outcome(events, loadErr, err, s.showRest(context.WithoutCancel(ctx), what, selection, events, g != nil))
}

// wanted returns what the flags ask for: to count it, or to compare it if that is not nil, and the format to print it in.
func (s *statsCommand) wanted() (what *statistics.Statistic, versus *statistics.Comparison, format *output.Format, err error) {
	if _, err = s.matcher(""); err != nil {
		return nil, nil, nil, err
	}
	if what, err = s.statistic(); err != nil {
		return nil, nil, nil, err
	}
	if versus, err = s.comparison(what); err != nil {
		return nil, nil, nil, err
	}
	format, err = s.format()
	return what, versus, format, err
}

// format returns the format to print in.
func (s *statsCommand) format() (*output.Format, error) {
	if s.output == "" {
		s.output = "csv"
		if isTerminal(s.std.out) {
			s.output = "table"
		}
	}
	return output.Grids.Find(s.output)
}

// counted counts the rows of a selection, and those that lie elsewhere.
func (s *statsCommand) counted(ctx context.Context, what *statistics.Statistic, versus *statistics.Comparison, selection *model.Selection) (g *output.Grid, events int, err error) {
	if versus != nil {
		both, err := s.compared(ctx, versus, selection)
		return both.Grid, both.Before + both.After, err
	}
	if what.Elsewhere, err = s.elsewhere.counted(ctx, condition.Const(true)); err != nil {
		return nil, 0, err
	}
	return what.Grid(context.WithoutCancel(ctx), selection)
}

// showRest says on standard error what readers of the table should know.
func (s *statsCommand) showRest(ctx context.Context, what *statistics.Statistic, selection *model.Selection, events int, printed bool) error {
	snap := selection.Snapshot()
	var doubtErr error
	if printed {
		s.elsewhere.tell(s.std.err, *snap)
	}
	if !s.elsewhere.used.Load() { // otherwise the rows that were read say nothing about the others
		doubtErr = errors.Join(s.showDoubts(ctx, snap, events), s.showGrounds(ctx, selection), s.showSaid(ctx, what, selection, events))
	}
	if what.Mask != nil && printed {
		showMasked(s.std.err, what.Mask.Masked, "the table")
	}
	left, err := s.newUndecided("")
	if err == nil {
		_, err = left.look(*snap)
		left.tell(s.std.err)
	}
	return errors.Join(err, s.searchTrouble(), doubtErr)
}

// groupingOf returns what a source may be asked to count by. It is nil if a source cannot count by all of it; why then names what it
// cannot.
func groupingOf(what *statistics.Statistic, versus *statistics.Comparison) (by *grouping, why string) {
	by = &grouping{step: what.Step, compared: versus != nil}
	if versus != nil {
		by.lists, why = versus.Asked()
	} else {
		by.lists, why = what.Asked()
	}
	if why != "" {
		return nil, termsafe.Escaped(why).String()
	}
	return by, ""
}

// statistic returns what the flags say to count.
func (s *statsCommand) statistic() (*statistics.Statistic, error) {
	if s.follow {
		return nil, errors.New("reading --follow: stats counts up to the end of its sources and cannot follow them: leave out -f")
	}
	if err := errors.Join(notNegative("top", s.top), notNegative("min", s.min)); err != nil {
		return nil, err
	}
	if len(s.by)+len(s.distinct) == 0 && s.compare == "" && (s.min > 0 || s.sort != "") {
		return nil, errors.New("reading --min and --sort: they need --by, --distinct or --compare")
	}
	if s.top > 0 && s.every != "" && len(s.by) == 0 {
		return nil, errors.New("reading --top: with --every it needs --by")
	}
	zone, err := s.location()
	if err != nil {
		return nil, err
	}
	c, err := statistics.New("by", s.by, s.searchMarks)
	if err != nil {
		return nil, err
	}
	if err := c.Distinct("distinct", s.distinct); err != nil {
		return nil, err
	}
	if err := s.checkMarks(c.Fields()); err != nil {
		return nil, err
	}
	c.Top, c.Min, c.Zone, c.Mask = s.top, s.min, zone, s.mask()
	if s.sort != "" && s.compare == "" {
		if s.every != "" {
			return nil, errors.New("reading --sort: with --every the rows are always in order of time: leave out one of the two")
		}
		if c.Sort, err = statistics.ParseOrder(s.sort); err != nil {
			return nil, fmt.Errorf("reading --sort: %w", err)
		}
	}
	if s.every != "" {
		step, ok := clock.ParseStep(s.every)
		if !ok {
			return nil, fmt.Errorf("reading --every: %q is not a length of time such as 30s, 15m, 1h, 1d or 1w", s.every)
		}
		step.Zone = zone
		c.Step = step
	}
	return c, nil
}
