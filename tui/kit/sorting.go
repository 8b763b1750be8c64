package kit

// Sorting is the order of the list's rows. The zero value is by time, the newest at the bottom.
type Sorting struct {
	Column   string // the name of a column; empty is by time
	Reversed bool
	Appended bool // in the order of the lines in their sources
}

// byTime reports whether the rows are sorted by time.
func (s Sorting) ByTime() bool { return s == Sorting{} }
