// Package ptytest runs programs on a pseudo terminal and keeps their screen, in memory. It serves tests and the commands that
// measure and picture the program; the program itself does not import it.
package ptytest

import (
	"io"
	"sync"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// Screen is a terminal in memory that draws what is written to it. Any goroutine may use it.
type Screen struct {
	changed chan struct{}

	mu      sync.Mutex
	emu     *vt.Emulator
	written int64
}

// NewScreen makes an empty screen.
func NewScreen(cols, rows int) *Screen {
	emu := vt.NewEmulator(cols, rows)
	// The emulator takes margins outside of the screen, and panics when lines are moved there: a program sets them until it knows that
	// the terminal has become smaller. Terminals end them at the last line.
	emu.RegisterCsiHandler('r', func(margins ansi.Params) bool {
		if len(margins) > 1 && margins[1].Param(0) > emu.Height() {
			margins[1] = ansi.Param(emu.Height())
		}
		return false // go on with the emulator's own handler
	})
	return &Screen{emu: emu, changed: make(chan struct{}, 1)}
}

// Write draws what a program wrote. It waits for Answer if the program asked the terminal for something.
func (s *Screen) Write(p []byte) (int, error) {
	s.Use(func(emu *vt.Emulator) {
		_, _ = emu.Write(p)
		s.written += int64(len(p))
	})
	select {
	case s.changed <- struct{}{}:
	default:
	}
	return len(p), nil
}

// Answer passes the terminal's answers to take, until Close.
func (s *Screen) Answer(take func([]byte)) {
	buf := make([]byte, 4<<10)
	for {
		n, err := s.emu.Read(buf) // not under the lock: Write holds it while it waits for this
		if err != nil {
			return
		}
		take(buf[:n])
	}
}

// Close ends Answer, and Write no longer waits for it.
func (s *Screen) Close() {
	if in, ok := s.emu.InputPipe().(io.Closer); ok {
		_ = in.Close()
	}
}

// Changed gets a value after something was written. It is for one goroutine.
func (s *Screen) Changed() <-chan struct{} { return s.changed }

// Text returns the shown text, without styles.
func (s *Screen) Text() (text string) {
	s.Use(func(emu *vt.Emulator) { text = ansi.Strip(emu.Render()) })
	return text
}

// Written returns the number of bytes written so far.
func (s *Screen) Written() (n int64) {
	s.Use(func(*vt.Emulator) { n = s.written })
	return n
}

// Resize changes the size of the screen. Terminal.Resize tells the program.
func (s *Screen) Resize(cols, rows int) {
	s.Use(func(emu *vt.Emulator) { emu.Resize(cols, rows) })
}

// Use calls f with exclusive access to the emulator.
func (s *Screen) Use(f func(*vt.Emulator)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s.emu)
}
