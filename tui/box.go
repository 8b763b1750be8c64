package tui

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// drawBox draws lines as wide as box, from its top on, between an upper edge with a title and a lower one, as far as room goes; the height
// of box does not matter. Where there is something left of it or right of it, a wall keeps that apart: what the box covers half must not
// be read as a whole, a number above all.
func (k *look) drawBox(f *paint.Frame, room, box rect, title termsafe.Safe, lines []*paint.Line) {
	x, y, w := box.x, box.y, box.w
	put := func(l *paint.Line) {
		if y >= room.y+room.h {
			return
		}
		f.Put(x, y, w, l)
		for _, side := range []int{x - 1, x + w} {
			if side >= room.x && side < room.x+room.w {
				f.Put(side, y, 1, k.wallCell())
			}
		}
		y++
	}
	put(k.boxHead(title, w))
	for _, l := range lines {
		put(l)
	}
	foot := k.line()
	foot.Add(k.style(frame), k.glyphs.rules(w))
	put(foot)
}

func (k *look) wallCell() *paint.Line {
	l := k.line()
	l.Add(k.style(frame), k.glyphs.wall)
	return l
}

// boxHead is the upper edge of a box of w cells.
func (k *look) boxHead(title termsafe.Safe, w int) *paint.Line {
	l := k.line()
	l.Add(k.style(frame), k.glyphs.rules(2))
	l.Add(k.style(accent), termsafe.Concat(termsafe.Const(" "), title, termsafe.Const(" ")))
	l.Add(k.style(frame), k.glyphs.rules(max(0, w-l.Width())))
	return l
}
