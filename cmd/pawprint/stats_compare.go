package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pawprint/cmd/internal/statistics"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/clock"
	"pawprint/model/compare"
	"pawprint/model/count"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// asked is what --compare asks for: a length of time; or a period and another one, or all else.
type asked struct {
	length        clock.Length
	before, after query.Expr // nil with a length; before is nil for all that is not in after
}

// comparison returns what --compare asks for, nil without it.
func (s *statsCommand) comparison(what *statistics.Statistic) (*statistics.Comparison, error) {
	if s.compare == "" {
		return nil, nil
	}
	a, err := s.askedPeriods()
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading --compare: %w", err)
	case s.every != "" || len(s.distinct) > 0:
		return nil, errors.New("reading --compare: it counts events in two periods; leave out --every and --distinct")
	case s.since != "" && a.after == nil:
		return nil, errors.New("reading --compare: both periods end with the log or with --until, and have the length of --compare; leave out --since, or name a period, as in --compare 2026-11-02..2026-11-08")
	}
	c := &statistics.Comparison{What: what}
	if s.sort != "" {
		if c.Sort, err = statistics.ParseChangeOrder(s.sort); err != nil {
			return nil, fmt.Errorf("reading --sort: %w", err)
		}
	}
	return c, nil
}

// askedPeriods reads --compare: a length, a period, or "a period vs another one". A period is any time of the query language that is longer
// than a moment.
func (s *statsCommand) askedPeriods() (asked, error) {
	text := strings.ToLower(strings.Join(strings.Fields(s.compare), " "))
	env, err := s.env()
	if err != nil {
		return asked{}, err
	}
	if length, ok := clock.ParseLength(strings.TrimPrefix(text, "last ")); ok && !lasts(text, env) {
		if length == (clock.Length{}) {
			return asked{}, fmt.Errorf("%q has no length: name two different times", s.compare)
		}
		return asked{length: length}, nil
	}
	first, second, two := strings.Cut(text, " vs ")
	if !two {
		first, second = "", text
	}
	var a asked
	if a.after, err = periodTerm(second, env); err == nil && two {
		a.before, err = periodTerm(first, env)
	}
	return a, err
}

// lasts reports whether a text is a time that is longer than a moment, such as 2026 and yesterday.
func lasts(text string, env query.Env) bool {
	from, to, ok := query.Moment(text, env)
	return ok && from.Before(to)
}

// periodTerm returns the query for a period.
func periodTerm(text string, env query.Env) (query.Expr, error) {
	e, err := query.Parse("time:" + quoteTerm(text))
	if err != nil || !strings.Contains(text, "..") && !lasts(text, env) {
		return nil, fmt.Errorf("%q is not a length of time such as 24h, 7d or 1 month, and not a period such as yesterday, 2026-11-02..2026-11-08 or \"last week vs this week\"", text)
	}
	return e, nil
}

// period is one of the two that are compared.
type period struct {
	name string
	span clock.Span
	rest bool   // everything that was asked for except the other period
	term string // the query for its events
	rows *model.Selection
}

// periods returns the two periods. known is the time of the events that were asked for.
func (s *statsCommand) periods(known clock.Span) (before, after period, err error) {
	a, err := s.askedPeriods()
	env, envErr := s.env()
	if err = errors.Join(err, envErr); err != nil {
		return before, after, err
	}
	var p compare.Periods
	if a.after == nil {
		p = compare.Recent(known.To.Add(-1).In(env.Zone), a.length)
	} else if p.After, err = spanOf(a.after, env, known); err == nil && a.before != nil {
		p.Before, err = spanOf(a.before, env, known)
	}
	if err != nil {
		return before, after, err
	}
	rest := a.after != nil && a.before == nil
	if !rest && p.After.From.Before(p.Before.From) {
		p.Before, p.After = p.After, p.Before
	}
	after = period{name: "after", span: p.After, term: query.During(p.After, env.Zone).String()}
	if rest {
		return period{name: "before", span: known, rest: true, term: "has:time -" + after.term}, after, nil
	}
	return period{name: "before", span: p.Before, term: query.During(p.Before, env.Zone).String()}, after, nil
}

// spanOf returns the time of a query for a period. An end that is open is that of the events that were asked for.
func spanOf(e query.Expr, env query.Env, known clock.Span) (clock.Span, error) {
	from, to := query.Bounds(e, env)
	s := clock.Span{From: from, To: to.Add(1)}
	if from.IsZero() {
		s.From = known.From
	}
	if to.IsZero() {
		s.To = known.To
	}
	if !s.From.Before(s.To) {
		return s, fmt.Errorf("comparing: %s has no time in this log", e)
	}
	return s, nil
}

