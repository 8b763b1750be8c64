package tui

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// table is the list of lines of a modal that covers the panes: a title, the names of the columns, lines with a cursor, and
// below them more about the line under the cursor.
type table struct {
	display *display
	title   termsafe.Safe
	at      int // the line under the cursor
	top     int // the first visible line
	rows    int // lines that fit
}

// move moves the cursor among n lines; it returns false for commands that do not move.
func (t *table) move(c command, n int) bool {
	page := max(1, t.rows-1)
	switch c {
	case cmdUp:
		t.at--
	case cmdDown:
		t.at++
	case cmdHalfUp:
		t.at -= max(1, page/2)
	case cmdHalfDown:
		t.at += max(1, page/2)
	case cmdPageUp:
		t.at -= page
	case cmdPageDown:
		t.at += page
	case cmdTop:
		t.at = 0
	case cmdBottom:
		t.at = n - 1
	default:
		return false
	}
	t.clamp(n)
	return true
}

func (t *table) clamp(n int) { t.at = max(0, min(t.at, n-1)) }

// tableText is what a table shows besides its lines.
type tableText struct {
	note  termsafe.Safe // at the right of the title
	names *paint.Line   // of the columns; nil for none
	empty termsafe.Safe // shown if there are no lines
	foot  []*paint.Line // below the lines, as far as it fits
}

// leastTableRows is the number of lines that the foot must leave.
const leastTableRows = 3

// draw fills r. It calls row only for the visible lines.
func (t *table) draw(f *paint.Frame, r rect, n int, text tableText, row func(l *paint.Line, i int, g ground)) {
	disp, y := t.display, r.y
	put := func(l *paint.Line) {
		if y < r.y+r.h {
			f.Put(r.x, y, r.w, l)
			y++
		}
	}
	put(t.head(text.note, r.w))
	if text.names != nil {
		put(text.names)
	}
	left := r.y + r.h - y
	foot := text.foot[:max(0, min(len(text.foot), left-leastTableRows))]
	t.rows = max(0, left-len(foot))
	t.clamp(n)
	t.top = max(0, min(t.top, t.at, n-t.rows))
	t.top = max(t.top, t.at-t.rows+1)
	for i := t.top; i < t.top+t.rows; i++ {
		l := disp.line()
		switch {
		case i < n:
			t.row(l, i, r.w, row)
		case n == 0 && i == 1:
			l.AddWidth(disp.style(muted), text.empty, r.w, paint.Center)
		}
		put(l)
	}
	for _, l := range foot {
		put(l)
	}
}

// row draws line i with the sign of the cursor.
func (t *table) row(l *paint.Line, i, w int, row func(l *paint.Line, i int, g ground)) {
	disp, g, sign := t.display, onScreen, blankCell
	if i == t.at {
		g, sign = onCursor, disp.glyphs.cursor
	}
	l.AddWidth(disp.theme.style(bar, g), sign, min(2, w), paint.Left)
	row(l, i, g)
	l.Fill(disp.theme.style(plain, g), max(0, w-l.Width()))
}

// head returns the upper edge: the title, and at the right a note if it fits.
func (t *table) head(note termsafe.Safe, w int) *paint.Line {
	disp := t.display
	l := disp.line()
	l.Add(disp.style(frame), disp.glyphs.rules(2))
	l.Add(disp.style(accent), termsafe.Concat(termsafe.Const(" "), t.title, termsafe.Const(" ")))
	rest := w - l.Width() - disp.widther.Width(note) - 4
	if note.Empty() || rest < 2 {
		l.Add(disp.style(frame), disp.glyphs.rules(max(0, w-l.Width())))
		return l
	}
	l.Add(disp.style(frame), disp.glyphs.rules(rest))
	l.Add(disp.style(muted), termsafe.Concat(termsafe.Const(" "), note, termsafe.Const(" ")))
	l.Add(disp.style(frame), disp.glyphs.rules(2))
	return l
}

// rule returns the line above the foot.
func (t *table) rule(w int) *paint.Line {
	l := t.display.line()
	l.Add(t.display.style(frame), t.display.glyphs.rules(w))
	return l
}

// say returns a line of the foot.
func (t *table) say(r role, w int, parts ...termsafe.Safe) *paint.Line {
	disp, l := t.display, t.display.line()
	l.Fill(disp.style(plain), min(2, w))
	room := max(0, w-3)
	l.AddWidth(disp.style(r), disp.widther.Truncate(termsafe.Concat(parts...), room), room, paint.Left)
	return l
}

// keys returns a line of the foot that names keys and what they do.
func (t *table) keys(w int, pairs ...termsafe.Safe) *paint.Line {
	disp, l := t.display, t.display.line()
	l.Fill(disp.style(plain), min(2, w))
	for i := 0; i+1 < len(pairs); i += 2 {
		if l.Width()+disp.widther.Width(pairs[i])+1+disp.widther.Width(pairs[i+1])+gap > w {
			break
		}
		l.Add(disp.style(strong), pairs[i])
		l.Fill(disp.style(plain), 1)
		l.Add(disp.style(muted), pairs[i+1])
		l.Fill(disp.style(plain), gap)
	}
	return l
}
