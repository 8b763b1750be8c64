package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"slices"
	"testing"
	"time"
)

// still makes a frame of a screen.
func still(s *screen) frame { return frame{screen: s, hold: time.Second} }

// replay draws the frames of a GIF on top of each other, as a viewer does.
func replay(g *gif.GIF) []*image.RGBA {
	var out []*image.RGBA
	last := image.NewRGBA(g.Image[0].Rect)
	for _, f := range g.Image {
		now := image.NewRGBA(last.Rect)
		copy(now.Pix, last.Pix)
		draw.Draw(now, f.Rect, f, f.Rect.Min, draw.Over)
		out = append(out, now)
		last = now
	}
	return out
}

func TestAnimationShowsWhatWasDrawn(t *testing.T) {
	texts := []string{"one █", "one █", "two \x1b[31m█", "\x1b[7mthree", "one █"}
	var frames []frame
	var want []*image.RGBA
	p := newTestPainter(t, false)
	for i, text := range texts {
		s := emulate(10, 2, text)
		frames = append(frames, still(s))
		img, err := p.draw(s)
		if err != nil {
			t.Fatal(err)
		}
		if i != 1 { // the second screen equals the first
			want = append(want, img)
		}
	}
	s := &shot{launch: launch{cols: 10, rows: 2}, moving: true, scale: testScale}
	file, err := s.encode(frames)
	if err != nil {
		t.Fatal(err)
	}
	g, err := gif.DecodeAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if got := []int{200, 100, 100, 100}; !slices.Equal(g.Delay, got) {
		t.Errorf("the frames are shown for %v, want %v", g.Delay, got)
	}
	got := replay(g)
	if len(got) != len(want) {
		t.Fatalf("there are %d frames, want %d", len(got), len(want))
	}
	for i := range want {
		if d := difference(want[i], got[i], testScale); d != "" {
			t.Errorf("frame %d: %s", i, d)
		}
	}
}

func TestPaletteKeepsTheInks(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for y := range 100 {
		for x := range 100 {
			img.SetRGBA(x, y, color.RGBA{uint8(x / 2 * 5), uint8(y / 2 * 5), 0, 255})
		}
	}
	ink := color.RGBA{7, 8, 9, 255}
	img.SetRGBA(50, 50, ink)
	g := animate([]picture{{img, time.Second}}, []color.RGBA{ink, red}, maxColors)
	if got := opaque(g.Image[0].At(50, 50)); got != ink {
		t.Errorf("the colour of one pixel is %v, want that of the ink %v", got, ink)
	}
	if got := len(g.Image[0].Palette); got != maxColors+1 {
		t.Errorf("the palette has %d colours, want %d", got, maxColors+1)
	}
	if err := gif.EncodeAll(&bytes.Buffer{}, g); err != nil {
		t.Error(err)
	}
}
