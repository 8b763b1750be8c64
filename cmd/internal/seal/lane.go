package seal

import (
	"context"
	"sync"

	"pawprint/model/fault"
)

// laneBytes is how many bytes a lane passes on at a time; laneBlocks is how many such blocks may wait in it.
const (
	laneBytes  = 256 << 10
	laneBlocks = 4
)

var laneBuffers = sync.Pool{New: func() any { return new([laneBytes]byte) }}

// lane hashes on a goroutine of its own, so that a source is read and hashed at the same time. A small source needs none: its bytes are
// hashed at the end. One goroutine may write. The goroutine of a lane ends with it, or with its context.
type lane struct {
	ctx    context.Context
	take   func(p []byte)
	buffer *[laneBytes]byte
	n      int
	blocks chan *[laneBytes]byte // full ones; nil before the first
	group  fault.Group
}

func newLane(ctx context.Context, take func(p []byte)) *lane { return &lane{ctx: ctx, take: take} }

func (l *lane) write(p []byte) {
	for len(p) > 0 {
		if l.buffer == nil {
			l.buffer, l.n = laneBuffers.Get().(*[laneBytes]byte), 0
		}
		n := copy(l.buffer[l.n:], p)
		l.n += n
		if p = p[n:]; l.n == laneBytes {
			l.pass()
		}
	}
}

// pass passes on a full buffer.
func (l *lane) pass() {
	if l.blocks == nil {
		l.blocks = make(chan *[laneBytes]byte, laneBlocks)
		l.group.Go(l.work)
	}
	select {
	case l.blocks <- l.buffer:
	case <-l.ctx.Done():
	}
	l.buffer = nil
}

func (l *lane) work() {
	for {
		select {
		case block, more := <-l.blocks:
			if !more {
				return
			}
			l.take(block[:])
			laneBuffers.Put(block)
		case <-l.ctx.Done():
			return
		}
	}
}

// end returns when everything was hashed, or the context has ended.
func (l *lane) end() {
	if l.blocks != nil {
		close(l.blocks)
		l.group.Wait()
	}
	if l.buffer != nil {
		l.take(l.buffer[:l.n])
		laneBuffers.Put(l.buffer)
		l.buffer = nil
	}
}
