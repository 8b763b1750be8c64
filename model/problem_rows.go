package model

import "iter"

// ProblemRows iterates over the rows of s that have problems, from row from on, in the order in which they were appended.
// Snapshot.Problems lists the problems. Rows without problems cost nothing. For the order of times select the query has:problem.
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

// WhyReject says why a row is not an event, in fixed words; ok is false for an event.
func (s *Snapshot) WhyReject(r Row) (reason string, ok bool) {
	if s.Flags(r)&FlagReject == 0 {
		return "", false
	}
	for _, p := range s.Problems(r) {
		return p.Message(), true
	}
	return "no event", true
}
