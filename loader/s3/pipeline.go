package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
)

// readFunc decodes a stream of size stored bytes into a source that was added before.
type readFunc func(ctx context.Context, sink loader.Sink, id model.SourceID, r io.Reader, size int64, limits loader.Limits) error

// manyChunks is the size from which several goroutines decode one object; below it decoding several objects at once is enough.
const manyChunks = 4 << 20

func readObject(ctx context.Context, sink loader.Sink, id model.SourceID, r io.Reader, size int64, limits loader.Limits) error {
	o := loader.Reading{Limits: limits, Workers: 1, Size: max(0, size)}
	if size >= manyChunks {
		o.Workers = 2
	}
	return loader.Read(ctx, sink, id, r, o)
}

// feedFunc takes the next object to read. It blocks while the queue is full, and fails when no more objects are wanted.
type feedFunc func(o object) error

// pipeline reads the objects that produce feeds, in two stages: fetching and decoding, several objects at a time in each. Memory
// is bounded, as each fetched object holds a few chunks at most. When nothing more can be read it takes no more objects, waits
// for those that were started, and returns the reason.
func (l *load) pipeline(ctx context.Context, produce func(context.Context, feedFunc) error) error {
	p := &pipeline{load: l, ctx: ctx, queue: make(chan object), ready: make(chan *download)}
	var halted context.Context
	halted, p.halt = context.WithCancelCause(ctx)
	defer p.halt(nil)
	var fetching, decoding sync.WaitGroup
	for range positive(l.source.o.Fetchers, defaultFetchers) {
		p.start(&fetching, p.fetchAll)
	}
	for range positive(l.source.o.Workers, runtime.GOMAXPROCS(0)) {
		p.start(&decoding, p.decodeAll)
	}
	err := produce(halted, func(o object) error {
		select {
		case <-halted.Done(): // checked first, as the queue may also have space
			return context.Cause(halted)
		default:
		}
		select {
		case p.queue <- o:
			return nil
		case <-halted.Done():
			return context.Cause(halted)
		}
	})
	close(p.queue)
	fetching.Wait()
	close(p.ready)
	decoding.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if cause := context.Cause(halted); cause != nil {
		return cause
	}
	return err
}

