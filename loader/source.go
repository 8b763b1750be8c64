// Package loader turns bytes into the rows of a model.Log: it reads sources, splits them into lines, checks each line
// against the schema in one pass, and counts what it read so that the books balance.
//
// A line never ends a load: it becomes an event, with its problems, or a reject, or a counted blank. The package never
// writes to a source, never shows anything, and knows nothing of queries.
package loader

import (
	"context"
	"errors"
	"fmt"

	"pawprint/model"
	"pawprint/model/fault"
)

// Sink takes what sources read. *model.Log satisfies it. Its methods may be called from any goroutine.
type Sink interface {
	AddSource(name model.Text) model.SourceID
	UpdateSource(id model.SourceID, update func(*model.SourceState))
	Append(b *model.Batch)
}

// Source is something that events are read from.
type Source interface {
	// Name is how the user called it; it may quote a path and is not to be trusted.
	Name() model.Text
	// Load reads the source into sink until its end, or for a followed source until ctx ends, and then returns. It announces
	// what it reads, see Announce, and ends it. What was read before an error or a cancellation stays in the sink. Nothing
	// runs any more when it returns, and the raw bytes stay readable for the sink.
	Load(ctx context.Context, sink Sink) error
}

// filesAtOnce is how many files Load reads side by side: more would only need more memory.
const filesAtOnce = 4

// Load reads several sources into one sink, all at the same time, except that plain files take turns, and returns when the
// last one ends. The error joins those of the sources; one that fails does not stop the others. A source that fails before it
// announced anything is announced as broken here, under its name.
func Load(ctx context.Context, sink Sink, sources ...Source) error {
	errs := make([]error, len(sources))
	slots := make(chan struct{}, filesAtOnce)
	var group fault.Group
	for i, s := range sources {
		load, into := s.Load, &announcements{Sink: sink}
		if f, ok := s.(*File); ok && f.size() > 0 {
			load = f.inTurn(Announce(into, f.Name()), slots) // announced here, so that their order is that of sources
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

// inTurn returns a Load for a file that was announced. It waits for a slot.
func (f *File) inTurn(to Announced, slots chan struct{}) func(context.Context, Sink) error {
	return func(ctx context.Context, _ Sink) error {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
		case <-ctx.Done():
			return to.End(ctx.Err())
		}
		return f.load(ctx, to, nil)
	}
}
