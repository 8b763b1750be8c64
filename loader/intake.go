package loader

import (
	"bytes"
	"io"
	"sync"
	"time"

	"pawprint/model/fault"
)

// pause is how long a block that is not full is held back for more.
const pause = 5 * time.Millisecond

// blockBuffers are buffers for blocks.
var blockBuffers = sync.Pool{New: func() any { return new([BlockBytes]byte) }}

func takeBlockBuffer() []byte { return blockBuffers.Get().(*[BlockBytes]byte)[:] }

func giveBlockBuffer(b []byte) { blockBuffers.Put((*[BlockBytes]byte)(b)) }

// intake reads a reader on a goroutine of its own and gives out its bytes in blocks: full ones as long as it is fast, and
// what there is when it pauses.
type intake struct {
	from io.Reader

	mu      sync.Mutex
	changed *sync.Cond
	full    []*piece // to be given out, in order
	cur     []byte   // being filled
	n       int      // bytes in it
	given   int      // bytes of it that were given out before it was full
	spare   int      // buffers that may be taken
	at      int64    // of the next byte to be given out
	turns   int64
	waiting int
	armed   bool // a timer runs
	due     bool // what there is is to be given out
	ended   bool // the reader gives no more
	err     error
	stopped bool
	done    chan struct{} // closed when the goroutine ended
}

func newIntake(from io.Reader, buffers int) *intake {
	in := &intake{from: from, spare: buffers, done: make(chan struct{})}
	in.changed = sync.NewCond(&in.mu)
	return in
}

// run reads until the end or until stop is called. It is the body of the goroutine.
func (in *intake) run() {
	defer close(in.done)
	defer func() {
		if e := fault.Of(recover()); e != nil {
			in.end(e)
		}
	}()
	for in.room() {
		n, err := in.from.Read(in.cur[in.n:])
		if n > 0 {
			in.took(n)
		}
		if err != nil {
			in.end(err)
			return
		}
	}
}

// room waits for a buffer to read into. It is false when nothing more is wanted.
func (in *intake) room() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	for in.cur == nil && in.spare == 0 && !in.stopped {
		in.changed.Wait()
	}
	if in.stopped {
		return false
	}
	if in.cur == nil {
		in.spare--
		in.cur, in.n, in.given = takeBlockBuffer(), 0, 0
	}
	return true
}

// took notes that n bytes more were read.
func (in *intake) took(n int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.n += n; in.n == len(in.cur) {
		in.pass()
		return
	}
	if in.waiting > 0 {
		in.arm()
	}
}

// arm sees to it that what there is is given out after a pause. The caller holds mu.
func (in *intake) arm() {
	switch {
	case in.due:
		in.changed.Broadcast()
	case !in.armed:
		in.armed = true
		time.AfterFunc(pause, in.flush)
	}
}

// pass puts what is left of the present buffer among the full ones. The caller holds mu.
func (in *intake) pass() {
	if in.cur == nil {
		return
	}
	in.full = append(in.full, &piece{buf: in.cur, bytes: in.cur[in.given:in.n]})
	in.cur, in.n, in.given, in.due = nil, 0, 0, false
	in.changed.Broadcast()
}

// flush says that what there is is to be given out.
func (in *intake) flush() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.armed, in.due = false, true
	in.changed.Broadcast()
}

func (in *intake) end(err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.ended, in.err = true, err
	in.pass()
	in.changed.Broadcast()
}

// stop ends the intake: nothing more is given out.
func (in *intake) stop() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.stopped = true
	in.changed.Broadcast()
}

// next implements supply.
func (in *intake) next(p *piece) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if p.buf != nil {
		in.spare++
		giveBlockBuffer(p.buf)
		p.buf = nil
		in.changed.Broadcast()
	}
	in.wait(func() bool { return len(in.full) > 0 || in.ended || in.due && in.n > in.given })
	p.turn, p.at, p.parts, p.err = in.turns, in.at, nil, nil
	switch {
	case in.stopped:
		return false
	case len(in.full) > 0:
		p.buf, p.bytes = in.full[0].buf, in.full[0].bytes
		in.full = in.full[1:]
	case in.ended && in.err == nil:
		return false
	case in.ended:
		p.bytes, p.err, in.err = nil, in.err, nil
	default:
		// The buffer is still being filled.
		p.bytes = append(p.rest[:0:0], in.cur[in.given:in.n]...)
		in.given, in.due = in.n, false
	}
	in.turns++
	in.at += int64(len(p.bytes))
	return true
}

// wait waits for a condition, or the stop. The caller holds mu.
func (in *intake) wait(until func() bool) {
	in.waiting++
	for !until() && !in.stopped {
		if in.n > in.given && !in.due {
			in.arm()
		}
		in.changed.Wait()
	}
	in.waiting--
}

// head gives the first bytes, at most max of them, as soon as there are so many, or no more will come, or the reader pauses
// behind a line. whole says that they are all. Nothing is taken by it; the bytes stay until the first call of next.
func (in *intake) head(max int) (head []byte, whole bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	first := func() []byte {
		if len(in.full) > 0 {
			return in.full[0].bytes
		}
		return in.cur[:in.n]
	}
	in.wait(func() bool {
		b := first()
		line := bytes.IndexByte(bytes.TrimLeft(b, " \t\r\n"), '\n') >= 0
		return in.ended || len(b) >= max || in.due && line
	})
	b := first()
	return b[:min(max, len(b))], in.ended && len(b) <= max && len(in.full) <= 1
}
