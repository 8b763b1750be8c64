package model

import (
	"bytes"
	"math/bits"
	"slices"
)

// tally is what is known about one value of a facet.
type tally struct {
	events, failed int
	first, last    int64 // of the times; first is later than last if no event has one
}

// newTally is the tally of no event.
var newTally = tally{first: 1<<63 - 1, last: -1 << 63}

// add takes in events, of which the first and the last happened at those times.
func (t *tally) add(other tally) {
	t.events += other.events
	t.failed += other.failed
	t.first, t.last = min(t.first, other.first), max(t.last, other.last)
}

// cells counts numbers over many segments, which come in the order of their rows, on one goroutine. The slices are by number.
type cells struct {
	n, more []uint32 // events with a time: the sum of both
	first   []uint32 // the row of the first one; unmet for none
	last    []uint32 // the row of the last one
	failed  []uint32
	loose   []uint32 // events without a time; nil if there are none
	spans   []span   // nil if rows are in the order of their times
	lanes   [4][256]uint32
	latest  [256]uint32
}

const (
	unmet = ^uint32(0)     // in cells.first: the number was not met
	found = ^uint32(0) - 1 // it was, and its row is to be looked for
)

type span struct{ first, last int64 }

// room makes place for numbers below bound.
func (c *cells) room(bound int) {
	if bound <= len(c.n) {
		return
	}
	more := bound + bound/8 - len(c.n)
	for _, s := range []*[]uint32{&c.n, &c.more, &c.last, &c.failed} {
		*s = append(*s, make([]uint32, more)...)
	}
	for range more {
		c.first = append(c.first, unmet)
	}
}

// count adds the events of a census.
func (c *cells) count(p *census, ids *IDs) {
	switch {
	case p.events == 0:
		return
	case ids.U8 != nil && p.whole:
		c.countBytes(ids.U8, p)
		countFailed(c, p, ids.U8)
	case ids.U8 != nil:
		countIDs(c, p, ids.U8)
	case ids.U16 != nil:
		countIDs(c, p, ids.U16)
	case ids.U32 != nil:
		countIDs(c, p, ids.U32)
	default:
		c.countConst(p, ids.Const)
	}
	if p.nanos != nil {
		c.span(p, ids)
	}
	if p.loosened {
		c.countLoose(p, ids)
	}
}

// countConst adds events that all have the same number.
func (c *cells) countConst(p *census, id uint32) {
	c.failed[id] += uint32(len(p.bad))
	if n := p.timed.Count(); n > 0 {
		base := uint32(p.seg.base)
		c.take(id, uint32(n), base+uint32(p.timed.Next(0)), base+uint32(p.timed.nth(n-1)))
	}
}

// take adds n events of the same number, of which these are the first and the last row.
func (c *cells) take(id, n, first, last uint32) {
	c.n[id] += n
	c.first[id] = min(c.first[id], first)
	c.last[id] = last
}

// countBytes adds a whole stretch of narrow numbers. Few of them stand for most rows, so four counters of each take turns: one
// alone would wait for itself.
func (c *cells) countBytes(all []uint8, p *census) {
	ids := all[p.from:p.to]
	lanes, last := &c.lanes, &c.latest
	i := 0
	for ; i+4 <= len(ids); i += 4 {
		w := ids[i : i+4 : i+4]
		lanes[0][w[0]]++
		lanes[1][w[1]]++
		lanes[2][w[2]]++
		lanes[3][w[3]]++
		last[w[0]], last[w[1]], last[w[2]], last[w[3]] = uint32(i), uint32(i)+1, uint32(i)+2, uint32(i)+3
	}
	for ; i < len(ids); i++ {
		lanes[0][ids[i]]++
		last[ids[i]] = uint32(i)
	}
	base := uint32(p.seg.base) + uint32(p.from)
	for id := range min(len(last), len(c.n)) {
		n := lanes[0][id] + lanes[1][id] + lanes[2][id] + lanes[3][id]
		if n == 0 {
			continue
		}
		first := c.first[id]
		if first == unmet {
			first = base + uint32(bytes.IndexByte(ids, uint8(id)))
		}
		c.take(uint32(id), n, first, base+last[id])
	}
	*lanes = [4][256]uint32{}
}

// countIDs adds the events of a census.
func countIDs[T uint8 | uint16 | uint32](c *cells, p *census, ids []T) {
	base := uint32(p.seg.base)
	switch ids := ids[:p.to]; {
	case p.whole && len(c.n) <= maxScanned && p.to-p.from == SegmentRows:
		countWhole(c, ids, base)
	case p.whole:
		countRange(c, ids[p.from:], base+uint32(p.from))
	default:
		for k, w := range &p.timed {
			if w == ^uint64(0) {
				countRange(c, ids[k<<6:k<<6+64], base+uint32(k)<<6)
				continue
			}
			for ; w != 0; w &= w - 1 {
				i := k<<6 + bits.TrailingZeros64(w)
				countRange(c, ids[i:i+1], base+uint32(i))
			}
		}
	}
	countFailed(c, p, ids)
}

