package loader

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"pawprint/model"
)

// pageBytes is the size below which an unreadable stretch is not divided further: the kernel reads and fails by pages.
const pageBytes = 4 << 10

// GapError says that some bytes of a source could not be read. All other bytes were read.
type GapError struct {
	Offset int64 // of the first gap
	Bytes  int64 // in all gaps
	Gaps   int
	Err    error // of the first gap
}

// Error names the first gap, and how many there are.
func (e *GapError) Error() string {
	if e.Gaps == 1 {
		return fmt.Sprintf("%d bytes at byte %d could not be read: %v", e.Bytes, e.Offset, e.Err)
	}
	return fmt.Sprintf("%d bytes in %d places could not be read, first at byte %d: %v", e.Bytes, e.Gaps, e.Offset, e.Err)
}

// Unwrap returns the error of the first gap.
func (e *GapError) Unwrap() error { return e.Err }

// gaps collects the stretches that could not be read. Any goroutine may call add.
type gaps struct {
	mu    sync.Mutex
	found []gap
}

type gap struct {
	at, n int64
	err   error
}

func (g *gaps) add(at, n int64, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.found = append(g.found, gap{at, n, err})
}

// err returns a *GapError for all gaps, or nil if there are none. Adjacent gaps count as one.
func (g *gaps) err() error {
	if len(g.found) == 0 {
		return nil
	}
	slices.SortFunc(g.found, func(a, b gap) int { return cmp.Compare(a.at, b.at) })
	e := &GapError{Offset: g.found[0].at, Err: g.found[0].err}
	end := int64(-1)
	for _, f := range g.found {
		if f.at != end {
			e.Gaps++
		}
		end = f.at + f.n
		e.Bytes += f.n
	}
	return e
}

// readAround fills a piece with the bytes that can be read, and with gaps for the others.
func (f *fileBlocks) readAround(p *piece) {
	n, err := f.raw.ReadAt(p.bytes, p.at)
	if n == len(p.bytes) {
		return
	}
	if fatal(err) {
		p.bytes, p.err = p.bytes[:n], fmt.Errorf("at byte %d: %w", p.at+int64(n), err)
		return
	}
	if p.parts, p.err = f.halves(p.parts, p.bytes, p.at, n, err); len(p.parts) == 0 {
		p.bytes = nil
	}
}

// fatal reports whether err rules out reading at other offsets too.
func fatal(err error) bool {
	return err == nil || errors.Is(err, io.EOF) || errors.Is(err, model.ErrChanged) || errors.Is(err, fs.ErrClosed)
}

// halves reads b, which is at byte at of the file, in two halves, after a read of all of it stopped with err after n bytes. It
// appends what it read to parts.
func (f *fileBlocks) halves(parts []part, b []byte, at int64, n int, err error) ([]part, error) {
	if len(b) <= pageBytes {
		f.gaps.add(at+int64(n), int64(len(b)-n), err)
		return append(parts, part{bytes: b[:n]}, part{gap: int64(len(b) - n)}), nil
	}
	half := (len(b)/2 + pageBytes - 1) / pageBytes * pageBytes
	for _, b := range [2][]byte{b[:half], b[half:]} {
		if stop := f.ctx.Err(); stop != nil {
			return parts, stop
		}
		n, err := f.raw.ReadAt(b, at)
		var stop error
		switch {
		case n == len(b):
			parts = append(parts, part{bytes: b})
		case fatal(err):
			return append(parts, part{bytes: b[:n]}), fmt.Errorf("at byte %d: %w", at+int64(n), err)
		default:
			parts, stop = f.halves(parts, b, at, n, err)
		}
		if stop != nil {
			return parts, stop
		}
		at += int64(len(b))
	}
	return parts, nil
}
