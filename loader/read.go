package loader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"pawprint/loader/decode"
	"pawprint/loader/format"
	"pawprint/model"
)

// Reading holds the options of Read. The zero value is ready to use.
type Reading struct {
	Limits  Limits
	Workers int // goroutines that decode; 0 means 3. A source of at most smallBytes has 1
	// Size is how many bytes the reader will return, before unpacking, or 0 if that is not known.
	Size int64
	// Again reads the bytes of the reader again, by offset, for as long as the sink is used, so that they need not be kept in
	// memory. It is not used for tables, and for packed sources only if Unkept. Nil if the bytes cannot be read again.
	Again io.ReaderAt
	// Unkept says that the text of a packed source of JSON lines is not kept either: if it is read it is unpacked from Again once more.
	Unkept bool
	// Touched reports whether somebody wrote to the source while it was read, for a Witness. Nil if that cannot be known.
	Touched func() bool
	// Decoders are used again, by sources that are read one after the other. Nil if the source has decoders of its own.
	Decoders *Decoders
}

// Decoders keeps decoders that are not in use: they are large compared with a small source, and faster the more they have seen. The
// zero value is ready to use, by any goroutine.
type Decoders struct{ free sync.Pool }

func (d *Decoders) take() *decode.Decoder {
	if kept, ok := d.free.Get().(*decode.Decoder); ok {
		return kept
	}
	return decode.New()
}

// Head returns the first bytes of what Read would unpack from r: at most max, fewer at the end and at a fault.
func Head(r io.Reader, max int, limits Limits) []byte {
	u := newUnpacker(r, limits)
	defer u.close()
	head := make([]byte, max)
	n, _ := io.ReadFull(u, head) // the bytes before a fault are the head
	return head[:n]
}

// smallBytes is the size up to which one goroutine reads and decodes a source.
const smallBytes = 256 << 10

// Read reads r from front to back into sink, as the source id, which must have been added before. It sets the source's Form,
// Stored, Damaged and Note, but neither its phase nor its size. It detects packing (gzip of any number of members, zstd, one in
// the other) and format (JSON lines, other JSON, tables) from the bytes alone, and waits for no more of them than it needs:
// lines that arrive one by one appear one by one. Raw bytes are kept compressed in memory, unless o.Again can read them.
//
// It returns nil at the end of r, or the reason why not everything was read: an *UnpackError, ErrUnclosed, a
// *format.Unsupported, a *MemoryError, the error of r with the offset, or that of ctx. Rows read before stay in the sink. If ctx
// ends while r blocks, Read still returns; a read that cannot be interrupted ends later and its bytes are dropped.
func Read(ctx context.Context, sink Sink, id model.SourceID, r io.Reader, o Reading) error {
	reading := newReading(ctx, sink, id, r, o)
	if o.Decoders == nil {
		return reading.read()
	}
	reading.kept = o.Decoders.take()
	err := reading.read()
	o.Decoders.free.Put(reading.kept) // after a panic it is not used again
	return err
}

// reading is one call of Read.
type reading struct {
	Reading
	ctx      context.Context
	sink     Sink
	id       model.SourceID
	from     io.Reader
	unpack   *unpacker
	format   format.Format
	store    *Store
	kept     *decode.Decoder // a decoder to use again; may be nil
	packed   string          // the packings; known once the head was read
	reported atomic.Int64
	ear      Ear   // may be nil
	lost     error // why not all stored bytes were heard
}

func newReading(ctx context.Context, sink Sink, id model.SourceID, r io.Reader, o Reading) *reading {
	reading := &reading{Reading: o, ctx: ctx, sink: sink, id: id, from: r, unpack: newUnpacker(r, o.Limits)}
	reading.listen()
	return reading
}

func (r *reading) read() error {
	var blocks blockReader
	if r.Size > 0 && r.Size <= smallBytes {
		blocks, r.Workers = &inlineBlocks{from: r.unpack}, 1
	} else {
		if r.Workers <= 0 {
			r.Workers = 3
		}
		if r.Size > 0 { // what comes one by one is not waited for
			r.unpack.sizes = decodeAhead(min(r.Workers, runtime.GOMAXPROCS(0)), r.Limits.Memory)
		}
		blocks = startAsync(r.ctx, r.from, r.unpack, r.Workers)
	}
	err := r.decode(blocks)
	r.hearOut(blocks)
	over := blocks.close()
	if over {
		r.heardAll()
	}
	if r.store != nil {
		r.store.finish()
	}
	return r.end(err, over)
}

// blockReader is a pieceReader whose first bytes can be read ahead.
type blockReader interface {
	pieceReader
	head(max int) (head []byte, whole bool)
	stop()
	// close ends reading and reports whether the reader is no longer in use.
	close() bool
}

