package model

import (
	"context"
	"math"
	"math/bits"
	"slices"
)

// manyRows is the number of rows from which sorting by ticks pays off.
const manyRows = 512

// sortRows puts rows in the order of events. They must be in the order in which they were appended; their memory may be used. It
// stops early with the error of ctx.
func (s *Selection) sortRows(ctx context.Context, rows []Row) ([]Row, error) {
	if len(rows) < manyRows {
		rows = s.snap.InSourceOrder(rows)
		s.sortTimed(rows)
		return rows, nil
	}
	keys, c := make([]uint64, len(rows)), s.snap.clockFrom(rows[0], len(rows))
	// Sorting by time keeps the order of equal times, so it starts from the order of sources.
	rows = s.snap.InSourceOrder(rows)
	if c.read(ctx, &s.snap, rows, keys) || ctx.Err() != nil {
		return rows, ctx.Err()
	}
	keys, err := sortKeys(ctx, keys, c.digits)
	if err != nil {
		return nil, err
	}
	for i, key := range keys {
		rows[i] = Row(key)
	}
	// Rows of the same tick are still in the order of sources.
	for i := 0; i < len(keys); {
		from := i
		for i++; i < len(keys) && keys[i]>>32 == keys[from]>>32; i++ {
		}
		if i-from > 1 {
			s.sortTimed(rows[from:i])
		}
	}
	return rows, nil
}

// sortTimed sorts rows by exact times. They must be in the order of sources.
func (s *Selection) sortTimed(rows []Row) {
	if len(rows) <= 8 {
		for i := range rows {
			for ; i > 0 && s.snap.Before(rows[i], rows[i-1]); i-- {
				rows[i], rows[i-1] = rows[i-1], rows[i]
			}
		}
		return
	}
	last, sorted := int64(math.MinInt64), true
	for _, r := range rows {
		t := s.snap.Nanos(r)
		sorted = sorted && last <= t
		last = t
	}
	if sorted {
		return
	}
	timed := make([]timedRow, len(rows))
	for i, r := range rows {
		timed[i] = timedRow{s.snap.Nanos(r), r}
	}
	radixSort(timed)
	for i := range timed {
		rows[i] = timed[i].row
	}
}

// tickClock is a coarse clock: it divides time into ticks, few enough for a radix sort. All times before its base share a tick,
// and so do all after its last one.
type tickClock struct {
	base   int64
	shift  int // a tick has 1<<shift nanoseconds
	digits int // of a tick, for the radix sort
}

// clockFrom makes a clock for n rows, from the segment of row on. Its ticks divide only the time that the rows in order cover, as
// a few outliers must not make them coarse.
func (s *Snapshot) clockFrom(row Row, n int) tickClock {
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for k := int(row / SegmentRows); k < s.Segments(); k++ {
		l := s.Segment(k).InOrder()
		first, last = min(first, l.First), max(last, l.Last)
	}
	c := tickClock{base: first, digits: numDigits}
	if n <= 1<<15 {
		c.digits-- // still gives nearly every row a tick of its own
	}
	// The first and the last tick are for times outside.
	c.shift = max(0, bits.Len64(uint64(last-first))-(min(c.digits*digitBits, 32)-1))
	return c
}

// tick returns the tick of a time.
func (c *tickClock) tick(nanos int64) uint64 {
	if nanos < c.base {
		return 0
	}
	return min(uint64(nanos-c.base)>>c.shift+1, 1<<min(c.digits*digitBits, 32)-1)
}

// read fills keys with the keys of rows, of which neighbours mostly share a segment: the tick in the upper half, the row in the
// lower one. It reports whether the rows are already sorted by time.
func (c *tickClock) read(ctx context.Context, s *Snapshot, rows []Row, keys []uint64) (sorted bool) {
	sorted = true
	last := int64(math.MinInt64)
	for i := 0; i < len(rows) && ctx.Err() == nil; {
		seg, _ := s.place(rows[i])
		t, n := &seg.times, Row(seg.rows)
		for ; i < len(rows) && rows[i]-seg.base < n; i++ {
			nanos := t.At(int(rows[i] - seg.base))
			sorted = sorted && last <= nanos
			last, keys[i] = nanos, c.tick(nanos)<<32|uint64(rows[i])
		}
	}
	return sorted
}

const (
	digitBits = 11
	digitMask = 1<<digitBits - 1
	numDigits = 3
)

// sortKeys sorts keys by their upper halves, which have the given number of digits, and keeps the order of equal ones. It stops
// early with the error of ctx.
func sortKeys(ctx context.Context, keys []uint64, digits int) ([]uint64, error) {
	var counts [numDigits][digitMask + 1]uint32
	for part := range slices.Chunk(keys, rowsPerCheck) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, key := range part {
			counts[0][key>>32&digitMask]++
			counts[1][key>>(32+digitBits)&digitMask]++
			counts[2][key>>(32+2*digitBits)&digitMask]++
		}
	}
	from, to := keys, make([]uint64, len(keys))
	for d := range digits {
		count, shift, at := &counts[d], 32+d*digitBits, uint32(0)
		for i, n := range count {
			count[i], at = at, at+n
		}
		for part := range slices.Chunk(from, rowsPerCheck) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			for _, key := range part {
				n := &count[key>>shift&digitMask]
				to[*n] = key
				*n++
			}
		}
		from, to = to, from
	}
	return from, nil
}

type timedRow struct {
	nanos int64
	row   Row
}

// radixSort sorts by time and keeps the order of equal times. It skips bytes that all times share.
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
