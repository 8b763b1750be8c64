package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"pawprint/cmd/internal/rows"
	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/model/query"
)

// followMatches prints matching rows as they arrive, until ctx ends or the limit is reached. It calls for those of alert, nil for none.
func (q *queryCommand) followMatches(ctx context.Context, matcher model.Matcher, alert query.Expr, p *rows.Printer, out *bufio.Writer, args []string) error {
	sources, err := q.sources(args)
	if err != nil {
		return err
	}
	left, err := q.newUndecided(q.commandQuery)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	waiting, wake := context.WithCancel(context.Background())
	log := model.NewLog()
	q.tellBooks(log)
	loaded := make(chan error, 1)
	fault.Go(func() {
		defer wake()
		loaded <- fault.Safely(func() error { return q.readAll(ctx, log, sources) })
	}, q.end.faulted)
	f := followedQuery{queryCommand: q, matcher: matcher, printer: p, left: left,
		alerts: alertedQuery{settings: q.settings, expr: alert, alerts: q.alarm(os.Getenv)}}
	defer q.showMasked()
	defer f.tellUndecided()
	defer f.alerts.end()
	for {
		over := waiting.Err() != nil // checked before taking the snapshot, which then is complete
		snap := log.Snapshot()
		f.waiting.report(q.std.err, &snap, q.sourceName)
		f.tellOrder(&snap)
		err := f.printNew(snap)
		if err == nil {
			err = f.ground(ctx, over)
		}
		if err == nil {
			err = f.alerts.look(ctx, snap)
		}
		full := err != nil || q.limit > 0 && f.found >= q.limit
		if over || full {
			err = errors.Join(err, p.End())
		}
		if flushErr := out.Flush(); err == nil {
			err = flushErr
		}
		if over {
			return outcome(f.found, <-loaded, err, f.counts.Trouble(), q.searchTrouble())
		}
		if err != nil || full {
			cancel()
			select {
			case <-loaded:
			case <-time.After(graceTime / 4): // a load that is blocked reading a pipe does no harm
			}
			return outcome(f.found, err, f.counts.Trouble(), q.searchTrouble())
		}
		until, stop := f.alerts.until(waiting)
		_ = log.Wait(until, snap.Revision()) // its only error is that the load has ended, or that a call is due
		stop()
		pause(waiting, len(snap.Sources()))
	}
}

// pause waits between two snapshots. Each costs time for every source: with very many sources, a snapshot at every change would take longer
// than reading them.
func pause(ctx context.Context, sources int) {
	select {
	case <-ctx.Done():
	case <-time.After(min(time.Duration(sources)*2*time.Microsecond, 50*time.Millisecond)):
	}
}

// followedQuery prints the matching rows of a growing log, each once.
type followedQuery struct {
	*queryCommand
	matcher   model.Matcher
	printer   *rows.Printer
	selection *model.Selection
	next      model.Row // the first row that was not looked at yet
	found     int
	waiting   waitingNotes
	alerts    alertedQuery
	orderTold bool // tellOrder has printed
	grounded  bool // showGrounds was called
	left      *undecided
	untold    int       // undecided rows since they were told
	told      time.Time // when the undecided rows were told last
}

// printNew prints the matching rows that arrived since the last call, in the order of the snapshot.
func (f *followedQuery) printNew(snap model.Snapshot) error {
	selection, err := model.Select(context.Background(), snap, f.matcher, f.selection)
	if err != nil {
		return err
	}
	f.correct(f.selection, selection)
	reader, err := f.rowReader(context.Background(), &snap)
	if err != nil {
		return err
	}
	before, from := f.selection, f.next
	if before != nil && before.Matcher() != selection.Matcher() {
		from = 0 // rows that did not match may do so now
	}
	f.selection = selection
	for r := from; int(r) < snap.Rows(); r++ {
		if f.limit > 0 && f.found >= f.limit {
			break
		}
		if !selection.Has(r) || r < f.next && before.Has(r) {
			continue
		}
		rec := reader.Read(r)
		if err := f.printer.Print(rec); err != nil {
			return err
		}
		f.counts.Count(rec)
		f.found++
	}
	f.next = model.Row(snap.Rows())
	if err := f.printer.Flush(); err != nil {
		return err
	}
	fresh, err := f.left.look(snap)
	if f.untold += fresh; f.untold > 0 && time.Since(f.told) > tellPause {
		f.tellUndecided()
	}
	return err
}

// tellOrder says once that rows of several sources are printed as they arrive: that order may differ from run to run.
func (f *followedQuery) tellOrder(snap *model.Snapshot) {
	if f.orderTold {
		return
	}
	read := 0
	for _, s := range snap.Sources() {
		if s.Books.Lines > 0 {
			read++
		}
	}
	if f.orderTold = read > 1; f.orderTold {
		fmt.Fprintln(f.std.err, "pawprint: following several sources: events are printed as they arrive, not in the order of their times")
	}
}

// tellPause is the least time between two lines about undecided rows while following.
const tellPause = 10 * time.Second

// tellUndecided prints how many rows are undecided so far, unless that was printed before.
func (f *followedQuery) tellUndecided() {
	if f.untold > 0 {
		f.left.tell(f.std.err)
		f.untold, f.told = 0, time.Now()
	}
}
