package loader

import (
	"bytes"
	"io"
	"sync"
	"time"

	"pawprint/model/fault"
)

// pause is how long a block that is not full waits for more bytes before it is passed on.
const pause = 5 * time.Millisecond

// blockBuffers are buffers for blocks.
var blockBuffers = sync.Pool{New: func() any { return new([BlockBytes]byte) }}

func takeBlockBuffer() []byte { return blockBuffers.Get().(*[BlockBytes]byte)[:] }

func giveBlockBuffer(b []byte) { blockBuffers.Put((*[BlockBytes]byte)(b)) }

// blockQueue reads from a reader on its own goroutine and returns the bytes in blocks: full ones while the reader is fast, and
// whatever has come when the reader pauses.
type blockQueue struct {
	from io.Reader

	mu      sync.Mutex
	changed *sync.Cond
	full    []*piece // full blocks, oldest first
	cur     []byte   // the buffer that is being filled
	n       int      // bytes in cur
	given   int      // bytes of cur that next returned already
	spare   int      // buffers that may still be taken
	at      int64    // offset of the next byte that next returns
	turns   int64    // pieces that next returned
	waiting int      // goroutines that wait for bytes
	armed   bool     // the timer of a pause runs
	due     bool     // the pause is over: return what cur holds
	ended   bool     // the reader has ended, with err
	err     error
	stopped bool
	done    chan struct{} // closed when readAll returns
}

func newBlockQueue(from io.Reader, buffers int) *blockQueue {
	in := &blockQueue{from: from, spare: buffers, done: make(chan struct{})}
	in.changed = sync.NewCond(&in.mu)
	return in
}

// readAll reads until the reader ends or stop is called. It is the body of the goroutine.
func (in *blockQueue) readAll() {
	defer close(in.done)
	defer func() {
		if e := fault.Of(recover()); e != nil {
			in.end(e)
		}
	}()
	for in.takeBuffer() {
		n, err := in.from.Read(in.cur[in.n:])
		if n > 0 {
			in.add(n)
		}
		if err != nil {
			in.end(err)
			return
		}
	}
}

// takeBuffer waits for a buffer to read into. It returns false once stop was called.
func (in *blockQueue) takeBuffer() bool {
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

// add notes that n more bytes were read into cur.
func (in *blockQueue) add(n int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.n += n; in.n == len(in.cur) {
		in.passBuffer()
		return
	}
	if in.waiting > 0 {
		in.startTimer()
	}
}

// startTimer makes sure that the bytes in cur are passed on after a pause. The caller holds mu.
func (in *blockQueue) startTimer() {
	switch {
	case in.due:
		in.changed.Broadcast()
	case !in.armed:
		in.armed = true
		time.AfterFunc(pause, in.flush)
	}
}

// passBuffer moves cur to the full blocks. The caller holds mu.
func (in *blockQueue) passBuffer() {
	if in.cur == nil {
		return
	}
	in.full = append(in.full, &piece{buf: in.cur, bytes: in.cur[in.given:in.n]})
	in.cur, in.n, in.given, in.due = nil, 0, 0, false
	in.changed.Broadcast()
}

// flush marks the bytes in cur as due. The timer calls it.
func (in *blockQueue) flush() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.armed, in.due = false, true
	in.changed.Broadcast()
}

func (in *blockQueue) end(err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.ended, in.err = true, err
	in.passBuffer()
	in.changed.Broadcast()
}

// stop ends the queue: next returns no more pieces.
func (in *blockQueue) stop() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.stopped = true
	in.changed.Broadcast()
}

// next implements pieceReader.
func (in *blockQueue) next(p *piece) bool {
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

// wait waits until a condition holds or stop is called. The caller holds mu.
func (in *blockQueue) wait(until func() bool) {
	in.waiting++
	for !until() && !in.stopped {
		if in.n > in.given && !in.due {
			in.startTimer()
		}
		in.changed.Wait()
	}
	in.waiting--
}

// head returns the first bytes, at most max, once that many have come, or the reader has ended or pauses after a complete line.
// whole says that the source has no more bytes. It takes nothing: next returns the bytes again. They are valid until then.
func (in *blockQueue) head(max int) (head []byte, whole bool) {
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
