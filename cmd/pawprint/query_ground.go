package main

import (
	"context"
	"fmt"

	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// showGrounds prints on standard error what the answers rest on, for queries that ask for first events or for copies, and for columns that
// show first events.
func (s *settings) showGrounds(ctx context.Context, selection *model.Selection) error {
	if selection == nil {
		return nil
	}
	e, err := s.expression(s.commandQuery)
	if err != nil {
		return nil // the error was printed before
	}
	env, err := s.env()
	if err != nil {
		return nil // likewise
	}
	if s.showsFirsts {
		first, err := query.Parse("is:first-seen")
		if err != nil {
			return err
		}
		e = query.And(e, first)
	}
	grounds, err := query.Grounds(context.WithoutCancel(ctx), selection, e, env)
	s.showAll(grounds)
	return err
}

// ground calls showGrounds once all sources have been read to their ends for the first time, or at the latest when the load is over.
func (f *followedQuery) ground(ctx context.Context, over bool) error {
	sources := f.selection.Snapshot().Sources()
	for i := range sources {
		if p := sources[i].Phase; !over && (p == model.Waiting || p == model.Loading) {
			return nil
		}
	}
	if f.grounded || len(sources) == 0 && !over {
		return nil
	}
	f.grounded = true
	return f.showGrounds(ctx, f.selection)
}

// maxCorrections is how many rows whose answer changed are named at a time; more are counted.
const maxCorrections = 20

// correct names the rows that were printed before and do not match any more, because an event with an earlier time came late.
func (f *followedQuery) correct(before, now *model.Selection) {
	if before == nil || before.Matcher() == now.Matcher() {
		return
	}
	snap, n := now.Snapshot(), 0
	for k := range before.Snapshot().Segments() {
		marks, still := before.Marked(k), now.Marked(k)
		for i := marks.Next(0); i >= 0; i = marks.After(i) {
			if still.Has(i) {
				continue
			}
			if n++; n <= maxCorrections {
				o := snap.Origin(model.Row(k*model.SegmentRows + i))
				fmt.Fprintf(f.std.err, "pawprint: %s:%d: was printed, but an event that arrived later precedes it in time, so it no longer matches\n",
					termsafe.Clean(snap.Sources()[o.Source].Name.Raw(), termsafe.Options{}), o.Line)
			}
		}
	}
	if n > maxCorrections {
		fmt.Fprintf(f.std.err, "pawprint: and %d more lines no longer match\n", n-maxCorrections)
	}
}
