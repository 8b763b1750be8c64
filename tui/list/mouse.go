package list

import "pawprint/tui/kit"

// Click moves the cursor to a row of the window, and the column cursor to a column.
func (l *List) Click(x, y int) kit.Wish {
	if y == 0 {
		l.clickColumn(x)
		return kit.Wish{}
	}
	if l.Len() == 0 {
		return kit.Wish{}
	}
	w := l.window()
	if lines := w.lines(); y <= len(lines) && !lines[y-1].rule {
		l.moveTo(lines[y-1].place)
		l.clickColumn(x)
	}
	return kit.Wish{}
}

// Drag implements kit.Pane. It does nothing.
func (l *List) Drag(int, int) kit.Wish { return kit.Wish{} }

// Wheel scrolls. Above the first row of the preview is the rest of the log.
func (l *List) Wheel(n int, s *kit.Scene) kit.Wish {
	if n < 0 && s.Preview && l.top == 0 {
		return kit.Wish{Whole: true}
	}
	l.scroll(n)
	return kit.Wish{}
}

// clickColumn moves the column cursor to the column at a cell.
func (l *List) clickColumn(x int) {
	at := l.layout()
	result := gutterWidth + at.time + kit.Gap
	switch {
	case x < result:
		l.Columns.at = timeAt
		return
	case x < result+at.result:
		l.Columns.at = resultAt
		return
	}
	for _, c := range at.columns {
		if x >= c.x && x < c.x+c.width {
			l.Columns.at = c.number
			return
		}
	}
}
