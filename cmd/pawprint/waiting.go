package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/model/tally"
	"pawprint/tui/termsafe"
)

// mostNotes is how many notes of sources are printed: of very many sources many can have one.
const mostNotes = 20

// waitingNotes prints what followed sources without a line wait for, once for each: a mistyped path would be waited for silently for ever.
// It also prints, once for all sources, what following them lacks. The zero value is ready to use.
type waitingNotes struct {
	told    map[int]bool
	lacking []string
}

func (w *waitingNotes) report(to io.Writer, snap *model.Snapshot, name func(*model.SourceState) string) {
	sources := snap.Sources()
	for i := range sources {
		s := &sources[i]
		if lacking := s.Lacking.Raw(); lacking != "" && !slices.Contains(w.lacking, lacking) {
			w.lacking = append(w.lacking, lacking)
			fmt.Fprintf(to, "pawprint: following: %s\n", termsafe.Clean(lacking, termsafe.Options{}))
		}
		if w.waits(i, s) {
			w.tell(to, i, name(s), s)
		}
	}
}

// waits reports whether source i has no line yet and was not told.
func (w *waitingNotes) waits(i int, s *model.SourceState) bool {
	if s.Books.Lines > 0 || w.told[i] || len(w.told) > mostNotes {
		return false
	}
	return s.Phase == model.Following || !s.Note.Empty() && !s.Listing
}

func (w *waitingNotes) tell(to io.Writer, i int, name string, s *model.SourceState) {
	if w.told == nil {
		w.told = map[int]bool{}
	}
	if w.told[i] = true; len(w.told) > mostNotes {
		fmt.Fprintln(to, "pawprint: more sources have notes, which are not printed; the interface shows them: B")
		return
	}
	fmt.Fprintf(to, "pawprint: %s: %s\n", termsafe.Clean(name, termsafe.Options{}), termsafe.Clean(tally.Waiting(s), termsafe.Options{}))
}

// tellWaiting reports what the followed sources of log wait for, until the returned function is called.
func (s *settings) tellWaiting(log *model.Log) (done func()) {
	if !s.follow {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var group fault.Group
	group.Go(func() {
		var notes waitingNotes
		for ctx.Err() == nil {
			snap := log.Snapshot()
			notes.report(s.std.err, &snap, s.sourceName)
			_ = log.Wait(ctx, snap.Revision()) // its only error is that ctx has ended
		}
	})
	return func() {
		cancel()
		group.Wait()
	}
}
