package main

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
)

const testScale = 2

// show draws the screen of a terminal after text was written to it.
func show(t *testing.T, cols, rows int, output string) (*painter, *image.RGBA) {
	t.Helper()
	p := newTestPainter(t, false)
	img, err := p.draw(emulate(cols, rows, output))
	if err != nil {
		t.Fatal(err)
	}
	return p, img
}

func newTestPainter(t *testing.T, lenient bool) *painter {
	t.Helper()
	p, err := newPainter(darkColors, testScale, lenient)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func emulate(cols, rows int, output string) *screen {
	emu := vt.NewEmulator(cols, rows)
	s := &screen{cols: cols, rows: rows}
	emu.SetCallbacks(vt.Callbacks{CursorStyle: func(form vt.CursorStyle, _ bool) { s.cursor.form = form }})
	_, _ = emu.WriteString(output)
	at := emu.CursorPosition()
	s.cursor.x, s.cursor.y = at.X, at.Y
	for y := range rows {
		for x := range cols {
			s.cells = append(s.cells, *emu.CellAt(x, y))
		}
	}
	return s
}

// cellOf returns the part of a picture that a cell covers.
func cellOf(p *painter, img *image.RGBA, x, y int) *image.RGBA {
	return img.SubImage(image.Rect(x*p.w, y*p.h, (x+1)*p.w, (y+1)*p.h)).(*image.RGBA)
}

// share returns the share of a picture that has a colour.
func share(img *image.RGBA, c color.RGBA) float64 {
	n := 0
	r := img.Rect
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if img.RGBAAt(x, y) == c {
				n++
			}
		}
	}
	return float64(n) / float64(r.Dx()*r.Dy())
}

var (
	red  = color.RGBA{255, 0, 0, 255}
	blue = color.RGBA{0, 0, 255, 255}
)

func TestCellsHaveTheirColors(t *testing.T) {
	p, img := show(t, 8, 1, "\x1b[38;2;255;0;0;48;2;0;0;255m█ \x1b[7m█ \x1b[27;2m█\x1b[22;8m█\x1b[m█ ")
	if want := image.Rect(0, 0, 8*p.w, p.h); img.Rect != want {
		t.Fatalf("the picture covers %v, want %v", img.Rect, want)
	}
	for x, want := range []color.RGBA{red, blue, blue, red, mix(red, blue, 0x80), blue, p.colors.fg, p.colors.bg} {
		if got := share(cellOf(p, img, x, 0), want); got != 1 {
			t.Errorf("cell %d: %.0f %% of it is %v, want all", x, got*100, want)
		}
	}
}

func TestTextIsDrawnInItsCells(t *testing.T) {
	p, img := show(t, 4, 2, "W\x1b[1mW\x1b[m \r\né")
	plain, bold := share(cellOf(p, img, 0, 0), p.colors.bg), share(cellOf(p, img, 1, 0), p.colors.bg)
	if plain == 1 || bold >= plain {
		t.Errorf("the ground is %.2f of a plain W and %.2f of a bold one; want less of the bold one", plain, bold)
	}
	if got := share(cellOf(p, img, 2, 0), p.colors.bg); got != 1 {
		t.Errorf("a letter reaches into the cell behind it: %.2f of it is the ground", got)
	}
	if got := share(cellOf(p, img, 0, 1), p.colors.bg); got == 1 {
		t.Error("é is not drawn")
	}
}

func TestLinesMeetBetweenCells(t *testing.T) {
	for _, text := range []string{"──", "┌─", "╭─", "├┤", "━╸", "██", "▄▄"} {
		p, img := show(t, 2, 1, text)
		for y := range p.h {
			a, b := img.RGBAAt(p.w-1, y), img.RGBAAt(p.w, y)
			if a != b && text != "━╸" && text != "├┤" {
				t.Errorf("%q: row %d of pixels is %v left and %v right of the border of the cells", text, y, a, b)
			}
		}
		if share(img.SubImage(image.Rect(p.w-1, 0, p.w+1, p.h)).(*image.RGBA), p.colors.bg) == 1 {
			t.Errorf("%q: nothing is drawn at the border of the cells", text)
		}
	}
}

