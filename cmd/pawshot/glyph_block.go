package main

import "image/color"

// eighths is a rectangle in a cell, in eighths of its width and height.
type eighths struct{ x0, y0, x1, y1 int }

// blockParts holds the block elements that consist of rectangles.
var blockParts = map[rune][]eighths{
	'▀': {{0, 0, 8, 4}}, '▁': {{0, 7, 8, 8}}, '▂': {{0, 6, 8, 8}}, '▃': {{0, 5, 8, 8}}, '▄': {{0, 4, 8, 8}},
	'▅': {{0, 3, 8, 8}}, '▆': {{0, 2, 8, 8}}, '▇': {{0, 1, 8, 8}}, '█': {{0, 0, 8, 8}},
	'▉': {{0, 0, 7, 8}}, '▊': {{0, 0, 6, 8}}, '▋': {{0, 0, 5, 8}}, '▌': {{0, 0, 4, 8}},
	'▍': {{0, 0, 3, 8}}, '▎': {{0, 0, 2, 8}}, '▏': {{0, 0, 1, 8}}, '▐': {{4, 0, 8, 8}},
	'▔': {{0, 0, 8, 1}}, '▕': {{7, 0, 8, 8}},
	'▖': {{0, 4, 4, 8}}, '▗': {{4, 4, 8, 8}}, '▘': {{0, 0, 4, 4}}, '▝': {{4, 0, 8, 4}},
	'▙': {{0, 0, 4, 8}, {4, 4, 8, 8}}, '▚': {{0, 0, 4, 4}, {4, 4, 8, 8}},
	'▛': {{0, 0, 8, 4}, {0, 4, 4, 8}}, '▜': {{0, 0, 8, 4}, {4, 4, 8, 8}},
	'▞': {{4, 0, 8, 4}, {0, 4, 4, 8}}, '▟': {{4, 0, 8, 8}, {0, 4, 4, 8}},
}

// blockShades holds the shades, by how many quarters of the dots are inked.
var blockShades = map[rune]int{'░': 1, '▒': 2, '▓': 3}

// blockShape returns the shape of a block element or of a Braille pattern.
func blockShape(r rune) (shape, bool) {
	if parts, ok := blockParts[r]; ok {
		return func(m *mask) {
			w, h := m.size()
			for _, s := range parts {
				m.pixels(s.x0*w/8, s.y0*h/8, s.x1*w/8, s.y1*h/8, 255)
			}
		}, true
	}
	if n, ok := blockShades[r]; ok {
		return func(m *mask) { m.shade(n) }, true
	}
	if r > 0x2800 && r <= 0x28ff {
		return func(m *mask) { m.braille(uint8(r - 0x2800)) }, true
	}
	return nil, false
}

// shadeOrder is the order in which the four dots of a square are inked. The first two are diagonal.
var shadeOrder = [2][2]int{{0, 2}, {3, 1}}

// shade inks some of the four dots of every square.
func (m *mask) shade(quarters int) {
	w, h := m.size()
	dot := max(w/8, 1)
	for y := range h {
		for x := range w {
			if shadeOrder[y/dot%2][x/dot%2] < quarters {
				m.img.SetAlpha(x, y, color.Alpha{255})
			}
		}
	}
}

// braillePlaces holds the column and row of each dot, from the lowest bit.
var braillePlaces = [8][2]int{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}}

func (m *mask) braille(dots uint8) {
	w, h := m.size()
	r := float32(w) / 8
	for i, place := range braillePlaces {
		if dots>>i&1 == 0 {
			continue
		}
		x, y := float32(w)*(float32(place[0])*2+1)/4, float32(h)*(float32(place[1])*2+1)/8
		disc((x-m.x)/m.unit, (y-m.y)/m.unit, r/m.unit)(m)
	}
}
