package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"pawprint/model"
)

// showProgress tells on standard error how far the load is, if that is a terminal and the load takes long enough to
// wonder. The returned function ends it and clears the line.
func (s *settings) showProgress(log *model.Log) (done func()) {
	if !isTerminal(s.std.err) {
		return func() {}
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for shown := false; ; shown = true {
			select {
			case <-tick.C:
				fmt.Fprintf(s.std.err, "\r%s", progressLine(log.Snapshot()))
			case <-ctx.Done():
				if shown {
					fmt.Fprintf(s.std.err, "\r%40s\r", "")
				}
				return
			}
		}
	}()
	return func() {
		cancel()
		wg.Wait()
	}
}

// progressLine has at most 40 cells.
func progressLine(snap model.Snapshot) string {
	var size, read int64
	for _, source := range snap.Sources() {
		done := source.Books.Bytes
		if source.Stored > 0 {
			done = source.Stored
		}
		size += max(source.Size, done)
		read += done
	}
	if size == 0 {
		return "loading …"
	}
	return fmt.Sprintf("loading %3d %%, %d events", 100*read/size, snap.Books().Events)
}
