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

// pieceReader reads a source in pieces.
type pieceReader interface {
	// next fills p with the next piece and reports whether there is one. Several goroutines may call it, each with its own piece;
	// the bytes are valid until that goroutine calls again. A piece with an error is the last one.
	next(p *piece) bool
}

// piece is a stretch of a source on its way to the sink.
type piece struct {
	turn  int64 // its index among all pieces, from 0
	at    int64 // its offset in the source
	bytes []byte
	parts []part // if some of it cannot be read: all its parts, in place of bytes
	err   error  // why no piece follows; io.EOF at the end

	buf    []byte
	packed []packedBlock // the start of bytes, compressed for the store
	rest   []byte        // the bytes after packed

	first, last int // indexes of the newlines around the complete lines
	batch       *model.Batch
}

// part is a stretch of a piece: bytes, or the length of a gap.
type part struct {
	bytes []byte
	gap   int64
}

// pieceDecoder decodes the pieces of one source on several goroutines and adds their rows to the sink in order.
type pieceDecoder struct {
	ctx    context.Context
	pieces pieceReader
	stream *Stream // decodes the lines that cross from one piece into the next
	store  *Store  // receives all bytes; may be nil
	whole  bool    // the first piece begins at the start of a line
	stop   func()  // makes pieces end if it may block; may be called more than once

	mu    sync.Mutex
	turn  *sync.Cond
	done  int64 // pieces that were delivered
	bytes int64 // bytes of those pieces
	err   error // why to stop; io.EOF at the end
}

// decodeAll returns when all pieces were delivered, or after an error, with the number of bytes that went into sink and store.
func (p *pieceDecoder) decodeAll(workers int) (int64, error) {
	p.turn, p.whole = sync.NewCond(&p.mu), p.stream.Pending() == 0 && !p.stream.torn
	if p.stop == nil {
		p.stop = func() {}
	}
	var others fault.Group
	for range workers - 1 {
		others.Go(func() { p.work(p.stream.decoder.Empty()) })
	}
	// Whichever worker has the turn uses the stream's decoder, so a worker may decode with it only if it is the only one.
	if workers == 1 {
		p.work(p.stream.decoder)
	} else {
		p.work(p.stream.decoder.Empty())
	}
	others.Wait()
	if p.err == nil {
		p.err = p.ctx.Err() // pieces may have noticed it first
	}
	return p.bytes, p.err
}

// piecePool keeps pieces and the memory of their batches, as there can be very many small sources.
var piecePool = sync.Pool{New: func() any { return &piece{batch: new(model.Batch)} }}

// work decodes and delivers pieces until there are no more.
func (p *pieceDecoder) work(d *decode.Decoder) {
	defer p.recovered()
	b := piecePool.Get().(*piece)
	b.batch.Source, b.batch.Raw = p.stream.batch.Source, p.stream.batch.Raw
	defer func() {
		*b = piece{packed: b.packed[:0], batch: b.batch}
		b.batch.Raw, b.batch.Vocabulary = nil, nil
		piecePool.Put(b)
	}()
	for p.wantsMore() && p.pieces.next(b) {
		if b.parts == nil {
			p.pack(b)
			p.decode(d, b)
		}
		if !p.handOver(b) {
			return
		}
	}
}

// wantsMore reports whether to read on: there was no error, and the context has not ended.
func (p *pieceDecoder) wantsMore() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		if p.err = p.ctx.Err(); p.err != nil {
			p.turn.Broadcast()
		}
	}
	return p.err == nil
}

// pack compresses the bytes of a piece into blocks for the store: whole blocks, and in the last piece also the rest.
func (p *pieceDecoder) pack(b *piece) {
	b.packed, b.rest = b.packed[:0], b.bytes
	if p.store == nil || p.store.forgets || len(b.rest) < storeBlock && b.err == nil {
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

// decode decodes the complete lines of a piece. A piece that may hold a line that is too long is left to the stream.
func (p *pieceDecoder) decode(d *decode.Decoder, b *piece) {
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

// handOver waits for the turn of a piece and delivers it. It reports whether to go on.
func (p *pieceDecoder) handOver(b *piece) bool {
	p.mu.Lock()
	for p.done != b.turn && p.err == nil {
		p.turn.Wait()
	}
	stop := p.done != b.turn
	p.mu.Unlock()
	if stop {
		return false
	}
	// It is this worker's turn: no other goroutine uses the store or the stream.
	n, err := p.deliver(b)
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

// deliver adds a piece to the store and the stream. It returns how many bytes it took.
func (p *pieceDecoder) deliver(b *piece) (n int64, err error) {
	s := p.stream
	if b.parts != nil {
		return p.deliverParts(b)
	}
	if p.store != nil {
		if s.dropped > 0 && bytes.IndexByte(b.bytes, '\n') < 0 {
			p.store.skip(len(b.bytes)) // only the head of that line is ever read again
		} else if err := p.store.add(b.packed, b.rest); err != nil {
			s.err = withLines(err, s.line-1) // the pending line is incomplete and does not count
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

// deliverParts is deliver for a piece with gaps. Its source needs no store.
func (p *pieceDecoder) deliverParts(b *piece) (n int64, err error) {
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

// withLines adds the number of lines read before it to a *MemoryError of a store.
func withLines(err error, lines int64) error {
	var full *MemoryError
	if errors.As(err, &full) {
		return &MemoryError{Limit: full.Limit, Lines: lines}
	}
	return err
}

// recovered turns a panic of a worker into the error of the load; otherwise the other workers would wait for ever.
func (p *pieceDecoder) recovered() {
	if e := fault.Of(recover()); e != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.err = e
		p.turn.Broadcast()
		p.stop()
	}
}
