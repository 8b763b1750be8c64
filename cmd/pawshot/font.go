package main

import (
	"fmt"

	uv "github.com/charmbracelet/ultraviolet"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/gomonobolditalic"
	"golang.org/x/image/font/gofont/gomonoitalic"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// face is a font in one size that can say which runes it has.
type face struct {
	font.Face
	font *sfnt.Font
}

// has reports whether the font has a glyph for a rune.
func (f *face) has(r rune) bool {
	i, err := f.font.GlyphIndex(nil, r)
	return err == nil && i != 0
}

// faces holds the fonts of a painter.
type faces struct{ plain, bold, italic, boldItalic, tiny *face }

// The advance of every glyph of Go Mono, and the units per em that it refers to.
const advance, advanceEm = 1229, 2048

// newFaces loads the fonts in a size in which letters are width pixels wide.
func newFaces(width int) (*faces, error) {
	f := &faces{}
	size := float64(width) * advanceEm / advance
	for _, x := range []struct {
		to   **face
		ttf  []byte
		size float64
	}{
		{&f.plain, gomono.TTF, size}, {&f.bold, gomonobold.TTF, size}, {&f.italic, gomonoitalic.TTF, size},
		{&f.boldItalic, gomonobolditalic.TTF, size}, {&f.tiny, gomonobold.TTF, size / 2},
	} {
		var err error
		if *x.to, err = newFace(x.ttf, x.size); err != nil {
			return nil, fmt.Errorf("reading Go Mono: %w", err)
		}
	}
	return f, nil
}

func newFace(ttf []byte, size float64) (*face, error) {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return nil, err
	}
	// At 72 dots per inch a point is a pixel.
	sized, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	return &face{sized, f}, nil
}

func (f *faces) of(attrs uint8) *face {
	switch bold, italic := attrs&uv.AttrBold != 0, attrs&uv.AttrItalic != 0; {
	case bold && italic:
		return f.boldItalic
	case bold:
		return f.bold
	case italic:
		return f.italic
	}
	return f.plain
}
