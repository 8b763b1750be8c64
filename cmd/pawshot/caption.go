package main

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// caption is what was pressed to come to a frame: keys by their names, and typed text.
type caption []pressed

type pressed struct {
	name  string
	typed bool // a text, not a key
	quick bool // a key without a frame of its own
}

// next returns the caption after one more step. A text belongs to the key that opened its prompt, and the key behind a text ends it, so
// that "/ actor:x enter" reads as one step. A quick key belongs to the next key.
func (c caption) next(s step) caption {
	p := pressed{s.name, s.text, s.quick}
	if len(c) == 0 {
		return caption{p}
	}
	if last := c[len(c)-1]; p.typed || last.quick || last.typed && !p.quick {
		return append(slices.Clip(c), p)
	}
	return caption{p}
}

// keyNames maps the names of keys to those that the interface and its help use, where they differ.
var keyNames = map[string]string{
	"up": "↑", "down": "↓", "right": "→", "left": "←", "home": "Home", "end": "End", "pgup": "PgUp", "pgdown": "PgDn", "pgdn": "PgDn",
	"backspace": "bs", "delete": "del",
}

// keyName returns the name of a key as the user sees it.
func keyName(word string) string {
	for _, m := range []struct{ prefix, shown string }{{"ctrl+", "^"}, {"shift+", "⇧"}, {"alt+", "alt+"}} {
		if key, ok := strings.CutPrefix(word, m.prefix); ok {
			return m.shown + keyName(key)
		}
	}
	if name, ok := keyNames[word]; ok {
		return name
	}
	if len(word) > 1 && word[0] == 'f' && keyCodes[word] != "" {
		return strings.ToUpper(word)
	}
	return word
}

const (
	captionRows  = 3 // cells of the screen; fixed, so that no frame is higher than another
	captionScale = 2 // large letters: a README shows a wide picture at about half its size
)

// strip draws captions below screens.
type strip struct {
	painter *painter
	height  int // in pixels
}

func newStrip(c colors, scale int, lenient bool) (*strip, error) {
	p, err := newPainter(colors{fg: c.fg, bg: mix(c.bg, c.fg, 0x14)}, scale*captionScale, lenient)
	if err != nil {
		return nil, err
	}
	return &strip{p, captionRows * cellHeight * scale}, nil
}

// below returns img with a strip below it, with the caption in the middle. The strip of an empty caption is blank.
func (s *strip) below(img *image.RGBA, c caption) (*image.RGBA, error) {
	size := img.Rect.Size()
	line, err := s.painter.draw(s.line(c, size.X/s.painter.w))
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(image.Rect(0, 0, size.X, size.Y+s.height))
	draw.Draw(out, img.Rect, img, image.Point{}, draw.Src)
	place := image.Rect(0, size.Y, size.X, out.Rect.Max.Y)
	fill(out, place, s.painter.colors.bg)
	at := place.Min.Add(place.Size().Sub(line.Rect.Size()).Div(2))
	draw.Draw(out, line.Rect.Add(at), line, image.Point{}, draw.Src)
	return out, nil
}

// line returns a screen of one row with the caption. Keys stand on a ground of their own, typed text does not. What does not fit cols
// cells is cut at its start, because the last key is the one that led to the frame.
func (s *strip) line(c caption, cols int) *screen {
	var cells []uv.Cell
	for i, p := range c {
		style := uv.Style{Bg: s.key()}
		if p.typed {
			style.Bg = nil
		} else {
			style.Attrs = uv.AttrBold
		}
		if i > 0 {
			cells = append(cells, uv.EmptyCell)
		}
		for _, r := range " " + p.name + " " {
			cells = append(cells, uv.Cell{Content: string(r), Width: 1, Style: style})
		}
	}
	if over := len(cells) - cols; over > 0 {
		cells = cells[over:]
		cells[0] = uv.Cell{Content: "…", Width: 1}
	}
	if len(cells) == 0 {
		cells = []uv.Cell{uv.EmptyCell}
	}
	return &screen{cols: len(cells), rows: 1, cells: cells}
}

// key is the ground of a key.
func (s *strip) key() color.RGBA { return mix(s.painter.colors.bg, s.painter.colors.fg, 0x38) }

// inks returns the colours of the strip.
func (s *strip) inks() []color.RGBA {
	return []color.RGBA{s.painter.colors.fg, s.painter.colors.bg, s.key()}
}
