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

// pageBytes is the least that is given up of a file that cannot be read: the kernel reads and fails by pages.
const pageBytes = 4 << 10

// GapError says that bytes in the middle of a source could not be read. All others were read.
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

// Unwrap gives the reason of the first gap.
func (e *GapError) Unwrap() error { return e.Err }

// gaps collects what could not be read. Any goroutine may use it.
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

// err gives the *GapError of all gaps, those that touch taken together, or nil.
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

// readAround fills the piece with what can be read of it.
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

// fatal reports whether reading elsewhere makes no sense after err.
func fatal(err error) bool {
	return err == nil || errors.Is(err, io.EOF) || errors.Is(err, model.ErrChanged) || errors.Is(err, fs.ErrClosed)
}

// halves reads b, which stands at byte at and of which only the first n bytes could be read at once because of err, half by
// half.
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
