//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package keyguard

import (
	"fmt"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// pipeWaiter waits for a terminal and for its own pipe, through which wake ends the wait.
type pipeWaiter struct {
	terminal int
	pipe     [2]int

	mu     sync.Mutex
	closed bool // the numbers of the pipe may be those of other files by now
}

func newWaiter(f File) (waiter, error) {
	w := &pipeWaiter{terminal: int(f.Fd())}
	if err := unix.Pipe(w.pipe[:]); err != nil {
		return nil, fmt.Errorf("making a pipe to stop reading keys: %w", err)
	}
	for _, fd := range w.pipe {
		unix.CloseOnExec(fd)
		if err := unix.SetNonblock(fd, true); err != nil {
			w.close()
			return nil, fmt.Errorf("making a pipe to stop reading keys: %w", err)
		}
	}
	return w, nil
}

func (w *pipeWaiter) wait(limit time.Duration) (input, woken bool, err error) {
	due := time.Now().Add(limit)
	for {
		millis := -1
		if limit > 0 {
			millis = int(max(0, time.Until(due)+time.Millisecond-1).Milliseconds())
		}
		input, woken, err = readable(w.terminal, w.pipe[0], millis)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return false, false, fmt.Errorf("waiting for keys: %w", err)
		case woken:
			var drained [64]byte
			_, _ = unix.Read(w.pipe[0], drained[:])
		}
		return input, woken, nil
	}
}

func (w *pipeWaiter) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		_, _ = unix.Write(w.pipe[1], []byte{0}) // a full pipe wakes it too
	}
}

func (w *pipeWaiter) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	_ = unix.Close(w.pipe[0])
	_ = unix.Close(w.pipe[1])
}
