package loader

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"github.com/klauspost/compress/s2"

	"pawprint/loader/decode"
	"pawprint/model"
	"pawprint/model/fault"
)

// supply gives out a source in pieces.
type supply interface {
	// next fills p with the next piece and reports whether there is one. Several goroutines call it, each with a piece of its
	// own; the bytes stay until that goroutine calls again. The piece with an error is the last.
	next(p *piece) bool
}

// piece is a stretch of a source on its way to the sink.
type piece struct {
	turn  int64 // its place among all pieces, from 0 on
	at    int64 // where in the source it begins
	bytes []byte
	parts []part // if some of it cannot be read: all of it, and bytes is not used
	err   error  // why nothing follows it; io.EOF for the end

	buf    []byte
	packed []packedBlock // the begin of bytes, compressed for the store
	rest   []byte        // what is not packed

	first, last int // the newlines around the lines that are whole
	batch       *model.Batch
}

// part is a stretch of a piece: bytes, or a gap of so many.
type part struct {
	bytes []byte
	gap   int64
}

// press decodes the pieces of one source on several goroutines and hands them on in order.
type press struct {
	ctx    context.Context
	supply supply
	stream *Stream // takes the lines that cross from one piece into the next
	store  *Store  // gets all bytes, unless it is nil
	whole  bool    // a line begins with the first piece
	stop   func()  // makes the supply end, if it may wait; it may be called more than once

	mu    sync.Mutex
	turn  *sync.Cond
	done  int64 // pieces that were handed on
	bytes int64 // in them
	err   error // why to stop; the end is io.EOF
}

// run ends when all pieces were handed on, or at an error. It gives the bytes that went into the sink, and the store.
func (p *press) run(workers int) (int64, error) {
	p.turn, p.whole = sync.NewCond(&p.mu), p.stream.Pending() == 0 && !p.stream.torn
	if p.stop == nil {
		p.stop = func() {}
	}
	var others fault.Group
	for range workers - 1 {
		others.Go(func() { p.work(p.stream.decoder.Empty()) })
	}
	// The stream's decoder is used only in turn, by whoever has it; this worker could share it only if it were alone.
	if workers == 1 {
		p.work(p.stream.decoder)
	} else {
		p.work(p.stream.decoder.Empty())
	}
	others.Wait()
	if p.err == nil {
		p.err = p.ctx.Err() // the supply may have seen it first
	}
	return p.bytes, p.err
}

// pieces are kept with the room of their columns: there can be very many small sources.
var pieces = sync.Pool{New: func() any { return &piece{batch: new(model.Batch)} }}

// work takes pieces until there are none.
func (p *press) work(d *decode.Decoder) {
	defer p.recovered()
	b := pieces.Get().(*piece)
	b.batch.Source, b.batch.Raw = p.stream.batch.Source, p.stream.batch.Raw
	defer func() {
		*b = piece{packed: b.packed[:0], batch: b.batch}
		b.batch.Raw, b.batch.Vocabulary, b.batch.RowIDs = nil, nil, nil
		pieces.Put(b)
	}()
	for p.goOn() && p.supply.next(b) {
		if b.parts == nil {
			p.pack(b)
			p.decode(d, b)
		}
		if !p.hand(b) {
			return
		}
	}
}

// goOn reports whether more is to be read.
func (p *press) goOn() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		if p.err = p.ctx.Err(); p.err != nil {
			p.turn.Broadcast()
		}
	}
	return p.err == nil
}

// pack compresses what becomes whole blocks of the store, and what is left at the end.
func (p *press) pack(b *piece) {
	b.packed, b.rest = b.packed[:0], b.bytes
	if p.store == nil || len(b.rest) < storeBlock && b.err == nil {
		return
	}
	scratch := packScratch.Get().(*[]byte)
	defer packScratch.Put(scratch)
	for len(b.rest) >= storeBlock || b.err != nil && len(b.rest) > 0 {
		n := min(len(b.rest), storeBlock)
		b.packed = append(b.packed, packedBlock{bytes.Clone(s2.Encode(*scratch, b.rest[:n])), n})
		b.rest = b.rest[n:]
	}
}

// decode makes rows of the lines that are whole. Lines that are too long are left to the stream.
func (p *press) decode(d *decode.Decoder, b *piece) {
	b.batch.Reset()
	b.first, b.last = bytes.IndexByte(b.bytes, '\n'), bytes.LastIndexByte(b.bytes, '\n')
	if b.turn == 0 && p.whole {
		b.first = -1
	}
	if b.last <= b.first || b.at == 0 && bytes.HasPrefix(b.bytes, []byte(byteOrderMark)) || b.last-b.first > p.stream.limit {
		return
	}
	body := b.bytes[b.first+1 : b.last+1]
	b.batch.Base, b.batch.Length = b.at+int64(b.first+1), int64(len(body))
	d.Lines(b.batch, body)
	if !p.stream.trusted {
		b.batch.Sum, b.batch.Summed = model.Checksum(body), int64(len(body))
	}
}

// hand waits for the turn of a piece and hands it on. It reports whether to go on.
func (p *press) hand(b *piece) bool {
	p.mu.Lock()
	for p.done != b.turn && p.err == nil {
		p.turn.Wait()
	}
	stop := p.done != b.turn
	p.mu.Unlock()
	if stop {
		return false
	}
	// It is this worker's turn: nobody else touches the store or the stream.
	n, err := p.give(b)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.bytes += n
	if err == nil {
		err = b.err
	}
	if p.err == nil || err != nil && errors.Is(p.err, context.Canceled) {
		p.err = err
	}
	p.turn.Broadcast()
	if p.err != nil {
		p.stop()
	}
	return p.err == nil
}

// give puts a piece into the store and the stream.
func (p *press) give(b *piece) (n int64, err error) {
	s := p.stream
	if b.parts != nil {
		return p.giveParts(b)
	}
	if p.store != nil {
		if s.dropped > 0 && bytes.IndexByte(b.bytes, '\n') < 0 {
			p.store.skip(len(b.bytes)) // nobody will ask for more than the head of that line
		} else if err := p.store.add(b.packed, b.rest); err != nil {
			s.err = withLines(err, s.line-1) // its pending line is no more than a part of one, too
			return 0, s.err
		}
	}
	if b.batch.Lines > 0 {
		s.Write(b.bytes[:b.first+1])
		s.skip(b.batch)
		err = s.Write(b.bytes[b.last+1:])
	} else {
		err = s.Write(b.bytes)
	}
	return int64(len(b.bytes)), err
}

// giveParts is give for a piece with gaps, of a source that needs no store.
func (p *press) giveParts(b *piece) (n int64, err error) {
	for _, part := range b.parts {
		if part.gap > 0 {
			p.stream.gap(part.gap)
			n += part.gap
			continue
		}
		err = p.stream.Write(part.bytes)
		n += int64(len(part.bytes))
	}
	return n, err
}

// withLines adds to an error of a store how many lines were read before it.
func withLines(err error, lines int64) error {
	var full *MemoryError
	if errors.As(err, &full) {
		return &MemoryError{Limit: full.Limit, Lines: lines}
	}
	return err
}

// recovered turns a panic of a worker into the error of the load, so that nobody waits for its turn for ever.
func (p *press) recovered() {
	if e := fault.Of(recover()); e != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.err = e
		p.turn.Broadcast()
		p.stop()
	}
}
