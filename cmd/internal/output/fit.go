package output

import "slices"

// Fit says what becomes of a column when a table is wider than the terminal.
type Fit uint8

// The ways, from the one that keeps the least.
const (
	FitCut   Fit = iota // it is cut, but not below leastCells
	FitSpare            // it is left out before any other is cut
	FitWhole            // it is never cut: part of a number or of an action would be taken for another one
)

// leastCells is the width below which no column is cut. If that is too wide, the last columns are left out. It is small enough for a result,
// the longest action, a target and an actor beside the time in 80 cells: who did it is the answer to most questions.
const leastCells = 8

// fitted is a column to be fitted: the width of its content, in cells, and how the column may be narrowed.
type fitted struct {
	cells int
	fit   Fit
}

// fit returns the widths of columns with gaps of one cell between them that take at most total cells together; 0 is a column that is left
// out. The widest are cut first. Only a column that must stay whole and is alone may take more than total.
func fit(columns []fitted, total int) []int {
	widths := make([]int, len(columns))
	for i, c := range columns {
		widths[i] = c.cells
	}
	for over(widths, total) && leaveOut(widths, func(i int) bool { return columns[i].fit == FitSpare }) {
	}
	for {
		narrowed := narrow(widths, columns, total)
		if !over(narrowed, total) || !leaveOut(widths, func(int) bool { return true }) {
			return narrowed
		}
	}
}

// over reports whether columns are too wide.
func over(widths []int, total int) bool {
	sum := -1
	for _, w := range widths {
		if w > 0 {
			sum += w + 1
		}
	}
	return sum > total
}

// leaveOut leaves out the last column for which may is true, unless it is the first.
func leaveOut(widths []int, may func(i int) bool) bool {
	for i := len(widths) - 1; i > 0; i-- {
		if widths[i] > 0 && may(i) {
			widths[i] = 0
			return true
		}
	}
	return false
}

// narrow takes cells from the widest of the columns that may be cut, the last one of several, until all fit or have leastCells.
func narrow(widths []int, columns []fitted, total int) []int {
	out := slices.Clone(widths)
	for i := range out {
		if columns[i].fit == FitCut {
			out[i] = min(out[i], max(total, leastCells))
		}
	}
	for over(out, total) {
		widest := -1
		for i, w := range out {
			if columns[i].fit == FitCut && w > leastCells && (widest < 0 || w >= out[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break
		}
		out[widest]--
	}
	return out
}
