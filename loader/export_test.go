package loader

import (
	"context"
	"io"

	"pawprint/model"
)

// What the tests outside the package need of its inside.
const (
	HeadBytes  = headBytes
	StoreBlock = storeBlock
)

// DefaultMemoryOf is DefaultMemory of a machine with other files.
var DefaultMemoryOf = defaultMemory

// Blocks reads size bytes of raw in blocks, on several goroutines (0 means 2), and appends their lines to sink in the order
// of the bytes. It returns a stream that holds the last line if that has no end: the caller closes it or goes on writing.
//
// What cannot be read in the middle, after a second try and down to single pages, becomes a row of its own, with
// model.Unreadable, and reading goes on behind it; the error at the end is then a *GapError. With any other error, which
// names the offset, the stream stands where reading stopped.
func Blocks(ctx context.Context, sink Sink, id model.SourceID, raw io.ReaderAt, size int64, workers int, limits Limits) (*Stream, error) {
	return blocks(ctx, NewStream(sink, id, Bytes{Raw: raw}, limits), raw, size, workers)
}

// List returns the paths of the files that the lister finds.
func (l *Lister) List(ctx context.Context) ([]string, []error) {
	files := l.find(ctx)
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = f.path
	}
	return paths, l.errors
}