func TestUprightLinesMeetBetweenRows(t *testing.T) {
	for _, text := range []string{"│\r\n│", "┌\r\n└", "╭\r\n╰", "┬\r\n┴", "┃\r\n┃"} {
		p, img := show(t, 1, 2, text)
		for x := range p.w {
			if a, b := img.RGBAAt(x, p.h-1), img.RGBAAt(x, p.h); a != b {
				t.Errorf("%q: column %d of pixels is %v above and %v below the border of the rows", text, x, a, b)
			}
		}
		if got := img.RGBAAt(p.w/2, p.h); got != p.colors.fg {
			t.Errorf("%q: the middle of the border is %v, want the colour of the line", text, got)
		}
	}
}

func TestBlocksGrow(t *testing.T) {
	last := 0.0
	for _, r := range "▁▂▃▄▅▆▇█" {
		p, img := show(t, 1, 1, string(r))
		got := share(img, p.colors.fg)
		if got <= last {
			t.Errorf("%c covers %.2f of its cell, not more than the one before it: %.2f", r, got, last)
		}
		last = got
	}
	if last != 1 {
		t.Errorf("a full block covers %.2f of its cell", last)
	}
}

func TestWideRunesHaveTwoCells(t *testing.T) {
	p, img := show(t, 3, 1, "Ｗ|")
	for x := range 2 {
		if share(cellOf(p, img, x, 0), p.colors.bg) == 1 {
			t.Errorf("cell %d of a wide W is empty", x)
		}
	}
	_, want := show(t, 3, 1, "  |")
	if got, want := share(cellOf(p, img, 2, 0), p.colors.bg), share(cellOf(p, want, 2, 0), p.colors.bg); got != want {
		t.Errorf("what stands behind a wide rune is not where it should be: %v of the ground, want %v", got, want)
	}
}

func TestCursorIsDrawn(t *testing.T) {
	for form, want := range map[string]float64{"\x1b[2 q": 1, "\x1b[4 q": float64(2) / 34, "\x1b[6 q": float64(2) / 16} {
		p := newTestPainter(t, false)
		s := emulate(3, 1, form+"ab")
		s.cursor.shown = true
		img, err := p.draw(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := share(cellOf(p, img, 2, 0), p.colors.fg); got != want {
			t.Errorf("%q: the cursor covers %v of its cell, want %v", form, got, want)
		}
		s.cursor.shown = false
		if img, err = p.draw(s); err != nil {
			t.Fatal(err)
		}
		if got := share(cellOf(p, img, 2, 0), p.colors.bg); got != 1 {
			t.Errorf("%q: a hidden cursor is drawn", form)
		}
	}
}

func TestTextIsUnderlinedAndStruckThrough(t *testing.T) {
	for _, style := range []string{"\x1b[4m", "\x1b[9m"} {
		p, img := show(t, 1, 1, style+" ")
		if got, want := share(img, p.colors.fg), float64(2)/34; got != want {
			t.Errorf("%q: the line covers %v of its cell, want %v", style, got, want)
		}
	}
}

func TestUnknownRunesAreNamed(t *testing.T) {
	p := newTestPainter(t, false)
	_, err := p.draw(emulate(12, 2, "ok\r\n日 日 n\u0303"))
	for _, want := range []string{"日", "U+65E5", "line 2", "column 1", "U+0303"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
	if err != nil && strings.Count(err.Error(), "日") != 1 {
		t.Errorf("a rune is named twice: %v", err)
	}
	p = newTestPainter(t, true)
	img, err := p.draw(emulate(4, 1, "日"))
	if err != nil {
		t.Fatal(err)
	}
	if share(img, p.colors.fg) == 0 {
		t.Error("a lenient picture shows nothing for what it cannot draw")
	}
	if _, err := p.draw(emulate(4, 1, "fine")); err != nil || len(p.missing) != 0 {
		t.Errorf("the next picture has errors of the one before: %v", err)
	}
}

func TestTheSameScreenGivesTheSamePicture(t *testing.T) {
	const text = "\x1b[1mA\x1b[m b ● ─ ⣶ ␛ é\x1b[31m★"
	_, a := show(t, 20, 2, text)
	_, b := show(t, 20, 2, text)
	if d := difference(a, b, testScale); d != "" {
		t.Error(d)
	}
	_, c := show(t, 20, 2, text+"!")
	if d := difference(a, c, testScale); d != "1 cells differ, the first in line 1, column 15" {
		t.Errorf("difference of one cell = %q", d)
	}
}
