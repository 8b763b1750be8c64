package loader

import (
	"context"
	"io"
	"sync/atomic"
	"time"

	"pawprint/model/fault"
)

// startedIntake is an intake with its goroutine.
type startedIntake struct {
	*intake
	from      io.Reader
	unpack    *unpacker
	unwatch   func() bool
	abandoned atomic.Bool
}

// startIntake begins to read on a goroutine of its own. The end of ctx stops it.
func startIntake(ctx context.Context, from io.Reader, unpack *unpacker, workers int) *startedIntake {
	in := &startedIntake{intake: newIntake(unpack, workers+3), from: from, unpack: unpack}
	in.unwatch = context.AfterFunc(ctx, in.intake.stop)
	fault.Go(func() {
		in.run()
		if in.abandoned.Load() {
			unpack.close()
		}
	}, func(e *fault.Error) { in.end(e) })
	return in
}

// patience is how long a read that was told to end is waited for.
const patience = 100 * time.Millisecond

// close ends the goroutine, if that waits for nothing that cannot be interrupted.
func (in *startedIntake) close() bool {
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
	timer := time.NewTimer(patience)
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

// inlineBlocks reads on the goroutine that decodes.
type inlineBlocks struct {
	from  *unpacker
	buf   []byte
	n     int // bytes in buf that were not given out
	err   error
	over  bool // the error was given out
	at    int64
	turns int64
}

// fill reads until there are n bytes, or no more come.
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
