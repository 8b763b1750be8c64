package loader

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"sync/atomic"

	"pawprint/model/fault"
)

// aheadSizes bounds what is decoded ahead. The zero value means that nothing is.
type aheadSizes struct {
	stretches int // how many at a time
	least     int // packed bytes of a stretch, if there are several members
	most      int // packed bytes of a member
	plain     int // bytes that may come out of a stretch
}

// aheadPlain is the largest aheadSizes.plain, and the largest window of what is decoded ahead.
const aheadPlain = 8 << 20

// decodeAhead returns the sizes for a source of known length that is read with a budget, which may be nil: what is decoded ahead takes
// a small share of it, as lines need it. pzstd makes frames of 8 MiB, bgzip members of 64 KiB.
func decodeAhead(goroutines int, memory *Budget) aheadSizes {
	const share = 64
	sizes := aheadSizes{stretches: goroutines, least: 256 << 10, most: 2 << 20, plain: aheadPlain}
	if limit := memory.Limit(); limit > 0 {
		each := int64(sizes.most + sizes.plain)
		sizes.stretches = int(min(int64(goroutines), limit/share/each-1)) // and one that is being read
	}
	if sizes.stretches <= 1 {
		return aheadSizes{}
	}
	return sizes
}

// mostRest is the logarithm of how many members at most are read without a try to decode ahead, after tries in vain.
const mostRest = 8

// ahead decodes the next members of a packed source on goroutines of their own. It lies between the source and the buffer of its outermost
// layer. Only what unpacks without any fault, to its last byte, is taken from those goroutines. Everything else is read through ahead as it
// is stored, so that faults are found and told in one place, whether members are decoded ahead or not.
type ahead struct {
	from    io.Reader
	packing *packing
	sizes   aheadSizes

	stretches []*stretch // what was cut off, oldest first
	found     []byte     // what was read of the source behind them
	room      []byte     // the array in which found lies
	err       error      // why nothing more can be read of the source
	told      bool       // Read has returned err
	now       *stretch   // the one whose plain bytes are read
	free      []*stretch // to be used again
	taken     int        // stretches whose plain bytes were read
	missed    int        // tries in vain since the last one that was not
	rest      int        // members to read before the next try
	stop      atomic.Bool
}

// stretch is one member or some in a row.
type stretch struct {
	packed, plain []byte
	passed        int // bytes of either that were read
	whole         bool
	done          chan struct{} // closed when plain and whole are known
}

// Read returns bytes as they are stored. It never returns those of two stretches at once.
func (a *ahead) Read(p []byte) (n int, err error) {
	switch {
	case len(a.stretches) > 0:
		first := a.stretches[0]
		n = copy(p, first.packed[first.passed:])
		if first.passed += n; first.passed == len(first.packed) {
			<-first.done
			a.stretches, a.free = a.stretches[1:], append(a.free, first)
		}
		return n, nil
	case len(a.found) > 0:
		n = copy(p, a.found)
		a.found = a.found[n:]
		return n, nil
	case a.err == nil:
		n, a.err = a.from.Read(p)
	}
	a.told = a.err != nil
	return n, a.err
}

// holdsBack reports whether reading met an error that Read has not returned yet.
func (a *ahead) holdsBack() bool { return a != nil && a.err != nil && !a.told }

// unread returns how many bytes were read from the source but not yet returned.
func (a *ahead) unread() int64 {
	if a == nil {
		return 0
	}
	n := len(a.found)
	for _, s := range a.stretches {
		n += len(s.packed) - s.passed
	}
	return int64(n)
}

// plain returns the next unpacked bytes, or io.EOF at the end of the stretch that next took.
func (a *ahead) plain(p []byte) (int, error) {
	n := copy(p, a.now.plain[a.now.passed:])
	if a.now.passed += n; a.now.passed < len(a.now.plain) {
		return n, nil
	}
	a.free, a.now = append(a.free, a.now), nil
	return n, io.EOF
}

