package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/statistics"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// comparison returns what --compare asks for, nil without it.
func (s *statsCommand) comparison(what *statistics.Statistic) (*statistics.Comparison, error) {
	if s.compare == "" {
		return nil, nil
	}
	length, ok := clock.ParseLength(s.compare)
	switch {
	case !ok || length == (clock.Length{}):
		return nil, fmt.Errorf("reading --compare: %q is not a length of time such as 24h, 7d or 1 month", s.compare)
	case s.every != "" || len(s.distinct) > 0:
		return nil, errors.New("reading --compare: it counts events in two windows of time; leave out --every and --distinct")
	case s.since != "":
		return nil, errors.New("reading --compare: the windows end with the log or with --until, and their length is that of --compare; leave out --since")
	}
	c := &statistics.Comparison{What: what}
	if s.sort != "" {
		var err error
		if c.Sort, err = statistics.ParseChangeOrder(s.sort); err != nil {
			return nil, fmt.Errorf("reading --sort: %w", err)
		}
	}
	return c, nil
}

// compared counts the two windows at the end of a selection, and says on standard error which they are and what they miss.
func (s *statsCommand) compared(ctx context.Context, c *statistics.Comparison, all *model.Selection) (*output.Grid, int, error) {
	first, end, ok, err := s.span(ctx, all.Snapshot())
	if err != nil {
		return nil, 0, err
	}
	if !ok {
		return nil, 0, errors.New("comparing: no event of the log has a time, so it has no end to count back from")
	}
	length, _ := clock.ParseLength(s.compare)
	before, after := statistics.Windows(end, length)
	when := func(t time.Time) termsafe.Safe { return termsafe.Time(t.In(c.What.Zone), field.TimeLayout) }
	fmt.Fprintf(s.std.err, "pawprint: before is from %s to %s, after is from there to %s\n", when(before.From), when(before.To), when(after.To))
	if first.After(before.From) {
		fmt.Fprintf(s.std.err, "pawprint: the log begins only at %s, so what is less before may not have been read\n", when(first))
	}
	var selected [3]*model.Selection
	for i, term := range []string{before.Term(), after.Term(), "-has:time -is:reject"} {
		m, err := s.matcher(term)
		if err != nil {
			return nil, 0, err
		}
		if selected[i], err = model.SelectWithin(ctx, *all.Snapshot(), m, all); err != nil {
			return nil, 0, err
		}
	}
	if n := selected[2].Len(); n > 0 {
		fmt.Fprintf(s.std.err, "pawprint: %s without a time in neither window\n", termsafe.Count(int64(n), "event is", "events are"))
	}
	return c.Grid(ctx, selected[0], selected[1])
}

// span returns the time of the first event in the log, and the end of --until, else the time of the last event; ok is false if no event has
// a time.
func (s *statsCommand) span(ctx context.Context, snap *model.Snapshot) (first, end time.Time, ok bool, err error) {
	whole, err := model.Select(ctx, *snap, nil, nil)
	if err != nil {
		return first, end, false, err
	}
	from, to, ok := count.Span(whole)
	first, end = time.Unix(0, from), time.Unix(0, to)
	if s.until == "" {
		return first, end, ok, nil
	}
	e, err := parseAll([]string{"until:" + quoteTerm(s.until)})
	if err != nil {
		return first, end, false, err
	}
	env, err := s.env()
	if err != nil {
		return first, end, false, err
	}
	if _, until := query.Bounds(e, env); !until.IsZero() {
		end = until
	}
	return first, end, ok, nil
}
