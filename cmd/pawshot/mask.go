package main

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// mask is a cell on which shapes are drawn. Coordinates are hundredths of the width of a narrow cell, to the right of and below the
// middle of a capital letter. Shapes that fill whole cells use pixels instead, so that they meet their neighbours.
type mask struct {
	img    *image.Alpha
	unit   float32 // pixels in a hundredth
	x, y   float32 // the middle
	letter font.Face
}

// shape draws on a mask.
type shape func(*mask)

// join draws several shapes on top of each other.
func join(shapes ...shape) shape {
	return func(m *mask) {
		for _, s := range shapes {
			s(m)
		}
	}
}

// pixels fills a rectangle of pixels.
func (m *mask) pixels(x0, y0, x1, y1 int, alpha uint8) {
	draw.Draw(m.img, image.Rect(x0, y0, x1, y1), image.NewUniform(color.Alpha{alpha}), image.Point{}, draw.Over)
}

// erase clears a rectangle of pixels.
func (m *mask) erase(x0, y0, x1, y1 int) {
	draw.Draw(m.img, image.Rect(x0, y0, x1, y1), image.Transparent, image.Point{}, draw.Src)
}

func (m *mask) size() (w, h int) { return m.img.Rect.Dx(), m.img.Rect.Dy() }

// outline fills the paths that add puts into a rasterizer. A path inside another one with the opposite direction is a hole.
func (m *mask) outline(add func(z *vector.Rasterizer)) {
	w, h := m.size()
	z := vector.NewRasterizer(w, h)
	add(z)
	z.Draw(m.img, m.img.Rect, image.Opaque, image.Point{})
}

func (m *mask) at(x, y float32) (px, py float32) { return m.x + x*m.unit, m.y + y*m.unit }

// fillIn fills a polygon with the corners x, y, x, y …
func fillIn(xy ...float32) shape {
	return func(m *mask) {
		m.outline(func(z *vector.Rasterizer) {
			z.MoveTo(m.at(xy[0], xy[1]))
			for i := 2; i < len(xy); i += 2 {
				z.LineTo(m.at(xy[i], xy[i+1]))
			}
			z.ClosePath()
		})
	}
}

// line draws a line through points x, y, x, y … Its parts overlap where they meet.
func line(width float32, xy ...float32) shape {
	var parts []shape
	for i := 0; i+3 < len(xy); i += 2 {
		x0, y0, x1, y1 := xy[i], xy[i+1], xy[i+2], xy[i+3]
		long := float32(math.Hypot(float64(x1-x0), float64(y1-y0)))
		dx, dy := (x1-x0)/long*width/2, (y1-y0)/long*width/2
		parts = append(parts, fillIn(x0-dx-dy, y0-dy+dx, x0-dx+dy, y0-dy-dx, x1+dx+dy, y1+dy-dx, x1+dx-dy, y1+dy+dx))
	}
	return join(parts...)
}

// loop draws a closed line through points.
func loop(width float32, xy ...float32) shape {
	return line(width, append(xy[:len(xy):len(xy)], xy[0], xy[1])...)
}

// arc draws a part of a circle between two angles, in degrees clockwise from the right.
func arc(width, x, y, r float32, from, to float64) shape {
	const steps = 24
	var xy []float32
	for i := range steps + 1 {
		a := (from + (to-from)*float64(i)/steps) * math.Pi / 180
		xy = append(xy, x+r*float32(math.Cos(a)), y+r*float32(math.Sin(a)))
	}
	return line(width, xy...)
}

// disc fills a circle.
func disc(x, y, r float32) shape {
	return func(m *mask) { m.outline(func(z *vector.Rasterizer) { m.circle(z, x, y, r, 1) }) }
}

// ring draws a circle with the outer radius r.
func ring(x, y, r, width float32) shape {
	return func(m *mask) {
		m.outline(func(z *vector.Rasterizer) {
			m.circle(z, x, y, r, 1)
			m.circle(z, x, y, r-width, -1)
		})
	}
}

// half fills the half of a circle whose middle lies at an angle.
func half(r float32, side float64) shape {
	const steps = 24
	var xy []float32
	for i := range steps + 1 {
		a := (side - 90 + 180*float64(i)/steps) * math.Pi / 180
		xy = append(xy, r*float32(math.Cos(a)), r*float32(math.Sin(a)))
	}
	return fillIn(xy...)
}

// circle adds a circle of four curves, clockwise if turn is 1 and anticlockwise if it is -1.
func (m *mask) circle(z *vector.Rasterizer, x, y, r, turn float32) {
	const k = 0.5522847 // distance of a quarter's control points from its ends
	at := func(dx, dy float32) (float32, float32) { return m.at(x+dx*r, y+dy*r*turn) }
	curve := func(bx, by, cx, cy, dx, dy float32) {
		x1, y1 := at(bx, by)
		x2, y2 := at(cx, cy)
		x3, y3 := at(dx, dy)
		z.CubeTo(x1, y1, x2, y2, x3, y3)
	}
	z.MoveTo(at(1, 0))
	curve(1, k, k, 1, 0, 1)
	curve(-k, 1, -1, k, -1, 0)
	curve(-1, -k, -k, -1, 0, -1)
	curve(k, -1, 1, -k, 1, 0)
	z.ClosePath()
}

// letters draws a few small letters, each lower than the one before.
func letters(text string) shape {
	return func(m *mask) {
		w, h := m.size()
		met := m.letter.Metrics()
		each := float32(w) / float32(len(text)+1)
		drop := met.CapHeight.Ceil() * 3 / 4
		top := (h-drop*(len(text)-1)-met.CapHeight.Ceil())/2 + met.CapHeight.Ceil()
		d := font.Drawer{Dst: m.img, Src: image.Opaque, Face: m.letter}
		for i, r := range text {
			adv := float32(font.MeasureString(m.letter, string(r))) / 64
			d.Dot = fixed.P(int(each*float32(i+1)-adv/2+0.5), top+drop*i)
			d.DrawString(string(r))
		}
	}
}
