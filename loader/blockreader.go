package loader

import (
	"context"
	"io"
	"sync/atomic"
	"time"

	"pawprint/model/fault"
)

// asyncBlocks reads on a goroutine of its own. It is a blockQueue and whatever is needed to end that goroutine.
type asyncBlocks struct {
	*blockQueue
	from      io.Reader
	unpack    *unpacker
	unwatch   func() bool
	abandoned atomic.Bool
}

// startAsync begins to read on a new goroutine. The end of ctx stops it.
func startAsync(ctx context.Context, from io.Reader, unpack *unpacker, workers int) *asyncBlocks {
	in := &asyncBlocks{blockQueue: newBlockQueue(unpack, workers+3), from: from, unpack: unpack}
	in.unwatch = context.AfterFunc(ctx, in.blockQueue.stop)
	fault.Go(func() {
		in.readAll()
		if in.abandoned.Load() {
			unpack.close()
		}
	}, func(e *fault.Error) { in.end(e) })
	return in
}

// closeWait is how long close waits for a read that it interrupted.
const closeWait = 100 * time.Millisecond

// close ends the goroutine. It returns false if the goroutine is in a read that cannot be interrupted; the goroutine then frees
// the unpacker itself when that read ends.
func (in *asyncBlocks) close() bool {
	in.unwatch()
	in.stop()
	select {
	case <-in.done:
		in.unpack.close()
		return true
	default:
	}
	if d, ok := in.from.(interface{ SetReadDeadline(time.Time) error }); ok {
		_ = d.SetReadDeadline(time.Unix(1, 0)) // a regular file has none, and does not wait
	}
	timer := time.NewTimer(closeWait)
	defer timer.Stop()
	select {
	case <-in.done:
		in.unpack.close()
		return true
	case <-timer.C:
		in.abandoned.Store(true)
		return false
	}
}

// inlineBlocks reads blocks on the goroutine that decodes them.
type inlineBlocks struct {
	from  *unpacker
	buf   []byte
	n     int // bytes in buf that next has not returned
	err   error
	over  bool // next returned the error
	at    int64
	turns int64
}

// fill reads until buf holds n bytes or the source ends.
func (b *inlineBlocks) fill(n int) {
	if b.buf == nil {
		b.buf = takeBlockBuffer()
	}
	for b.n < n && b.err == nil {
		var m int
		m, b.err = b.from.Read(b.buf[b.n:])
		b.n += m
	}
}

func (b *inlineBlocks) head(max int) (head []byte, whole bool) {
	b.fill(max)
	return b.buf[:min(b.n, max)], b.err != nil && b.n <= max
}

func (b *inlineBlocks) next(p *piece) bool {
	if b.over {
		return false
	}
	b.fill(BlockBytes)
	p.turn, p.at, p.parts, p.bytes, p.err = b.turns, b.at, nil, b.buf[:b.n], b.err
	b.over = b.err != nil
	b.turns++
	b.at += int64(b.n)
	b.n = 0
	return true
}

func (b *inlineBlocks) stop() {}

func (b *inlineBlocks) close() bool {
	if b.buf != nil {
		giveBlockBuffer(b.buf)
	}
	b.from.close()
	return true
}
