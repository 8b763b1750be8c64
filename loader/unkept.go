package loader

import (
	"context"
	"errors"
	"io"
	"sync"
)

type fewLinesKey struct{}

// WithFewLines returns a context for loading logs whose lines will hardly be read again. The text of packed files of JSON lines is not kept in
// memory then. If a line is read after all, its file is unpacked once more, and that text is kept.
func WithFewLines(ctx context.Context) context.Context {
	return context.WithValue(ctx, fewLinesKey{}, true)
}

func fewLines(ctx context.Context) bool { return ctx.Value(fewLinesKey{}) != nil }

// unkept reads the text of a packed source that was not kept while it was loaded. The first read unpacks the source once more, from
// which the text may have changed since. Any goroutine may use it.
type unkept struct {
	packed io.ReaderAt
	limits Limits
	change func([]byte) // of the text, as when it was loaded; may be nil

	once sync.Once
	text *Store
	err  error // why not all of it could be unpacked again
}

// ReadAt implements io.ReaderAt.
func (u *unkept) ReadAt(p []byte, off int64) (int, error) {
	u.once.Do(u.unpack)
	n, err := u.text.ReadAt(p, off)
	if errors.Is(err, io.EOF) && u.err != nil {
		err = u.err
	}
	return n, err
}

// unpack keeps the text as it was loaded: all that comes out of the source before an end or a fault, and the start of what is behind it.
func (u *unkept) unpack() {
	u.text = NewStore(u.limits.Memory)
	from := newUnpacker(&readerFrom{of: u.packed}, u.limits)
	defer from.close()
	buf := make([]byte, storeBlock)
	for u.err == nil {
		n, err := from.Read(buf)
		if u.change != nil {
			u.change(buf[:n])
		}
		u.err = u.text.Write(buf[:n])
		if err == io.EOF {
			break
		}
		if u.err == nil {
			u.err = err // of what is read behind it: lines before a fault that was there before are whole
		}
	}
	if u.err == nil {
		u.err = u.text.Write(from.behind.head)
	}
	u.text.finish()
}

// readerFrom reads all of a source from its start.
type readerFrom struct {
	of io.ReaderAt
	at int64
}

func (r *readerFrom) Read(p []byte) (int, error) {
	n, err := r.of.ReadAt(p, r.at)
	r.at += int64(n)
	if n > 0 && err == io.EOF {
		err = nil
	}
	return n, err
}
