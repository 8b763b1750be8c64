package engine

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// mostHeld is the size up to which an answer is held until it came whole, so that one that breaks off can be asked for again without a
// row twice.
const mostHeld = 32 << 20

// answer is the lines of a window: those that were held, and then those that did not fit.
type answer struct {
	io.Reader
	closer io.Closer
	held   int
	lines  int64  // that came so far
	sieve  *sieve // nil if all lines are read
}

// answer asks for a window. It returns when the answer came whole, or when it is too large to be held; then it can no longer be asked again.
func (l *load) answer(ctx context.Context, w Window) (*answer, error) {
	from, err := l.source.engine.Lines(ctx, w)
	if err != nil {
		return nil, err
	}
	var held bytes.Buffer
	_, err = io.CopyN(&held, from, mostHeld)
	a := &answer{closer: from, held: held.Len()}
	switch {
	case errors.Is(err, io.EOF):
		a.Reader = &held
		return a, nil
	case err != nil:
		_ = from.Close() // the error is that of the answer
		return nil, err
	}
	a.Reader = io.MultiReader(&held, from)
	return a, nil
}

// sift drops the lines that are known, unless all are read once.
func (a *answer) sift(known lines, once bool) {
	if !once {
		a.sieve = newSieve(a.Reader, known)
	}
}

// Read counts the lines that come.
func (a *answer) Read(p []byte) (n int, err error) {
	if a.sieve != nil {
		n, err = a.sieve.Read(p)
		a.lines = a.sieve.came
		return n, err
	}
	n, err = a.Reader.Read(p)
	a.lines += int64(bytes.Count(p[:n], []byte{'\n'}))
	return n, err
}

// empty reports whether there are no lines to read.
func (a *answer) empty() bool {
	if a.sieve == nil {
		return a.held == 0
	}
	is := a.sieve.empty()
	a.lines = a.sieve.came
	return is
}

// Close implements io.Closer.
func (a *answer) Close() error { return a.closer.Close() }