func positive(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// pipeline is what its goroutines share.
type pipeline struct {
	*load
	ctx   context.Context
	halt  context.CancelCauseFunc // nothing more can be read
	queue chan object
	ready chan *download
}

// start runs a stage on a new goroutine. A panic there halts the pipeline; whatever waits for the stage then ends with the
// context.
func (p *pipeline) start(wg *sync.WaitGroup, stage func()) {
	wg.Add(1)
	fault.Go(func() {
		defer wg.Done()
		stage()
	}, func(e *fault.Error) { p.halt(fmt.Errorf("loading %s: %w", display(p.source.url), e)) })
}

// fetchAll is the first stage.
func (p *pipeline) fetchAll() {
	for o := range p.queue {
		p.safely(nil, func() { p.fetch(o) })
	}
}

// decodeAll is the second stage.
func (p *pipeline) decodeAll() {
	for d := range p.ready {
		p.safely(d, func() { p.decode(d) })
	}
}

// safely runs a step. A panic in it ends the load.
func (p *pipeline) safely(d *download, step func()) {
	defer func() {
		if e := fault.Of(recover()); e != nil {
			err := fmt.Errorf("loading %s: %w", display(p.source.url), e)
			p.halt(err)
			if d != nil {
				d.stop()
				for range d.chunks { // until the first stage has left it
				}
				p.finish(d, err)
			}
		}
	}()
	step()
}

// fetch fetches an object, from the cache or from the store, and passes it to the second stage.
func (p *pipeline) fetch(o object) {
	d := &download{object: o, chunks: make(chan []byte, aheadChunks), to: p.announce(&o)}
	d.ctx, d.stop = context.WithCancel(p.ctx)
	if kept := p.source.o.Cache.object(p.ctx, p.bucket, &o); kept != nil {
		d.replayFrom(p.load, kept, func() { p.ready <- d })
		return
	}
	d.fill(p.load, func() { p.ready <- d })
}

// announce adds the source of an object. An object that could not be read before keeps its source.
func (l *load) announce(o *object) loader.Announced {
	to := loader.Announced{Sink: l.sink}
	var ok bool
	if to.ID, ok = l.seen.failedBefore(o); !ok {
		to = loader.AnnounceRanked(l.sink, model.NewText(objectURL(l.source.bucket, o.key)), model.Rank{Key: o.key})
	}
	to.Loading(o.size)
	to.Update(func(s *model.SourceState) { s.Place = s.Name })
	return to
}

// decode reads an object into the sink.
func (p *pipeline) decode(d *download) {
	err := p.source.read(d.ctx, p.sink, d.to.ID, d, d.object.size, p.source.o.Limits)
	d.stop()
	for range d.chunks { // until the first stage has left it
	}
	if w := loader.WitnessOf(p.ctx); w != nil {
		w.Object(d.to.ID, d.object.etag, d.versionID)
	}
	if d.err != nil && !errors.Is(d.err, context.Canceled) {
		err = d.err // it names the object already
	} else if err != nil && p.ctx.Err() == nil {
		err = fmt.Errorf("reading %s: %w", display(objectURL(p.bucket.name, d.object.key)), err)
	}
	p.finish(d, err)
}

// finish reports how reading an object ended.
func (p *pipeline) finish(d *download, err error) {
	if err != nil && p.ctx.Err() != nil {
		err = p.ctx.Err()
	}
	if d.to.End(err) != nil && p.ctx.Err() != nil {
		p.seen.failed(&d.object, d.to.ID, false) // it must not count as loaded
		return
	}
	p.progress.change(func() { p.progress.done++ })
	if err == nil {
		again := p.seen.recovered(&d.object)
		p.breaker.good(again)
		if again {
			p.progress.change(func() { p.progress.done--; p.progress.failed-- })
		}
		return
	}
	if _, again := p.seen.failedBefore(&d.object); again {
		p.breaker.repeat()
		p.progress.change(func() { p.progress.done--; p.progress.failed-- })
	}
	p.progress.change(func() { p.progress.failed++ })
	p.seen.failed(&d.object, d.to.ID, kindOf(err).passing() && !d.begun.Load())
	var memory *loader.MemoryError
	if cause := p.breaker.bad(err); cause != nil {
		p.halt(fmt.Errorf("loading %s: %w", display(p.source.url), cause))
	} else if errors.As(err, &memory) {
		p.halt(err)
	}
}

const (
	// maxInARow is how many objects in a row may fail for reasons that other objects will share.
	maxInARow = 100
	// maxQuoted is how many errors are kept.
	maxQuoted = 5
)

// breaker ends the load when nothing can be read any more, and keeps the first errors.
type breaker struct {
	mu    sync.Mutex
	row   int
	count int64
	first []error
}

// good ends a row of failures. again says that the object had failed before; that failure no longer counts.
func (b *breaker) good(again bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.row = 0
	if again {
		b.count--
	}
}

// repeat takes back the count of an object that is tried again.
func (b *breaker) repeat() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count--
}

// bad counts a failure. It returns an error if other objects would fail too.
func (b *breaker) bad(err error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count++
	if len(b.first) < maxQuoted {
		b.first = append(b.first, err)
	}
	k := kindOf(err)
	if k.fatal() {
		return fmt.Errorf("it cannot go on: %w", err)
	}
	if k == unavailable || k == forbidden || k == redirected {
		if b.row++; b.row >= maxInARow {
			return fmt.Errorf("stopped after %d failed objects in a row: %w", b.row, err)
		}
	}
	return nil
}

// failures returns the *LoadError of the objects that could not be read, or nil.
func (l *load) failures() error {
	l.breaker.mu.Lock()
	defer l.breaker.mu.Unlock()
	if l.breaker.count == 0 {
		return nil
	}
	return &LoadError{URL: l.source.url, Failed: l.breaker.count, Of: l.progress.tried(), First: l.breaker.first}
}
