package main

import (
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"pawprint/loader/demo"
)

// writer appends invented events with the current time to a log at a steady rate, on its own goroutine, until stop is called.
type writer struct {
	done   chan struct{}
	result chan error
	wrote  wrote        // to be read only after result
	sofar  atomic.Int64 // events
}

// wrote counts what a writer wrote.
type wrote struct {
	events int
	bytes  int64
	took   time.Duration
}

func newWriter(path string, rate int) (*writer, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, fmt.Errorf("opening the log to append to: %w", err)
	}
	w := &writer{done: make(chan struct{}), result: make(chan error, 1)}
	go func() {
		err := w.write(f, rate)
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		w.result <- err
	}()
	return w, nil
}

// write appends the events that are due, many times a second. If it was late, it catches up.
func (w *writer) write(f *os.File, rate int) error {
	g := demo.New(demo.Options{Seed: 7})
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	began := time.Now()
	var buf []byte
	for {
		select {
		case <-w.done:
			w.wrote.took = time.Since(began)
			return nil
		case <-tick.C:
		}
		due := int(time.Since(began).Seconds() * float64(rate))
		buf = buf[:0]
		for ; w.wrote.events < due; w.wrote.events++ {
			buf = g.Event(time.Now(), buf)
		}
		n, err := f.Write(buf)
		w.sofar.Store(int64(w.wrote.events))
		if w.wrote.bytes += int64(n); err != nil {
			return fmt.Errorf("appending to the log: %w", err)
		}
	}
}

// stop ends the writer and returns what it wrote.
func (w *writer) stop() (wrote, error) {
	close(w.done)
	err := <-w.result
	return w.wrote, err
}
