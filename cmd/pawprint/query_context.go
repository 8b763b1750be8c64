package main

import (
	"context"
	"errors"
	"fmt"

	"pawprint/cmd/internal/rows"
	"pawprint/model"
	"pawprint/tui/termsafe"
)

// checkContext returns an error if there cannot be neighbours with these flags.
func (q *queryCommand) checkContext() error {
	switch {
	case q.around <= 0:
		return notNegative("context", q.around)
	case q.follow:
		return errors.New("reading --context: with --follow the events after a match have not arrived yet: leave out one of the two")
	case q.count:
		return errors.New("reading --context: --count counts the matches alone; leave one of the two out")
	case !q.byTime():
		return errors.New("reading --context: neighbours are those in order of time: leave out --sort " + q.order)
	}
	return nil
}

// printAround prints the first n rows of a selection and their neighbours in the order of time in the whole log, each once. Rows that are
// not next to each other are set apart.
func (q *queryCommand) printAround(ctx context.Context, found *model.Selection, at func(int) model.Row, n int, p *rows.Printer) error {
	if n == 0 {
		return p.End()
	}
	whole, err := model.Select(context.WithoutCancel(ctx), *found.Snapshot(), nil, nil)
	if err != nil {
		return err
	}
	reader, err := q.rowReader(ctx, found.Snapshot())
	if err != nil {
		return err
	}
	step := 1 // through the places of the whole log
	if _, reversed := q.orderName(); reversed {
		step = -1
	}
	next, neighbours := -1, -n
	for k := range n {
		place := whole.Place(at(k))
		from, to := place-step*q.around, place+step*q.around
		switch {
		case k == 0:
		case (from-next)*step <= 0:
			from = next
		default:
			if err := p.Separate(); err != nil {
				return errors.Join(err, p.End())
			}
		}
		for ; (to-from)*step >= 0; from += step {
			if from < 0 || from >= whole.Len() {
				continue
			}
			if err := q.printRow(reader.Read(whole.At(from)), p); err != nil {
				return errors.Join(err, p.End())
			}
			neighbours++
		}
		next = from
	}
	fmt.Fprintf(q.std.err, "pawprint: %s, with %s\n", termsafe.Count(int64(n), "match", "matches"), termsafe.Count(int64(neighbours), "neighbour", "neighbours"))
	return errors.Join(p.End(), q.counts.Trouble())
}
