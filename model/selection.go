package model

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sort"
	"sync/atomic"

	"pawprint/model/fault"
)

// ErrOtherLog means that a matcher or a selection was used on another log than the one it was made for.
var ErrOtherLog = errors.New("used on another log than it was made for")

// Matcher decides which rows a selection holds. It must give the same answer for the same row each time, and any number of
// goroutines may call it.
type Matcher interface {
	// Narrow clears the bits of rows that do not match in seg. It returns early with the error of ctx. A matcher that knows
	// the ids of one log returns an error that wraps ErrOtherLog for any other.
	Narrow(ctx context.Context, snap *Snapshot, seg *Segment, rows *Bitmap) error
}

// Binder is a Matcher whose answers rest on the whole log, as those about the first event of its kind do: new rows can change the
// answer about an old one.
type Binder interface {
	Matcher
	// Bind returns the matcher for the rows of snap. It is equal to the one for an earlier snapshot only if every answer about an
	// earlier row is still the same. Its first call may read all rows of snap; it returns early with the error of ctx.
	Bind(ctx context.Context, snap *Snapshot) (Bound, error)
}

// Bound is what a Binder returns. It must be comparable.
type Bound interface {
	Binder
	// Unsettled marks the rows of segment k of earlier about which snap, a later snapshot, may have another answer.
	Unsettled(ctx context.Context, earlier, snap *Snapshot, k int, rows *Bitmap) error
}

// bind returns the matcher for the rows of snap.
func bind(ctx context.Context, m Matcher, snap *Snapshot) (Matcher, error) {
	if b, ok := m.(Binder); ok {
		return b.Bind(ctx, snap)
	}
	return m, nil
}

