package count

import (
	"bytes"

	"pawprint/model"
)

// total holds the counts of one value of a facet.
type total struct {
	events, failed int
	first, last    int64 // times; first is later than last if no event has a time
}

// noTotal is the total of no event.
var noTotal = total{first: 1<<63 - 1, last: -1 << 63}

// add adds other to t.
func (t *total) add(other total) {
	t.events += other.events
	t.failed += other.failed
	t.first, t.last = min(t.first, other.first), max(t.last, other.last)
}

// idCounts counts how often each id occurs in segments, on one goroutine. Segments come in ascending order. The slices are indexed by id.
//
// For rows in the order of their times it only notes the first and the last row of each id; for all others it reads the times.
type idCounts struct {
	rows       []idRows
	failed     []uint32
	untimed    []uint32 // events without a time; nil if there are none
	outOfOrder []extent // all other events with a time; nil if there are none
	latest     int64    // the time of the last row in order that first and last cover
	lanes      [4][256]uint32
	recent     [256]uint32
	patch8     []uint8
	patch16    []uint16
	patch32    []uint32
}

// idRows are the events in order of an id. They stand together because the ids of a column with many values come at random: counting one
// of them costs one access to memory.
type idRows struct {
	n, more uint32 // how many: the sum of both
	first   uint32 // the row of the first one; noRow for none
	last    uint32 // the row of the last one
}

const (
	noRow  = ^uint32(0)     // in idRows.first: the id did not occur
	toFind = ^uint32(0) - 1 // it did, and its row has to be found
)

// grow extends the slices for ids below bound.
func (c *idCounts) grow(bound int) {
	known := len(c.rows)
	if bound <= known {
		return
	}
	more := bound - known
	if known > 0 {
		more += bound / 8
	}
	c.rows, c.failed = append(c.rows, make([]idRows, more)...), append(c.failed, make([]uint32, more)...)
	for i := known; i < len(c.rows); i++ {
		c.rows[i].first = noRow
	}
}

// count adds the events of a segment.
func (c *idCounts) count(e *segmentEvents, ids *model.IDs) {
	if e.events == 0 {
		return
	}
	all := e.order != nil && !c.continues(e)
	if !all {
		c.countInOrder(e, ids)
	}
	if late := e.order != nil && (all || e.inOrder != e.timed); late {
		c.countLate(e.lateRows(all), ids)
	}
	c.countFailed(e, ids)
	if e.hasUntimed {
		c.countUntimed(e, ids)
	}
}

// countInOrder adds the events in order.
func (c *idCounts) countInOrder(e *segmentEvents, ids *model.IDs) {
	switch {
	case ids.U8 != nil:
		c.patch8 = countIDs(c, e, ids.U8, c.patch8)
	case ids.U16 != nil:
		c.patch16 = countIDs(c, e, ids.U16, c.patch16)
	case ids.U32 != nil:
		c.patch32 = countIDs(c, e, ids.U32, c.patch32)
	default:
		c.countConst(e, ids.Const)
	}
}

// countIDs adds the events in order. If there are few holes, it counts them as events without a value and subtracts them again:
// that is far cheaper than skipping them. It returns patch, its buffer for that.
func countIDs[T uint8 | uint16 | uint32](c *idCounts, e *segmentEvents, ids, patch []T) []T {
	switch {
	case !e.fewHoles:
		base := uint32(e.seg.Base())
		e.inOrder.EachRun(func(from, to int) { countRange(c, ids[from:to], base+uint32(from)) })
		return patch
	case len(e.holes) == 0:
		countStretch(c, ids[e.from:e.to], e)
		return patch
	}
	patch = append(patch[:0], ids[e.from:e.to]...)
	for _, i := range e.holes {
		patch[int(i)-e.from] = T(model.IDAbsent)
	}
	absent := &c.rows[model.IDAbsent]
	before := *absent
	countStretch(c, patch, e)
	absent.n += absent.more - before.more - uint32(len(e.holes))
	absent.more, absent.first, absent.last = before.more, before.first, before.last
	if absent.n > before.n {
		boundAbsent(c, e, ids)
	}
	return patch
}

// boundAbsent finds the first and the last event in order without a value. There must be one.
func boundAbsent[T uint8 | uint16 | uint32](c *idCounts, e *segmentEvents, ids []T) {
	base, absent := uint32(e.seg.Base()), &c.rows[model.IDAbsent]
	if absent.first == noRow {
		i := e.from
		for ids[i] != T(model.IDAbsent) || !e.inOrder.Has(i) {
			i++
		}
		absent.first = base + uint32(i)
	}
	i := e.to - 1
	for ids[i] != T(model.IDAbsent) || !e.inOrder.Has(i) {
		i--
	}
	absent.last = base + uint32(i)
}

