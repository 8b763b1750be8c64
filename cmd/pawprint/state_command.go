package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"pawprint/cmd/internal/state"
	"pawprint/model/amount"
	"pawprint/model/marks"
	"pawprint/tui/termsafe"
)

func newState(s *settings) *cobra.Command {
	c := &cobra.Command{
		Use:   "state",
		Short: "Show what is saved between runs, and where",
		Long: `Show what is saved between runs, and where: the marks of events with their notes, tags and verdicts, by the source in which they were seen, and
the sources that were opened. None of it is saved beside a log, and nothing from a log is saved but the ids, times and places of marked events.
--no-state neither reads nor writes any of it.

The exit code is 0, or 2 if some of it cannot be read.`,
		Example: `pawprint state
pawprint state forget audit.jsonl`,
		Args: takes(0, 0),
		RunE: func(*cobra.Command, []string) error { return s.showState() },
	}
	c.AddCommand(&cobra.Command{
		Use:   "forget SOURCE",
		Short: "Remove the marks of events that were seen in a source",
		Long: `Remove the marks and notes of the events that were seen in SOURCE, and say how many. SOURCE is a file, a folder or a prefix, with all below it, as
pawprint state names them. The log itself is not touched.

The exit code is 0, 1 if there was none, or 2 if some could not be removed.`,
		Example: `pawprint state forget audit.jsonl
pawprint state forget s3://audit-logs/2026/`,
		Args: takes(1, 1),
		RunE: func(c *cobra.Command, args []string) error { return s.forget(c.Context(), args[0]) },
	})
	return c
}

var errNoState = errors.New("--no-state reads no saved state: leave it out")

// showState prints what is kept.
func (s *settings) showState() error {
	if s.noState {
		return errNoState
	}
	if _, err := state.Path(); err != nil {
		return fmt.Errorf("finding the saved state: %w", err)
	}
	store := state.UserMarks()
	kept, err := store.Load()
	recent, recentErr := state.Recent()
	notes, bySource := 0, map[string]int{}
	for _, m := range kept {
		bySource[m.Source]++
		if m.Note != "" {
			notes++
		}
	}
	_, printErr := fmt.Fprintf(s.std.out, "%s, %s, in %s\n", amount.Of(int64(len(kept)), "marked event", "marked events"), amount.Of(int64(notes), "note", "notes"), termsafe.Escaped(store.Folder()))
	for _, source := range slices.SortedFunc(maps.Keys(bySource), func(a, b string) int {
		return cmp.Or(cmp.Compare(bySource[b], bySource[a]), cmp.Compare(a, b))
	}) {
		if printErr == nil {
			_, printErr = fmt.Fprintf(s.std.out, "%7s marked in %s\n", amount.Count(int64(bySource[source])), termsafe.Escaped(source))
		}
	}
	if printErr == nil {
		_, printErr = fmt.Fprintf(s.std.out, "%s\n", amount.Of(int64(len(recent)), "recent source", "recent sources"))
	}
	return errors.Join(err, recentErr, printErr)
}

// forget removes the marks of a source.
func (s *settings) forget(ctx context.Context, source string) error {
	if s.noState {
		return errNoState
	}
	gone, err := state.UserMarks().Forget(ctx, source)
	slices.SortFunc(gone, func(a, b *marks.Mark) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Offset, b.Offset))
	})
	for _, m := range gone {
		if _, printErr := fmt.Fprintf(s.std.out, "removed %s:%d %s\n", termsafe.Escaped(m.Source), m.Line, termsafe.Escaped(m.Typed())); printErr != nil {
			return errors.Join(err, printErr)
		}
	}
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(s.std.out, "%s removed\n", amount.Of(int64(len(gone)), "mark", "marks")); err != nil {
		return err
	}
	if len(gone) == 0 {
		return exit(exitNothing)
	}
	return nil
}
