package main

import (
	"context"
	"fmt"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// showNotes prints on standard error how a valid query was read where it is not written in the language's own form.
func (s *settings) showNotes(own string) {
	for _, text := range []string{s.query, own} {
		s.showAll(query.Notes(text))
	}
}

// showHints prints on standard error which names of a query are probably mistakes, for a log that is not complete yet.
func (s *settings) showHints(own string) {
	if e, err := s.expression(own); err == nil {
		s.showAll(query.Hints(e))
	}
}

// showDoubts prints on standard error which terms cannot match anything in the log, however much was found.
func (s *settings) showDoubts(ctx context.Context, snap *model.Snapshot, found int) error {
	e, err := s.expression(s.commandQuery)
	if err != nil {
		return nil // the error was printed before
	}
	env, err := s.env()
	if err != nil {
		return nil // likewise
	}
	if query.AsksForMarks(e) && !s.noState {
		if _, err := s.kept.load(); err == nil {
			env.Kept = s.kept.marks
		}
	}
	s.showAll(query.SetWords(e, env))
	doubts, err := query.Doubts(context.WithoutCancel(ctx), snap, e, env, found, !s.redact)
	s.showAll(doubts)
	return err
}

func (s *settings) showAll(messages []string) {
	for _, m := range messages {
		fmt.Fprintf(s.std.err, "pawprint: %s\n", termsafe.Clean(m, termsafe.Options{}))
	}
}
