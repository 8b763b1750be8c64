package kit

import (
	"strings"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// DrawBox draws lines from the top of box on, as wide as box, between an upper edge with a title and a lower edge. It ignores
// the height of box and stops at the bottom of area. Walls at its sides, where area has room for them, separate it from what it
// half covers, so that half a number is not read as a whole one. The note stands in the lower edge; it may be empty.
func (disp *Display) DrawBox(f *paint.Frame, area, box Rect, title, note termsafe.Safe, lines []*paint.Line) {
	x, y, w, b := box.X, box.Y, box.W, disp.Glyphs.border
	put := func(l *paint.Line, left, right string) {
		if y >= area.Y+area.H {
			return
		}
		f.Put(x, y, w, l)
		if x > area.X {
			f.Put(x-1, y, 1, disp.frameCell(left))
		}
		if x+w < area.X+area.W {
			f.Put(x+w, y, 1, disp.frameCell(right))
		}
		y++
	}
	put(disp.boxHead(title, w), b.TopLeft, b.TopRight)
	for _, l := range lines {
		put(l, b.Left, b.Right)
	}
	put(disp.Edge(note, w), b.BottomLeft, b.BottomRight)
}

// Edge returns the lower edge of what is longer than its box, w cells wide, with a note at its right if that fits.
func (disp *Display) Edge(note termsafe.Safe, w int) *paint.Line {
	l := disp.Line()
	if rest := w - disp.Widther.Width(note) - 4; !note.Empty() && rest > 0 {
		l.Add(disp.Style(Frame), disp.Glyphs.Rules(rest))
		l.Add(disp.Style(Muted), termsafe.Concat(termsafe.Const(" "), note, termsafe.Const(" ")))
	}
	l.Add(disp.Style(Frame), disp.Glyphs.Rules(max(0, w-l.Width())))
	return l
}

// Part says which of n lines was reached, and with arrows on which sides more are hidden. It is empty if all fit. Of the n
// lines, rows are visible from top on.
func (disp *Display) Part(reached, top, rows, n int) termsafe.Safe {
	if n <= rows {
		return termsafe.Safe{}
	}
	above, below := " ", " "
	if top > 0 {
		above = "↑"
	}
	if top+rows < n {
		below = "↓"
	}
	if disp.Widther.ASCII {
		above, below = strings.ReplaceAll(above, "↑", "^"), strings.ReplaceAll(below, "↓", "v")
	}
	return termsafe.Concat(disp.Own(above+below+" "), termsafe.Int(int64(reached)), termsafe.Const(" of "), termsafe.Int(int64(n)))
}

// frameCell returns one sign of the border.
func (disp *Display) frameCell(sign string) *paint.Line {
	l := disp.Line()
	l.Add(disp.Style(Frame), drawn(sign))
	return l
}

// boxHead returns the upper edge of a box, w cells wide.
func (disp *Display) boxHead(title termsafe.Safe, w int) *paint.Line {
	l := disp.Line()
	l.Add(disp.Style(Frame), disp.Glyphs.Rules(2))
	l.Add(disp.Style(Accent), termsafe.Concat(termsafe.Const(" "), title, termsafe.Const(" ")))
	l.Add(disp.Style(Frame), disp.Glyphs.Rules(max(0, w-l.Width())))
	return l
}

// Begin returns the whole words of a text that fit. A sign after a blank says that it goes on; whoever calls it shows the rest elsewhere.
func (disp *Display) Begin(text termsafe.Safe, cells int) termsafe.Safe {
	if disp.Widther.Width(text) <= cells {
		return text
	}
	more := disp.Own(" …")
	words := disp.Widther.Wrap(text, max(1, cells-disp.Widther.Width(more)))[0]
	if strings.HasSuffix(words.String(), " ") {
		words = disp.Widther.Slice(words, 0, disp.Widther.Width(words)-1)
	}
	return termsafe.Concat(words, more)
}
