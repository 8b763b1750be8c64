package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/tui"
)

// The environment variables that put a fault into the program under test: its place, the path of a file that triggers it when it
// appears, and that of one that makes reading slow.
const (
	faultPlace   = "PAWPRINT_TEST_FAULT"
	faultTrigger = "PAWPRINT_TEST_TRIGGER"
	faultSlow    = "PAWPRINT_TEST_SLOW"
	haste        = "PAWPRINT_TEST_HASTE"      // no pause before a database is asked again
	fewBytes     = "PAWPRINT_TEST_LAKE_BYTES" // at which a result of a data lake is cut
)

// evil is the value of the panics. It imitates data of a log.
const evil = "bytes \x1b]52;c;ZXZpbA==\a of a log"

// faulty runs the program with the fault that the environment describes.
func faulty() {
	std := &streams{in: os.Stdin, out: newOutlet(os.Stdout), err: newOutlet(os.Stderr)}
	if place := os.Getenv(faultPlace); place != "" {
		std.hooks = faults(place)
	}
	if os.Getenv(haste) != "" {
		std.hooks.after = atOnce
	}
	std.hooks.lakeBytes, _ = strconv.ParseInt(os.Getenv(fewBytes), 10, 64) // 0 unless it is set
	os.Exit(run(os.Args[1:], std))
}

// atOnce is a pause that is over.
func atOnce(time.Duration) <-chan time.Time {
	over := make(chan time.Time)
	close(over)
	return over
}

// triggered reports whether the fault is due.
func triggered() bool {
	_, err := os.Stat(os.Getenv(faultTrigger))
	return err == nil
}

// due panics if the fault is due.
func due() {
	if triggered() {
		panic(evil)
	}
}

// untilDue waits for the fault. It reports false if ctx ended first.
func untilDue(ctx context.Context) bool {
	for !triggered() {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(2 * time.Millisecond):
		}
	}
	return true
}

// faults returns hooks that put a fault into a place. They also add a source that loads until the fault is due.
func faults(place string) hooks {
	return hooks{
		options: func(o *tui.Options) {
			switch place {
			case "update":
				now := o.Now
				o.Now = func() time.Time { due(); return now() }
			case "view":
				memory := o.Memory
				o.Memory = func() (int64, int64) { due(); return memory() }
			case "command":
				o.Log = faultyLog{o.Log}
			case "saving views":
				o.Views = faultyViews{o.Views}
			case "listing a folder":
				o.Start = faultyStarter{o.Start}
			}
		},
		sources: func(sources []loader.Source) []loader.Source {
			for i, s := range sources {
				sources[i] = faultySource{s, place}
			}
			return append(sources, endlessSource{place})
		},
		screen: func(w io.Writer) io.Writer {
			if place == "renderer" {
				return writerFunc(func(p []byte) (int, error) { due(); return w.Write(p) })
			}
			return w
		},
	}
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

type faultyLog struct{ tui.Log }

func (l faultyLog) Wait(ctx context.Context, r model.Revision) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for ended := make(chan error, 1); ; {
		go func() { ended <- l.Log.Wait(ctx, r) }()
		for {
			due()
			select {
			case err := <-ended:
				return err
			case <-time.After(2 * time.Millisecond):
			}
		}
	}
}

type faultyViews struct{ tui.Views }

func (faultyViews) Save(context.Context, []tui.SavedView) error { panic(evil) }

type faultyStarter struct{ tui.Starter }

func (faultyStarter) List(string) (tui.Folder, error) { panic(evil) }

// faultySource is a source whose raw bytes are slow to read, so that an export takes time, or whose reads panic.
type faultySource struct {
	loader.Source
	place string
}

func (s faultySource) Load(ctx context.Context, sink loader.Sink) error {
	return s.Source.Load(ctx, &rawSink{Sink: sink, faulty: s.place == "raw bytes"})
}

type rawSink struct {
	loader.Sink
	faulty bool
	last   atomic.Pointer[slowRaw]
}

func (s *rawSink) Append(b *model.Batch) {
	last := s.last.Load()
	if last == nil || last.from != b.Raw {
		last = &slowRaw{b.Raw, s.faulty}
		s.last.Store(last)
	}
	b.Raw = last
	s.Sink.Append(b)
	b.Raw = last.from
}

type slowRaw struct {
	from   io.ReaderAt
	faulty bool
}

func (r *slowRaw) ReadAt(p []byte, off int64) (int, error) {
	if r.faulty {
		due()
	}
	slow := 3 * time.Millisecond
	if _, err := os.Stat(os.Getenv(faultSlow)); err == nil {
		slow = 300 * time.Millisecond
	}
	time.Sleep(slow)
	return r.from.ReadAt(p, off)
}

// endlessSource loads one line and then waits until the fault is due or the load is cancelled.
type endlessSource struct{ place string }

func (endlessSource) Name() model.Text { return model.NewText("endless") }

func (s endlessSource) Load(ctx context.Context, sink loader.Sink) error {
	id := sink.AddSource(s.Name())
	line := []byte(event("GET_ENDLESS", "SUCCEEDED"))
	if s.place == "reading" {
		return loader.Read(ctx, sink, id, io.MultiReader(bytes.NewReader(line), faultyReader{ctx}), loader.Reading{})
	}
	err := loader.Read(ctx, sink, id, io.MultiReader(bytes.NewReader(line), waitingReader{ctx}), loader.Reading{})
	if triggered() {
		switch s.place {
		case "load":
			panic(evil)
		case "sink":
			return loader.Read(ctx, faultySink{sink}, sink.AddSource(s.Name()), bytes.NewReader(line), loader.Reading{})
		case "goroutine":
			told := make(chan struct{})
			fault.Go(func() { panic(evil) }, func(e *fault.Error) { fault.Tell(ctx, e); close(told) })
			<-told
		case "group":
			var g fault.Group
			g.Go(func() { panic(evil) })
			g.Wait()
		}
	}
	return err
}

type faultySink struct{ loader.Sink }

func (faultySink) Append(*model.Batch) { panic(evil) }

type faultyReader struct{ ctx context.Context }

func (r faultyReader) Read([]byte) (int, error) {
	if untilDue(r.ctx) {
		panic(evil)
	}
	return 0, r.ctx.Err()
}

type waitingReader struct{ ctx context.Context }

func (r waitingReader) Read([]byte) (int, error) {
	if untilDue(r.ctx) {
		return 0, io.EOF
	}
	return 0, r.ctx.Err()
}
