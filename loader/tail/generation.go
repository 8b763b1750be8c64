package tail

import (
	"fmt"
	"io"

	"pawprint/loader"
	"pawprint/model"
)

// generation is a source in the log: what was read of one file from one begin on. It is for one goroutine.
type generation struct {
	sink   loader.Sink
	id     model.SourceID
	limits loader.Limits
	store  *loader.Store
	raw    io.ReaderAt
	stream *loader.Stream
	start  int64  // where in the file it begins
	hole   bool   // nothing but NULs was read so far
	event  string // why it began or ended
	shared bool   // others use the same source
	shown  told
	now    told
}

// told is what the sink was told about a source, the bytes that are left to read among it.
type told struct {
	phase  model.Phase
	unread int64 // -1 if that cannot be known
	note   string
	err    string
}

// newGeneration makes a source of what will be read from byte start on, which is in line number line. before holds the bytes
// of the file up to there; it may be nil if start is 0.
func newGeneration(sink loader.Sink, id model.SourceID, start, line int64, before io.ReaderAt, limits loader.Limits) *generation {
	g := &generation{sink: sink, id: id, limits: limits, store: new(loader.Store), start: start, hole: start == 0}
	g.raw = g.store
	if start > 0 {
		g.raw = resumed{before, start, g.store}
	}
	g.stream = loader.NewStream(sink, id, g.raw, true, start, line, limits)
	return g
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

// write takes the next bytes of the file.
func (g *generation) write(p []byte) {
	g.store.Write(p)
	if g.hole {
		p = g.skipHole(p)
	}
	g.stream.Write(p)
}

// skipHole ends the hole at the begin of a file that was truncated while its writer kept its place. It becomes a row of
// its own, so that the line that follows it is not lost. Both have the same line number, as no line end stands between.
func (g *generation) skipHole(p []byte) []byte {
	n := 0
	for n < len(p) && p[n] == 0 {
		n++
	}
	g.stream.Write(p[:n])
	if n == len(p) {
		return nil
	}
	g.hole = false
	if g.stream.Pending() > 0 {
		line := g.stream.Line()
		g.stream.Close()
		g.stream = loader.NewStream(g.sink, g.id, g.raw, true, g.stream.Offset(), line, g.limits)
	}
	return p[n:]
}

// tell shows the present state to the sink, if it differs from what was shown.
func (g *generation) tell() {
	if g.now == g.shown {
		return
	}
	now, pending := g.now, g.stream.Pending()
	g.shown = now
	g.sink.UpdateSource(g.id, func(s *model.SourceState) {
		s.Phase, s.Note, s.Err = now.phase, model.NewText(now.note), model.NewText(now.err)
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
	if !again {
		g.stream.Close()
	}
	if g.shared {
		return
	}
	g.now.note = g.event
	switch {
	case g.now.err != "":
		g.now.phase = model.Broken
	case g.now.phase == model.Following && g.now.unread <= 0:
		g.now.phase = model.Complete
	default:
		g.now.phase = model.Cancelled
	}
	g.shown.phase = model.Waiting // the size is to be told again in any case
	g.tell()
}

// sourceName names the nth file that was found at a path.
func sourceName(path string, n int) model.Text {
	if n == 1 {
		return model.NewText(path)
	}
	return model.NewText(fmt.Sprintf("%s (#%d)", path, n))
}
