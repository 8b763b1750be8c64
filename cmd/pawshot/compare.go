package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"slices"
)

// compare describes how two pictures differ, pixel by pixel, with places in cells. It returns "" if they are the same. Both are files of
// the same format.
func compare(old, now []byte, scale int) (string, error) {
	a, delaysA, err := decode(old)
	if err != nil {
		return "", err
	}
	b, delaysB, err := decode(now)
	if err != nil {
		return "", err
	}
	if len(a) != len(b) {
		return fmt.Sprintf("it has %d frames, and now there are %d", len(a), len(b)), nil
	}
	for i := range a {
		if d := difference(a[i], b[i], scale); d != "" && len(a) > 1 {
			return fmt.Sprintf("frame %d: %s", i+1, d), nil
		} else if d != "" {
			return d, nil
		}
	}
	if !slices.Equal(delaysA, delaysB) {
		return "its frames are shown for other times", nil
	}
	return "", nil
}

// decode returns the images of a PNG or GIF, and the delays of a GIF in hundredths of a second.
func decode(file []byte) (images []image.Image, delays []int, err error) {
	if bytes.HasPrefix(file, []byte("GIF8")) {
		g, err := gif.DecodeAll(bytes.NewReader(file))
		if err != nil {
			return nil, nil, err
		}
		for _, img := range g.Image {
			images = append(images, img)
		}
		return images, g.Delay, nil
	}
	img, err := png.Decode(bytes.NewReader(file))
	return []image.Image{img}, nil, err
}

// difference describes how two images differ, or returns "".
func difference(a, b image.Image, scale int) string {
	if a.Bounds() != b.Bounds() {
		return fmt.Sprintf("it covers %v, and now %v", a.Bounds(), b.Bounds())
	}
	w, h := cellWidth*scale, cellHeight*scale
	cells := map[image.Point]bool{}
	var first image.Point
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if color.NRGBAModel.Convert(a.At(x, y)) == color.NRGBAModel.Convert(b.At(x, y)) {
				continue
			}
			cell := image.Pt(x/w, y/h)
			if len(cells) == 0 || cell.Y < first.Y || cell.Y == first.Y && cell.X < first.X {
				first = cell
			}
			cells[cell] = true
		}
	}
	if len(cells) == 0 {
		return ""
	}
	return fmt.Sprintf("%d cells differ, the first in line %d, column %d", len(cells), first.Y+1, first.X+1)
}
