package main

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// The size of a cell in pixels, before it is scaled.
const cellWidth, cellHeight = 8, 17

// painter draws screens. It is for one goroutine.
type painter struct {
	colors  colors
	lenient bool // draw a box for a rune that cannot be drawn, instead of returning an error
	w, h    int  // of a cell
	base    int  // from the top of a cell to the baseline
	middle  float32
	faces   *faces
	missing missing
}

// newPainter returns a painter whose cells are scale times cellWidth by cellHeight.
func newPainter(c colors, scale int, lenient bool) (*painter, error) {
	p := &painter{colors: c, lenient: lenient, w: cellWidth * scale, h: cellHeight * scale}
	var err error
	if p.faces, err = newFaces(p.w); err != nil {
		return nil, err
	}
	m := p.faces.plain.Metrics()
	p.base = (p.h - (m.Ascent + m.Descent).Ceil()) / 2
	p.base += m.Ascent.Round()
	p.middle = float32(p.base) - float32(m.CapHeight)/64/2
	return p, nil
}

// draw draws a screen. If it cannot draw some runes, the error names them.
func (p *painter) draw(s *screen) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, s.cols*p.w, s.rows*p.h))
	p.missing = nil
	for y := range s.rows {
		for x := range s.cols {
			p.cell(img, s, x, y)
		}
	}
	if len(p.missing) > 0 && !p.lenient {
		return nil, p.missing
	}
	return img, nil
}

func (p *painter) cell(img *image.RGBA, s *screen, x, y int) {
	c := &s.cells[y*s.cols+x]
	if c.Width == 0 && c.Content == "" && x > 0 && s.cells[y*s.cols+x-1].Width > 1 {
		return // the second half of the cell before
	}
	place := image.Rect(x*p.w, y*p.h, (x+max(c.Width, 1))*p.w, (y+1)*p.h)
	style := p.colors.of(c.Style)
	here := s.cursor.shown && s.cursor.y == y && s.cursor.x >= x && s.cursor.x < x+max(c.Width, 1)
	if here && s.cursor.form == vt.CursorBlock {
		style = style.swapped()
	}
	fill(img, place, style.bg)
	if !p.content(img, place, c, style.fg) {
		p.missing = append(p.missing, undrawn{c.Content, x, y})
		p.box(img, place, style.fg)
	}
	p.lines(img, place, c.Style, style.fg)
	if here && s.cursor.form != vt.CursorBlock {
		p.thinCursor(img, place, s.cursor.form)
	}
}

// content draws the rune of a cell, and reports whether it could.
func (p *painter) content(img *image.RGBA, place image.Rectangle, c *uv.Cell, fg color.RGBA) bool {
	r, ok := soleRune(c.Content)
	switch {
	case !ok:
		return false
	case r == ' ' || r == '\u00a0':
		return true
	}
	if s, ok := shapeOf(r); ok {
		m := p.mask(place)
		s(m)
		draw.DrawMask(img, place, image.NewUniform(fg), image.Point{}, m.img, image.Point{}, draw.Over)
		return true
	}
	r = narrow(r)
	face := p.faces.of(c.Style.Attrs)
	if !face.has(r) {
		return false
	}
	left := place.Min.X + (place.Dx()-p.w)/2
	d := font.Drawer{Dst: img.SubImage(place).(*image.RGBA), Src: image.NewUniform(fg), Face: face, Dot: fixed.P(left, place.Min.Y+p.base)}
	d.DrawString(string(r))
	return true
}

// mask returns an empty mask for a place.
func (p *painter) mask(place image.Rectangle) *mask {
	return &mask{img: image.NewAlpha(image.Rect(0, 0, place.Dx(), place.Dy())), unit: float32(p.w) / 100,
		x: float32(place.Dx()) / 2, y: p.middle, letter: p.faces.tiny}
}

// lines draws the underline and the strikethrough of a cell.
func (p *painter) lines(img *image.RGBA, place image.Rectangle, s uv.Style, fg color.RGBA) {
	thick := max(p.w/8, 1)
	line := func(y int, c color.RGBA) {
		fill(img, image.Rect(place.Min.X, place.Min.Y+y, place.Max.X, place.Min.Y+y+thick), c)
	}
	if s.Underline != uv.UnderlineNone {
		c := fg
		if s.UnderlineColor != nil {
			c = opaque(s.UnderlineColor)
		}
		line(p.base+thick, c)
	}
	if s.Attrs&uv.AttrStrikethrough != 0 {
		line(int(p.middle), fg)
	}
}

func (p *painter) thinCursor(img *image.RGBA, place image.Rectangle, form vt.CursorStyle) {
	thick := max(p.w/8, 1)
	if form == vt.CursorUnderline {
		place.Min.Y = place.Max.Y - thick
	} else {
		place.Max.X = place.Min.X + thick
	}
	fill(img, place, p.colors.fg)
}

// box draws a box in place of a rune that cannot be drawn.
func (p *painter) box(img *image.RGBA, place image.Rectangle, c color.RGBA) {
	thick := max(p.w/8, 1)
	in := place.Inset(thick)
	for _, side := range []image.Rectangle{
		{in.Min, image.Pt(in.Max.X, in.Min.Y+thick)}, {image.Pt(in.Min.X, in.Max.Y-thick), in.Max},
		{in.Min, image.Pt(in.Min.X+thick, in.Max.Y)}, {image.Pt(in.Max.X-thick, in.Min.Y), in.Max},
	} {
		fill(img, side, c)
	}
}

func fill(img *image.RGBA, r image.Rectangle, c color.RGBA) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// soleRune returns the rune of a cell if it is the only one, apart from variation selectors. For an empty cell it returns a space.
func soleRune(content string) (r rune, ok bool) {
	content = strings.TrimRight(content, "\ufe0e\ufe0f")
	if content == "" {
		return ' ', true
	}
	runes := []rune(content)
	return runes[0], len(runes) == 1
}

// narrow returns the ASCII character for a fullwidth form, and other runes as they are.
func narrow(r rune) rune {
	if r >= 0xff01 && r <= 0xff5e {
		return r - 0xff01 + '!'
	}
	return r
}

// undrawn is the content of a cell that could not be drawn.
type undrawn struct {
	content string
	x, y    int
}

// missing is the error of a picture with runes that could not be drawn.
type missing []undrawn

// maxNamed is how many runes the error names.
const maxNamed = 8

func (m missing) Error() string {
	var names []string
	seen := map[string]bool{}
	for _, u := range m {
		if seen[u.content] {
			continue
		}
		seen[u.content] = true
		names = append(names, fmt.Sprintf("%q (%U, line %d, column %d)", u.content, []rune(u.content), u.y+1, u.x+1))
	}
	if n := len(names); n > maxNamed {
		names = append(names[:maxNamed], fmt.Sprintf("and %d others", n-maxNamed))
	}
	return "drawing the screen: no picture is known of " + strings.Join(names, ", ")
}
