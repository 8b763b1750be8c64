// Package tty takes the terminal for the interface and gives it back, whatever happens to the program: in order, by force
// when the interface does not end, and by a small process that outlives a program that was killed.
//
// It knows nothing of what is drawn, and writes nothing but the sequences that leave the modes of the interface, and the one
// line of the small process.
package tty

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// leaving undoes what the interface may have set, on whichever screen it is. It begins by ending a sequence that was cut.
const leaving = "\x1b\\" + // the end of a title or another string
	"\x1b[?2026l" + // show what is held back
	"\x1b[>4m\x1b[<1u" + // the keys as before: modifyOtherKeys, and one level of the kitty protocol
	"\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l" + // mouse and focus
	"\x1b[?2004l" + // bracketed paste
	"\x1b[?2027l" + // widths by grapheme
	"\x1b[m\x1b[?1049l" + // the main screen
	"\x1b[?25h\x1b[0 q" // the cursor

// Terminal is a terminal that the interface has. Frames are written to it. Its methods may be called from any goroutine.
type Terminal struct {
	keys, screen *os.File
	direct       int    // the same terminal for what must not wait; -1 if it could not be opened
	name         string // of the terminal
	before       *unix.Termios
	stops        chan struct{} // the user wants the program to stop

	forced atomic.Bool // it was given back by force: nothing more is written
	first  sync.Once   // something was written
	keeper keeper
}

// Take notes how a terminal is, to give it back. keys is where keys come from, screen is where frames go; both stay the
// caller's. Close must be called in the end.
func Take(keys, screen *os.File) (*Terminal, error) {
	before, err := unix.IoctlGetTermios(int(keys.Fd()), getTermios)
	if err != nil {
		return nil, fmt.Errorf("asking the terminal for its modes: %w", err)
	}
	t := &Terminal{keys: keys, screen: screen, before: before, direct: -1, stops: make(chan struct{}, 1)}
	t.name, t.direct = openDirect(screen)
	t.keeper.watches = t
	return t, nil
}

// controlling is the name of the terminal of a process, as long as its session lives.
const controlling = "/dev/tty"

// openDirect opens a terminal once more, for what must not wait, by a name that stays when its session ends. fd is -1 if that does
// not work.
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

// openNow opens a terminal for reads and writes that do not wait.
func openNow(name string) (fd int, err error) {
	return unix.Open(name, unix.O_RDWR|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
}

// Write implements io.Writer for frames. It waits for a terminal that takes nothing, but not in the system: who is blocked there
// keeps everybody else from writing. What comes after the terminal was given back by force is dropped.
func (t *Terminal) Write(frame []byte) (int, error) {
	defer t.first.Do(t.keeper.due)
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

// fullPause is the time between two tries to write to a terminal that takes nothing.
const fullPause = time.Millisecond

// Size is the size in cells, or what COLUMNS and LINES say for one that does not know it.
func (t *Terminal) Size() (width, height int) {
	if size, err := unix.IoctlGetWinsize(int(t.screen.Fd()), unix.TIOCGWINSZ); err == nil {
		width, height = int(size.Col), int(size.Row)
	}
	return fallback(width, "COLUMNS", 80), fallback(height, "LINES", 24)
}

func fallback(cells int, variable string, otherwise int) int {
	if cells > 0 {
		return cells
	}
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// Gone reports whether there is no terminal any more: its window was closed, or the connection to it.
func (t *Terminal) Gone() bool {
	_, err := unix.IoctlGetTermios(int(t.keys.Fd()), getTermios)
	return err != nil
}

// Leave gives the terminal back by force: its modes at once, and its screen as far as it takes bytes within limit. What the
// terminal has not taken yet is dropped. words, if there are any, follow as a line of printable ASCII.
func (t *Terminal) Leave(limit time.Duration, words string) {
	t.forced.Store(true)
	_ = unix.IoctlSetTermios(int(t.keys.Fd()), setTermios, t.before)
	if t.direct >= 0 {
		writeWithin(t.direct, farewell(words), limit)
	}
	t.keeper.released()
}

// farewell is what gives the screen back, and a line there.
func farewell(words string) string {
	if words == "" {
		return leaving
	}
	quoted := strconv.QuoteToASCII(words)
	return leaving + "\r" + quoted[1:len(quoted)-1] + "\r\n"
}

// writeWithin writes to a descriptor that does not wait, in the place of what the terminal has not taken yet, and gives up after
// limit.
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

// Close ends what Take began, when the interface has left the terminal.
func (t *Terminal) Close() {
	t.keeper.close()
	if t.direct >= 0 {
		_ = unix.Close(t.direct)
	}
}