// unsettled returns the rows of an earlier selection, by segment, about which snap may have another answer than m had; nil if all
// answers are the same.
func unsettled(ctx context.Context, snap *Snapshot, m Matcher, earlier *Selection) ([]Bitmap, error) {
	b, ok := m.(Bound)
	if !ok || earlier == nil || earlier.matcher == m {
		return nil, nil
	}
	rows := make([]Bitmap, len(earlier.parts))
	for k := range rows {
		if err := b.Unsettled(ctx, &earlier.snap, snap, k, &rows[k]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// Selection holds the rows of a snapshot that match, in the order of events; see Snapshot.Before. It never changes.
type Selection struct {
	snap     Snapshot
	matcher  Matcher
	parts    []*part // by segment
	starts   []int   // by segment: the number of selected rows before it
	total    int
	order    []Row       // the rows in the order of events, or nil if the log has that order
	extended atomic.Bool // a later selection uses the memory after order
}

// part is the selected rows of one segment.
type part struct {
	rows int // rows of the segment that were decided
	bits *Bitmap
	n    int
}

// Select finds the rows of snap that m matches; a nil m matches all. previous may be a selection of an earlier snapshot of the
// same log with the same matcher: then only newer rows cost anything. It works on all cores and stops early with the error of ctx.
// If m or previous belongs to another log, the error wraps ErrOtherLog.
func Select(ctx context.Context, snap Snapshot, m Matcher, previous *Selection) (*Selection, error) {
	if previous != nil && previous.snap.log == snap.log && previous.snap.revision == snap.revision {
		return previous, nil
	}
	return selectRows(ctx, snap, m, previous, nil)
}

// SelectWithin is Select for a matcher whose rows are all in within, a selection of the same log. It reads only the rows of within
// and those that were appended after it.
func SelectWithin(ctx context.Context, snap Snapshot, m Matcher, within *Selection) (*Selection, error) {
	return selectRows(ctx, snap, m, nil, within)
}

func selectRows(ctx context.Context, snap Snapshot, m Matcher, previous, within *Selection) (*Selection, error) {
	for _, earlier := range [...]*Selection{previous, within} {
		if earlier != nil && earlier.snap.log != snap.log && earlier.snap.rows > 0 {
			return nil, fmt.Errorf("extending a selection: %w", ErrOtherLog)
		}
	}
	m, err := bind(ctx, m, &snap)
	if err != nil {
		return nil, err
	}
	s := &Selection{snap: snap, matcher: m, parts: make([]*part, snap.Segments())}
	again, err := s.startFrom(ctx, previous, within)
	if err != nil {
		return nil, err
	}
	if err := s.fill(ctx, within, again); err != nil {
		return nil, err
	}
	if again != nil {
		previous = nil // its order may be of other rows
	}
	s.starts = make([]int, len(s.parts)+1)
	for k, p := range s.parts {
		s.starts[k+1] = s.starts[k] + p.n
	}
	s.total = s.starts[len(s.parts)]
	if !snap.order.timed {
		if err := s.sort(ctx, previous); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// startFrom takes over the parts of previous, if any. It returns the rows, by segment, that must be decided again, or nil for none.
func (s *Selection) startFrom(ctx context.Context, previous, within *Selection) (again []Bitmap, err error) {
	if previous != nil {
		copy(s.parts, previous.parts)
		return unsettled(ctx, &s.snap, s.matcher, previous)
	}
	if within == nil {
		return nil, nil
	}
	outer, err := bind(ctx, within.matcher, &s.snap)
	if err != nil {
		return nil, err
	}
	return unsettled(ctx, &s.snap, outer, within)
}

// fill decides the undecided rows and those of again, a segment at a time on each core.
func (s *Selection) fill(ctx context.Context, within *Selection, again []Bitmap) error {
	var todo []int
	for k, p := range s.parts {
		if p == nil || p.rows < s.snap.Segment(k).rows || k < len(again) && again[k].Next(0) >= 0 {
			todo = append(todo, k)
		}
	}
	var (
		none   Bitmap
		next   atomic.Int64
		group  fault.Group
		errs   = make([]error, min(runtime.GOMAXPROCS(0), len(todo)))
		worker = func(err *error) {
			for {
				at := int(next.Add(1)) - 1
				if at >= len(todo) || *err != nil {
					return
				}
				k := todo[at]
				rows := &none
				if k < len(again) {
					rows = &again[k]
				}
				s.parts[k], *err = s.decide(ctx, k, s.parts[k], within, rows)
			}
		}
	)
	for w := range errs {
		group.Go(func() { worker(&errs[w]) })
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// decide makes the part of segment k. before, if any, is the part of an earlier selection to extend; within, if any, holds the
// only rows that can match; again are rows that must be decided whatever both say.
func (s *Selection) decide(ctx context.Context, k int, before *part, within *Selection, again *Bitmap) (*part, error) {
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
	for i, w := range again {
		p.bits[i] |= w
	}
	if s.matcher != nil {
		if err := s.matcher.Narrow(ctx, &s.snap, seg, p.bits); err != nil {
			return nil, err
		}
	}
	if before != nil {
		for i, w := range before.bits {
			p.bits[i] |= w &^ again[i]
		}
	}
	p.n = p.bits.Count()
	return p, nil
}

// Snapshot is the snapshot that the rows were selected from.
func (s *Selection) Snapshot() *Snapshot { return &s.snap }

// Matcher is the matcher of the selection, nil for all rows.
func (s *Selection) Matcher() Matcher { return s.matcher }

// Marked returns the selected rows of segment k of the snapshot. The caller must not change it.
func (s *Selection) Marked(k int) *Bitmap { return s.parts[k].bits }

// Rows lists the selected rows in the order of events. The caller owns the list.
func (s *Selection) Rows() []Row {
	if s.order == nil {
		return s.rowsFrom(0)
	}
	return slices.Clone(s.order)
}

// InSourceOrder lists the selected rows in the order of sources, then of lines. The caller owns the list.
func (s *Selection) InSourceOrder() []Row { return s.snap.InSourceOrder(s.rowsFrom(0)) }

// Len is the number of selected rows.
func (s *Selection) Len() int { return s.total }

// At returns the row at place k, from 0 to Len-1, in the order of events.
func (s *Selection) At(k int) Row {
	if s.order != nil {
		return s.order[k]
	}
	at := sort.Search(len(s.parts), func(i int) bool { return s.starts[i+1] > k })
	return s.snap.Segment(at).base + Row(s.parts[at].bits.Nth(k-s.starts[at]))
}

// Has reports whether a row is selected.
func (s *Selection) Has(r Row) bool {
	return int(r) < s.snap.rows && s.parts[r/SegmentRows].bits.Has(int(r%SegmentRows))
}

// Place returns the place of a row in the order of events or, if the row is not selected, the place where it would be. A row that
// was appended after the snapshot has the place after the last one, as its time is not known here.
func (s *Selection) Place(r Row) int {
	if int(r) >= s.snap.rows {
		return s.total
	}
	if s.order != nil {
		return sort.Search(len(s.order), func(i int) bool { return !s.snap.Before(s.order[i], r) })
	}
	k := int(r / SegmentRows)
	return s.starts[k] + s.parts[k].bits.rank(int(r%SegmentRows))
}

// PlaceOfTime returns the place of the first row at or after a time in Unix nanoseconds.
func (s *Selection) PlaceOfTime(nanos int64) int {
	return sort.Search(s.total, func(k int) bool { return s.snap.Nanos(s.At(k)) >= nanos })
}