// compared counts the two periods in a selection and elsewhere, and says on standard error which they are and what they miss.
func (s *statsCommand) compared(ctx context.Context, c *statistics.Comparison, all *model.Selection) (out statistics.Compared, err error) {
	log, known, err := s.knownTime(ctx, all.Snapshot())
	if err != nil {
		return out, err
	}
	s.logEnd = log.To.Add(-1) // of all events, loaded or not
	before, after, err := s.periods(known)
	if err != nil {
		return out, err
	}
	if err := s.countedElsewhere(ctx, c, before, after); err != nil {
		return out, err
	}
	ctx = context.WithoutCancel(ctx)
	var untimed *model.Selection
	for _, part := range []struct {
		term string
		rows **model.Selection
	}{{before.term, &before.rows}, {after.term, &after.rows}, {"-has:time -is:reject", &untimed}} {
		m, err := s.matcher(part.term)
		if err != nil {
			return out, err
		}
		if *part.rows, err = model.SelectWithin(ctx, *all.Snapshot(), m, all); err != nil {
			return out, err
		}
	}
	out, err = c.Compare(ctx, before.rows, after.rows)
	tell := func(words string) { fmt.Fprintf(s.std.err, "pawprint: %s\n", words) }
	tell(before.words(out.Before, c.What.Zone))
	tell(after.words(out.After, c.What.Zone))
	for _, doubt := range doubtsOf(before, after, log, c.What.Zone) {
		tell(doubt)
	}
	if n := untimed.Len(); n > 0 {
		tell(termsafe.Count(int64(n), "event is", "events are").String() + " without a time, in neither period")
	}
	return out, err
}

// countedElsewhere counts the rows of two periods that lie elsewhere.
func (s *statsCommand) countedElsewhere(ctx context.Context, c *statistics.Comparison, before, after period) error {
	env, err := s.env()
	if err != nil {
		return err
	}
	for _, part := range []struct {
		term string
		to   *[]*statistics.Elsewhere
	}{{before.term, &c.Before}, {after.term, &c.After}} {
		e, err := query.Parse(part.term)
		if err != nil {
			return err
		}
		_, core, _ := query.Fold(e, env, nil)
		if *part.to, err = s.elsewhere.counted(ctx, core); err != nil {
			return err
		}
	}
	return nil
}

// words says what a period is: before: 2026-11-01T10:00:00Z to 2026-11-03T10:00:00Z, 2 days, 5 events.
func (p *period) words(events int, zone *time.Location) string {
	words := p.name + ": "
	if p.rest {
		words += "all other events, "
	}
	if p.span.From.Before(p.span.To) {
		words += edge(p.span.From, zone) + " to " + edge(p.span.To, zone) + ", "
	}
	if !p.rest {
		words += amount.Length(compare.Length(p.span)) + ", "
	}
	return words + amount.Of(int64(events), "event", "events")
}

// edge formats an end of a period. One that lies a nanosecond after a time includes that time, and is shown as it.
func edge(t time.Time, zone *time.Location) string {
	if t.Nanosecond()%1000 == 1 {
		t = t.Add(-1)
	}
	return t.In(zone).Format(field.TimeLayout)
}

// doubtsOf says why the numbers of two periods may not be comparable. log is the time of the events of the log.
func doubtsOf(before, after period, log clock.Span, zone *time.Location) (out []string) {
	p, when := compare.Periods{Before: before.span, After: after.span}, func(t time.Time) string { return edge(t, zone) }
	all := []string{p.Unequal(), p.Overlap(), compare.Beyond(before.name, before.span, log, when)}
	if before.rest {
		all = []string{"the periods are not equally long; counts are not scaled"}
	}
	for _, words := range append(all, compare.Beyond(after.name, after.span, log, when)) {
		if words != "" {
			out = append(out, words)
		}
	}
	return out
}

// knownTime returns the time of the events of the log, and that of the part of it that was asked for, by --until and the query.
func (s *statsCommand) knownTime(ctx context.Context, snap *model.Snapshot) (log, known clock.Span, err error) {
	log, err = s.logTime(ctx, snap)
	if err != nil {
		return log, known, err
	}
	known = log
	e, err := s.expression("")
	if err != nil {
		return log, known, err
	}
	env, err := s.env()
	if err != nil {
		return log, known, err
	}
	first, last := query.Bounds(e, env)
	if !first.IsZero() {
		known.From = first
	}
	if !last.IsZero() {
		known.To = last.Add(1)
	}
	return log, known, nil
}

// logTime returns the time of all events, loaded and elsewhere.
func (s *statsCommand) logTime(ctx context.Context, snap *model.Snapshot) (log clock.Span, err error) {
	whole, err := model.Select(context.WithoutCancel(ctx), *snap, nil, nil)
	if err != nil {
		return log, err
	}
	from, to, ok := count.Span(whole)
	first, last, more, err := s.elsewhere.times(ctx)
	switch {
	case err != nil:
		return log, err
	case ok && more:
		from, to = min(from, first), max(to, last)
	case more:
		from, to = first, last
	case !ok:
		return log, errors.New("comparing: no event of the log has a time, so there is nothing to compare by")
	}
	return clock.Span{From: time.Unix(0, from), To: time.Unix(0, to+1)}, nil
}