// next is called at the start of a member, whose first bytes may be in the buffer in. It reports whether the member was decoded ahead to at
// most room bytes: plain returns them then. Otherwise the member has to be read from in.
func (a *ahead) next(in *bufio.Reader, room int64) bool {
	if len(a.stretches) == 0 && a.rest > 0 {
		a.rest--
		return false
	}
	if in.Buffered() > 0 {
		a.takeBack(in)
	}
	if a.rest > 0 {
		a.rest--
	} else {
		for len(a.stretches) < a.sizes.stretches && a.cut() {
		}
	}
	if !a.ready(room) {
		a.rest = 1 << a.missed
		a.missed = min(a.missed+1, mostRest)
		return false
	}
	first := a.stretches[0]
	first.passed = 0
	a.taken++
	a.missed, a.now, a.stretches = 0, first, a.stretches[1:]
	return true
}

// ready reports whether the first stretch can be taken, once that is known.
func (a *ahead) ready(room int64) bool {
	if len(a.stretches) == 0 {
		return false
	}
	<-a.stretches[0].done
	first := a.stretches[0]
	return first.whole && int64(len(first.plain)) <= room
}

// takeBack takes what a buffer holds in front of all that is there already. If stretches are left, members do not begin where they were
// looked for, and what was decoded of them is of no use.
func (a *ahead) takeBack(in *bufio.Reader) {
	held, _ := in.Peek(in.Buffered())
	all := slices.Clone(held)
	for _, s := range a.stretches {
		<-s.done
		all = append(all, s.packed[s.passed:]...)
	}
	a.found, a.stretches = append(all, a.found...), nil
	a.room = a.found[:cap(a.found)]
	in.Reset(a)
}

// cut cuts off the next stretch and begins to decode it. It returns false if there is none that could be decoded ahead.
func (a *ahead) cut() bool {
	c := a.packing.cut(a.sizes.least)
	for {
		n := c.end(a.found, a.err == io.EOF)
		switch {
		case n > 0:
			a.begin(n)
			return true
		case n < 0 || a.err != nil || len(a.found) >= a.sizes.most:
			return false
		}
		a.more()
	}
}

// more reads more of the source.
func (a *ahead) more() {
	const step = 64 << 10
	n := len(a.found)
	if cap(a.found) < n+step {
		room := a.room
		if len(room) < 2*n+step { // moving half of it at most
			room = make([]byte, 2*n+4*step)
		}
		copy(room, a.found)
		a.room, a.found = room, room[:n]
	}
	m, err := a.from.Read(a.found[n : n+step])
	a.found, a.err = a.found[:n+m], err
}

// begin starts to decode the next n bytes.
func (a *ahead) begin(n int) {
	s := new(stretch)
	if last := len(a.free) - 1; last >= 0 {
		s, a.free = a.free[last], a.free[:last]
	}
	*s = stretch{packed: append(s.packed[:0], a.found[:n]...), plain: s.plain[:0], done: make(chan struct{})}
	a.found = a.found[n:]
	a.stretches = append(a.stretches, s)
	fault.Go(func() {
		s.whole = a.decode(s)
		close(s.done)
	}, func(*fault.Error) { close(s.done) }) // it panics again where it is read as it is stored
}

// decode unpacks a stretch. It reports whether that holds members and nothing else, with nothing wrong in them.
func (a *ahead) decode(s *stretch) (whole bool) {
	d, in := a.packing.ahead.Get().(decoding), buffers.Get().(*bufio.Reader)
	in.Reset(bytes.NewReader(s.packed))
	for packingOf(in) == a.packing {
		if d.open(in) != nil || a.member(s, d) != io.EOF {
			return false
		}
	}
	whole = in.Buffered() == 0
	giveBack(a.packing.ahead, d)
	in.Reset(nil)
	buffers.Put(in)
	return whole
}

// member unpacks one member and returns io.EOF at its end.
func (a *ahead) member(s *stretch, d decoding) error {
	for len(s.plain) <= a.sizes.plain && !a.stop.Load() {
		s.plain = slices.Grow(s.plain, BlockBytes)
		n, err := d.Read(s.plain[len(s.plain):cap(s.plain)])
		s.plain = s.plain[:len(s.plain)+n]
		if err != nil {
			return err
		}
	}
	return errTooMuch
}

// close ends all goroutines.
func (a *ahead) close() {
	a.stop.Store(true)
	for _, s := range a.stretches {
		<-s.done
	}
}
