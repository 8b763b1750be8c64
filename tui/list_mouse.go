package tui

// click moves the cursor to a row of the window, and the column cursor to a column.
func (l *list) click(x, y int) wish {
	if y == 0 {
		l.clickColumn(x)
		return wish{}
	}
	if l.len() == 0 {
		return wish{}
	}
	if lines := l.screenLines(); y <= len(lines) {
		l.moveTo(lines[y-1].place)
		l.clickColumn(x)
	}
	return wish{}
}

func (l *list) drag(int, int) wish { return wish{} }

// wheel scrolls. Above the first row of the preview is the rest of the log.
func (l *list) wheel(n int, s *scene) wish {
	if n < 0 && s.preview && l.top == 0 {
		return wish{whole: true}
	}
	l.scroll(n)
	return wish{}
}

// clickColumn moves the column cursor to the column at a cell.
func (l *list) clickColumn(x int) {
	disp := l.display
	result := gutterWidth + disp.timeWidth(l.width >= preciseFrom) + gap
	switch {
	case x < result:
		l.columns.at = timeAt
		return
	case x < result+resultWidth:
		l.columns.at = resultAt
		return
	}
	for _, c := range l.columns.place(columnsAt(disp, l.width), l.width) {
		if x >= c.x && x < c.x+c.width {
			l.columns.at = c.number
			return
		}
	}
}
