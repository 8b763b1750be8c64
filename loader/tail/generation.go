package tail

import (
	"context"
	"errors"
	"fmt"
	"io"

	"pawprint/loader"
	"pawprint/model"
)

// generation is a source in the log: what was read of one file from one begin on. It is for one goroutine.
type generation struct {
	to     loader.Announced
	limits loader.Limits
	store  *loader.Store
	raw    io.ReaderAt
	stream *loader.Stream // nil while nothing is waiting for its line's end and none was needed lately
	offset int64          // where the stream stood when it was dropped
	line   int64          // and in which line
	start  int64          // where in the file it begins
	head   []byte         // how the file begins, as far as it was read; the tail's
	path   string         // where the file was seen last
	hole   bool           // nothing but NULs was read so far
	event  string         // why it began or ended
	place  string         // where the file is now, if not where it was found
	shared bool           // others use the same source
	ended  bool           // nothing more is read into it
	shown  told
	now    told
	err    error // why it cannot be read on
}

// told is what the sink was told about a source, the bytes that are left to read among it.
type told struct {
	phase  model.Phase
	unread int64 // -1 if that cannot be known
	note   string
}

// newGeneration makes a source of what will be read from byte start on, which is in line number line. before holds the bytes
// of the file up to there; it may be nil if start is 0.
func newGeneration(to loader.Announced, start, line int64, before io.ReaderAt, limits loader.Limits) *generation {
	g := &generation{to: to, limits: limits, store: loader.NewStore(limits.Memory), start: start, offset: start, line: line, hole: start == 0}
	g.raw = g.store
	if start > 0 {
		g.raw = resumed{before, start, g.store}
	}
	return g
}

// resume makes a generation of which nothing was read yet begin at another byte, which is in line number line.
func (g *generation) resume(start, line int64, before io.ReaderAt) {
	g.start, g.offset, g.line, g.hole, g.stream = start, start, line, start == 0, nil
	if g.raw = g.store; start > 0 {
		g.raw = resumed{before, start, g.store}
	}
}

// lines gives the stream that makes rows of what is written.
func (g *generation) lines() *loader.Stream {
	if g.stream == nil {
		g.stream = loader.NewStream(g.to.Sink, g.to.ID, g.raw, true, g.offset, g.line, g.limits)
	}
	return g.stream
}

// relax drops the stream if it holds nothing: a decoder takes more memory than a small file, and a new one costs little.
func (g *generation) relax() {
	if g.stream != nil && g.stream.Pending() == 0 && g.stream.Offset() == g.end() {
		g.offset, g.line, g.stream = g.stream.Offset(), g.stream.Line(), nil
	}
}

// position is where the line begins that is not complete yet, and its number.
func (g *generation) position() (offset, line int64) {
	if g.stream == nil {
		return g.offset, g.line
	}
	return g.stream.Offset(), g.stream.Line()
}

// pending is the number of bytes of that line.
func (g *generation) pending() int64 {
	if g.stream == nil {
		return 0
	}
	return g.stream.Pending()
}

// resumed reads the bytes of a file up to start from one place, the others from a store.
type resumed struct {
	before io.ReaderAt
	start  int64
	store  *loader.Store
}

func (r resumed) ReadAt(p []byte, off int64) (n int, err error) {
	if old := min(int64(len(p)), r.start-off); old > 0 {
		if n, err = r.before.ReadAt(p[:old], off); int64(n) < old {
			return n, err
		}
	}
	if n < len(p) {
		more, err := r.store.ReadAt(p[n:], off+int64(n)-r.start)
		return n + more, err
	}
	return n, nil
}

// end is where in the file the bytes end that were read.
func (g *generation) end() int64 { return g.start + g.store.Len() }

// write takes the next bytes of the file. It fails when the memory for what is loaded is used up: then nothing more can be
// taken.
func (g *generation) write(p []byte) error {
	before := g.store.Len()
	err := g.store.Write(p)
	p = p[:g.store.Len()-before]
	if g.hole {
		p = g.skipHole(p)
	}
	if e := g.lines().Write(p); err == nil {
		err = e
	}
	if full := new(loader.MemoryError); errors.As(err, &full) {
		_, line := g.position()
		return &loader.MemoryError{Limit: full.Limit, Lines: line - 1}
	}
	return err
}

// skipHole ends the hole at the begin of a file that was truncated while its writer kept its place. It becomes a row of
// its own, so that the line that follows it is not lost. Both have the same line number, as no line end stands between.
func (g *generation) skipHole(p []byte) []byte {
	n := 0
	for n < len(p) && p[n] == 0 {
		n++
	}
	g.lines().Write(p[:n])
	if n == len(p) {
		return nil
	}
	g.hole = false
	if g.stream.Pending() > 0 {
		line := g.stream.Line()
		g.stream.Close()
		g.stream = loader.NewStream(g.to.Sink, g.to.ID, g.raw, true, g.stream.Offset(), line, g.limits)
	}
	return p[n:]
}

// reason is why the source ends; nil if it was read to the end that it has now.
func (g *generation) reason() error {
	switch {
	case g.err != nil:
		return g.err
	case g.now.phase == model.Following && g.now.unread <= 0:
		return nil
	}
	return context.Canceled
}

// tell shows the present state to the sink, if it differs from what was shown.
func (g *generation) tell() {
	if g.now != g.shown {
		g.show()
	}
}

func (g *generation) show() {
	now, pending := g.now, g.pending()
	g.shown = now
	g.to.Update(func(s *model.SourceState) {
		s.Phase, s.Note = now.phase, model.NewText(now.note)
		switch s.Size = s.Books.Bytes + now.unread; {
		case now.unread < 0:
			s.Size = -1
		case now.unread > 0:
			s.Size += pending
		default:
			// What waits for its line's end was read: nothing is behind because of it.
		}
	})
}

// finish ends the source. A last line without an end becomes a row, unless it will be read again.
func (g *generation) finish(again bool) {
	if !again && g.stream != nil {
		g.stream.Close()
	}
	g.offset, g.line = g.position()
	g.stream, g.ended = nil, true
	if g.shared {
		return
	}
	g.now.note = notes(g.event, g.place)
	g.show() // the size in any case
	_ = g.to.End(g.reason())
}

// sourceName names the nth file that was found at a path.
func sourceName(path string, n int) model.Text {
	if n == 1 {
		return model.NewText(path)
	}
	return model.NewText(fmt.Sprintf("%s (#%d)", path, n))
}
