package main

import (
	"context"
	"slices"

	"pawprint/cmd/internal/rows"
	"pawprint/cmd/internal/statistics"
	"pawprint/model"
	"pawprint/model/field"
	"pawprint/tui/termsafe"
)

// showSaid prints on standard error how events were counted by what the user said about them: an event may count several times, and marked
// lines that are not events do not count.
func (s *statsCommand) showSaid(ctx context.Context, what *statistics.Statistic, all *model.Selection, events int) error {
	counted := what.Fields()
	if !slices.ContainsFunc(counted, func(f rows.Field) bool { return f.OfMark() }) {
		return nil
	}
	if slices.ContainsFunc(counted, func(f rows.Field) bool { return f.Kind == field.Tags }) {
		s.showAll([]string{"an event counts once under each of its tags, so the counts may add up to more than " + termsafe.Count(int64(events), "event", "events").String()})
	}
	if slices.ContainsFunc(counted, func(f rows.Field) bool { return f.Kind == field.Reject }) {
		return nil
	}
	matcher, err := s.matcher("is:marked is:reject")
	if err != nil {
		return err
	}
	lines, err := model.SelectWithin(ctx, *all.Snapshot(), matcher, all)
	if err != nil || lines.Len() == 0 {
		return err
	}
	verb := " are not events and are"
	if lines.Len() == 1 {
		verb = " is not an event and is"
	}
	s.showAll([]string{termsafe.Count(int64(lines.Len()), "marked line", "marked lines").String() + verb + " not counted: --by " + counted[0].Name + ",reject counts them too"})
	return nil
}
