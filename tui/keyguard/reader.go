package keyguard

import (
	"errors"
	"io"
	"sync/atomic"
	"time"
)

// File is what the guard needs of a terminal. *os.File implements it.
type File interface {
	io.ReadWriteCloser
	Fd() uintptr
}

// errGone says that there will be no more keys. It is not io.EOF, which would end reading keys but not the program.
var errGone = errors.New("reading keys: the terminal is gone")

// Reader reads the keys of a terminal through a Guard. The library uses it as the terminal: it has the descriptor, which the
// library needs for raw mode, but no name, so that the library does not poll the descriptor itself. Polling would miss held-back
// bytes, which become readable without any input.
type Reader struct {
	file  File
	ready waiter
	reads chan struct{} // full while a Read runs
	guard Guard
	buf   [4096]byte

	turn   atomic.Int64 // grows with each call that ends the running Read
	held   atomic.Bool
	closed atomic.Bool
}

// waiter waits for input.
type waiter interface {
	// wait waits until there is input or wake was called, but at most for limit; zero means forever.
	wait(limit time.Duration) (input bool, woken bool, err error)
	// wake ends the running wait, or the next one.
	wake()
	close()
}

// New returns a Reader for a terminal. Close it before the terminal. On systems without an implementation of waiting for a
// terminal, New returns errors.ErrUnsupported.
func New(f File) (*Reader, error) {
	w, err := newWaiter(f)
	if err != nil {
		return nil, err
	}
	return newReader(f, w), nil
}

func newReader(f File, w waiter) *Reader {
	return &Reader{file: f, ready: w, reads: make(chan struct{}, 1)}
}

// Read returns whole keys, pastes and answers. It never reads ahead, and returns io.EOF after Interrupt, Fd or Close.
func (r *Reader) Read(p []byte) (n int, err error) {
	r.reads <- struct{}{}
	defer func() { <-r.reads }()
	defer func() {
		if recover() != nil { // a bug of ours loses the keys that were on their way, and nothing else
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

// more waits once for input and feeds the guard.
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

// Interrupt stops reading keys, so that input is left to the next program on the terminal. Reads return at once until the
// library calls Fd, which it does when it releases the terminal and when it takes it over again.
func (r *Reader) Interrupt() {
	r.held.Store(true)
	r.next()
}

// Fd returns the descriptor of the terminal once the running Read has ended, as the library then changes the modes of the terminal,
// during which nothing may read: what came without an end of a line can be read no more once the terminal collects lines.
func (r *Reader) Fd() uintptr {
	r.held.Store(false)
	r.next()
	r.ended()
	return r.file.Fd()
}

// endWait is how long to wait for the end of a Read. It takes no time, unless another program took the input for which it was woken.
const endWait = time.Second

// ended waits until the running Read has ended, and reports whether it did so in time.
func (r *Reader) ended() bool {
	limit := time.NewTimer(endWait)
	defer limit.Stop()
	select {
	case r.reads <- struct{}{}:
		<-r.reads
		return true
	case <-limit.C:
		return false
	}
}

func (r *Reader) next() {
	r.turn.Add(1)
	r.ready.wake()
}

// Write writes to the terminal, as the library expects.
func (r *Reader) Write(p []byte) (int, error) { return r.file.Write(p) }

// Close ends the running Read and waits for it, but not for ever: a program must be able to end. It leaves the terminal open.
func (r *Reader) Close() error {
	if r.closed.Swap(true) {
		return nil
	}
	r.next()
	if r.ended() {
		r.ready.close()
	}
	return nil
}
