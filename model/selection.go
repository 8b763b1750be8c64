package model

import (
	"context"
	"runtime"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
)

// Matcher decides which rows a selection holds. It must give the same answer for the same row each time, and any number of
// goroutines may call it.
type Matcher interface {
	// Narrow clears the rows of seg that do not match from rows. It returns early with the error of ctx.
	Narrow(ctx context.Context, snap *Snapshot, seg *Segment, rows *Bitmap) error
}

// Selection is the rows of a snapshot that match, in the order of their times; rows of equal time stand as they were
// appended. It never changes.
type Selection struct {
	snap    Snapshot
	matcher Matcher
	parts   []*part // by segment
	starts  []int   // how many rows the parts before hold
	total   int
	order   []Row // in the order of times, or nil if rows are in that order
	taken   atomic.Bool
}

// part is the selected rows of one segment.
type part struct {
	rows int // rows of the segment that were decided
	bits *Bitmap
	n    int
}

// Select finds the rows of snap that m matches; a nil m matches all. previous may be a selection of an earlier snapshot of
// the same log with the same matcher: then only the rows since cost anything. It works on all cores and stops early with
// the error of ctx.
func Select(ctx context.Context, snap Snapshot, m Matcher, previous *Selection) (*Selection, error) {
	if previous != nil && previous.snap.revision == snap.revision {
		return previous, nil
	}
	return selectRows(ctx, snap, m, previous, nil)
}

// SelectWithin is Select for a matcher that matches no row that within, a selection of the same log, leaves out: then only
// the rows in within, and those that came after it, are looked at.
func SelectWithin(ctx context.Context, snap Snapshot, m Matcher, within *Selection) (*Selection, error) {
	return selectRows(ctx, snap, m, nil, within)
}

