package list

import (
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// drawHeader draws the titles of the columns, with the sign of the sort order.
func (l *List) drawHeader(f *paint.Frame, r kit.Rect, focused bool) {
	disp, line := l.display, l.display.Line()
	style := disp.Style(kit.Muted)
	line.Fill(style, gutterWidth)
	at := l.layout()
	titled := func(c *columnSpec, number, width int) {
		title, role := l.titleOf(c, at.word), kit.Muted
		if focused && number == l.Columns.at {
			role = kit.Accent
		}
		if width > emptyWidth && disp.Widther.Width(title) > width { // no part of a word: the sign of a result speaks for itself
			title = termsafe.Safe{}
		}
		line.AddWidth(disp.Style(role), title, width, paint.Left)
	}
	titled(&l.Columns.all[timeAt], timeAt, at.time)
	line.Fill(style, kit.Gap)
	titled(&l.Columns.all[resultAt], resultAt, at.result)
	line.AddWidth(style, more(disp.Glyphs.ToLeft, at.left), 1+marksWidth+1, paint.Left)
	right := more(disp.Glyphs.ToRight, at.right)
	for i, c := range at.columns {
		if i > 0 {
			line.Fill(style, kit.Gap)
		}
		width := c.width
		if n := disp.Widther.Width(right); n > 0 && i == len(at.columns)-1 {
			width = max(0, width-n-1)
		}
		titled(&c.columnSpec, c.number, width)
	}
	line.AddWidth(style, right, r.W-line.Width(), paint.Right)
	f.Put(r.X, r.Y, r.W, line)
}

// titleOf returns the title of a column with the sign of the sort order. The result without its word has room for one letter, and the
// title of the times says how they are told.
func (l *List) titleOf(c *columnSpec, word bool) termsafe.Safe {
	sign := sortSign(l.display.Glyphs, l.By, c)
	switch {
	case c.kind == timeColumn && l.display.Times == kit.SinceRow:
		return termsafe.Const("Since row")
	case c.kind == timeColumn && l.display.Times == kit.SinceMark:
		return termsafe.Const("Since mark")
	case c.kind == resultColumn && !word:
		return termsafe.Concat(termsafe.Const("R"), sign)
	case sign.Empty() || l.By.Appended:
		return termsafe.Concat(c.title, sign)
	}
	return termsafe.Concat(c.title, kit.BlankCell, sign)
}

// more returns the sign that tells how many columns lie to a side; nothing if there are none.
func more(sign termsafe.Safe, columns int) termsafe.Safe {
	if columns <= 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(sign, termsafe.Int(int64(columns)))
}

// sortSign returns the sign behind the title of a column that the rows are sorted by, empty for other columns.
func sortSign(g *kit.Glyphs, by kit.Sorting, c *columnSpec) termsafe.Safe {
	name := c.name
	if c.kind == timeColumn {
		name = ""
	}
	switch {
	case name != by.Column:
		return termsafe.Safe{}
	case by.Appended:
		return termsafe.Const(" by line")
	case by.Reversed:
		return g.Up
	}
	return g.Down
}

// Draw implements kit.Pane: it draws the titles and the visible rows, or why there are none.
func (l *List) Draw(f *paint.Frame, r kit.Rect, focused bool) {
	rows := r.Below(1)
	l.measure()
	if l.Len() == 0 {
		drawEmpty(l.display, f, rows, emptyWords(l.display, l.state()))
		return
	}
	l.drawHeader(f, r.Line(0), focused)
	newRowPainter(l, r.W, focused).drawAll(f, rows, focused)
}
