package loader

import (
	"context"
	"io"
	"slices"

	"pawprint/model"
)

// What the tests outside the package need of its inside.
const (
	HeadBytes  = headBytes
	StoreBlock = storeBlock
)

// DefaultMemoryOf is DefaultMemory of a machine with other files.
var DefaultMemoryOf = defaultMemory

// Unpacked is what comes out of a packed source.
type Unpacked struct {
	Plain, Behind string
	Packed        string
	Faults        []string
	Err           string
	Ahead         int // stretches that were taken from other goroutines
}

// Unpack unpacks a source to its end. Of its members so many stretches of at least so many bytes, with members and plain bytes of at most so
// many, are decoded ahead.
func Unpack(from io.Reader, limits Limits, stretches, least, most, plain int) (out Unpacked) {
	u := newUnpacker(from, limits)
	defer u.close()
	u.sizes = aheadSizes{stretches, least, most, plain}
	text, err := io.ReadAll(u)
	if out.Plain = string(text); err != nil {
		out.Err = err.Error()
	}
	for _, f := range u.faults {
		out.Faults = append(out.Faults, f.Error())
	}
	if out.Packed = u.packed(); len(u.layers) > 0 && u.layers[0].ahead != nil {
		out.Ahead = u.layers[0].ahead.taken
	}
	out.Behind = string(u.behind.head)
	return out
}

// AheadMemory returns how many bytes at most what is decoded ahead of a source takes.
func AheadMemory(goroutines int, memory *Budget) int64 {
	s := decodeAhead(goroutines, memory)
	if s.stretches == 0 {
		return 0
	}
	return int64(s.stretches+1) * int64(s.most+s.plain)
}

// EndOfMembers returns where members of at least so many bytes end, if the bytes come in steps, or at once for 0.
func EndOfMembers(name string, packed []byte, least, step int) int {
	p := packings[slices.IndexFunc(packings, func(p *packing) bool { return p.name == name })]
	c := p.cut(least)
	for n := step; step > 0 && n < len(packed); n += step {
		if end := c.end(packed[:n], false); end != 0 {
			return end
		}
	}
	return c.end(packed, true)
}

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
