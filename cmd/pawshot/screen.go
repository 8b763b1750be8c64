package main

import (
	"image/color"
	"slices"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// screen is what a terminal showed at one moment. It is immutable.
type screen struct {
	cols, rows int
	cells      []uv.Cell // row by row; the second half of a wide rune has width 0
	cursor     cursor
}

type cursor struct {
	x, y  int
	form  vt.CursorStyle
	shown bool
}

func (s *screen) equal(o *screen) bool {
	return s.cols == o.cols && s.rows == o.rows && s.cursor == o.cursor &&
		slices.EqualFunc(s.cells, o.cells, func(a, b uv.Cell) bool { return a.Equal(&b) })
}

// text returns the screen as lines without trailing spaces.
func (s *screen) text() string {
	var b strings.Builder
	for row := range slices.Chunk(s.cells, s.cols) {
		var line strings.Builder
		for _, c := range row {
			switch {
			case c.Content != "":
				line.WriteString(c.Content)
			case c.Width > 0:
				line.WriteByte(' ')
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "\n")
}

// colors is a pair of colours, such as the default colours of a terminal.
type colors struct{ fg, bg color.RGBA }

var (
	darkColors  = colors{fg: color.RGBA{0xd6, 0xdb, 0xee, 0xff}, bg: color.RGBA{0x1e, 0x20, 0x30, 0xff}}
	lightColors = colors{fg: color.RGBA{0x24, 0x29, 0x35, 0xff}, bg: color.RGBA{0xfa, 0xfa, 0xfa, 0xff}}
)

// of returns the colours of a cell with a style, where c are the defaults.
func (c colors) of(s uv.Style) colors {
	out := c
	if s.Fg != nil {
		out.fg = opaque(s.Fg)
	}
	if s.Bg != nil {
		out.bg = opaque(s.Bg)
	}
	if s.Attrs&uv.AttrReverse != 0 {
		out = out.swapped()
	}
	if s.Attrs&uv.AttrFaint != 0 {
		out.fg = mix(out.fg, out.bg, 0x80)
	}
	if s.Attrs&uv.AttrConceal != 0 {
		out.fg = out.bg
	}
	return out
}

func (c colors) swapped() colors { return colors{fg: c.bg, bg: c.fg} }

func opaque(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff}
}

// mix blends b over a. share is the share of b, from 0 to 255.
func mix(a, b color.RGBA, share uint32) color.RGBA {
	m := func(x, y uint8) uint8 { return uint8((uint32(x)*(255-share) + uint32(y)*share + 127) / 255) }
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), 0xff}
}
