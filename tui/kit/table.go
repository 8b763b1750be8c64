package kit

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// Table is the list of lines of a modal that covers the panes: a title, the names of the columns, lines with a cursor, and
// below them more about the line under the cursor.
type Table struct {
	Display *Display      // not nil
	Title   termsafe.Safe // in the upper edge
	At      int           // the line under the cursor
	top     int           // the first visible line
	rows    int           // lines that fit
}

// Move moves the cursor among n lines; it returns false for commands that do not move.
func (t *Table) Move(c Command, n int) bool {
	page := max(1, t.rows-1)
	switch c {
	case CmdUp:
		t.At--
	case CmdDown:
		t.At++
	case CmdHalfUp:
		t.At -= max(1, page/2)
	case CmdHalfDown:
		t.At += max(1, page/2)
	case CmdPageUp:
		t.At -= page
	case CmdPageDown:
		t.At += page
	case CmdTop:
		t.At = 0
	case CmdBottom:
		t.At = n - 1
	default:
		return false
	}
	t.Clamp(n)
	return true
}

// Clamp keeps the cursor within n lines.
func (t *Table) Clamp(n int) { t.At = max(0, min(t.At, n-1)) }

// TableText is what a table shows besides its lines.
type TableText struct {
	Note  termsafe.Safe // at the right of the title
	Place bool          // Note says which line the cursor is on; else the table adds that if not all lines fit
	Lead  []*paint.Line // below the title
	Names *paint.Line   // of the columns; nil for none
	Empty termsafe.Safe // shown if there are no lines
	Foot  []*paint.Line // below the lines, as far as it fits
}

// leastTableRows is the number of lines that the foot must leave.
const leastTableRows = 3

// Draw fills r. It calls row only for the visible lines.
func (t *Table) Draw(f *paint.Frame, r Rect, n int, text TableText, row func(l *paint.Line, i int, g Ground)) {
	disp, y := t.Display, r.Y
	put := func(l *paint.Line) {
		if y < r.Y+r.H {
			f.Put(r.X, y, r.W, l)
			y++
		}
	}
	y++ // the head, which says which lines are visible
	for _, l := range text.Lead {
		put(l)
	}
	if text.Names != nil {
		put(text.Names)
	}
	left := r.Y + r.H - y
	foot := text.Foot[:max(0, min(len(text.Foot), left-leastTableRows))]
	t.rows = max(0, left-len(foot))
	t.Clamp(n)
	t.top = max(0, min(t.top, t.At, n-t.rows))
	t.top = max(t.top, t.At-t.rows+1)
	for i := t.top; i < t.top+t.rows; i++ {
		l := disp.Line()
		switch {
		case i < n:
			t.row(l, i, r.W, row)
			if i == t.At {
				f.Select(r.X, y)
			}
		case n == 0 && i == 1:
			l.AddWidth(disp.Style(Muted), text.Empty, r.W, paint.Center)
		}
		put(l)
	}
	for _, l := range foot {
		put(l)
	}
	if r.H > 0 {
		f.Put(r.X, r.Y, r.W, t.Head(t.note(&text, n, r.W), r.W))
	}
}

// note returns what stands at the right of the title: the note and the place among n lines, or the place alone where space is short.
func (t *Table) note(text *TableText, n, w int) termsafe.Safe {
	part := t.Display.Part(t.At+1, t.top, t.rows, n)
	if text.Place || part.Empty() {
		return text.Note
	}
	if both := termsafe.Concat(text.Note, termsafe.Const("  "), part); !text.Note.Empty() && t.Display.Widther.Width(t.Title)+t.Display.Widther.Width(both)+10 <= w {
		return both
	}
	return part
}

// row draws line i with the sign of the cursor.
func (t *Table) row(l *paint.Line, i, w int, row func(l *paint.Line, i int, g Ground)) {
	disp, g, sign := t.Display, OnScreen, BlankCell
	if i == t.At {
		g, sign = OnCursor, disp.Glyphs.Cursor
	}
	l.AddWidth(disp.Theme.Style(Bar, g), sign, min(2, w), paint.Left)
	row(l, i, g)
	l.Fill(disp.Theme.Style(Plain, g), max(0, w-l.Width()))
}

// Head returns the upper edge: the title, and at the right a note if it fits.
func (t *Table) Head(note termsafe.Safe, w int) *paint.Line {
	disp := t.Display
	l := disp.Line()
	l.Add(disp.Style(Frame), disp.Glyphs.Rules(2))
	l.Add(disp.Style(Accent), termsafe.Concat(termsafe.Const(" "), t.Title, termsafe.Const(" ")))
	rest := w - l.Width() - disp.Widther.Width(note) - 4
	if note.Empty() || rest < 2 {
		l.Add(disp.Style(Frame), disp.Glyphs.Rules(max(0, w-l.Width())))
		return l
	}
	l.Add(disp.Style(Frame), disp.Glyphs.Rules(rest))
	l.Add(disp.Style(Muted), termsafe.Concat(termsafe.Const(" "), note, termsafe.Const(" ")))
	l.Add(disp.Style(Frame), disp.Glyphs.Rules(2))
	return l
}

// Rule returns the line above the foot.
func (t *Table) Rule(w int) *paint.Line {
	l := t.Display.Line()
	l.Add(t.Display.Style(Frame), t.Display.Glyphs.Rules(w))
	return l
}

// Say returns a line of the foot.
func (t *Table) Say(r Role, w int, parts ...termsafe.Safe) *paint.Line {
	disp, l := t.Display, t.Display.Line()
	l.Fill(disp.Style(Plain), min(2, w))
	room := max(0, w-3)
	l.AddWidth(disp.Style(r), disp.Widther.Truncate(termsafe.Concat(parts...), room), room, paint.Left)
	return l
}

// Keys returns a line of the foot that names keys and what they do.
func (t *Table) Keys(w int, pairs ...termsafe.Safe) *paint.Line {
	disp, l := t.Display, t.Display.Line()
	l.Fill(disp.Style(Plain), min(2, w))
	for i := 0; i+1 < len(pairs); i += 2 {
		if l.Width()+disp.Widther.Width(pairs[i])+1+disp.Widther.Width(pairs[i+1])+Gap > w {
			break
		}
		l.Add(disp.Style(Strong), pairs[i])
		l.Fill(disp.Style(Plain), 1)
		l.Add(disp.Style(Muted), pairs[i+1])
		l.Fill(disp.Style(Plain), Gap)
	}
	return l
}
