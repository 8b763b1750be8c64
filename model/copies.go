package model

import (
	"context"
	"sync"
)

// Copies says which events of a snapshot are copies: those whose RowID another event before them has, in the order of events. It
// never changes.
type Copies struct {
	standing Standing
	marks    []*Bitmap // by segment
	bySource []int64
	total    int64
	unnamed  int64
}

// Standing distinguishes these answers from others about the same log. An event becomes a copy when the same event is read later with a place
// before it; no other answer changes.
func (c *Copies) Standing() Standing { return c.standing }

// Rows marks the copies in segment k. The caller must not change it.
func (c *Copies) Rows(k int) *Bitmap { return c.marks[k] }

// Len is the number of copies; nil has none.
func (c *Copies) Len() int64 {
	if c == nil {
		return 0
	}
	return c.total
}

// In is the number of copies in a source; nil has none.
func (c *Copies) In(source SourceID) int64 {
	if c == nil || int(source) >= len(c.bySource) {
		return 0
	}
	return c.bySource[source]
}

// Unnamed is the number of events without a RowID, which cannot be recognised as copies.
func (c *Copies) Unnamed() int64 { return c.unnamed }

// copyFinder finds the copies of a log. The zero value has read nothing.
type copyFinder struct {
	mu       sync.Mutex
	next     Row // the first row that was not read yet
	standing Standing
	first    rowTable // the first event of each id
	marks    rowMarks
	bySource []int64
	total    int64
	unnamed  int64
}

// upTo returns the copies of s. If the finder is already ahead of s, it starts anew for s alone.
func (f *copyFinder) upTo(ctx context.Context, s *Snapshot) (*Copies, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if int(f.next) > s.rows {
		return new(copyFinder).upTo(ctx, s)
	}
	for int(f.next) < s.rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f.read(s, s.Segment(int(f.next/SegmentRows)))
	}
	marks, changed := f.marks.lend(s)
	if changed || f.standing == nil {
		f.standing = newStanding()
	}
	return &Copies{f.standing, marks, append([]int64(nil), f.bySource...), f.total, f.unnamed}, nil
}

// read takes the new rows of a segment.
func (f *copyFinder) read(s *Snapshot, seg *Segment) {
	for i := int(f.next - seg.base); i < seg.rows; i++ {
		if seg.flags[i]&FlagReject != 0 {
			continue
		}
		if len(seg.rowIDs) == 0 || seg.rowIDs[i] == (RowID{}) {
			f.unnamed++
			continue
		}
		row := seg.base + Row(i)
		first, ok := f.first.add(s, row)
		if !ok {
			continue
		}
		later := row
		if s.Before(row, *first) {
			later, *first = *first, row
		}
		f.count(s, later)
	}
	f.next = seg.base + Row(seg.rows)
}

// count counts a copy. None is ever counted twice, as a copy stays one.
func (f *copyFinder) count(s *Snapshot, r Row) {
	f.marks.set(r)
	f.total++
	source := s.Origin(r).Source
	for int(source) >= len(f.bySource) {
		f.bySource = append(f.bySource, 0)
	}
	f.bySource[source]++
}

// SameEvent reports whether two rows have the same RowID: then one is a copy of the other. It costs nothing.
func (s *Snapshot) SameEvent(a, b Row) bool {
	id := s.RowID(a)
	return id != RowID{} && id == s.RowID(b)
}

// RowID returns the id of a row, zero for none. It costs nothing.
func (s *Snapshot) RowID(r Row) RowID {
	seg, i := s.place(r)
	if len(seg.rowIDs) == 0 {
		return RowID{}
	}
	return seg.rowIDs[i]
}
