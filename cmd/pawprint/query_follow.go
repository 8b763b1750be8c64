package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"time"

	"pawprint/cmd/internal/rows"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/tui/termsafe"
)

// followMatches prints matching rows as they come, until ctx ends or the limit is reached.
func (q *queryCommand) followMatches(ctx context.Context, matcher model.Matcher, p *rows.Printer, out *bufio.Writer, args []string) error {
	sources, err := q.sources(args)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	waiting, wake := context.WithCancel(context.Background())
	log := model.NewLog()
	loaded := make(chan error, 1)
	fault.Go(func() {
		defer wake()
		loaded <- fault.Safely(func() error { return loader.Load(ctx, log, sources...) })
	}, q.end.faulted)
	f := followedQuery{queryCommand: q, matcher: matcher, printer: p}
	defer q.showMasked()
	for {
		over := waiting.Err() != nil // asked before the snapshot, which then holds everything
		snap := log.Snapshot()
		f.tellWaiting(&snap)
		err := f.printNew(snap)
		full := err != nil || q.limit > 0 && f.found >= q.limit
		if over || full {
			err = errors.Join(err, p.End())
		}
		if flushErr := out.Flush(); err == nil {
			err = flushErr
		}
		if over {
			return outcome(f.found, <-loaded, err, f.did.Trouble(), q.searchTrouble())
		}
		if err != nil || full {
			cancel()
			select {
			case <-loaded:
			case <-time.After(graceTime / 4): // a load that waits for bytes of a pipe does no harm
			}
			return outcome(f.found, err, f.did.Trouble(), q.searchTrouble())
		}
		_ = log.Wait(waiting, snap.Revision()) // its only error says that the load is over
	}
}

// followedQuery remembers which rows of a growing log were printed.
type followedQuery struct {
	*queryCommand
	matcher   model.Matcher
	printer   *rows.Printer
	selection *model.Selection
	printed   model.Row // rows before this one are dealt with
	found     int
	told      map[int]bool // sources that were said to be waited for
}

// printNew prints the matching rows that came since the last time: the first time by time, then as they come.
func (f *followedQuery) printNew(snap model.Snapshot) error {
	selection, err := model.Select(context.Background(), snap, f.matcher, f.selection)
	if err != nil {
		return err
	}
	f.selection = selection
	reader := rows.NewReader(&snap, f.mask())
	for r := f.printed; int(r) < snap.Rows(); r++ {
		if f.limit > 0 && f.found >= f.limit {
			break
		}
		if !selection.Has(r) {
			continue
		}
		rec := reader.Read(r)
		if err := f.printer.Print(rec); err != nil {
			return err
		}
		f.did.Count(rec)
		f.found++
	}
	f.printed = model.Row(snap.Rows())
	return nil
}

// tellWaiting says once of each source with nothing to read what is waited for: a name that was mistyped waits for ever.
func (f *followedQuery) tellWaiting(snap *model.Snapshot) {
	for i, s := range snap.Sources() {
		if s.Books.Lines > 0 || s.Note.Raw() == "" || f.told[i] {
			continue
		}
		if f.told == nil {
			f.told = map[int]bool{}
		}
		f.told[i] = true
		fmt.Fprintf(f.std.err, "pawprint: %s: %s\n", termsafe.Clean(s.Name.Raw(), termsafe.Options{}), termsafe.Clean(s.Note.Raw(), termsafe.Options{}))
	}
}
