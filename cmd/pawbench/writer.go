package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"pawprint/loader/demo"
)

// writer appends invented events to a log at a steady rate, in ten portions a second, until it is stopped.
type writer struct {
	done chan struct{}
	wg   sync.WaitGroup
}

func newWriter(path string, rate int) (*writer, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, fmt.Errorf("opening the log to append to: %w", err)
	}
	w := &writer{done: make(chan struct{})}
	w.wg.Add(1)
	go func() {
		defer w.wg.Done()
		defer f.Close()
		w.write(f, rate)
	}()
	return w, nil
}

func (w *writer) write(f *os.File, rate int) {
	const portions = 10
	g := demo.New(demo.Options{Seed: 7, Events: 1 << 30, End: time.Now().Add(24 * time.Hour)})
	tick := time.NewTicker(time.Second / portions)
	defer tick.Stop()
	var buf []byte
	for {
		select {
		case <-w.done:
			return
		case <-tick.C:
		}
		buf = buf[:0]
		for range max(1, rate/portions) {
			buf, _ = g.Append(buf)
		}
		if _, err := f.Write(buf); err != nil {
			fmt.Fprintln(os.Stderr, "pawbench: appending to the log:", err)
			return
		}
	}
}

func (w *writer) stop() {
	close(w.done)
	w.wg.Wait()
}
