package model

import (
	"io"
	"math"
	"slices"
	"sort"
	"sync"
)

// SegmentRows is how many rows a full segment holds.
const SegmentRows = 1 << 14

// Segment holds consecutive rows as columns. It never changes: each snapshot of a growing log has a new Segment for the last rows,
// over the same memory.
type Segment struct {
	base     Row
	rows     int
	min, max int64 // of times

	times    Times
	columns  [NumColumns]IDs
	flags    []Flags
	rowIDs   []RowID // empty if no row has one
	anyFlags Flags   // of any row
	offsets  []uint32
	lengths  IDs
	lines    IDs
	runs     []run
	problems []RowProblem
	gaps     []uint16 // the rows that FlagGap marks, in order: there are few if any

	forwarded ForwardedLists

	sealed    bool
	inOrder   InOrder   // see InOrder
	ordering  sync.Once // fills inOrder of a segment that is not sealed
	orderFrom orderEnd  // the last row in order before the segment
	ranks     ranks     // of the sources, for ordering
}

// run is a stretch of rows that came in one batch: one source, one reader, one checksum.
type run struct {
	first  uint32 // row in the segment
	source SourceID
	raw    io.ReaderAt
	base   int64 // added to offsets
	length int64 // bytes that sum covers, from base on
	sum    uint64
	line   int64 // added to lines
}

// RowProblem is a problem of a row in a segment. Segments keep them in the order of rows.
type RowProblem struct {
	offset int32 // from the row's offset; negative before a recovered object
	key    uint32
	row    uint16
	code   Code
	field  Field
	detail Detail
}

// run finds the run that row i belongs to.
func (s *Segment) run(i int) *run {
	k := sort.Search(len(s.runs), func(k int) bool { return int(s.runs[k].first) > i })
	return &s.runs[k-1]
}

// runEnd is the row after the last one of a run of the segment.
func (s *Segment) runEnd(r *run) int {
	k := sort.Search(len(s.runs), func(k int) bool { return s.runs[k].first > r.first })
	return s.runStart(k)
}

func (s *Segment) origin(i int) Origin {
	r := s.run(i)
	return Origin{Source: r.source, Line: r.line + int64(s.lines.At(i)), Offset: r.base + int64(s.offsets[i]), Length: int64(s.lengths.At(i))}
}

// problemsOf returns the problems of row i.
func (s *Segment) problemsOf(i int) []RowProblem {
	from := sort.Search(len(s.problems), func(k int) bool { return int(s.problems[k].row) >= i })
	to := from
	for to < len(s.problems) && int(s.problems[to].row) == i {
		to++
	}
	return s.problems[from:to]
}

// IDs is a column of ids in the narrowest form that holds them.
type IDs struct {
	U8    []uint8
	U16   []uint16
	U32   []uint32
	Const uint32 // the id of every row, if none of the slices is set
}

// At returns the id of row i of the segment.
func (c *IDs) At(i int) uint32 {
	switch {
	case c.U8 != nil:
		return uint32(c.U8[i])
	case c.U16 != nil:
		return uint32(c.U16[i])
	case c.U32 != nil:
		return c.U32[i]
	}
	return c.Const
}

// packIDs copies ids into their narrowest form.
func packIDs(ids []uint32) IDs {
	var most uint32
	same := true
	for _, id := range ids {
		most = max(most, id)
		same = same && id == ids[0]
	}
	switch {
	case same:
		return IDs{Const: most}
	case most <= math.MaxUint8:
		return IDs{U8: narrow[uint8](ids)}
	case most <= math.MaxUint16:
		return IDs{U16: narrow[uint16](ids)}
	}
	return IDs{U32: narrow[uint32](ids)}
}

func narrow[T uint8 | uint16 | uint32](ids []uint32) []T {
	out := make([]T, len(ids))
	for i, id := range ids {
		out[i] = T(id)
	}
	return out
}

// Times is a column of times: base + unit × step, or the nanoseconds themselves.
type Times struct {
	base  int64
	unit  int64
	steps []uint32
	nanos []int64
}

// At returns the time of row i of the segment in Unix nanoseconds.
func (t *Times) At(i int) int64 {
	if t.steps != nil {
		return t.base + t.unit*int64(t.steps[i])
	}
	return t.nanos[i]
}

// timeUnits are the resolutions that a log's clock is likely to have, the coarsest first.
var timeUnits = [...]int64{1e9, 1e7, 1e6, 1e3, 1}

// packTimes copies times, in four bytes each if a resolution allows it.
func packTimes(nanos []int64, lo, hi int64) Times {
	span := uint64(hi - lo)
	for _, unit := range timeUnits {
		if span/uint64(unit) > math.MaxUint32 {
			break
		}
		if steps := stepTimes(nanos, lo, unit); steps != nil {
			return Times{base: lo, unit: unit, steps: steps}
		}
	}
	return Times{nanos: append([]int64(nil), nanos...)}
}

