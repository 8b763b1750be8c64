package loader

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"

	"pawprint/loader/decode"
	"pawprint/loader/format"
	"pawprint/model"
)

// Reading says how Read reads. The zero value is ready to use.
type Reading struct {
	Limits  Limits
	Workers int // goroutines that decode; 0 means 2, and 1 for what is known to be small
	// Size is how many bytes the reader will give, as they are stored, or 0 if that is not known.
	Size int64
	// Again gives back the bytes that the reader gives, by offset, for as long as the sink is used, so that they need not be
	// kept in memory. It is asked only for what is not packed and no table. Nil if they cannot be had again.
	Again io.ReaderAt
}

// smallBytes is what is read by one goroutine, as it is known to be no more.
const smallBytes = 256 << 10

// Read reads r from front to back into sink, as the source id, which was added before; it sets its Form, Stored, Damaged and
// Note, and neither its phase nor its size. How the bytes are packed (gzip of any number of members, zstd, one in another)
// and written (JSON lines, other JSON, tables) it finds out from the bytes alone, and waits for no more of them than it
// must: what comes line by line is shown line by line. Raw bytes are kept in memory, compressed.
//
// It returns at the end of r with nil, or with the reason why not all was read: an *UnpackError, ErrUnclosed, a *format.Unsupported, a
// *MemoryError, the error of r with the offset, or that of ctx. What came before stays in the sink. If ctx ends while r is
// waiting Read returns all the same; a read that cannot be interrupted then ends later, and its bytes are dropped.
func Read(ctx context.Context, sink Sink, id model.SourceID, r io.Reader, o Reading) error {
	return newReading(ctx, sink, id, r, o).run()
}

// reading is one call of Read.
type reading struct {
	Reading
	ctx    context.Context
	sink   Sink
	id     model.SourceID
	from   io.Reader
	unpack *unpacker
	format format.Format
	store  *Store
	kept   *decode.Decoder // to be used, if there is one
	packed string          // how; known when the head is
	told   atomic.Int64
}

func newReading(ctx context.Context, sink Sink, id model.SourceID, r io.Reader, o Reading) *reading {
	return &reading{Reading: o, ctx: ctx, sink: sink, id: id, from: r, unpack: newUnpacker(r, o.Limits)}
}

func (r *reading) run() error {
	var blocks blockSupply
	if r.Size > 0 && r.Size <= smallBytes {
		blocks, r.Workers = &inlineBlocks{from: r.unpack}, 1
	} else {
		if r.Workers <= 0 {
			r.Workers = 3
		}
		blocks = startIntake(r.ctx, r.from, r.unpack, r.Workers)
	}
	err := r.decode(blocks)
	over := blocks.close()
	if r.store != nil {
		r.store.finish()
	}
	return r.end(err, over)
}

// blockSupply is a supply whose first bytes can be looked at.
type blockSupply interface {
	supply
	head(max int) (head []byte, whole bool)
	stop()
	// close ends the supply and reports whether nothing reads any more.
	close() bool
}

// decode finds out how the text is written and decodes it.
func (r *reading) decode(blocks blockSupply) error {
	head, whole := blocks.head(format.HeadBytes)
	if err := r.ctx.Err(); err != nil {
		return err
	}
	r.packed = r.unpack.packed()
	blocks = &watched{blocks, r}
	var err error
	if r.format, err = detect(head, whole); err != nil {
		return err
	}
	r.tellForm()
	if r.format.CR {
		blocks = &carriageReturns{blocks}
	}
	if r.format.Kind != format.Lines {
		return r.records(blocks)
	}
	raw, trusted := r.raw()
	p := &press{ctx: r.ctx, supply: blocks, store: r.store, stop: blocks.stop,
		stream: newStream(r.sink, r.id, Bytes{Raw: raw, Trusted: trusted}, r.Limits, r.decoder())}
	if _, err = p.run(r.Workers); errors.Is(err, io.EOF) {
		err = nil
	}
	return closeStream(p.stream, err)
}

func (r *reading) decoder() *decode.Decoder {
	if r.kept == nil {
		return decode.New(r.Limits.RowIDs)
	}
	return r.kept
}

// raw gives what returns the raw bytes: of what can be had again the reader of that, of all else a store that gets them.
func (r *reading) raw() (raw io.ReaderAt, trusted bool) {
	if r.Again != nil && r.packed == "" && r.format.Kind != format.Table {
		if raw, trusted = r.Again, false; r.format.CR {
			raw = mapped{raw, lineFeeds}
		}
	} else {
		r.store = NewStore(r.Limits.Memory)
		raw, trusted = r.store, true
	}
	if r.format.Kind == format.Values {
		raw = mapped{raw, format.Flatten}
	}
	return raw, trusted
}

// watched tells the sink how much was read, now and then.
type watched struct {
	blockSupply
	reading *reading
}

func (w *watched) next(p *piece) bool {
	ok := w.blockSupply.next(p)
	w.reading.tellStored(1 << 20)
	return ok
}

// carriageReturns makes line feeds of them.
type carriageReturns struct{ blockSupply }

func (c *carriageReturns) next(p *piece) bool {
	ok := c.blockSupply.next(p)
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

// mapped gives the bytes of a reader changed one by one.
type mapped struct {
	io.ReaderAt
	change func([]byte)
}

func (m mapped) ReadAt(p []byte, off int64) (int, error) {
	n, err := m.ReaderAt.ReadAt(p, off)
	m.change(p[:n])
	return n, err
}

// tellForm tells the sink how the source is written.
func (r *reading) tellForm() {
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

// end says at the sink what is wrong with the source, and makes the error of Read. over says that nothing reads any more.
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
	r.tellStored(0)
	if damaged || note != "" {
		r.sink.UpdateSource(r.id, func(s *model.SourceState) {
			if s.Damaged = s.Damaged || damaged; note != "" {
				s.Note = model.NewText(note)
			}
		})
	}
	return err
}

// stopped reports whether err is that of a context.
func stopped(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// tellStored tells the sink how many bytes of a packed source were read, if they are more than by that many.
func (r *reading) tellStored(more int64) {
	n, told := r.unpack.stored.n.Load(), r.told.Load()
	if r.packed != "" && n > told+more && r.told.CompareAndSwap(told, n) {
		r.sink.UpdateSource(r.id, func(s *model.SourceState) { s.Stored = max(s.Stored, n) })
	}
}
