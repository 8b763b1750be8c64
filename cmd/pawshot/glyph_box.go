package main

import "math"

// arms holds the weights of the lines from the middle of a cell to its sides: 0 none, 1 light, 2 heavy.
type arms struct{ up, right, down, left int }

// boxArms holds the box drawing characters that consist of arms.
var boxArms = map[rune]arms{
	'─': {0, 1, 0, 1}, '━': {0, 2, 0, 2}, '│': {1, 0, 1, 0}, '┃': {2, 0, 2, 0},
	'┌': {0, 1, 1, 0}, '┍': {0, 2, 1, 0}, '┎': {0, 1, 2, 0}, '┏': {0, 2, 2, 0},
	'┐': {0, 0, 1, 1}, '┑': {0, 0, 1, 2}, '┒': {0, 0, 2, 1}, '┓': {0, 0, 2, 2},
	'└': {1, 1, 0, 0}, '┕': {1, 2, 0, 0}, '┖': {2, 1, 0, 0}, '┗': {2, 2, 0, 0},
	'┘': {1, 0, 0, 1}, '┙': {1, 0, 0, 2}, '┚': {2, 0, 0, 1}, '┛': {2, 0, 0, 2},
	'├': {1, 1, 1, 0}, '┝': {1, 2, 1, 0}, '┞': {2, 1, 1, 0}, '┟': {1, 1, 2, 0},
	'┠': {2, 1, 2, 0}, '┡': {2, 2, 1, 0}, '┢': {1, 2, 2, 0}, '┣': {2, 2, 2, 0},
	'┤': {1, 0, 1, 1}, '┥': {1, 0, 1, 2}, '┦': {2, 0, 1, 1}, '┧': {1, 0, 2, 1},
	'┨': {2, 0, 2, 1}, '┩': {2, 0, 1, 2}, '┪': {1, 0, 2, 2}, '┫': {2, 0, 2, 2},
	'┬': {0, 1, 1, 1}, '┭': {0, 1, 1, 2}, '┮': {0, 2, 1, 1}, '┯': {0, 2, 1, 2},
	'┰': {0, 1, 2, 1}, '┱': {0, 1, 2, 2}, '┲': {0, 2, 2, 1}, '┳': {0, 2, 2, 2},
	'┴': {1, 1, 0, 1}, '┵': {1, 1, 0, 2}, '┶': {1, 2, 0, 1}, '┷': {1, 2, 0, 2},
	'┸': {2, 1, 0, 1}, '┹': {2, 1, 0, 2}, '┺': {2, 2, 0, 1}, '┻': {2, 2, 0, 2},
	'┼': {1, 1, 1, 1}, '┽': {1, 1, 1, 2}, '┾': {1, 2, 1, 1}, '┿': {1, 2, 1, 2},
	'╀': {2, 1, 1, 1}, '╁': {1, 1, 2, 1}, '╂': {2, 1, 2, 1}, '╃': {2, 1, 1, 2},
	'╄': {2, 2, 1, 1}, '╅': {1, 1, 2, 2}, '╆': {1, 2, 2, 1}, '╇': {2, 2, 1, 2},
	'╈': {1, 2, 2, 2}, '╉': {2, 1, 2, 2}, '╊': {2, 2, 2, 1}, '╋': {2, 2, 2, 2},
	'╴': {0, 0, 0, 1}, '╵': {1, 0, 0, 0}, '╶': {0, 1, 0, 0}, '╷': {0, 0, 1, 0},
	'╸': {0, 0, 0, 2}, '╹': {2, 0, 0, 0}, '╺': {0, 2, 0, 0}, '╻': {0, 0, 2, 0},
	'╼': {0, 2, 0, 1}, '╽': {1, 0, 2, 0}, '╾': {0, 1, 0, 2}, '╿': {2, 0, 1, 0},
}

// dashes is a dashed line across a cell.
type dashes struct {
	parts, weight int
	upright       bool
}

var boxDashes = map[rune]dashes{
	'┄': {3, 1, false}, '┅': {3, 2, false}, '┆': {3, 1, true}, '┇': {3, 2, true},
	'┈': {4, 1, false}, '┉': {4, 2, false}, '┊': {4, 1, true}, '┋': {4, 2, true},
	'╌': {2, 1, false}, '╍': {2, 2, false}, '╎': {2, 1, true}, '╏': {2, 2, true},
}

