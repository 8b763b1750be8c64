package paint

import "pawprint/tui/termsafe"

// The largest frame. The rest of a larger terminal stays empty.
const (
	maxWidth  = 1000
	maxHeight = 500
)

// Frame is the whole screen, or a block of it, as rows of exactly the same width. Cells that were not set are blank. Only one
// goroutine may use it. Resetting and refilling it reuses its memory. Its lines must measure text as the frame does.
type Frame struct {
	widther       termsafe.Widther
	width, height int
	rows          []Line
	buf           []byte
	spare         []run
	tripped       int
	atX, atY      int  // of the selected line …
	selected      bool // … if there is one
}

// NewFrame is a blank frame. Sizes below 0 count as 0, sizes above 1,000 cells or 500 rows as those.
func NewFrame(w termsafe.Widther, width, height int) *Frame {
	f := new(Frame)
	f.Reset(w, width, height)
	return f
}

// Reset blanks the frame and sets its measure and size.
func (f *Frame) Reset(w termsafe.Widther, width, height int) {
	f.widther = w
	f.width, f.height = min(max(width, 0), maxWidth), min(max(height, 0), maxHeight)
	f.selected = false
	for len(f.rows) < f.height {
		f.rows = append(f.rows, Line{})
	}
	for y := range f.rows {
		f.rows[y].Reset()
	}
}

// Select says that the line which the keys act on begins in a cell. The last call counts.
func (f *Frame) Select(x, y int) {
	f.atX, f.atY, f.selected = x, y, x >= 0 && x < f.width && y >= 0 && y < f.height
}

// Selected returns the cell of the last call of Select; ok is false if there was none since the frame was reset, or outside of it.
func (f *Frame) Selected() (x, y int, ok bool) { return f.atX, f.atY, f.selected }

// Tripped returns how often the tripwire replaced something in all calls of String, and how often Put was given right-to-left letters
// without a row of their own. A count above zero is a bug in this package
// or in termsafe.
func (f *Frame) Tripped() int { return f.tripped }

// Put writes l into exactly width cells of row y from column x on, over what was there: cut at the edge without an
// ellipsis, or padded with spaces. What lies outside of the frame is left out. Right-to-left letters stand only in a row that one line
// has to itself (see Line.OwnRow): elsewhere, and as soon as something else is put into the row, they become marks.
func (f *Frame) Put(x, y, width int, l *Line) {
	if y < 0 || y >= f.height {
		return
	}
	const far = 1 << 20 // beyond any frame, and far from an overflow
	x, width = max(min(x, far), -far), min(width, far)
	skip := max(-x, 0)
	from, to := x+skip, min(x+width, f.width)
	if from >= to {
		return
	}
	row, own := &f.rows[y], l.own && from == 0 && to == f.width
	switch {
	case own:
		row.Reset()
	case row.own:
		f.share(row)
	}
	if from >= row.width {
		row.Fill(Style{}, from-row.width)
		f.appendCut(row, l, skip, to-from)
	} else {
		f.overwrite(row, l, skip, from, to)
	}
	if row.own = own; !own && l.rightToLeft() {
		f.tripped++
		f.share(row)
	}
}

// share puts marks in place of the right-to-left letters of a row, in the cells that they had.
func (f *Frame) share(row *Line) {
	for i := range row.runs {
		if r := &row.runs[i]; r.text.RightToLeft() {
			marks := f.widther.Truncate(r.text.LeftToRight(), r.width)
			r.text = termsafe.Concat(marks, termsafe.Repeat(" ", r.width-f.widther.Width(marks)))
		}
	}
}

// appendCut appends exactly width cells of l, after the first skip.
func (f *Frame) appendCut(row, l *Line, skip, width int) {
	var n int
	row.runs, n = f.slice(row.runs, l, skip, skip+width)
	row.width += n
	row.Fill(Style{}, width-n)
}

// slice appends to dst the columns from to to of l, which may end before them; a wide rune cut by an edge
// leaves spaces. It returns how many cells it appended.
func (f *Frame) slice(dst []run, l *Line, from, to int) ([]run, int) {
	at, cells := 0, 0
	for _, r := range l.runs {
		lo, hi := max(from-at, 0), min(to-at, r.width)
		at += r.width
		if lo >= hi {
			continue
		}
		if hi-lo < r.width {
			r.text, r.width = f.widther.Slice(r.text, lo, hi), hi-lo
		}
		dst = append(dst, r)
		cells += r.width
	}
	return dst, cells
}

// overwrite replaces the columns from to to of a row that already reaches into them.
func (f *Frame) overwrite(row, l *Line, skip, from, to int) {
	old := Line{runs: append(f.spare[:0], row.runs...), width: row.width}
	f.spare = old.runs
	row.Reset()
	row.runs, row.width = f.slice(row.runs, &old, 0, from)
	row.Fill(Style{}, from-row.width)
	f.appendCut(row, l, skip, to-from)
	var n int
	row.runs, n = f.slice(row.runs, &old, to, old.width)
	row.width += n
}

// String is the frame: exactly its height in lines without a last newline, each exactly as wide as the frame and
// reset at its end, checked by the tripwire.
func (f *Frame) String() string {
	f.buf = f.buf[:0]
	for y := range f.height {
		if y > 0 {
			f.buf = append(f.buf, '\n')
		}
		row := &f.rows[y]
		f.buf = appendRuns(f.buf, row.runs)
		if gap := f.width - row.width; gap > 0 {
			f.buf = append(f.buf, termsafe.Repeat(" ", gap).String()...)
		}
	}
	s, n := termsafe.Tripwire(string(f.buf))
	f.tripped += n
	return s
}
