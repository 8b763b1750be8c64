package main

import (
	"context"
	"fmt"
	"time"

	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/fault"
	"pawprint/tui/termsafe"
)

// showProgress shows the progress of the load on standard error, if that is a terminal and the load takes longer than a moment. It runs
// on its own goroutine until the returned function is called, which also clears the line.
func (s *settings) showProgress(log *model.Log) (done func()) {
	if !isTerminal(s.std.err) {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var group fault.Group
	group.Go(func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		var pace amount.Pace
		for shown := false; ; shown = true {
			select {
			case now := <-tick.C:
				_ = s.std.err.redraw(progressLine(log.Snapshot(), &pace, now)) // the load goes on even if progress cannot be shown
			case <-ctx.Done():
				if shown {
					_ = s.std.err.erase()
				}
				return
			}
		}
	})
	return func() {
		cancel()
		group.Wait()
	}
}

// progressCells is the greatest width of a line of progress: a line that the terminal wraps could not be overwritten.
const progressCells = 78

// progressLine says how much was read, of how much, how fast, and how long the rest will take. A download supplies its own text, which
// also counts objects.
func progressLine(snap model.Snapshot, pace *amount.Pace, now time.Time) termsafe.Safe {
	read, size := snap.Progress()
	pace.Watch(now, read)
	if note, ok := downloadNote(snap.Sources()); ok {
		return termsafe.Concat(termsafe.Const("loading "), note)
	}
	if size == 0 {
		return termsafe.Const("loading …")
	}
	events := ", " + amount.Of(snap.Books().Events, "event", "events")
	line := "loading " + amount.Bytes(read) + events
	if size > 0 {
		line = fmt.Sprintf("loading %3d %% of %s", 100*read/size, amount.Bytes(size)) + events
	}
	if perSecond, ok := pace.Rate(now, read); ok && perSecond > 0 {
		line += ", " + amount.Bytes(perSecond) + "/s"
	}
	if left, ok := pace.Left(now, read, size); ok {
		line += fmt.Sprintf(", %v left", left)
	}
	return termsafe.Clean(line, termsafe.Options{})
}

// downloadNote returns the progress text of a loading source that a URL names, made printable.
func downloadNote(sources []model.SourceState) (note termsafe.Safe, ok bool) {
	for i := range sources {
		s := &sources[i]
		if s.Phase == model.Loading && !s.Note.Empty() && schemeOf(s.Name.Raw()) != nil {
			return termsafe.Clean(s.Note.Raw(), termsafe.Options{}), true
		}
	}
	return note, false
}

// notice prints a note of a source on standard error, and pauses the line of progress for it.
func (s *settings) notice(text string) {
	defer s.inputs.progress.pause()()
	fmt.Fprintf(s.std.err, "pawprint: note: %s\n", termsafe.Clean(text, termsafe.Options{}))
}
