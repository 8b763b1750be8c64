package modal

import (
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// table is the list of lines of a modal that covers the panes: a title, the names of the columns, lines with a cursor, and
// below them more about the line under the cursor.
type table struct {
	display *kit.Display
	title   termsafe.Safe
	at      int // the line under the cursor
	top     int // the first visible line
	rows    int // lines that fit
}

// move moves the cursor among n lines; it returns false for commands that do not move.
func (t *table) move(c kit.Command, n int) bool {
	page := max(1, t.rows-1)
	switch c {
	case kit.CmdUp:
		t.at--
	case kit.CmdDown:
		t.at++
	case kit.CmdHalfUp:
		t.at -= max(1, page/2)
	case kit.CmdHalfDown:
		t.at += max(1, page/2)
	case kit.CmdPageUp:
		t.at -= page
	case kit.CmdPageDown:
		t.at += page
	case kit.CmdTop:
		t.at = 0
	case kit.CmdBottom:
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
func (t *table) draw(f *paint.Frame, r kit.Rect, n int, text tableText, row func(l *paint.Line, i int, g kit.Ground)) {
	disp, y := t.display, r.Y
	put := func(l *paint.Line) {
		if y < r.Y+r.H {
			f.Put(r.X, y, r.W, l)
			y++
		}
	}
	put(t.head(text.note, r.W))
	if text.names != nil {
		put(text.names)
	}
	left := r.Y + r.H - y
	foot := text.foot[:max(0, min(len(text.foot), left-leastTableRows))]
	t.rows = max(0, left-len(foot))
	t.clamp(n)
	t.top = max(0, min(t.top, t.at, n-t.rows))
	t.top = max(t.top, t.at-t.rows+1)
	for i := t.top; i < t.top+t.rows; i++ {
		l := disp.Line()
		switch {
		case i < n:
			t.row(l, i, r.W, row)
			if i == t.at {
				f.Select(r.X, y)
			}
		case n == 0 && i == 1:
			l.AddWidth(disp.Style(kit.Muted), text.empty, r.W, paint.Center)
		}
		put(l)
	}
	for _, l := range foot {
		put(l)
	}
}

// row draws line i with the sign of the cursor.
func (t *table) row(l *paint.Line, i, w int, row func(l *paint.Line, i int, g kit.Ground)) {
	disp, g, sign := t.display, kit.OnScreen, kit.BlankCell
	if i == t.at {
		g, sign = kit.OnCursor, disp.Glyphs.Cursor
	}
	l.AddWidth(disp.Theme.Style(kit.Bar, g), sign, min(2, w), paint.Left)
	row(l, i, g)
	l.Fill(disp.Theme.Style(kit.Plain, g), max(0, w-l.Width()))
}

// head returns the upper edge: the title, and at the right a note if it fits.
func (t *table) head(note termsafe.Safe, w int) *paint.Line {
	disp := t.display
	l := disp.Line()
	l.Add(disp.Style(kit.Frame), disp.Glyphs.Rules(2))
	l.Add(disp.Style(kit.Accent), termsafe.Concat(termsafe.Const(" "), t.title, termsafe.Const(" ")))
	rest := w - l.Width() - disp.Widther.Width(note) - 4
	if note.Empty() || rest < 2 {
		l.Add(disp.Style(kit.Frame), disp.Glyphs.Rules(max(0, w-l.Width())))
		return l
	}
	l.Add(disp.Style(kit.Frame), disp.Glyphs.Rules(rest))
	l.Add(disp.Style(kit.Muted), termsafe.Concat(termsafe.Const(" "), note, termsafe.Const(" ")))
	l.Add(disp.Style(kit.Frame), disp.Glyphs.Rules(2))
	return l
}

// rule returns the line above the foot.
func (t *table) rule(w int) *paint.Line {
	l := t.display.Line()
	l.Add(t.display.Style(kit.Frame), t.display.Glyphs.Rules(w))
	return l
}

// say returns a line of the foot.
func (t *table) say(r kit.Role, w int, parts ...termsafe.Safe) *paint.Line {
	disp, l := t.display, t.display.Line()
	l.Fill(disp.Style(kit.Plain), min(2, w))
	room := max(0, w-3)
	l.AddWidth(disp.Style(r), disp.Widther.Truncate(termsafe.Concat(parts...), room), room, paint.Left)
	return l
}

// keys returns a line of the foot that names keys and what they do.
func (t *table) keys(w int, pairs ...termsafe.Safe) *paint.Line {
	disp, l := t.display, t.display.Line()
	l.Fill(disp.Style(kit.Plain), min(2, w))
	for i := 0; i+1 < len(pairs); i += 2 {
		if l.Width()+disp.Widther.Width(pairs[i])+1+disp.Widther.Width(pairs[i+1])+kit.Gap > w {
			break
		}
		l.Add(disp.Style(kit.Strong), pairs[i])
		l.Fill(disp.Style(kit.Plain), 1)
		l.Add(disp.Style(kit.Muted), pairs[i+1])
		l.Fill(disp.Style(kit.Plain), kit.Gap)
	}
	return l
}
