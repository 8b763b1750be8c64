package tui

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// drawBox draws lines from the top of box on, as wide as box, between an upper edge with a title and a lower edge. It ignores
// the height of box and stops at the bottom of area. Walls at its sides separate it from what it half covers, so that half a
// number is not read as a whole one.
func (disp *display) drawBox(f *paint.Frame, area, box rect, title termsafe.Safe, lines []*paint.Line) {
	x, y, w := box.x, box.y, box.w
	put := func(l *paint.Line) {
		if y >= area.y+area.h {
			return
		}
		f.Put(x, y, w, l)
		for _, side := range []int{x - 1, x + w} {
			if side >= area.x && side < area.x+area.w {
				f.Put(side, y, 1, disp.wallCell())
			}
		}
		y++
	}
	put(disp.boxHead(title, w))
	for _, l := range lines {
		put(l)
	}
	foot := disp.line()
	foot.Add(disp.style(frame), disp.glyphs.rules(w))
	put(foot)
}

func (disp *display) wallCell() *paint.Line {
	l := disp.line()
	l.Add(disp.style(frame), disp.glyphs.wall)
	return l
}

// boxHead returns the upper edge of a box, w cells wide.
func (disp *display) boxHead(title termsafe.Safe, w int) *paint.Line {
	l := disp.line()
	l.Add(disp.style(frame), disp.glyphs.rules(2))
	l.Add(disp.style(accent), termsafe.Concat(termsafe.Const(" "), title, termsafe.Const(" ")))
	l.Add(disp.style(frame), disp.glyphs.rules(max(0, w-l.Width())))
	return l
}
