package tui

// sorting is the order of the list's rows. The zero value is by time, the newest at the bottom.
type sorting struct {
	column   string // the name of a column; empty is by time
	reversed bool
	appended bool // in the order of the lines in their sources
}

// byTime reports whether the rows are sorted by time.
func (s sorting) byTime() bool { return s == sorting{} }
