package kit

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// DrawBox draws lines from the top of box on, as wide as box, between an upper edge with a title and a lower edge. It ignores
// the height of box and stops at the bottom of area. Walls at its sides, where area has room for them, separate it from what it
// half covers, so that half a number is not read as a whole one.
func (disp *Display) DrawBox(f *paint.Frame, area, box Rect, title termsafe.Safe, lines []*paint.Line) {
	x, y, w := box.X, box.Y, box.W
	put := func(l *paint.Line) {
		if y >= area.Y+area.H {
			return
		}
		f.Put(x, y, w, l)
		for _, side := range []int{x - 1, x + w} {
			if side >= area.X && side < area.X+area.W {
				f.Put(side, y, 1, disp.wallCell())
			}
		}
		y++
	}
	put(disp.boxHead(title, w))
	for _, l := range lines {
		put(l)
	}
	foot := disp.Line()
	foot.Add(disp.Style(Frame), disp.Glyphs.Rules(w))
	put(foot)
}

func (disp *Display) wallCell() *paint.Line {
	l := disp.Line()
	l.Add(disp.Style(Frame), disp.Glyphs.Wall)
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
