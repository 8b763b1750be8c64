package model

// earliest finds the earliest row of each key, in the order of events, and marks it. Rows may come in any order.
type earliest[K comparable] struct {
	rows  map[K]rowAt
	marks rowMarks
}

// rowAt is a row with its time.
type rowAt struct {
	nanos int64
	row   Row
}

func newEarliest[K comparable]() earliest[K] { return earliest[K]{rows: make(map[K]rowAt)} }

// add takes a row of a key.
func (e *earliest[K]) add(s *Snapshot, key K, at rowAt) {
	known, ok := e.rows[key]
	switch {
	case !ok:
	case known.nanos < at.nanos || known.nanos == at.nanos && !s.precedes(at.row, known.row):
		return
	default:
		e.marks.clear(known.row)
	}
	e.rows[key] = at
	e.marks.set(at.row)
}

// rowMarks marks rows of a growing log, one Bitmap for each segment. What it lends stays as it is.
type rowMarks struct {
	parts   []*Bitmap
	lent    []bool // by segment: its bitmap must not change any more
	known   Row    // rows before it were lent
	changed bool   // a mark that was lent has been cleared since the last call of lend
}

// at returns the bitmap of segment k for changing.
func (m *rowMarks) at(k int) *Bitmap {
	for len(m.parts) <= k {
		m.parts, m.lent = append(m.parts, new(Bitmap)), append(m.lent, false)
	}
	if m.lent[k] {
		own := *m.parts[k]
		m.parts[k], m.lent[k] = &own, false
	}
	return m.parts[k]
}

func (m *rowMarks) set(r Row) { m.at(int(r / SegmentRows)).Set(int(r % SegmentRows)) }

func (m *rowMarks) clear(r Row) {
	m.at(int(r / SegmentRows)).Clear(int(r % SegmentRows))
	m.changed = m.changed || r < m.known
}

// lend returns the bitmaps of the first segments, for good. It reports whether a mark of earlier bitmaps is missing in them.
func (m *rowMarks) lend(rows, segments int) (parts []*Bitmap, changed bool) {
	if segments > 0 {
		m.at(segments - 1)
	}
	for k := range m.lent {
		m.lent[k] = true
	}
	changed = m.changed
	m.known, m.changed = Row(rows), false
	return append([]*Bitmap(nil), m.parts...), changed
}
