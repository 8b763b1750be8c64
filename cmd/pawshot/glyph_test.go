package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"image"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// interfaceRunes returns the runes in string literals of the interface that are not ASCII, with the first place of each.
func interfaceRunes(t *testing.T) map[rune]string {
	t.Helper()
	fset := token.NewFileSet()
	folder := filepath.Join("..", "..", "tui")
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	rooms, err := filepath.Glob(filepath.Join(folder, "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, rooms...)
	runes := map[rune]string{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Errorf("%v: %v", fset.Position(lit.Pos()), err)
			}
			for _, r := range text {
				if r >= 0x80 && runes[r] == "" {
					runes[r] = fset.Position(lit.Pos()).String()
				}
			}
			return true
		})
	}
	return runes
}

func TestEveryGlyphOfTheInterfaceCanBeDrawn(t *testing.T) {
	runes := interfaceRunes(t)
	for _, r := range "✗◐▾█⣶★" {
		if runes[r] == "" {
			t.Errorf("%c is not found in the interface: the test looks in the wrong place", r)
		}
	}
	p := newTestPainter(t, false)
	for _, r := range slices.Sorted(maps.Keys(runes)) {
		if !p.drawable(r) {
			t.Errorf("%s: %c (%U) cannot be drawn; give it a shape in glyph_shape.go", runes[r], r, r)
		}
	}
}

func TestMarksOfHiddenTextCanBeDrawn(t *testing.T) {
	p := newTestPainter(t, false)
	for r := rune(0x2400); r <= 0x2421; r++ {
		if !p.drawable(r) {
			t.Errorf("%U cannot be drawn", r)
		}
	}
}

// shapes returns every rune that is not taken from the font.
func shapes() []rune {
	out := slices.Collect(maps.Keys(signs))
	out = slices.AppendSeq(out, maps.Keys(boxArms))
	out = slices.AppendSeq(out, maps.Keys(boxDashes))
	out = slices.AppendSeq(out, maps.Keys(boxCorners))
	out = slices.AppendSeq(out, maps.Keys(blockParts))
	out = slices.AppendSeq(out, maps.Keys(blockShades))
	for r := rune(0x2801); r <= 0x28ff; r++ {
		out = append(out, r)
	}
	for i := range controlNames {
		out = append(out, rune(0x2400+i))
	}
	slices.Sort(out)
	return out
}

// TestNoTwoShapesLookTheSame also finds empty shapes, as they look like a space.
func TestNoTwoShapesLookTheSame(t *testing.T) {
	same := map[rune]rune{'⏎': '↵', '⏵': '▶'}
	p := newTestPainter(t, false)
	place := image.Rect(0, 0, p.w, p.h)
	seen := map[string]rune{string(p.mask(place).img.Pix): ' '}
	for _, r := range shapes() {
		if same[r] != 0 {
			continue
		}
		s, ok := shapeOf(r)
		if !ok {
			t.Errorf("%c has no shape", r)
			continue
		}
		m := p.mask(place)
		s(m)
		pix := string(m.img.Pix)
		if other, ok := seen[pix]; ok && same[other] != r {
			t.Errorf("%c (%U) looks like %c (%U)", r, r, other, other)
		}
		seen[pix] = r
	}
}

func TestSignsStayWithinTheirCells(t *testing.T) {
	p := newTestPainter(t, false)
	for _, r := range slices.Sorted(maps.Keys(signs)) {
		m := p.mask(image.Rect(0, 0, 3*p.w, p.h))
		signs[r](m)
		all, inside := inked(m.img), inked(m.img.SubImage(image.Rect(p.w, 0, 2*p.w, p.h)))
		if inside == 0 || all != inside {
			t.Errorf("%c (%U) has %d of its ink beyond its cell, and %d in it", r, r, all-inside, inside)
		}
	}
}

// inked returns the sum of the ink in a mask.
func inked(img image.Image) (n int) {
	r := img.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			_, _, _, a := img.At(x, y).RGBA()
			n += int(a >> 8)
		}
	}
	return n
}

func TestGoldenScreenLooksAsItDid(t *testing.T) {
	if _, err := fs.Stat(goldenFiles, goldenName); err != nil && !*update {
		t.Fatal(err)
	}
	golden(t, emulate(24, 6, "\x1b[?25l"+
		"╭─┬┐ ┌┄┐ \x1b[1mBold\x1b[m plain\x1b[3m it\x1b[m\r\n"+
		"├─┼┤ ┆█┆ ▁▂▃▄▅▆▇█ ░▒▓\r\n"+
		"╰─┴┘ └┄┘ ⣀⣤⣶⣿ ▔▀▌▐\r\n"+
		"\x1b[38;2;255;122;136m✗✓●○◐\x1b[m◇◆★☆⚑⚿‖…›«» ↶⇧←↑→↓\r\n"+
		"▲▼▴▾▸◂▶◀ ␛␊␍ Aéßλ Ｗ⚠\r\n"+
		"\x1b[4munder\x1b[m \x1b[7mreverse\x1b[m \x1b[2mfaint\x1b[m"))
}

// drawable reports whether a rune can be drawn in the plain style.
func (p *painter) drawable(r rune) bool {
	_, ok := shapeOf(r)
	return ok || p.faces.plain.has(narrow(r))
}