func selectRows(ctx context.Context, snap Snapshot, m Matcher, previous, within *Selection) (*Selection, error) {
	s := &Selection{snap: snap, matcher: m, parts: make([]*part, snap.Segments())}
	if previous != nil {
		copy(s.parts, previous.parts)
	}
	if err := s.fill(ctx, within); err != nil {
		return nil, err
	}
	s.starts = make([]int, len(s.parts)+1)
	for k, p := range s.parts {
		s.starts[k+1] = s.starts[k] + p.n
	}
	s.total = s.starts[len(s.parts)]
	if !snap.sorted {
		if err := s.sort(ctx, previous); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// fill decides the rows that are not decided yet, a segment at a time on each core.
func (s *Selection) fill(ctx context.Context, within *Selection) error {
	var todo []int
	for k, p := range s.parts {
		if p == nil || p.rows < s.snap.Segment(k).rows {
			todo = append(todo, k)
		}
	}
	var (
		next   atomic.Int64
		wg     sync.WaitGroup
		errs   = make([]error, min(runtime.GOMAXPROCS(0), len(todo)))
		worker = func(err *error) {
			defer wg.Done()
			for {
				at := int(next.Add(1)) - 1
				if at >= len(todo) || *err != nil {
					return
				}
				k := todo[at]
				s.parts[k], *err = s.decide(ctx, k, s.parts[k], within)
			}
		}
	)
	for w := range errs {
		wg.Add(1)
		go worker(&errs[w])
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// decide makes the part of segment k; before holds the rows of it that are decided already, within those that come into
// question.
func (s *Selection) decide(ctx context.Context, k int, before *part, within *Selection) (*part, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	seg := s.snap.Segment(k)
	p := &part{rows: seg.rows, bits: new(Bitmap)}
	from := 0
	if before != nil {
		from = before.rows
	}
	if within != nil && k < len(within.parts) {
		*p.bits, from = *within.parts[k].bits, within.parts[k].rows
	}
	p.bits.SetRange(from, seg.rows)
	if s.matcher != nil {
		if err := s.matcher.Narrow(ctx, &s.snap, seg, p.bits); err != nil {
			return nil, err
		}
	}
	if before != nil {
		for i, w := range before.bits {
			p.bits[i] |= w
		}
	}
	p.n = p.bits.Count()
	return p, nil
}

// sort puts the rows in the order of times. If previous has an order, its rows need not be sorted again.
func (s *Selection) sort(ctx context.Context, previous *Selection) error {
	done, known := []Row(nil), 0
	if previous != nil {
		known = previous.snap.rows
		if done = previous.order; done == nil {
			done = previous.rowsFrom(0)
		}
	}
	fresh := s.rowsFrom(Row(known))
	if err := ctx.Err(); err != nil {
		return err
	}
	s.sortRows(fresh)
	if len(fresh) == 0 {
		s.order = done
		return nil
	}
	// Where the new rows begin to mix with the old ones.
	cut := sort.Search(len(done), func(i int) bool { return s.before(fresh[0], done[i]) })
	if cut == len(done) && previous != nil && previous.order != nil && previous.taken.CompareAndSwap(false, true) {
		// Nobody else writes behind the old rows: the memory can be shared.
		s.order = append(done, fresh...)
		return nil
	}
	s.order = make([]Row, 0, len(done)+len(fresh)+len(done)/8)
	s.order = append(s.order, done[:cut]...)
	s.order = s.merge(s.order, done[cut:], fresh)
	return ctx.Err()
}

func (s *Selection) merge(dst, a, b []Row) []Row {
	for len(a) > 0 && len(b) > 0 {
		if s.before(b[0], a[0]) {
			dst, b = append(dst, b[0]), b[1:]
		} else {
			dst, a = append(dst, a[0]), a[1:]
		}
	}
	return append(append(dst, a...), b...)
}

// before is the order of a selection.
func (s *Selection) before(a, b Row) bool {
	ta, tb := s.snap.Nanos(a), s.snap.Nanos(b)
	return ta < tb || ta == tb && a < b
}

// rowsFrom lists the selected rows from row on, as appended.
func (s *Selection) rowsFrom(row Row) []Row {
	out := make([]Row, 0, s.total)
	for k := int(row / SegmentRows); k < len(s.parts); k++ {
		base := s.snap.Segment(k).base
		from := 0
		if base < row {
			from = int(row - base)
		}
		for i := from; i < SegmentRows; i++ {
			if i = s.parts[k].bits.Next(i); i < 0 {
				break
			}
			out = append(out, base+Row(i))
		}
	}
	return out
}

type timedRow struct {
	nanos int64
	row   Row
}

// sortRows sorts rows by time; most logs are nearly sorted, and that is cheap to find out.
func (s *Selection) sortRows(rows []Row) {
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

// Snapshot is what the rows were selected from.
func (s *Selection) Snapshot() *Snapshot { return &s.snap }

// Matcher is what the rows match, nil for all.
func (s *Selection) Matcher() Matcher { return s.matcher }

// Len is the number of selected rows.
func (s *Selection) Len() int { return s.total }

// At gives the row at place k, from 0 to Len-1, in the order of times.
func (s *Selection) At(k int) Row {
	if s.order != nil {
		return s.order[k]
	}
	at := sort.Search(len(s.parts), func(i int) bool { return s.starts[i+1] > k })
	return s.snap.Segment(at).base + Row(s.parts[at].bits.nth(k-s.starts[at]))
}

// Has reports whether a row is selected.
func (s *Selection) Has(r Row) bool {
	return int(r) < s.snap.rows && s.parts[r/SegmentRows].bits.Has(int(r%SegmentRows))
}

// Place gives the place of a row of the snapshot, or, if the row is not selected, the place where it would stand.
func (s *Selection) Place(r Row) int {
	if s.order != nil {
		return sort.Search(len(s.order), func(i int) bool { return !s.before(s.order[i], r) })
	}
	if int(r) >= s.snap.rows {
		return s.total
	}
	k := int(r / SegmentRows)
	return s.starts[k] + s.parts[k].bits.rank(int(r%SegmentRows))
}

// PlaceOfTime gives the place of the first row at or after a time in Unix nanoseconds.
func (s *Selection) PlaceOfTime(nanos int64) int {
	return sort.Search(s.total, func(k int) bool { return s.snap.Nanos(s.At(k)) >= nanos })
}
