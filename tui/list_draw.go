package tui

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// drawHeader draws the titles of the columns, with the sign of the sort order.
func (l *list) drawHeader(f *paint.Frame, r rect, focused bool) {
	disp, line := l.display, l.display.line()
	style := disp.style(muted)
	line.Fill(style, gutterWidth)
	titled := func(c *columnSpec, number, width int) {
		title, role := termsafe.Concat(c.title, sortSign(disp.glyphs, l.by, c)), muted
		if focused && number == l.columns.at {
			role = accent
		}
		line.AddWidth(disp.style(role), title, width, paint.Left)
	}
	titled(&l.columns.all[timeAt], timeAt, disp.timeWidth(r.w >= preciseFrom))
	line.Fill(style, gap)
	titled(&l.columns.all[resultAt], resultAt, resultWidth)
	line.Fill(style, 1+marksWidth+1)
	for i, c := range l.columns.place(columnsAt(disp, r.w), r.w) {
		if i > 0 {
			line.Fill(style, gap)
		}
		titled(&c.columnSpec, c.number, c.width)
	}
	f.Put(r.x, r.y, r.w, line)
}

// sortSign returns the sign behind the title of a column that the rows are sorted by, empty for other columns.
func sortSign(g *glyphs, by sorting, c *columnSpec) termsafe.Safe {
	name := c.name
	if c.kind == timeColumn {
		name = ""
	}
	switch {
	case name != by.column:
		return termsafe.Safe{}
	case by.appended:
		return termsafe.Const(" by line")
	case by.reversed:
		return termsafe.Concat(termsafe.Repeat(" ", 1), g.up)
	}
	return termsafe.Concat(termsafe.Repeat(" ", 1), g.down)
}

// draw draws the titles and the visible rows, or why there are none.
func (l *list) draw(f *paint.Frame, r rect, focused bool) {
	rows := rect{r.x, r.y + 1, r.w, r.h - 1}
	if l.len() == 0 {
		drawEmpty(l.display, f, rows, emptyWords(l.display, l.state()))
		return
	}
	l.drawHeader(f, rect{r.x, r.y, r.w, 1}, focused)
	newRowPainter(l, r.w, focused).drawAll(f, rows, focused)
}
