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
	lines  int64
}

// ask asks for a window. It returns when the answer came whole, or when it is too large to be held; then it can no longer be asked again.
func (l *load) ask(ctx context.Context, w Window) (*answer, error) {
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

// Read counts the lines that are read.
func (a *answer) Read(p []byte) (int, error) {
	n, err := a.Reader.Read(p)
	a.lines += int64(bytes.Count(p[:n], []byte{'\n'}))
	return n, err
}

// empty reports whether there are no lines.
func (a *answer) empty() bool { return a.held == 0 }

// Close implements io.Closer.
func (a *answer) Close() error { return a.closer.Close() }