// boxCorners holds the round corners, by the sides that they lead to: right and down are 1, left and up are -1.
var boxCorners = map[rune][2]int{'╭': {1, 1}, '╮': {-1, 1}, '╯': {-1, -1}, '╰': {1, -1}}

// boxShape returns the shape of a box drawing character.
func boxShape(r rune) (shape, bool) {
	if a, ok := boxArms[r]; ok {
		return a.draw, true
	}
	if d, ok := boxDashes[r]; ok {
		return d.draw, true
	}
	if c, ok := boxCorners[r]; ok {
		return func(m *mask) { m.corner(c[0], c[1]) }, true
	}
	return nil, false
}

// thickness returns the thickness of a line of a weight, in pixels.
func (m *mask) thickness(weight int) int {
	w, _ := m.size()
	return weight * max(w/8, 1)
}

// across returns the range of pixels of a line in the middle between 0 and size.
func (m *mask) across(size, weight int) (from, to int) {
	t := m.thickness(weight)
	return (size - t) / 2, (size-t)/2 + t
}

func (a arms) draw(m *mask) {
	w, h := m.size()
	// An arm reaches as far into the middle as the thickest line that crosses it.
	top, bottom := m.across(h, max(a.left, a.right, 1))
	left, right := m.across(w, max(a.up, a.down, 1))
	if x0, x1 := m.across(w, a.up); a.up > 0 {
		m.pixels(x0, 0, x1, bottom, 255)
	}
	if x0, x1 := m.across(w, a.down); a.down > 0 {
		m.pixels(x0, top, x1, h, 255)
	}
	if y0, y1 := m.across(h, a.left); a.left > 0 {
		m.pixels(0, y0, right, y1, 255)
	}
	if y0, y1 := m.across(h, a.right); a.right > 0 {
		m.pixels(left, y0, w, y1, 255)
	}
}

func (d dashes) draw(m *mask) {
	w, h := m.size()
	long, wide := w, h
	if d.upright {
		long, wide = h, w
	}
	from, to := m.across(wide, d.weight)
	for i := range d.parts {
		a, b := long*i/d.parts, long*(i+1)/d.parts
		gap := max((b-a)/3, 1)
		a, b = a+gap/2, b-(gap+1)/2
		if d.upright {
			m.pixels(from, a, to, b, 255)
		} else {
			m.pixels(a, from, b, to, 255)
		}
	}
}

// corner draws a quarter of a circle between the middles of two sides, and a straight line for the rest of the longer way.
func (m *mask) corner(toX, toY int) {
	w, h := m.size()
	t := m.thickness(1)
	x0, x1 := m.across(w, 1)
	y0, y1 := m.across(h, 1)
	cx, cy := float64(x0+x1)/2, float64(y0+y1)/2
	r := float64(w) - cx
	if toX < 0 {
		r = cx
	}
	mx, my := cx+float64(toX)*r, cy+float64(toY)*r // the centre of the circle
	m.curve(mx, my, r, float64(t), toX, toY)
	// Curves have soft ends. Replace the last pixels by a straight line, which continues in the next cell.
	edge := w - 1
	if toX < 0 {
		edge = 0
	}
	m.erase(edge, 0, edge+1, h)
	m.pixels(edge, y0, edge+1, y1, 255)
	if toY > 0 {
		m.pixels(x0, int(math.Round(my)), x1, h, 255)
	} else {
		m.pixels(x0, 0, x1, int(math.Round(my)), 255)
	}
}

// curve draws the quarter of a ring that faces away from the sides that a corner leads to.
func (m *mask) curve(mx, my, r, t float64, toX, toY int) {
	from := map[[2]int]float64{{1, 1}: 180, {-1, 1}: 270, {-1, -1}: 0, {1, -1}: 90}[[2]int{toX, toY}]
	u := float64(m.unit)
	arc(float32(t/u), float32((mx-float64(m.x))/u), float32((my-float64(m.y))/u), float32(r/u), from, from+90)(m)
}
