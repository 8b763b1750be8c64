//go:build unix

package tty

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// Terminal is the terminal while the interface has it. It is an io.Writer for frames. Its methods may be called from any goroutine.
type Terminal struct {
	keys, screen *os.File
	direct       int    // descriptor of the same terminal that does not block; -1 if it could not be opened
	name         string // path of the terminal
	before       *unix.Termios
	stops        chan struct{} // requests of the user to stop the program
	loans        chan *loan    // commands that are to get the terminal

	forced atomic.Bool // Leave restored the terminal: write nothing more
	first  sync.Once   // the first write starts the keeper
	keeper keeper
}

// Take records the modes of the terminal to restore them later. keys is where keys come from, and screen is where frames go; the
// caller keeps both open until it has called Close.
func Take(keys, screen *os.File) (*Terminal, error) {
	before, err := unix.IoctlGetTermios(int(keys.Fd()), getTermios)
	if err != nil {
		return nil, fmt.Errorf("asking the terminal for its modes: %w", err)
	}
	t := &Terminal{keys: keys, screen: screen, before: before, direct: -1, stops: make(chan struct{}, 1), loans: make(chan *loan)}
	t.name, t.direct = openDirect(screen)
	t.keeper.watches = t
	return t, nil
}

// controlling is the path of the process's controlling terminal. It works as long as the session exists.
const controlling = "/dev/tty"

// OpenKeyboard opens the controlling terminal for reading keys.
func OpenKeyboard() (*os.File, error) { return os.Open(controlling) }

// openDirect opens the terminal again without blocking, if possible by a path that works after the session has ended. If it fails, fd
// is -1.
func openDirect(screen *os.File) (name string, fd int) {
	var want, got unix.Stat_t
	if name, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", screen.Fd())); err == nil && unix.Fstat(int(screen.Fd()), &want) == nil {
		if fd, err := openNow(name); err == nil {
			if unix.Fstat(fd, &got) == nil && got.Rdev == want.Rdev && got.Mode&unix.S_IFMT == unix.S_IFCHR {
				return name, fd
			}
			_ = unix.Close(fd)
		}
	}
	fd, err := openNow(controlling)
	if err != nil {
		fd = -1
	}
	return controlling, fd
}

// openNow opens a terminal for reads and writes that do not block.
func openNow(name string) (fd int, err error) {
	return unix.Open(name, unix.O_RDWR|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
}

// Write implements io.Writer for frames. While the terminal takes no bytes it polls instead of blocking in the system call, because a
// blocked call would keep Leave from writing. After Leave, frames are dropped without an error.
func (t *Terminal) Write(frame []byte) (int, error) {
	defer t.first.Do(t.keeper.startSoon)
	if t.direct < 0 {
		return t.screen.Write(frame)
	}
	n := 0
	for n < len(frame) && !t.forced.Load() {
		m, err := unix.Write(t.direct, frame[n:])
		switch {
		case m > 0:
			n += m
		case err == unix.EAGAIN:
			time.Sleep(fullPause)
		case err != unix.EINTR:
			return n, fmt.Errorf("writing to the terminal: %w", err)
		}
	}
	return len(frame), nil
}

// fullPause is the time between attempts to write to a terminal that takes no bytes.
const fullPause = time.Millisecond

// Size returns the size in cells. If the terminal does not know it, the size comes from COLUMNS and LINES, else it is 80 by 24.
func (t *Terminal) Size() (width, height int) {
	if size, err := unix.IoctlGetWinsize(int(t.screen.Fd()), unix.TIOCGWINSZ); err == nil {
		width, height = int(size.Col), int(size.Row)
	}
	return fallback(width, "COLUMNS", 80), fallback(height, "LINES", 24)
}

// Gone reports whether the terminal no longer exists, because its window or its connection was closed.
func (t *Terminal) Gone() bool {
	_, err := unix.IoctlGetTermios(int(t.keys.Fd()), getTermios)
	return err != nil
}

// Leave restores the terminal by force: its modes at once, and its screen if it takes the bytes within limit. Output that the terminal
// has not taken yet is dropped. If words is not empty, it follows as a line of printable ASCII.
func (t *Terminal) Leave(limit time.Duration, words string) {
	t.forced.Store(true)
	_ = unix.IoctlSetTermios(int(t.keys.Fd()), setTermios, t.before)
	if t.direct >= 0 {
		writeWithin(t.direct, farewell(words), limit)
	}
	t.keeper.released()
}

// writeWithin drops the output that the terminal has not taken yet, and writes text to a descriptor that does not block. It gives up
// after limit.
func writeWithin(fd int, text string, limit time.Duration) {
	_ = dropOutput(fd)
	for deadline := time.Now().Add(limit); text != "" && time.Now().Before(deadline); {
		n, err := unix.Write(fd, []byte(text))
		switch {
		case n > 0:
			text = text[n:]
		case err != unix.EAGAIN && err != unix.EINTR:
			return
		default:
			time.Sleep(fullPause)
		}
	}
}

// Close ends the keeper. Call it after the interface has released the terminal. What Take opened stays open until the process ends: a forced
// end may come at the same time, and must not write to a number that belongs to another file by then.
func (t *Terminal) Close() { t.keeper.close() }
