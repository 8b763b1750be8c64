package model

import "iter"

// ProblemRows gives the rows of s from row from on that have problems, as they were appended; Snapshot.Problems tells them. It
// costs nothing for the rows between. The rows in the order of their times are a Selection of the query has:problem.
func (s *Snapshot) ProblemRows(from Row) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for k := int(from / SegmentRows); k < s.Segments(); k++ {
			seg, next := s.Segment(k), from
			for _, p := range seg.problems {
				row := seg.base + Row(p.row)
				if row < next {
					continue
				}
				if !yield(row) {
					return
				}
				next = row + 1
			}
		}
	}
}
