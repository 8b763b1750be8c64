package model

// TimeBounds returns the earliest and the latest time of a row, in Unix nanoseconds. ok is false if no row has a time of its own.
func (s *Snapshot) TimeBounds() (earliest, latest int64, ok bool) {
	for k := range s.Segments() {
		seg := s.Segment(k)
		lo, hi := seg.Bounds()
		if !ok && !seg.anyTime() {
			continue
		}
		if !ok {
			earliest, latest, ok = lo, hi, true
		}
		earliest, latest = min(earliest, lo), max(latest, hi)
	}
	return earliest, latest, ok
}

// anyTime reports whether any row has a time of its own.
func (s *Segment) anyTime() bool {
	for _, f := range s.Flags() {
		if f&FlagNoTime == 0 {
			return true
		}
	}
	return false
}
