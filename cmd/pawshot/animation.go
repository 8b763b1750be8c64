package main

import (
	"bytes"
	"cmp"
	"compress/lzw"
	"image"
	"image/color"
	"image/gif"
	"maps"
	"slices"
	"time"
)

// picture is a drawn frame, and how long it is shown.
type picture struct {
	img  *image.RGBA
	hold time.Duration
}

// animate makes a GIF of pictures of the same size. Each frame holds only the part that changed. If nothing changed, the previous frame
// is shown longer instead.
func animate(pictures []picture, inks []color.RGBA, limit int) *gif.GIF {
	p := newPalette(pictures, inks, limit)
	size := pictures[0].img.Rect
	out := &gif.GIF{Config: image.Config{ColorModel: p.colors, Width: size.Dx(), Height: size.Dy()}}
	var last *image.RGBA
	for _, pic := range pictures {
		changed := changedPart(last, pic.img)
		if changed.Empty() {
			out.Delay[len(out.Delay)-1] += hundredths(pic.hold)
			continue
		}
		out.Image = append(out.Image, smaller(p.paint(last, pic.img, changed), p.paint(nil, pic.img, changed)))
		out.Delay = append(out.Delay, hundredths(pic.hold))
		out.Disposal = append(out.Disposal, gif.DisposalNone)
		last = pic.img
	}
	return out
}

// smaller returns the image that takes fewer bytes in a GIF. A page that replaces another one packs better with all its pixels than with
// holes at those that happen to be the same.
func smaller(a, b *image.Paletted) *image.Paletted {
	if packed(b) < packed(a) {
		return b
	}
	return a
}

func packed(img *image.Paletted) int {
	var out bytes.Buffer
	w := lzw.NewWriter(&out, lzw.LSB, 8)
	_, _ = w.Write(img.Pix) // a buffer takes everything
	_ = w.Close()
	return out.Len()
}

func hundredths(d time.Duration) int { return int(d / (10 * time.Millisecond)) }

// changedPart returns the smallest rectangle around all pixels that differ, or everything if last is nil.
func changedPart(last, now *image.RGBA) image.Rectangle {
	if last == nil {
		return now.Rect
	}
	var out image.Rectangle
	for y := now.Rect.Min.Y; y < now.Rect.Max.Y; y++ {
		for x := now.Rect.Min.X; x < now.Rect.Max.X; x++ {
			if last.RGBAAt(x, y) != now.RGBAAt(x, y) {
				out = out.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return out
}

// palette holds the colours of an animation. The last one is transparent.
type palette struct {
	colors color.Palette
	index  map[color.RGBA]uint8 // the nearest colour for each colour looked up so far
}

// maxColors is how many colours a GIF can have besides the transparent one.
const maxColors = 255

// newPalette chooses the colours: first the inks, which carry the meaning of the picture, then the colours at the edges of letters, the
// most frequent first. There are at most limit.
func newPalette(pictures []picture, inks []color.RGBA, limit int) *palette {
	counts := map[color.RGBA]int{}
	for _, pic := range pictures {
		for i := 0; i < len(pic.img.Pix); i += 4 {
			c := pic.img.Pix[i : i+4 : i+4]
			counts[color.RGBA{c[0], c[1], c[2], c[3]}]++
		}
	}
	first := map[color.RGBA]bool{}
	for _, c := range inks {
		first[c] = true
	}
	rank := func(c color.RGBA) int {
		if first[c] {
			return 0
		}
		return 1
	}
	all := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(counts[b], counts[a]), cmp.Compare(number(a), number(b)))
	})
	p := &palette{index: map[color.RGBA]uint8{}}
	for i, c := range all[:min(len(all), limit)] {
		p.colors = append(p.colors, c)
		p.index[c] = uint8(i)
	}
	p.colors = append(p.colors, color.RGBA{})
	return p
}

func number(c color.RGBA) uint32 { return uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B) }

func (p *palette) transparent() uint8 { return uint8(len(p.colors) - 1) }

// find returns the index of the nearest colour.
func (p *palette) find(c color.RGBA) uint8 {
	i, ok := p.index[c]
	if !ok {
		i = uint8(p.colors[:len(p.colors)-1].Index(c))
		p.index[c] = i
	}
	return i
}

// paint returns a part of a picture, in which the pixels that did not change are transparent.
func (p *palette) paint(last, now *image.RGBA, part image.Rectangle) *image.Paletted {
	out := image.NewPaletted(part, p.colors)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			c := now.RGBAAt(x, y)
			i := p.transparent()
			if last == nil || last.RGBAAt(x, y) != c {
				i = p.find(c)
			}
			out.SetColorIndex(x, y, i)
		}
	}
	return out
}

// inks returns the text and background colours of the screens, without the blended colours at the edges of letters.
func inks(frames []frame, c colors) []color.RGBA {
	seen := map[color.RGBA]bool{}
	for _, f := range frames {
		for i := range f.screen.cells {
			style := c.of(f.screen.cells[i].Style)
			seen[style.fg], seen[style.bg] = true, true
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b color.RGBA) int { return cmp.Compare(number(a), number(b)) })
}
