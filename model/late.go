package model

import "slices"

// Late returns the events of the selection that were appended after earlier was made and are older than its last row, in the order of
// events: they stand among rows that were there before. Lines without a time of their own are never late. earlier must be of the same log.
func (s *Selection) Late(earlier *Selection) (late []Row) {
	if earlier.total == 0 {
		return nil
	}
	newest := s.snap.Nanos(earlier.At(earlier.total - 1))
	for r := Row(earlier.snap.rows); int(r) < s.snap.rows; r++ {
		if s.Has(r) && s.snap.Nanos(r) < newest && s.snap.Flags(r)&FlagNoTime == 0 {
			late = append(late, r)
		}
	}
	slices.SortFunc(late, func(a, b Row) int {
		if s.snap.Before(a, b) {
			return -1
		}
		return 1
	})
	return late
}
