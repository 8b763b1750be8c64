package count

import (
	"bytes"

	"pawprint/model"
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
//
// Rows in line are in the order of their times, so that only the first and the last of each number have to be noted; the times
// of all others are looked at.
type cells struct {
	n, more []uint32 // events in line: the sum of both
	first   []uint32 // the row of the first one in line; unmet for none
	last    []uint32 // the row of the last one in line
	failed  []uint32
	loose   []uint32 // events without a time; nil if there are none
	spans   []span   // what is known of all others with a time; nil if there are none
	latest  int64    // the time of the last row in line, of those that first and last are about
	lanes   [4][256]uint32
	recent  [256]uint32
	patch8  []uint8
	patch16 []uint16
	patch32 []uint32
}

const (
	unmet = ^uint32(0)     // in cells.first: the number was not met
	found = ^uint32(0) - 1 // it was, and its row is to be looked for
)

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
func (c *cells) count(p *census, ids *model.IDs) {
	if p.events == 0 {
		return
	}
	all := p.line != nil && !c.goesOn(p)
	if !all {
		c.countInLine(p, ids)
	}
	if late := p.line != nil && (all || p.inLine != p.timed); late {
		c.countLate(p.lateRows(all), ids)
	}
	c.countFailed(p, ids)
	if p.loosened {
		c.countLoose(p, ids)
	}
}

// countInLine adds the events in line.
func (c *cells) countInLine(p *census, ids *model.IDs) {
	switch {
	case ids.U8 != nil:
		c.patch8 = countIDs(c, p, ids.U8, c.patch8)
	case ids.U16 != nil:
		c.patch16 = countIDs(c, p, ids.U16, c.patch16)
	case ids.U32 != nil:
		c.patch32 = countIDs(c, p, ids.U32, c.patch32)
	default:
		c.countConst(p, ids.Const)
	}
}

// countIDs adds the events in line. Holes are counted as events without a value, and taken off again: that is far cheaper than
// going round them. patch is room for that.
func countIDs[T uint8 | uint16 | uint32](c *cells, p *census, ids, patch []T) []T {
	switch {
	case !p.solid:
		base := uint32(p.seg.Base())
		p.inLine.EachRun(func(from, to int) { countRange(c, ids[from:to], base+uint32(from)) })
		return patch
	case len(p.holes) == 0:
		countStretch(c, ids[p.from:p.to], p)
		return patch
	}
	patch = append(patch[:0], ids[p.from:p.to]...)
	for _, i := range p.holes {
		patch[int(i)-p.from] = T(model.IDAbsent)
	}
	n, more, first, last := c.n[model.IDAbsent], c.more[model.IDAbsent], c.first[model.IDAbsent], c.last[model.IDAbsent]
	countStretch(c, patch, p)
	c.n[model.IDAbsent] += c.more[model.IDAbsent] - more - uint32(len(p.holes))
	c.more[model.IDAbsent], c.first[model.IDAbsent], c.last[model.IDAbsent] = more, first, last
	if c.n[model.IDAbsent] > n {
		boundAbsent(c, p, ids)
	}
	return patch
}

// boundAbsent looks for the first and the last event in line without a value; there is one.
func boundAbsent[T uint8 | uint16 | uint32](c *cells, p *census, ids []T) {
	base := uint32(p.seg.Base())
	if c.first[model.IDAbsent] == unmet {
		i := p.from
		for ids[i] != T(model.IDAbsent) || !p.inLine.Has(i) {
			i++
		}
		c.first[model.IDAbsent] = base + uint32(i)
	}
	i := p.to - 1
	for ids[i] != T(model.IDAbsent) || !p.inLine.Has(i) {
		i--
	}
	c.last[model.IDAbsent] = base + uint32(i)
}

// countStretch adds the rows that p looked at, as if all of them were events in line.
func countStretch[T uint8 | uint16 | uint32](c *cells, ids []T, p *census) {
	base := uint32(p.seg.Base()) + uint32(p.from)
	switch narrow, ok := any(ids).([]uint8); {
	case ok:
		c.countBytes(narrow, base)
	case len(c.n) <= maxScanned && len(ids) == model.SegmentRows:
		countWhole(c, ids, base)
	default:
		countRange(c, ids, base)
	}
}

// countConst adds events that all have the same number.
func (c *cells) countConst(p *census, id uint32) {
	if n := p.inLine.Count(); n > 0 {
		base := uint32(p.seg.Base())
		c.take(id, uint32(n), base+uint32(p.inLine.Next(0)), base+uint32(p.inLine.Nth(n-1)))
	}
}

// take adds n events of the same number, of which these are the first and the last row.
func (c *cells) take(id, n, first, last uint32) {
	c.n[id] += n
	c.first[id] = min(c.first[id], first)
	c.last[id] = last
}

// countBytes adds rows of narrow numbers, of which row is the first. Few of them stand for most rows, so four counters of each
// take turns: one alone would wait for itself.
func (c *cells) countBytes(ids []uint8, row uint32) {
	lanes, recent := &c.lanes, &c.recent
	i := 0
	for ; i+4 <= len(ids); i += 4 {
		w := ids[i : i+4 : i+4]
		lanes[0][w[0]]++
		lanes[1][w[1]]++
		lanes[2][w[2]]++
		lanes[3][w[3]]++
		recent[w[0]], recent[w[1]], recent[w[2]], recent[w[3]] = uint32(i), uint32(i)+1, uint32(i)+2, uint32(i)+3
	}
	for ; i < len(ids); i++ {
		lanes[0][ids[i]]++
		recent[ids[i]] = uint32(i)
	}
	for id := range min(len(recent), len(c.n)) {
		n := lanes[0][id] + lanes[1][id] + lanes[2][id] + lanes[3][id]
		if n == 0 {
			continue
		}
		first := c.first[id]
		if first == unmet {
			first = row + uint32(bytes.IndexByte(ids, uint8(id)))
		}
		c.take(uint32(id), n, first, row+recent[id])
	}
	*lanes = [4][256]uint32{}
}

// maxScanned is how many numbers may be looked through for new ones after each segment.
const maxScanned = model.SegmentRows / 2

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
func (c *cells) countFailed(p *census, ids *model.IDs) {
	switch {
	case ids.U8 != nil:
		countFailed(c.failed, p.bad, ids.U8)
	case ids.U16 != nil:
		countFailed(c.failed, p.bad, ids.U16)
	case ids.U32 != nil:
		countFailed(c.failed, p.bad, ids.U32)
	default:
		c.failed[ids.Const] += uint32(len(p.bad))
	}
}

func countFailed[T uint8 | uint16 | uint32](failed []uint32, bad []uint16, ids []T) {
	for _, i := range bad {
		failed[ids[i]]++
	}
}

// countLoose adds the events without a time.
func (c *cells) countLoose(p *census, ids *model.IDs) {
	if len(c.loose) < len(c.n) {
		c.loose = append(c.loose, make([]uint32, len(c.n)-len(c.loose))...)
	}
	for i := p.loose.Next(0); i >= 0; i = p.loose.After(i) {
		id := ids.At(i)
		c.loose[id]++
		if p.failed.Has(i) {
			c.failed[id]++
		}
	}
}

// each calls visit for every number that was met, and what was counted of it.
func (c *cells) each(snap *model.Snapshot, visit func(id uint32, t tally)) {
	for id, n := range c.n {
		t := newTally
		t.events, t.failed = int(n)+int(c.more[id]), int(c.failed[id])
		if t.events > 0 {
			t.first, t.last = snap.Nanos(model.Row(c.first[id])), snap.Nanos(model.Row(c.last[id]))
		}
		if id < len(c.spans) {
			s := &c.spans[id]
			t.events += int(s.n)
			t.first, t.last = min(t.first, s.first), max(t.last, s.last)
		}
		if id < len(c.loose) {
			t.events += int(c.loose[id])
		}
		if t.events > 0 {
			visit(uint32(id), t)
		}
	}
}
