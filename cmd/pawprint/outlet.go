package main

import (
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"pawprint/tui"
	"pawprint/tui/termsafe"
)

// outlet is standard output or standard error, and the only way to it. Files and pipes get the bytes as they are. A terminal gets only
// printable runes, newlines and styles: commands make text printable where they know what it is, and the outlet is the tripwire behind
// them. Its methods may be called from any goroutine.
type outlet struct {
	file     *os.File
	terminal bool
	gone     atomic.Bool // its reader has gone: a write failed with EPIPE

	mu   sync.Mutex
	gate termsafe.Gate
	buf  []byte
}

func newOutlet(f *os.File) *outlet { return &outlet{file: f, terminal: isTerminal(f)} }

func (o *outlet) Write(p []byte) (int, error) {
	if !o.terminal {
		return o.write(p)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.buf = o.gate.Pass(o.buf[:0], p)
	if _, err := o.file.Write(o.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}

// write writes to the file and notes if its reader has gone.
func (o *outlet) write(p []byte) (int, error) {
	n, err := o.file.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		o.gone.Store(true)
	}
	return n, err
}

// written is a writer that only writes, past the gate.
type written func(p []byte) (int, error)

func (w written) Write(p []byte) (int, error) { return w(p) }

// redraw replaces the line of the last redraw on a terminal. It cuts the line to progressCells.
func (o *outlet) redraw(line termsafe.Safe) error {
	var width termsafe.Widther
	shown := width.Truncate(line, progressCells)
	return o.overwrite("\r" + shown.String() + strings.Repeat(" ", progressCells-width.Width(shown)))
}

// erase removes the line of the last redraw.
func (o *outlet) erase() error { return o.overwrite("\r" + strings.Repeat(" ", progressCells) + "\r") }

// overwrite writes a line with carriage returns, past the gate, which stops them in all other text.
func (o *outlet) overwrite(line string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, err := io.WriteString(o.file, line)
	return err
}

// ring calls the user for alerts, past the gate, if the outlet is a terminal. Its bytes are words of ours and numbers.
func (o *outlet) ring(a *tui.Alarm, ascii bool) {
	if call := a.CallTitled(time.Now(), ascii); o.terminal {
		_ = o.overwrite(call) // an error has nowhere to be reported
	}
}

// unring gives the title of the terminal back that ring set.
func (o *outlet) unring(a *tui.Alarm) {
	if end := a.EndTitle(); o.terminal && end != "" {
		_ = o.overwrite(end)
	}
}

// unguarded returns the file itself, past the gate: only for --raw, where the user wants the bytes as they are.
func (o *outlet) unguarded() io.Writer { return written(o.write) }

// device returns the terminal itself: only for the interface, whose frames have a tripwire of their own.
func (o *outlet) device() *os.File { return o.file }

// close writes what the gate still holds back of an unfinished sequence.
func (o *outlet) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if rest := o.gate.Rest(nil); len(rest) > 0 {
		_, _ = o.file.Write(rest) // the program is ending: an error has nowhere to be reported
	}
}

// Fd lets libraries find out whether this is a terminal, and its size. Their interface also requires Read and Close, which do nothing.
func (o *outlet) Fd() uintptr              { return o.file.Fd() }
func (o *outlet) Read([]byte) (int, error) { return 0, errors.New("an outlet is only written to") }
func (o *outlet) Close() error             { return nil }
