package kit

// Sorting is the order of the list's rows. The zero value is by time, the newest at the bottom.
type Sorting struct {
	Column   string // the name of a column; empty is by time
	Reversed bool   // in reverse; by time, the newest at the top
	Appended bool   // in the order of the lines in their sources
}

// ByTime reports whether the order is that of the zero value.
func (s Sorting) ByTime() bool { return s == Sorting{} }