func stepTimes(nanos []int64, base, unit int64) []uint32 {
	for _, t := range nanos {
		if (t-base)%unit != 0 {
			return nil
		}
	}
	steps := make([]uint32, len(nanos))
	for i, t := range nanos {
		steps[i] = uint32((t - base) / unit)
	}
	return steps
}

// openSegment collects rows until a segment is full.
type openSegment struct {
	base      Row
	min, max  int64
	times     []int64
	columns   [NumColumns][]uint32
	forwarded ForwardedLists
	flags     []Flags
	rowIDs    []RowID // empty as long as no row has one
	anyFlags  Flags   // of any row
	offsets   []uint32
	lengths   []uint32
	lines     []uint32
	runs      []run
	problems  []RowProblem
	gaps      []uint16
	orderFrom orderEnd // see Segment
}

func newOpenSegment(base Row) *openSegment {
	return &openSegment{base: base, min: math.MaxInt64, max: math.MinInt64, orderFrom: noEnd}
}

func (o *openSegment) rows() int { return len(o.flags) }

// view makes a Segment of the rows so far without copying the columns: later rows are appended after them.
func (o *openSegment) view(ranks ranks) *Segment {
	s := &Segment{base: o.base, rows: o.rows(), min: o.min, max: o.max, anyFlags: o.anyFlags,
		times: Times{nanos: o.times}, flags: o.flags, rowIDs: o.rowIDs, offsets: o.offsets, lengths: IDs{U32: o.lengths}, lines: IDs{U32: o.lines},
		runs: o.runs, problems: o.problems, gaps: o.gaps, forwarded: o.forwarded, orderFrom: o.orderFrom, ranks: ranks}
	for c := range s.columns {
		s.columns[c] = IDs{U32: o.columns[c]}
	}
	return s
}

// seal makes the final Segment, packed; sorted says that its rows and all before it are in the order of events.
func (o *openSegment) seal(sorted bool, ranks ranks) *Segment {
	s := &Segment{base: o.base, rows: o.rows(), min: o.min, max: o.max, anyFlags: o.anyFlags, sealed: true, inOrder: InOrder{First: o.min, Last: o.max, first: o.runs[0].source, last: o.runs[len(o.runs)-1].source},
		times: packTimes(o.times, o.min, o.max), lengths: packIDs(o.lengths), lines: packIDs(o.lines),
		flags: clone(o.flags), rowIDs: clone(o.rowIDs), offsets: clone(o.offsets), runs: clone(o.runs), problems: clone(o.problems), gaps: clone(o.gaps),
		forwarded: o.forwarded.pack()}
	for c := range s.columns {
		s.columns[c] = packIDs(o.columns[c])
	}
	if !sorted {
		s.inOrder = timedRuns{o.times, o.runs, ranks}.inOrder(o.orderFrom)
	}
	return s
}

// clone copies exactly, without room to grow.
func clone[T any](s []T) []T {
	out := make([]T, len(s))
	copy(out, s)
	return out
}

// reset reuses the memory for the rows from base on. There must be no view of the segment.
func (o *openSegment) reset(base Row) {
	o.base, o.min, o.max, o.anyFlags = base, math.MaxInt64, math.MinInt64, 0
	o.times, o.flags, o.offsets, o.lengths, o.lines = o.times[:0], o.flags[:0], o.offsets[:0], o.lengths[:0], o.lines[:0]
	for c := range o.columns {
		o.columns[c] = o.columns[c][:0]
	}
	o.rowIDs = o.rowIDs[:0]
	o.forwarded.reset()
	o.runs, o.problems, o.gaps = o.runs[:0], o.problems[:0], o.gaps[:0]
}

// addRowIDs appends the ids of the rows from and up to but not including to of b, which were appended last.
func (o *openSegment) addRowIDs(b *Batch, from, to int) {
	ids := b.rowIDs[min(from, len(b.rowIDs)):min(to, len(b.rowIDs))]
	if len(ids) == 0 && len(o.rowIDs) == 0 {
		return
	}
	if without := o.rows() - (to - from) - len(o.rowIDs); without > 0 {
		o.rowIDs = append(o.rowIDs, make([]RowID, without)...)
	}
	o.rowIDs = append(room(o.rowIDs, len(ids)), ids...)
	if without := o.rows() - len(o.rowIDs); without > 0 {
		o.rowIDs = append(o.rowIDs, make([]RowID, without)...)
	}
}

// room returns a column of an open segment with room for n more rows. It doubles one that has none, as append copies a long one more often.
func room[T any](column []T, n int) []T {
	if cap(column)-len(column) >= n {
		return column
	}
	return slices.Grow(column, max(n, min(len(column), SegmentRows-len(column))))
}
