package model

// Filters and counts read a Segment through these methods: whole columns, without a copy. Callers must not change the results; any
// goroutine may read them.

// Base is the first row of the segment.
func (s *Segment) Base() Row { return s.base }

// Rows is the number of rows in the segment, at most SegmentRows.
func (s *Segment) Rows() int { return s.rows }

// Bounds returns the earliest and the latest time in the segment, in Unix nanoseconds.
func (s *Segment) Bounds() (earliest, latest int64) { return s.min, s.max }

// Times is the column of times. A row without a time carries that of the row before it; see FlagNoTime.
func (s *Segment) Times() *Times { return &s.times }

// IDs is the column c, as ids of the snapshot's dictionary of c.
func (s *Segment) IDs(c Column) *IDs { return &s.columns[c] }

// Flags is the flags of each row.
func (s *Segment) Flags() []Flags { return s.flags[:s.rows] }

// AnyFlags is the flags that any row of the segment has.
func (s *Segment) AnyFlags() Flags { return s.anyFlags }

// Origin says where row i of the segment came from.
func (s *Segment) Origin(i int) Origin { return s.origin(i) }

// EachSource calls visit for each run of rows from one source, to excluded.
func (s *Segment) EachSource(visit func(from, to int, source SourceID)) {
	for k := 0; k < len(s.runs); {
		from, source := int(s.runs[k].first), s.runs[k].source
		for k < len(s.runs) && s.runs[k].source == source {
			k++
		}
		visit(from, s.runStart(k), source)
	}
}

// InOrder says which rows are in the order of events. The first call for the last segment of a growing log costs a pass over
// its times.
func (s *Segment) InOrder() *InOrder {
	if !s.sealed {
		s.ordering.Do(func() { s.inOrder = timedRuns{s.times.nanos[:s.rows], s.runs, s.ranks}.inOrder(s.orderFrom) })
	}
	return &s.inOrder
}

// Problems is the problems of all rows, in the order of rows.
func (s *Segment) Problems() []RowProblem { return s.problems }

// Row is the row of the segment that has the problem.
func (p *RowProblem) Row() int { return int(p.row) }

// Code is the kind of the problem.
func (p *RowProblem) Code() Code { return p.code }

// Field is the attribute with the problem, or FieldNone.
func (p *RowProblem) Field() Field { return p.field }

// Key is the id of the key with the problem, in Snapshot.Keys; IDAbsent for none.
func (p *RowProblem) Key() uint32 { return p.key }
