package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/fault"
	"pawprint/model/query"
)

// span is a range of times, from included and to excluded; a zero time leaves that end open.
type span struct {
	from, to time.Time
	past     bool // read for first-seen alone: nothing is followed in it
}

// bounds returns the range of times that the query of this run can match. Objects outside of it need not be downloaded.
func (s *settings) bounds() (of span, err error) {
	e, err := s.expression(s.commandQuery)
	if err != nil {
		return of, err
	}
	env, err := s.env()
	if err != nil {
		return of, err
	}
	of.from, of.to = query.Bounds(e, env)
	if !of.to.IsZero() {
		of.to = of.to.Add(time.Nanosecond)
	}
	return of, nil
}

// past is the time before --since that --baseline reads for first-seen alone, and what is left out if it does not.
type past struct {
	cut     time.Time       // objects before it were not read; zero if nothing was left out
	sources []loader.Source // of the baseline
	memory  *loader.Budget  // of the baseline
}

// checkBaseline returns an error if --baseline cannot be understood.
func (s *settings) checkBaseline() error {
	if s.baseline == "" {
		return nil
	}
	if _, ok := clock.ParseLength(s.baseline); !ok {
		return fmt.Errorf("reading --baseline: %q is not a length of time such as 60d, 12w or 36h", s.baseline)
	}
	if s.since == "" {
		return errors.New("reading --baseline: it reaches back from --since, which is missing: write --since 7d --baseline 60d")
	}
	return nil
}

// openPast notes what a source leaves out, and opens the part of it that --baseline asks for.
func (s *settings) openPast(k *scheme, url string, limits loader.Limits, main span) error {
	if main.from.IsZero() {
		return nil
	}
	s.past.cut = main.from
	if s.baseline == "" {
		return nil
	}
	from, err := s.baselineFrom()
	if err != nil {
		return err
	}
	if s.past.memory == nil {
		s.past.memory = loader.NewBudget(limits.Memory.Limit() / 2) // beside that of the log: it is free again once the baseline was read
	}
	limits.Memory = s.past.memory
	if s.questions == nil && !s.asksForFirsts() {
		if s.baselineByConfig {
			return nil
		}
		s.showAll([]string{"--baseline is for is:first-seen, is:new-address and is:new-action, and the query uses none of them, so the baseline is not read"})
		return nil
	}
	if s.baselineByConfig && s.past.sources == nil {
		s.nameConfig("baseline " + s.baseline)
	}
	source, err := k.open(s, url, limits, span{from, main.from, true})
	s.past.sources = append(s.past.sources, source)
	return err
}

// asksForFirsts reports whether the query of this run asks for first events, or a column that it prints does.
func (s *settings) asksForFirsts() bool {
	e, err := s.expression(s.commandQuery)
	return s.showsFirsts || err == nil && query.RestsOnFirsts(e)
}

// baselineFrom returns where the baseline begins.
func (s *settings) baselineFrom() (time.Time, error) {
	env, err := s.env()
	if err != nil {
		return time.Time{}, err
	}
	length, _ := clock.ParseLength(s.baseline)
	since, _, ok := query.Moment(s.since, env)
	if !ok {
		return time.Time{}, fmt.Errorf("reading --since: %q is not a time", s.since)
	}
	return length.Before(since), nil
}

// readAll reads sources into log, and the baseline, if there is one, before or beside them.
func (s *settings) readAll(ctx context.Context, log *model.Log, sources []loader.Source) error {
	if s.past.cut.IsZero() {
		return loader.Load(ctx, log, sources...)
	}
	log.SetBackground(s.background())
	switch {
	case s.past.sources == nil:
		return loader.Load(ctx, log, sources...)
	case s.questions != nil: // the interface shows what there is meanwhile
		var group fault.Group
		var err error
		group.Go(func() { err = s.readBaseline(ctx, log) })
		loadErr := loader.Load(ctx, log, sources...)
		group.Wait()
		return errors.Join(err, loadErr)
	}
	return errors.Join(s.readBaseline(ctx, log), loader.Load(ctx, log, sources...))
}

func (s *settings) background() model.Background {
	b := model.Background{Cut: s.past.cut.UnixNano()}
	if s.past.sources != nil {
		b.Span = s.baseline
	}
	return b
}

// readBaseline reads the baseline and makes it known to log, also if it could not be read to its end.
func (s *settings) readBaseline(ctx context.Context, log *model.Log) error {
	before := model.NewLog()
	err := loader.Load(ctx, before, s.past.sources...)
	if err == nil {
		err = ctx.Err()
	}
	snap, b := before.Snapshot(), s.background()
	baseline, failed := model.NewBaseline(context.WithoutCancel(ctx), &snap, b.Cut)
	if failed != nil {
		return fmt.Errorf("reading the baseline: %w", failed)
	}
	if err != nil {
		baseline.Err = model.NewText(err.Error())
		err = fmt.Errorf("reading the baseline: %w", err)
	}
	b.Baseline = baseline
	log.SetBackground(b)
	return err
}

// noteBaseline says that --baseline does nothing for files, which are read whole in any case. The interface has no place for it.
func (s *settings) noteBaseline(args []string) {
	if s.baseline == "" || s.questions != nil || s.baselineByConfig {
		return
	}
	for _, arg := range args {
		if schemeOf(arg) == nil {
			s.showAll([]string{"--baseline is for s3:// sources; other sources are read whole, so first-seen needs no baseline for them"})
			return
		}
	}
}
