package loader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
)

// BlockBytes is how many bytes of a source are read at a time. Blocks of files begin at multiples of it, as unaligned reads cost
// more.
const BlockBytes = 512 << 10

// blocks decodes the first size bytes of raw on several goroutines (0 means 2) and returns stream, which is to be closed.
func blocks(ctx context.Context, stream *Stream, raw io.ReaderAt, size int64, workers int) (*Stream, error) {
	if workers <= 0 {
		workers = 2
	}
	f := &fileBlocks{ctx: ctx, raw: raw, size: size}
	p := &pieceDecoder{ctx: ctx, pieces: f, stream: stream}
	_, err := p.decodeAll(int(min(int64(workers), size/BlockBytes+1)))
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if err == nil {
		err = f.gaps.err()
	}
	return p.stream, err
}

// fileBlocks reads the blocks of a file of known size. Its reads skip what cannot be read.
type fileBlocks struct {
	ctx  context.Context
	raw  io.ReaderAt
	size int64

	mu      sync.Mutex
	claimed int64 // blocks that next returned or is reading
	gaps    gaps
}

func (f *fileBlocks) next(p *piece) bool {
	f.mu.Lock()
	p.turn = f.claimed
	f.claimed++
	f.mu.Unlock()
	p.at = p.turn * BlockBytes
	if p.at >= f.size {
		return false
	}
	if p.buf == nil {
		p.buf = make([]byte, min(BlockBytes, f.size))
	}
	p.bytes, p.parts, p.err = p.buf[:min(BlockBytes, f.size-p.at)], nil, nil
	n, err := f.raw.ReadAt(p.bytes, p.at)
	switch {
	case n == len(p.bytes):
	case err == nil || err == io.EOF:
		p.bytes, p.err = p.bytes[:n], fmt.Errorf("the file ended at byte %d of %d", p.at+int64(n), f.size)
	default:
		f.readAround(p)
	}
	return true
}

// Keep reads raw from the end of stream up to byte to, and adds the bytes to store and their lines to stream, in order, on
// several goroutines (0 means 2). It is for large sources that may change later. Offsets of stream and raw are the same, and
// store ends where stream ends. Until Keep returns nobody else may use stream or write to store.
//
// It returns how many bytes it took: all of them are in both. It is not an error if raw ends before to. When the budget of the
// store or the stream is used up the error is a *MemoryError, and nothing more can be written.
func Keep(ctx context.Context, stream *Stream, store *Store, raw io.ReaderAt, to int64, workers int) (int64, error) {
	if workers <= 0 {
		workers = 2
	}
	from := stream.Offset() + stream.Pending()
	k := &keptBlocks{raw: raw, claimed: from, to: to}
	p := &pieceDecoder{ctx: ctx, pieces: k, stream: stream, store: store}
	n, err := p.decodeAll(int(min(int64(workers), max(0, to-from)/BlockBytes+1)))
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// keptBlocks reads a stretch of a file in blocks. The file may end sooner.
type keptBlocks struct {
	raw io.ReaderAt
	to  int64

	mu      sync.Mutex
	turns   int64
	claimed int64 // offset of the next block
}

func (k *keptBlocks) next(p *piece) bool {
	k.mu.Lock()
	p.turn, p.at = k.turns, k.claimed
	size := min(BlockBytes, k.to-p.at)
	if size > 0 {
		k.turns, k.claimed = k.turns+1, k.claimed+size
	}
	k.mu.Unlock()
	if size <= 0 {
		return false
	}
	if p.buf == nil {
		p.buf = make([]byte, BlockBytes)
	}
	n, err := k.raw.ReadAt(p.buf[:size], p.at)
	p.bytes, p.err = p.buf[:n], nil
	switch {
	case n == int(size):
	case err == nil || err == io.EOF:
		p.err = io.EOF
	default:
		p.err = fmt.Errorf("at byte %d: %w", p.at+int64(n), err)
	}
	return true
}
