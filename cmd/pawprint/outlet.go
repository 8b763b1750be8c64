package main

import (
	"errors"
	"io"
	"os"
	"strings"
	"sync"

	"pawprint/tui/termsafe"
)

// outlet is standard output or standard error, and the only way to it. What is written to a file or a pipe goes there as it is.
// To a terminal nothing passes but printable runes, newlines and styles, whoever wrote it: commands make text printable where
// they know what it is, and the outlet is the tripwire behind them. Any goroutine may use it.
type outlet struct {
	file     *os.File
	terminal bool

	mu   sync.Mutex
	gate termsafe.Gate
	buf  []byte
}

func newOutlet(f *os.File) *outlet { return &outlet{file: f, terminal: isTerminal(f)} }

func (o *outlet) Write(p []byte) (int, error) {
	if !o.terminal {
		return o.file.Write(p)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.buf = o.gate.Pass(o.buf[:0], p)
	if _, err := o.file.Write(o.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

// redraw puts a line in the place of the one that the last redraw wrote, on a terminal: at most progressCells wide.
func (o *outlet) redraw(line termsafe.Safe) error {
	var width termsafe.Widther
	shown := width.Truncate(line, progressCells)
	return o.overwrite("\r" + shown.String() + strings.Repeat(" ", progressCells-width.Width(shown)))
}

// erase takes away the line of the last redraw.
func (o *outlet) erase() error { return o.overwrite("\r" + strings.Repeat(" ", progressCells) + "\r") }

// overwrite writes the outlet's own movement to the start of the line, which the gate lets nobody else write.
func (o *outlet) overwrite(line string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, err := io.WriteString(o.file, line)
	return err
}

// unguarded is where bytes go as they are also on a terminal: only for a user who asked for that with --raw.
func (o *outlet) unguarded() io.Writer { return o.file }

// device is the terminal itself: only for the interface, whose frames have a tripwire of their own.
func (o *outlet) device() *os.File { return o.file }

// close writes what a sequence that never ended still held back.
func (o *outlet) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if rest := o.gate.Rest(nil); len(rest) > 0 {
		_, _ = o.file.Write(rest) // there is nobody left to tell
	}
}

// Fd tells the libraries below whether this is a terminal, and of which size. Read and Close, which they ask for with it, do
// nothing.
func (o *outlet) Fd() uintptr              { return o.file.Fd() }
func (o *outlet) Read([]byte) (int, error) { return 0, errors.New("an outlet is only written to") }
func (o *outlet) Close() error             { return nil }