// countStretch adds all rows of e as events in order.
func countStretch[T uint8 | uint16 | uint32](c *idCounts, ids []T, e *segmentEvents) {
	base := uint32(e.seg.Base()) + uint32(e.from)
	switch narrow, ok := any(ids).([]uint8); {
	case ok:
		c.countBytes(narrow, base)
	case len(c.rows) <= maxScanned && len(ids) == model.SegmentRows:
		countWhole(c, ids, base)
	default:
		countRange(c, ids, base)
	}
}

// countConst adds events that all have the same id.
func (c *idCounts) countConst(e *segmentEvents, id uint32) {
	if n := e.inOrder.Count(); n > 0 {
		base := uint32(e.seg.Base())
		c.add(id, uint32(n), base+uint32(e.inOrder.Next(0)), base+uint32(e.inOrder.Nth(n-1)))
	}
}

// add adds n events of the same id, with their first and last row.
func (c *idCounts) add(id, n, first, last uint32) {
	r := &c.rows[id]
	r.n += n
	r.first = min(r.first, first)
	r.last = last
}

// countBytes adds rows of one-byte ids, starting at row. Most rows share a few ids, so four counters per id take turns: with one,
// each increment would wait for the one before.
func (c *idCounts) countBytes(ids []uint8, row uint32) {
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
	for id := range min(len(recent), len(c.rows)) {
		n := lanes[0][id] + lanes[1][id] + lanes[2][id] + lanes[3][id]
		if n == 0 {
			continue
		}
		first := c.rows[id].first
		if first == noRow {
			first = row + uint32(bytes.IndexByte(ids, uint8(id)))
		}
		c.add(uint32(id), n, first, row+recent[id])
	}
	*lanes = [4][256]uint32{}
}

// maxScanned is the most ids that countWhole checks for new ones after each segment.
const maxScanned = model.SegmentRows / 2

// countWhole adds a whole segment. Two counters take turns, because increments of one would often wait for each other. It finds
// the first rows of new ids afterwards: most segments have few.
func countWhole[T uint8 | uint16 | uint32](c *idCounts, ids []T, row uint32) {
	rows := c.rows
	for i := 0; i+2 <= len(ids); i += 2 {
		w := ids[i : i+2 : i+2]
		a, b := &rows[w[0]], &rows[w[1]]
		a.n++
		b.more++
		a.last = row + uint32(i)
		b.last = row + uint32(i) + 1
	}
	missing := 0
	for id := range rows {
		if r := &rows[id]; r.first == noRow && r.n|r.more != 0 {
			r.first = toFind
			missing++
		}
	}
	for i := 0; missing > 0; i++ {
		if r := &rows[ids[i]]; r.first == toFind {
			r.first = row + uint32(i)
			missing--
		}
	}
}

// countRange adds rows, starting at row.
func countRange[T uint8 | uint16 | uint32](c *idCounts, ids []T, row uint32) {
	rows := c.rows
	for i, id := range ids {
		r, at := &rows[id], row+uint32(i)
		if r.n == 0 {
			r.first = min(r.first, at)
		}
		r.n++
		r.last = at
	}
}

// countFailed adds the failures among the events with a time.
func (c *idCounts) countFailed(e *segmentEvents, ids *model.IDs) {
	switch {
	case ids.U8 != nil:
		countFailed(c.failed, e.failedRows, ids.U8)
	case ids.U16 != nil:
		countFailed(c.failed, e.failedRows, ids.U16)
	case ids.U32 != nil:
		countFailed(c.failed, e.failedRows, ids.U32)
	default:
		c.failed[ids.Const] += uint32(len(e.failedRows))
	}
}

func countFailed[T uint8 | uint16 | uint32](failed []uint32, bad []uint16, ids []T) {
	for _, i := range bad {
		failed[ids[i]]++
	}
}

// countUntimed adds the events without a time.
func (c *idCounts) countUntimed(e *segmentEvents, ids *model.IDs) {
	if len(c.untimed) < len(c.rows) {
		c.untimed = append(c.untimed, make([]uint32, len(c.rows)-len(c.untimed))...)
	}
	for i := e.untimed.Next(0); i >= 0; i = e.untimed.After(i) {
		id := ids.At(i)
		c.untimed[id]++
		if e.failed.Has(i) {
			c.failed[id]++
		}
	}
}

// each calls visit for every id that occurred, with its total.
func (c *idCounts) each(snap *model.Snapshot, visit func(id uint32, t total)) {
	for id, r := range c.rows {
		t := noTotal
		t.events, t.failed = int(r.n)+int(r.more), int(c.failed[id])
		if t.events > 0 {
			t.first, t.last = snap.Nanos(model.Row(r.first)), snap.Nanos(model.Row(r.last))
		}
		if id < len(c.outOfOrder) {
			s := &c.outOfOrder[id]
			t.events += int(s.n)
			t.first, t.last = min(t.first, s.first), max(t.last, s.last)
		}
		if id < len(c.untimed) {
			t.events += int(c.untimed[id])
		}
		if t.events > 0 {
			visit(uint32(id), t)
		}
	}
}