// maxScanned is how many numbers may be looked through for new ones after each segment.
const maxScanned = SegmentRows / 2

// countWhole adds a whole segment. Two counters take turns, as one would often wait for itself, and the first rows of new numbers
// are looked for afterwards: most segments have few.
func countWhole[T uint8 | uint16 | uint32](c *cells, ids []T, row uint32) {
	n, more, last := c.n, c.more[:len(c.n)], c.last[:len(c.n)]
	for i := 0; i+2 <= len(ids); i += 2 {
		w := ids[i : i+2 : i+2]
		a, b := w[0], w[1]
		n[a]++
		more[b]++
		last[a] = row + uint32(i)
		last[b] = row + uint32(i) + 1
	}
	missing := 0
	for id, first := range c.first {
		if first == unmet && n[id]|more[id] != 0 {
			c.first[id] = found
			missing++
		}
	}
	for i := 0; missing > 0; i++ {
		if id := ids[i]; c.first[id] == found {
			c.first[id] = row + uint32(i)
			missing--
		}
	}
}

// countRange adds rows, of which row is the first.
func countRange[T uint8 | uint16 | uint32](c *cells, ids []T, row uint32) {
	counts, last := c.n, c.last[:len(c.n)]
	for i, id := range ids {
		n, at := counts[id], row+uint32(i)
		if n == 0 {
			c.first[id] = min(c.first[id], at)
		}
		counts[id], last[id] = n+1, at
	}
}

// countFailed adds the failures among the events with a time.
func countFailed[T uint8 | uint16 | uint32](c *cells, p *census, ids []T) {
	failed := c.failed
	for _, i := range p.bad {
		failed[ids[i]]++
	}
}

// countLoose adds the events without a time.
func (c *cells) countLoose(p *census, ids *IDs) {
	if len(c.loose) < len(c.n) {
		c.loose = append(c.loose, make([]uint32, len(c.n)-len(c.loose))...)
	}
	for i := p.loose.Next(0); i >= 0; i = p.loose.after(i) {
		id := ids.At(i)
		c.loose[id]++
		if p.failed.Has(i) {
			c.failed[id]++
		}
	}
}

// span keeps the first and the last time of each number, of rows that are in no order.
func (c *cells) span(p *census, ids *IDs) {
	for len(c.spans) < len(c.n) {
		c.spans = append(slices.Grow(c.spans, len(c.n)-len(c.spans)), span{newTally.first, newTally.last})
	}
	switch {
	case ids.U8 != nil:
		spanIDs(c.spans, p, ids.U8)
	case ids.U16 != nil:
		spanIDs(c.spans, p, ids.U16)
	case ids.U32 != nil:
		spanIDs(c.spans, p, ids.U32)
	default:
		c.spans[ids.Const].reach(p)
	}
}

// reach takes in the times of all events.
func (s *span) reach(p *census) {
	first, last := s.first, s.last
	for k, w := range &p.timed {
		for ; w != 0; w &= w - 1 {
			t := p.nanos[k<<6+bits.TrailingZeros64(w)]
			first, last = min(first, t), max(last, t)
		}
	}
	s.first, s.last = first, last
}

func spanIDs[T uint8 | uint16 | uint32](spans []span, p *census, ids []T) {
	if p.whole {
		nanos := p.nanos[p.from:p.to]
		for i, id := range ids[p.from:p.to] {
			spans[id].add(nanos[i])
		}
		return
	}
	for k, w := range &p.timed {
		for ; w != 0; w &= w - 1 {
			i := k<<6 + bits.TrailingZeros64(w)
			spans[ids[i]].add(p.nanos[i])
		}
	}
}

func (s *span) add(t int64) {
	if t < s.first {
		s.first = t
	}
	if t > s.last {
		s.last = t
	}
}

// each calls visit for every number that was met, and what was counted of it.
func (c *cells) each(snap *Snapshot, visit func(id uint32, t tally)) {
	for id, n := range c.n {
		t := newTally
		t.events, t.failed = int(n)+int(c.more[id]), int(c.failed[id])
		if t.events > 0 {
			if c.spans != nil {
				t.first, t.last = c.spans[id].first, c.spans[id].last
			} else {
				t.first, t.last = snap.Nanos(Row(c.first[id])), snap.Nanos(Row(c.last[id]))
			}
		}
		if id < len(c.loose) {
			t.events += int(c.loose[id])
		}
		if t.events > 0 {
			visit(uint32(id), t)
		}
	}
}

// countBoth is the number of rows that both have marked.
func (b *Bitmap) countBoth(other *Bitmap) int {
	n := 0
	for i, w := range b {
		n += bits.OnesCount64(w & other[i])
	}
	return n
}
