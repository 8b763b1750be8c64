package keyguard

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// File is a terminal as far as the guard needs one. *os.File is one.
type File interface {
	io.ReadWriteCloser
	Fd() uintptr
}

// errGone says that there will be no more keys. It is no io.EOF, which ends the reading of keys but not the program.
var errGone = errors.New("reading keys: the terminal is gone")

// Reader reads the keys of a terminal through a Guard. It is what the library takes for the terminal: it has the
// descriptor, which the library needs for raw mode, but no name, so that the library does not wait for the descriptor by
// itself. It could not: bytes that are kept back come due without any input.
type Reader struct {
	file  File
	ready waiter
	reads sync.Mutex // held by the Read that is going on
	guard Guard
	buf   [4096]byte

	turn   atomic.Int64 // counts what ends the Read that is going on
	held   atomic.Bool
	closed atomic.Bool
}

// waiter waits for input.
type waiter interface {
	// wait waits until there is something to read or wake was called, but not longer than limit; zero is for ever.
	wait(limit time.Duration) (input bool, woken bool, err error)
	// wake ends the wait that is going on, or the next one.
	wake()
	close()
}

// New returns a Reader for a terminal, which must be closed before the terminal. On systems for which nobody wrote how to
// wait for a terminal the error is errors.ErrUnsupported.
func New(f File) (*Reader, error) {
	w, err := newWaiter(f)
	if err != nil {
		return nil, err
	}
	return newReader(f, w), nil
}

func newReader(f File, w waiter) *Reader { return &Reader{file: f, ready: w} }

// Read returns whole keys, pastes and answers. It reads nothing of the terminal beyond what it waits for, and ends with
// io.EOF when Interrupt, Fd or Close is called.
func (r *Reader) Read(p []byte) (n int, err error) {
	r.reads.Lock()
	defer r.reads.Unlock()
	defer func() {
		if recover() != nil { // a fault of ours costs the keys that were on their way, and nothing else
			r.guard, n, err = Guard{}, 0, nil
		}
	}()
	turn := r.turn.Load()
	for {
		if r.held.Load() || r.closed.Load() || r.turn.Load() != turn {
			return 0, io.EOF
		}
		if n := r.guard.Take(p); n > 0 || len(p) == 0 {
			return n, nil
		}
		if err := r.more(); err != nil {
			return 0, err
		}
	}
}

// more waits for input once, and feeds the guard.
func (r *Reader) more() error {
	patience := r.guard.Patience()
	input, woken, err := r.ready.wait(patience)
	switch {
	case err != nil:
		return err
	case woken:
		return nil
	case !input:
		r.guard.Silence()
		return nil
	}
	n, err := r.file.Read(r.buf[:])
	r.guard.Feed(r.buf[:n])
	if err == io.EOF || n == 0 && err == nil {
		return errGone
	}
	return err
}

// Interrupt ends the reading of keys, so that nothing is taken from the program that has the terminal next. Reads return
// at once until the library asks for the descriptor, which it does to give the terminal back, and to take it again.
func (r *Reader) Interrupt() {
	r.held.Store(true)
	r.next()
}

// Fd is the descriptor of the terminal. The library changes the modes of the terminal with it, and nobody may be reading
// then: the Read that is going on ends.
func (r *Reader) Fd() uintptr {
	r.held.Store(false)
	r.next()
	return r.file.Fd()
}

func (r *Reader) next() {
	r.turn.Add(1)
	r.ready.wake()
}

// Write writes to the terminal, as the library expects of one.
func (r *Reader) Write(p []byte) (int, error) { return r.file.Write(p) }

// Close ends the Read that is going on and waits for its end. It leaves the terminal open.
func (r *Reader) Close() error {
	if r.closed.Swap(true) {
		return nil
	}
	r.next()
	r.reads.Lock()
	defer r.reads.Unlock()
	r.ready.close()
	return nil
}
