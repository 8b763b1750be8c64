package loader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/s2"

	"pawprint/model"
)

// ErrPanic says that a goroutine of a load ended by a fault of this program. The source cannot be read further.
var ErrPanic = errors.New("panic")

// Keep reads raw from where stream stands up to byte to, puts the bytes into store and their lines into stream, in order,
// on several goroutines (0 means 2). It is for sources that are large and may change later. The offsets of stream are those
// of raw; store ends where stream stands. Until Keep returns nobody else uses stream or writes to store.
//
// It returns how many bytes it took: all of them went into both. If raw ends before to that is no error.
func Keep(ctx context.Context, stream *Stream, store *Store, raw io.ReaderAt, to int64, workers int) (int64, error) {
	if workers <= 0 {
		workers = 2
	}
	from := stream.Offset() + stream.Pending()
	workers = int(min(int64(workers), max(0, to-from)/BlockBytes+1))
	k := &keeper{ctx: ctx, raw: raw, stream: stream, store: store, from: from, next: from, done: from, to: to}
	k.turn = sync.NewCond(&k.mu)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer k.recovered()
			k.work()
		}()
	}
	wg.Wait()
	if errors.Is(k.err, io.EOF) {
		k.err = nil
	}
	return k.done - from, k.err
}

// keeper is what the workers of Keep share: what is to be read next, and whose turn it is to append.
type keeper struct {
	ctx    context.Context
	raw    io.ReaderAt
	stream *Stream
	store  *Store
	from   int64
	to     int64

	mu   sync.Mutex
	turn *sync.Cond
	next int64 // the byte to read next
	done int64 // all before it was appended
	err  error // why to stop; io.EOF if raw ended before its time
}

// kept is a block on its way from raw to the stream.
type kept struct {
	at          int64
	bytes       []byte
	packed      [][]byte // its begin, compressed as the store does
	rest        []byte   // what is not packed
	first, last int      // the newlines around the lines that are whole
	batch       *model.Batch
}

func (k *keeper) work() {
	buf, scratch := make([]byte, BlockBytes), make([]byte, s2.MaxEncodedLen(storeBlock))
	d := newDecoder()
	b := &kept{batch: &model.Batch{Source: k.stream.batch.Source, Raw: k.stream.batch.Raw}}
	for {
		at, size, ok := k.claim()
		if !ok {
			return
		}
		n, err := k.raw.ReadAt(buf[:size], at)
		if n < size && err == nil {
			err = io.EOF
		} else if n == size {
			err = nil
		}
		b.at, b.bytes = at, buf[:n]
		b.pack(scratch, at != k.from)
		b.decode(d, at == k.from && k.stream.Pending() == 0)
		if !k.append(b, err) {
			return
		}
	}
}

// claim gives the next stretch of raw. The first ends where the store begins a new block, so that all others can be packed
// without knowing the store.
func (k *keeper) claim() (at int64, size int, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.err == nil {
		k.err = k.ctx.Err()
	}
	if k.err != nil || k.next >= k.to {
		return 0, 0, false
	}
	at = k.next
	limit := int64(BlockBytes)
	if at == k.from {
		limit -= k.store.Len() % storeBlock
	}
	k.next += min(limit, k.to-at)
	return at, int(k.next - at), true
}

// pack compresses the parts of the block that become blocks of the store.
func (b *kept) pack(scratch []byte, aligned bool) {
	b.packed, b.rest = b.packed[:0], b.bytes
	for aligned && len(b.rest) >= storeBlock {
		b.packed = append(b.packed, bytes.Clone(s2.Encode(scratch, b.rest[:storeBlock])))
		b.rest = b.rest[storeBlock:]
	}
}

// decode makes rows of the lines that are whole. whole says that the first line begins with the block.
func (b *kept) decode(d *decoder, whole bool) {
	p := b.bytes
	b.first, b.last = bytes.IndexByte(p, '\n'), bytes.LastIndexByte(p, '\n')
	if whole {
		b.first = -1
	}
	if b.at == 0 && bytes.HasPrefix(p, []byte(byteOrderMark)) {
		b.last = -1 // rare enough to leave to the stream
	}
	b.batch.Reset()
	if b.last > b.first {
		body := p[b.first+1 : b.last+1]
		b.batch.Base, b.batch.Length = b.at+int64(b.first+1), int64(len(body))
		d.lines(b.batch, body)
	}
}

// append waits for the turn of a block and hands it over. It reports whether to go on.
func (k *keeper) append(b *kept, err error) bool {
	k.mu.Lock()
	for k.done != b.at && k.err == nil {
		k.turn.Wait()
	}
	stop := k.done != b.at || errors.Is(k.err, io.EOF)
	k.mu.Unlock()
	if stop {
		return false
	}
	// It is this worker's turn: nobody else touches the store or the stream.
	k.store.add(b.packed, b.rest)
	if b.batch.Lines > 0 {
		k.stream.Write(b.bytes[:b.first+1])
		b.batch.Line = k.stream.line
		k.stream.skip(b.batch)
		k.stream.Write(b.bytes[b.last+1:])
	} else {
		k.stream.Write(b.bytes)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.done += int64(len(b.bytes))
	if k.err == nil && err != nil {
		if k.err = err; !errors.Is(err, io.EOF) {
			k.err = fmt.Errorf("at byte %d: %w", k.done, err)
		}
	}
	k.turn.Broadcast()
	return k.err == nil
}

// recovered turns a panic of a worker into the error of the load.
func (k *keeper) recovered() {
	if p := recover(); p != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.err = fmt.Errorf("%w: %v", ErrPanic, p)
		k.turn.Broadcast()
	}
}

// add is Write for bytes of which the begin is packed already, one block each. With packed blocks the store must stand at
// the end of a block.
func (s *Store) add(packed [][]byte, rest []byte) {
	if len(packed) > 0 {
		s.mu.Lock()
		s.blocks = append(s.blocks, packed...)
		s.mu.Unlock()
	}
	s.Write(rest)
}
