package tail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

// generation is one source in the log: what was read of a file since it was found, truncated or rewritten. It is for one goroutine.
type generation struct {
	to       loader.Announced
	streams  *loader.Streams
	past     *past // where it is remembered; nil if it is not
	age      int   // its place among those that are remembered
	tail     *tail // the file that it is read from; nil if nothing more is read from there
	store    *loader.Store
	raw      io.ReaderAt
	stream   *loader.Stream // nil while no line is incomplete and none was needed lately
	offset   int64          // of the stream when it was dropped
	line     int64          // of the stream when it was dropped
	start    int64          // offset in the file of its first byte
	head     []byte         // the first bytes of the file, shared with its tail; see setHead
	path     string         // where the file was seen last
	nulsOnly bool           // only NULs were read so far
	event    string         // why it started or ended
	place    string         // where the file is now, if not where it was found
	shared   bool           // others use the same source
	ended    bool           // nothing more is read into it
	shown    report
	now      report
	err      error // why it cannot be read on
}

// report is the state of a source as the sink shows it.
type report struct {
	phase   model.Phase
	unread  int64 // bytes left to read; -1 if that cannot be known
	note    string
	lacking string
	copy    bool // all its bytes were read into others
}

// newGeneration makes a generation that starts at byte start, in line number line. before holds the bytes of the file up to there; it
// may be nil if start is 0.
func newGeneration(to loader.Announced, start, line int64, before io.ReaderAt, limits loader.Limits) *generation {
	g := &generation{to: to, streams: loader.NewStreams(limits), store: loader.NewStore(limits.Memory), start: start, offset: start, line: line, nulsOnly: start == 0}
	g.raw = g.store
	if start > 0 {
		g.raw = resumed{before, start, g.store}
	}
	return g
}

// restarted says that the generation goes on, from byte start, where another of its file ended.
func (g *generation) restarted(why model.RestartReason, start int64) {
	g.to.Update(func(s *model.SourceState) { s.Restart = model.Restart{Why: why, At: time.Now(), From: start} })
}

// resume moves the start of a generation before anything is read into it.
func (g *generation) resume(start, line int64, before io.ReaderAt) {
	g.start, g.offset, g.line, g.nulsOnly, g.stream = start, start, line, start == 0, nil
	if g.raw = g.store; start > 0 {
		g.raw = resumed{before, start, g.store}
	}
}

// reads makes g the generation that the file is read into.
func (t *tail) reads(g *generation) {
	if t.gen != nil {
		t.gen.tail = nil
	}
	t.gen, g.tail = g, t
}

// lines returns the stream that makes rows of what is written.
func (g *generation) lines() *loader.Stream {
	if g.stream == nil {
		g.stream = g.newStream(g.offset, g.line)
	}
	return g.stream
}

func (g *generation) newStream(start, line int64) *loader.Stream {
	return g.streams.New(g.to.Sink, g.to.ID, loader.Bytes{Raw: g.raw, Trusted: true, Start: start, Line: line})
}

// dropStream drops the stream if it has no incomplete line: it takes more memory than a small file, and a new one is cheap.
func (g *generation) dropStream() {
	if g.stream != nil && g.stream.Pending() == 0 && g.stream.Offset() == g.end() {
		g.offset, g.line, g.stream = g.stream.Offset(), g.stream.Line(), nil
	}
}

// position returns the offset and the number of the incomplete line.
func (g *generation) position() (offset, line int64) {
	if g.stream == nil {
		return g.offset, g.line
	}
	return g.stream.Offset(), g.stream.Line()
}

// pending returns the number of bytes of the incomplete line.
func (g *generation) pending() int64 {
	if g.stream == nil {
		return 0
	}
	return g.stream.Pending()
}

// resumed reads the bytes of a file before start from one place and the others from a store.
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

// end returns the offset in the file after the last byte that was read.
func (g *generation) end() int64 { return g.start + g.store.Len() }

// write takes the next bytes of the file. It fails with a *loader.MemoryError when the memory limit is reached; then nothing more can
// be read.
func (g *generation) write(p []byte) error {
	before := g.store.Len()
	err := g.store.Write(p)
	p = p[:g.store.Len()-before]
	if g.nulsOnly {
		p = g.skipNuls(p)
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

// skipNuls separates the NULs at the start of a file from the line after them: the file was truncated while its writer kept its
// offset. They become a row of their own, so that the line is not lost. Both have the same line number, as no line end is between
// them.
func (g *generation) skipNuls(p []byte) []byte {
	n := 0
	for n < len(p) && p[n] == 0 {
		n++
	}
	g.lines().Write(p[:n])
	if n == len(p) {
		return nil
	}
	g.nulsOnly = false
	if g.stream.Pending() > 0 {
		line := g.stream.Line()
		g.stream.Close()
		g.stream = g.newStream(g.stream.Offset(), line)
	}
	return p[n:]
}

// reason returns why the source ends, or nil if it was read to its current end.
func (g *generation) reason() error {
	switch {
	case g.err != nil:
		return g.err
	case g.now.phase == model.Following && g.now.unread <= 0:
		return nil
	}
	return context.Canceled
}

// reportState passes the current state to the sink, if it has changed.
func (g *generation) reportState() {
	if g.now != g.shown {
		g.show()
	}
}

func (g *generation) show() {
	now, pending := g.now, g.pending()
	g.shown = now
	g.to.Update(func(s *model.SourceState) {
		s.Phase, s.Note, s.Lacking, s.Copy = now.phase, model.NewText(now.note), model.NewText(now.lacking), now.copy
		switch s.Size = s.Books.Bytes + now.unread; {
		case now.unread < 0:
			s.Size = -1
		case now.unread > 0:
			s.Size += pending
		default:
			// An incomplete line was read, so it does not count as unread.
		}
	})
}

// finish ends the source. A last line without a newline becomes a row, unless it will be read again.
func (g *generation) finish(again bool) {
	if !again && g.stream != nil {
		g.stream.Close()
	}
	g.offset, g.line = g.position()
	g.stream, g.ended, g.tail = nil, true, nil
	g.past.end(g)
	if g.shared {
		return
	}
	g.now.note, g.now.lacking = notes(g.event, g.place), ""
	g.show() // also if only the size changed
	_ = g.to.End(g.reason())
}

// sourceName names the nth source of a path.
func sourceName(path string, n int) model.Text {
	if n == 1 {
		return model.NewText(path)
	}
	return model.NewText(fmt.Sprintf("%s (#%d)", path, n))
}
