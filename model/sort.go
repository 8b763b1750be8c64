package model

import (
	"context"
	"sort"
)

// sort puts the rows in the order of events. The rows of previous are not sorted again.
func (s *Selection) sort(ctx context.Context, previous *Selection) error {
	done, known := []Row(nil), 0
	if previous != nil {
		known = previous.snap.rows
		if done = previous.order; done == nil {
			done = previous.rowsFrom(0)
		}
	}
	fresh, err := s.timeOrder(ctx, Row(known))
	if err != nil {
		return err
	}
	if len(fresh) == 0 {
		s.order = done
		return nil
	}
	if len(done) == 0 {
		s.order = fresh
		return nil
	}
	// Where the new rows begin to mix with the old ones.
	cut := sort.Search(len(done), func(i int) bool { return s.snap.Before(fresh[0], done[i]) })
	if cut == len(done) && previous.order != nil && previous.extended.CompareAndSwap(false, true) {
		// Nobody else appends to the old rows: the memory can be shared.
		s.order = append(done, fresh...)
		return nil
	}
	s.order = make([]Row, 0, len(done)+len(fresh)+len(done)/8)
	s.order = append(s.order, done[:cut]...)
	s.order = s.merge(ctx, s.order, done[cut:], fresh)
	return ctx.Err()
}

// rowsFrom lists the selected rows from row on, as appended.
func (s *Selection) rowsFrom(row Row) []Row {
	out := make([]Row, 0, s.countFrom(row))
	s.eachPart(row, func(seg *Segment, bits *Bitmap) { out = bits.appendTo(out, seg.base) })
	return out
}

// countFrom is the number of selected rows in the segment of row and in those after it.
func (s *Selection) countFrom(row Row) int {
	return s.total - s.starts[min(int(row/SegmentRows), len(s.parts))]
}

// eachPart calls visit for the selected rows from row on, a segment at a time. The bitmap is valid during the call only.
func (s *Selection) eachPart(row Row, visit func(seg *Segment, bits *Bitmap)) {
	for k := int(row / SegmentRows); k < len(s.parts); k++ {
		seg, bits := s.snap.Segment(k), *s.parts[k].bits
		if seg.base < row {
			bits.ClearBefore(int(row - seg.base))
		}
		visit(seg, &bits)
	}
}

// mostChains is how many sorted chains are merged; with more of them all rows are sorted instead.
const mostChains = 16

// timeOrder lists the selected rows from row on in the order of events. It stops early with the error of ctx. Rows in order need no
// sorting: segments that continue each other form a chain, and it merges the chains and the sorted late rows.
func (s *Selection) timeOrder(ctx context.Context, row Row) ([]Row, error) {
	chains, late := s.disorder(row)
	if chains > mostChains || 3*late > s.countFrom(row) {
		return s.sortRows(ctx, s.rowsFrom(row))
	}
	rows, lateRows := make([]Row, 0, s.countFrom(row)), make([]Row, 0, late)
	var starts []int
	last := noEnd
	s.eachPart(row, func(seg *Segment, bits *Bitmap) {
		if ctx.Err() != nil {
			return
		}
		l := seg.InOrder()
		if l.Late != nil {
			both := *bits
			for i, w := range l.Late {
				both[i] &= w
				bits[i] &^= w
			}
			lateRows = both.appendTo(lateRows, seg.base)
		}
		if !l.continues(last, s.snap.ranks) {
			starts = append(starts, len(rows))
		}
		last = l.end(last)
		rows = bits.appendTo(rows, seg.base)
	})
	lateRows, err := s.sortRows(ctx, lateRows)
	if err != nil {
		return nil, err
	}
	parts, from := [][]Row{lateRows}, 0
	for _, to := range append(starts, len(rows)) {
		parts, from = append(parts, rows[from:to]), to
	}
	return s.mergeAll(ctx, parts), ctx.Err()
}

// disorder counts the chains and the late rows from row on.
func (s *Selection) disorder(row Row) (chains, late int) {
	chains = 1
	last := noEnd
	s.eachPart(row, func(seg *Segment, bits *Bitmap) {
		l := seg.InOrder()
		if !l.continues(last, s.snap.ranks) {
			chains++
		}
		last = l.end(last)
		if l.Late != nil {
			late += bits.CountBoth(l.Late)
		}
	})
	return chains, late
}

// mergeAll merges sorted chains, two neighbours at a time.
func (s *Selection) mergeAll(ctx context.Context, chains [][]Row) []Row {
	for len(chains) > 1 {
		merged := chains[:0]
		for i := 0; i < len(chains); i += 2 {
			chain := chains[i]
			if i+1 < len(chains) {
				chain = s.mergeTwo(ctx, chain, chains[i+1])
			}
			merged = append(merged, chain)
		}
		chains = merged
	}
	return chains[0]
}

func (s *Selection) mergeTwo(ctx context.Context, a, b []Row) []Row {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	return s.merge(ctx, make([]Row, 0, len(a)+len(b)), a, b)
}

// fewRows is the ratio of rows from which merge searches the place of each of the fewer rows.
const fewRows = 12

// rowsPerCheck is how many rows are put in order between checks of ctx.
const rowsPerCheck = 1 << 14

// merge appends the rows of a and b, both sorted, to dst in order. It returns early when ctx ends.
func (s *Selection) merge(ctx context.Context, dst, a, b []Row) []Row {
	if len(a) < len(b) {
		a, b = b, a
	}
	if fewRows*len(b) < len(a) {
		return s.mergeFew(ctx, dst, a, b)
	}
	if len(b) == 0 {
		return append(dst, a...)
	}
	ta, tb := s.snap.Nanos(a[0]), s.snap.Nanos(b[0])
	for n := 0; ; n++ {
		if n%rowsPerCheck == 0 && ctx.Err() != nil {
			return dst
		}
		if tb < ta || ta == tb && s.snap.precedes(b[0], a[0]) {
			dst = append(dst, b[0])
			if b = b[1:]; len(b) == 0 {
				return append(dst, a...)
			}
			tb = s.snap.Nanos(b[0])
			continue
		}
		dst = append(dst, a[0])
		if a = a[1:]; len(a) == 0 {
			return append(dst, b...)
		}
		ta = s.snap.Nanos(a[0])
	}
}

// mergeFew is merge for few rows among many.
func (s *Selection) mergeFew(ctx context.Context, dst, many, few []Row) []Row {
	for i, row := range few {
		if i%(rowsPerCheck/1024) == 0 && ctx.Err() != nil { // each copies many rows
			return dst
		}
		n := s.placeAhead(many, row)
		dst = append(append(dst, many[:n]...), row)
		many = many[n:]
	}
	return append(dst, many...)
}

// placeAhead is the number of sorted rows before row. It is usually small, so the search doubles its distance first and then
// searches between the last two places.
func (s *Selection) placeAhead(sorted []Row, row Row) int {
	nanos := s.snap.Nanos(row)
	ahead := func(i int) bool {
		t := s.snap.Nanos(sorted[i])
		return t < nanos || t == nanos && s.snap.precedes(sorted[i], row)
	}
	from, far := 0, 1
	for far <= len(sorted) && ahead(far-1) {
		from, far = far, 2*far
	}
	to := min(far-1, len(sorted))
	for from < to {
		if at := int(uint(from+to) / 2); ahead(at) {
			from = at + 1
		} else {
			to = at
		}
	}
	return from
}