// decode detects the format of the text and decodes it.
func (r *reading) decode(blocks blockReader) error {
	head, whole := blocks.head(format.HeadBytes)
	if err := r.ctx.Err(); err != nil {
		return err
	}
	r.packed = r.unpack.packed()
	blocks = &progressBlocks{blocks, r}
	var err error
	if r.format, err = detect(head, whole); err != nil {
		return err
	}
	r.reportForm()
	if r.format.CR {
		blocks = &carriageReturns{blocks}
	}
	if r.format.Kind != format.Lines {
		return r.records(blocks)
	}
	raw, trusted := r.raw()
	p := &pieceDecoder{ctx: r.ctx, pieces: blocks, store: r.store, stop: blocks.stop,
		stream: newStream(r.sink, r.id, Bytes{Raw: raw, Trusted: trusted}, r.Limits, r.decoder())}
	if _, err = p.decodeAll(r.Workers); errors.Is(err, io.EOF) {
		err = nil
	}
	toEnd := err == nil
	if err = closeStream(p.stream, err); toEnd {
		err = errors.Join(err, r.behind(p.stream))
	}
	return err
}

// behind makes a reject of what follows the end of a packed source, which was read to that end.
func (r *reading) behind(s *Stream) error {
	if r.unpack.behind.bytes == 0 || r.store == nil || s.err != nil {
		return nil
	}
	s.behind(&r.unpack.behind, r.store)
	return s.err
}

func (r *reading) decoder() *decode.Decoder {
	if r.kept == nil {
		return decode.New()
	}
	return r.kept
}

// raw returns the reader of the raw bytes: Again if the source can be read again, otherwise a new store. trusted says that its
// bytes cannot change.
func (r *reading) raw() (raw io.ReaderAt, trusted bool) {
	switch {
	case countsOnly(r.ctx):
		r.store = newForgetfulStore()
		raw, trusted = r.store, true
	case r.unkept():
		text := &unkept{packed: r.Again, limits: r.Limits}
		if r.format.CR {
			text.change = lineFeeds
		}
		r.store, raw = newForgetfulStore(), text
	case r.Again != nil && r.packed == "" && r.format.Kind != format.Table:
		if raw, trusted = r.Again, false; r.format.CR {
			raw = mappedReader{raw, lineFeeds}
		}
	default:
		r.store = NewStore(r.Limits.Memory)
		raw, trusted = r.store, true
	}
	if r.format.Kind == format.Values {
		raw = mappedReader{raw, format.Flatten}
	}
	return raw, trusted
}

// unkept reports whether the text of the source is unpacked once more if it is read again.
func (r *reading) unkept() bool {
	return r.Unkept && r.Again != nil && r.packed != "" && r.format.Kind == format.Lines
}

// progressBlocks reports to the sink how much was read, after every 1 MiB.
type progressBlocks struct {
	blockReader
	reading *reading
}

func (w *progressBlocks) next(p *piece) bool {
	ok := w.blockReader.next(p)
	w.reading.reportStored(1 << 20)
	return ok
}

// carriageReturns replaces carriage returns by line feeds.
type carriageReturns struct{ blockReader }

func (c *carriageReturns) next(p *piece) bool {
	ok := c.blockReader.next(p)
	lineFeeds(p.bytes)
	return ok
}

func lineFeeds(b []byte) {
	for i, c := range b {
		if c == '\r' {
			b[i] = '\n'
		}
	}
}

// mappedReader changes the bytes of a reader in place, one by one.
type mappedReader struct {
	io.ReaderAt
	change func([]byte)
}

func (m mappedReader) ReadAt(p []byte, off int64) (int, error) {
	n, err := m.ReaderAt.ReadAt(p, off)
	m.change(p[:n])
	return n, err
}

// reportForm reports the format and the packing of the source to the sink.
func (r *reading) reportForm() {
	form, packed := r.format.Name, r.packed
	switch {
	case packed == "" && r.format.Kind == format.Lines:
		return
	case form == "":
		form = packed
	case packed != "":
		form += ", " + packed
	}
	r.sink.UpdateSource(r.id, func(s *model.SourceState) { s.Form = form })
}

// end reports damage to the sink and returns the error of Read. over says that the unpacker is no longer in use.
func (r *reading) end(err error, over bool) error {
	if errors.Is(err, io.EOF) {
		err = nil
	}
	var damage *UnpackError
	damaged, note := errors.As(err, &damage) || errors.Is(err, ErrUnclosed), ""
	if over {
		note = strings.Join(r.unpack.notes, "; ")
		damaged = damaged || len(r.unpack.faults) > 0
		if !stopped(err) {
			err = errors.Join(append(r.unpack.faults, err)...)
		}
	}
	if r.lost != nil {
		err = errors.Join(err, fmt.Errorf("at byte %d as stored: %w", r.unpack.stored.n.Load(), r.lost))
	}
	r.reportStored(0)
	if damaged || note != "" {
		r.sink.UpdateSource(r.id, func(s *model.SourceState) {
			if s.Damaged = s.Damaged || damaged; note != "" {
				s.Note = model.NewText(note)
			}
		})
	}
	return err
}

// stopped reports whether err is the error of a context that ended.
func stopped(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// reportStored reports how many bytes of a packed source were read, if that is over more bytes above the last report.
func (r *reading) reportStored(more int64) {
	n, reported := r.unpack.stored.n.Load(), r.reported.Load()
	if r.packed != "" && n > reported+more && r.reported.CompareAndSwap(reported, n) {
		r.sink.UpdateSource(r.id, func(s *model.SourceState) { s.Stored = max(s.Stored, n) })
	}
}
