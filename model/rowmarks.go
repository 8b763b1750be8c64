package model

// rowMarks marks rows of a growing log, one Bitmap for each segment. What it lends stays as it is.
type rowMarks struct {
	parts   []*Bitmap
	lent    []bool // by segment: its bitmap must not change any more
	known   Row    // the lent table covers only the rows before it
	changed bool   // a mark on one of these rows has changed since
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

func (m *rowMarks) has(r Row) bool {
	k := int(r / SegmentRows)
	return k < len(m.parts) && m.parts[k].Has(int(r%SegmentRows))
}

func (m *rowMarks) set(r Row) {
	m.at(int(r / SegmentRows)).Set(int(r % SegmentRows))
	m.changed = m.changed || r < m.known
}

func (m *rowMarks) clear(r Row) {
	m.at(int(r / SegmentRows)).Clear(int(r % SegmentRows))
	m.changed = m.changed || r < m.known
}

// lend returns bitmaps of all segments of s, which will not change any more. It reports whether they differ from those lent before in a row
// that both cover.
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
