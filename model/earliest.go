package model

// earliest finds the earliest row of each key, in the order of events. Rows may come in any order.
type earliest[K comparable] map[K]rowAt

// rowAt is a row with its time.
type rowAt struct {
	nanos int64
	row   Row
}

// add takes a row of a key. If there is another one already, it returns which of the two is not the earliest.
func (e earliest[K]) add(s *Snapshot, key K, at rowAt) (later Row, ok bool) {
	known, ok := e[key]
	if ok && (known.nanos < at.nanos || known.nanos == at.nanos && s.precedes(known.row, at.row)) {
		return at.row, true
	}
	e[key] = at
	return known.row, ok
}

// rowMarks marks rows of a growing log, one Bitmap for each segment. What it lends stays as it is.
type rowMarks struct {
	parts   []*Bitmap
	lent    []bool // by segment: its bitmap must not change any more
	known   Row    // what was lent is about the rows before it
	changed bool   // a mark of these rows has changed since
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

func (m *rowMarks) set(r Row) {
	m.at(int(r / SegmentRows)).Set(int(r % SegmentRows))
	m.changed = m.changed || r < m.known
}

func (m *rowMarks) clear(r Row) {
	m.at(int(r / SegmentRows)).Clear(int(r % SegmentRows))
	m.changed = m.changed || r < m.known
}

// lend returns the bitmaps of all segments of s, for good. It reports whether they differ from those lent before in a row that both
// are about.
func (m *rowMarks) lend(s *Snapshot) (parts []*Bitmap, changed bool) {
	if n := s.Segments(); n > 0 {
		m.at(n - 1)
	}
	for k := range m.lent {
		m.lent[k] = true
	}
	changed = m.changed
	m.known, m.changed = Row(s.rows), false
	return append([]*Bitmap(nil), m.parts...), changed
}
