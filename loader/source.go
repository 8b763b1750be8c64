// Package loader turns bytes into the rows of a model.Log: it reads sources, splits them into lines, checks each line
// against the schema in one pass, and accounts for every byte that it read.
//
// No line ends a load: it becomes an event, with its problems, or a reject, or a counted blank. The package never writes to a
// source, never shows anything, and knows nothing of queries.
package loader

import (
	"context"
	"errors"
	"fmt"

	"pawprint/model"
	"pawprint/model/fault"
)

// Sink receives the rows of sources. *model.Log satisfies it. Its methods may be called from any goroutine.
type Sink interface {
	AddSource(name model.Text) model.SourceID
	AddRanked(name model.Text, rank model.Rank) model.SourceID
	UpdateSource(id model.SourceID, update func(*model.SourceState))
	Append(b *model.Batch)
}

// Source is something that events are read from.
type Source interface {
	// Name is what the user called the source. It may quote a path and is untrusted.
	Name() model.Text
	// Load reads the source into sink until its end, or a followed source until ctx ends. It announces each source that it adds
	// and ends it, see Announce. Rows read before an error or a cancellation stay in the sink. When Load returns none of its
	// goroutines run any more, and the sink can still read the raw bytes.
	Load(ctx context.Context, sink Sink) error
}

// Spread is a Source that stands for several arguments. It ranks what it announces by them, from 0.
type Spread interface{ Arguments() int }

// filesAtOnce is how many plain files Load reads at the same time: more would only need more memory.
const filesAtOnce = 4

// Load reads several sources into one sink at the same time and returns when the last one ends; of plain files at most four are
// read at a time. Sources rank in the order of the list, whichever is read first. A file that several of them reach, by any path, is read
// once, for the first of them. The error joins those of the sources; one that fails does not stop the others. A source that fails before
// it announced anything is announced here, as broken, under its name.
func Load(ctx context.Context, sink Sink, sources ...Source) error {
	errs := make([]error, len(sources))
	slots := make(chan struct{}, filesAtOnce)
	var group fault.Group
	arguments := 0
	files := findAll(ctx, sources)
	for i, s := range sources {
		load, into := s.Load, &announcements{Sink: sink, argument: arguments}
		arguments += argumentsOf(s)
		if f, ok := s.(*File); ok {
			load = f.inTurn(into, files[i], slots)
		} else if l, ok := s.(local); ok {
			load = func(ctx context.Context, sink Sink) error { return l.loadFound(ctx, sink, files[i]) }
		}
		group.Go(func() {
			errs[i] = fault.Safely(func() error { return load(ctx, into) })
			if p := fault.In(errs[i]); p != nil && errs[i] == error(p) {
				errs[i] = fmt.Errorf("loading source %d: %w", i+1, p)
			}
			into.conclude(s.Name(), errs[i])
			fault.Tell(ctx, errs[i])
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// argumentsOf is how many arguments a source stands for.
func argumentsOf(s Source) int {
	if spread, ok := s.(Spread); ok {
		return spread.Arguments()
	}
	return 1
}

// inTurn returns a Load for a file that was listed. One of some size is announced at once, to keep the order of sources, and waits for
// a slot.
func (f *File) inTurn(sink Sink, files *found, slots chan struct{}) func(context.Context, Sink) error {
	if len(files.files) == 0 || files.files[0].size() == 0 {
		return func(ctx context.Context, sink Sink) error { return f.loadFound(ctx, sink, files) }
	}
	to := files.files[0].announce(sink)
	return func(ctx context.Context, _ Sink) error {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
		case <-ctx.Done():
			return to.End(ctx.Err())
		}
		one := files.files[0]
		return one.load(ctx, to, one.file(f.Limits, f.Workers), nil)
	}
}
