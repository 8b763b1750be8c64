package tty

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/sys/windows"

	"pawprint/model/fault"
)

// Terminal is the console while the interface has it. It is an io.Writer for frames. Its methods may be called from any goroutine.
// Windows has neither signals that stop a program nor a process that outlives the console, so there is no keeper here.
type Terminal struct {
	keys, screen *os.File
	keysMode     uint32 // of the console before the interface
	screenMode   uint32
	loans        chan *loan  // commands that are to get the terminal
	forced       atomic.Bool // Leave restored the console: write nothing more
}

// Take records the modes of the console to restore them later, and lets it read the sequences of frames. keys is where keys come from, and
// screen is where frames go; the caller keeps both open until it has called Close.
func Take(keys, screen *os.File) (*Terminal, error) {
	t := &Terminal{keys: keys, screen: screen, loans: make(chan *loan)}
	err := errors.Join(windows.GetConsoleMode(windows.Handle(keys.Fd()), &t.keysMode), windows.GetConsoleMode(windows.Handle(screen.Fd()), &t.screenMode))
	if err == nil {
		err = t.readSequences()
	}
	if err != nil {
		return nil, fmt.Errorf("asking the console for its modes: %w", err)
	}
	return t, nil
}

// OpenKeyboard opens the console for reading keys. Setting its modes takes the right to write, too.
func OpenKeyboard() (*os.File, error) { return os.OpenFile("CONIN$", os.O_RDWR, 0) }

// readSequences makes the console obey the sequences that frames are made of.
func (t *Terminal) readSequences() error {
	return windows.SetConsoleMode(windows.Handle(t.screen.Fd()), t.screenMode|windows.ENABLE_PROCESSED_OUTPUT|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING|windows.DISABLE_NEWLINE_AUTO_RETURN)
}

// restoreModes sets the modes from before the interface.
func (t *Terminal) restoreModes() {
	_ = windows.SetConsoleMode(windows.Handle(t.keys.Fd()), t.keysMode)
	_ = windows.SetConsoleMode(windows.Handle(t.screen.Fd()), t.screenMode)
}

// Write implements io.Writer for frames. After Leave, frames are dropped without an error.
func (t *Terminal) Write(frame []byte) (int, error) {
	if t.forced.Load() {
		return len(frame), nil
	}
	return t.screen.Write(frame)
}

// Size returns the size in cells. If the console does not know it, the size comes from COLUMNS and LINES, else it is 80 by 24.
func (t *Terminal) Size() (width, height int) {
	var info windows.ConsoleScreenBufferInfo
	if windows.GetConsoleScreenBufferInfo(windows.Handle(t.screen.Fd()), &info) == nil {
		width, height = int(info.Window.Right-info.Window.Left)+1, int(info.Window.Bottom-info.Window.Top)+1
	}
	return fallback(width, "COLUMNS", 80), fallback(height, "LINES", 24)
}

// Gone reports whether the console no longer exists, because its window was closed.
func (t *Terminal) Gone() bool {
	var mode uint32
	return windows.GetConsoleMode(windows.Handle(t.keys.Fd()), &mode) != nil
}

// Leave restores the console by force: its screen, if it takes the bytes within limit, and its modes. If words is not empty, it follows as
// a line of printable ASCII.
func (t *Terminal) Leave(limit time.Duration, words string) {
	t.forced.Store(true)
	written := make(chan struct{})
	fault.Go(func() {
		defer close(written)
		_, _ = t.screen.WriteString(farewell(words))
	}, func(*fault.Error) {})
	select {
	case <-written:
	case <-time.After(limit):
	}
	t.restoreModes()
}

// Close restores the console. Call it after the interface has released it.
func (t *Terminal) Close() { t.restoreModes() }

// Stop does nothing, as no program can be stopped and continued here.
func (t *Terminal) Stop() {}

// sizePoll is the time between two looks at the size of the console, which tells only those who read its events.
const sizePoll = 250 * time.Millisecond

// Attend tells the interface new sizes of the console and lends it to commands, on a goroutine that ends when ctx ends or the returned
// function is called. If an error ends it earlier, Attend calls failed.
func (t *Terminal) Attend(ctx context.Context, i Interface, failed func(error)) (done func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	fault.Go(func() {
		defer close(ended)
		if err := t.attend(ctx, i); err != nil && ctx.Err() == nil {
			failed(err)
		}
	}, func(e *fault.Error) { failed(e) })
	return func() {
		cancel()
		<-ended
	}
}

// attend looks at the size and lends the console, until ctx ends.
func (t *Terminal) attend(ctx context.Context, i Interface) error {
	look := time.NewTicker(sizePoll)
	defer look.Stop()
	width, height := t.Size()
	for {
		select {
		case <-ctx.Done():
			return nil
		case l := <-t.loans:
			if err := t.lend(ctx, i, l); err != nil {
				return err
			}
		case <-look.C:
			if w, h := t.Size(); w != width || h != height {
				width, height = w, h
				i.Resize(w, h)
			}
		}
	}
}

// IsKeeper reports whether the program was started as the keeper, which it never is here.
func IsKeeper([]string) bool { return false }

// Keep does nothing: there is no keeper here.
func Keep(io.Reader, func(crash []byte) (name string, err error)) bool { return false }
