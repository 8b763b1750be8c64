package model

import (
	"math"
	"math/bits"
	"slices"
)

// manyRows is from how many rows on it pays to look for the ticks of a log.
const manyRows = 2048

// sortRows sorts rows, which are as they were appended, by time.
func (s *Selection) sortRows(rows []Row) {
	if len(rows) >= manyRows {
		if c, ok := s.snap.ticker(rows[0]); ok {
			s.sortTicks(rows, c)
			return
		}
	}
	timed := make([]timedRow, len(rows))
	sorted := true
	for i, r := range rows {
		timed[i] = timedRow{s.snap.Nanos(r), r}
		sorted = sorted && (i == 0 || timed[i-1].nanos <= timed[i].nanos)
	}
	if sorted {
		return
	}
	radixSort(timed)
	for i := range timed {
		rows[i] = timed[i].row
	}
}

// ticker counts the times of some segments in ticks from a base on, so that 32 bits tell them apart.
type ticker struct {
	base, tick int64
	most       uint32 // the last tick
}

// ticker finds the coarsest ticks for the segments from that of row on; ok is false if there is none.
func (s *Snapshot) ticker(row Row) (c ticker, ok bool) {
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for k := int(row / SegmentRows); k < s.Segments(); k++ {
		seg := s.Segment(k)
		first, last = min(first, seg.min), max(last, seg.max)
	}
	if first > last {
		return c, false
	}
	for _, tick := range timeUnits {
		ticks := uint64(last-first) / uint64(tick)
		if ticks > math.MaxUint32 {
			break
		}
		if c = (ticker{first, tick, uint32(ticks)}); c.fits(s, row) {
			return c, true
		}
	}
	return c, false
}

// fits reports whether all times of the segments from that of row on are whole ticks.
func (c ticker) fits(s *Snapshot, row Row) bool {
	for k := int(row / SegmentRows); k < s.Segments(); k++ {
		t := &s.Segment(k).times
		if t.steps != nil && (t.unit%c.tick != 0 || (t.base-c.base)%c.tick != 0) {
			return false
		}
		for _, n := range t.nanos {
			if (n-c.base)%c.tick != 0 {
				return false
			}
		}
	}
	return true
}

// sortTicks is sortRows by ticks.
func (s *Selection) sortTicks(rows []Row, c ticker) {
	keys := make([]uint64, len(rows))
	sorted := c.read(&s.snap, rows, keys)
	if sorted {
		return
	}
	for i, key := range sortKeys(keys, c.most) {
		rows[i] = Row(key)
	}
}

// read gives the keys of rows, which are as they were appended: their ticks in the upper half, themselves in the lower one. It
// reports whether they are sorted.
func (c ticker) read(s *Snapshot, rows []Row, keys []uint64) (sorted bool) {
	sorted, last := true, uint64(0)
	for i := 0; i < len(rows); {
		seg, _ := s.place(rows[i])
		t, end := &seg.times, seg.base+Row(seg.rows)
		from, scale := uint64(t.base-c.base)/uint64(c.tick), uint64(t.unit)/uint64(c.tick)
		for ; i < len(rows) && rows[i] < end; i++ {
			at := rows[i] - seg.base
			var ticks uint64
			if t.steps != nil {
				ticks = from + scale*uint64(t.steps[at])
			} else {
				ticks = uint64(t.nanos[at]-c.base) / uint64(c.tick)
			}
			key := ticks<<32 | uint64(rows[i])
			sorted = sorted && key >= last
			last, keys[i] = key, key
		}
	}
	return sorted
}

const (
	digitBits = 11
	digitMask = 1<<digitBits - 1
	numDigits = 3
)

// sortKeys sorts keys, which are in the order of their lower halves; most is the largest upper half.
func sortKeys(keys []uint64, most uint32) []uint64 {
	var counts [numDigits][digitMask + 1]uint32
	for _, key := range keys {
		counts[0][key>>32&digitMask]++
		counts[1][key>>(32+digitBits)&digitMask]++
		counts[2][key>>(32+2*digitBits)&digitMask]++
	}
	from, to := keys, make([]uint64, len(keys))
	for d := range (bits.Len32(most) + digitBits - 1) / digitBits {
		count, shift, at := &counts[d], 32+d*digitBits, uint32(0)
		for i, n := range count {
			count[i], at = at, at+n
		}
		for _, key := range from {
			n := &count[key>>shift&digitMask]
			to[*n] = key
			*n++
		}
		from, to = to, from
	}
	return from
}

type timedRow struct {
	nanos int64
	row   Row
}

// radixSort sorts by time, keeping the order of equal times. Bytes that all times share cost one pass of counting.
func radixSort(rows []timedRow) {
	if len(rows) < 256 {
		slices.SortStableFunc(rows, func(a, b timedRow) int {
			switch {
			case a.nanos < b.nanos:
				return -1
			case a.nanos > b.nanos:
				return 1
			}
			return 0
		})
		return
	}
	from, to := rows, make([]timedRow, len(rows))
	var counts [8][256]int
	for _, r := range rows {
		key := uint64(r.nanos) ^ 1<<63
		for b := range counts {
			counts[b][byte(key>>(8*b))]++
		}
	}
	for b := range counts {
		count := &counts[b]
		if count[byte((uint64(rows[0].nanos)^1<<63)>>(8*b))] == len(rows) {
			continue
		}
		at := 0
		for i, n := range count {
			count[i], at = at, at+n
		}
		for _, r := range from {
			d := byte((uint64(r.nanos) ^ 1<<63) >> (8 * b))
			to[count[d]] = r
			count[d]++
		}
		from, to = to, from
	}
	if &from[0] != &rows[0] {
		copy(rows, from)
	}
}
