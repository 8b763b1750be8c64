package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// shot describes a picture: the program, the keys to press, and how to draw the screen.
type shot struct {
	launch
	keys    string
	moving  bool // an animated GIF instead of a PNG
	caption bool // a strip below the screen names the keys that led to it
	scale   int
	shades  int // limit of the colours; 0 is maxColors in an animation, and no limit in a still
	lenient bool
	holds   holds
}

const (
	usualTimeout = 30 * time.Second
	usualQuiet   = 250 * time.Millisecond
	maxSide      = 500 // cells
	maxScale     = 4
)

// check returns an error if the size or the scale is out of range.
func (s *shot) check() error {
	if s.cols < 1 || s.cols > maxSide || s.rows < 1 || s.rows > maxSide {
		return fmt.Errorf("a screen of %d×%d cells: both must be from 1 to %d", s.cols, s.rows, maxSide)
	}
	if s.scale < 1 || s.scale > maxScale {
		return fmt.Errorf("a scale of %d: it must be from 1 to %d", s.scale, maxScale)
	}
	return nil
}

// make runs the program and returns the bytes of the picture file.
func (s *shot) make(ctx context.Context) ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	frames, err := run(ctx, s.launch, s.keys, s.holds)
	if err != nil {
		return nil, err
	}
	if !s.moving {
		frames = frames[len(frames)-1:]
	}
	return s.encode(frames)
}

// encode draws frames and returns the bytes of the picture file. The same frames always result in the same bytes.
func (s *shot) encode(frames []frame) ([]byte, error) {
	p, err := newPainter(s.colors(), s.scale, s.lenient)
	if err != nil {
		return nil, err
	}
	below, err := newStrip(p.colors, s.scale, s.lenient)
	if err != nil {
		return nil, err
	}
	pictures := make([]picture, len(frames))
	for i, f := range frames {
		img, err := p.draw(f.screen)
		if err == nil && s.caption {
			img, err = below.below(img, f.caption)
		}
		if err != nil {
			return nil, err
		}
		pictures[i] = picture{img, f.hold}
	}
	var out bytes.Buffer
	colors := append(inks(frames, p.colors), below.inks()...)
	if s.moving {
		err = gif.EncodeAll(&out, animate(pictures, colors, cmp.Or(s.shades, maxColors)))
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, s.still(pictures, colors))
	}
	return out.Bytes(), err
}

// still returns the only picture, with at most as many colours as there are shades.
func (s *shot) still(pictures []picture, inks []color.RGBA) image.Image {
	img := pictures[0].img
	if s.shades == 0 {
		return img
	}
	return newPalette(pictures, inks, s.shades).paint(nil, img, img.Rect)
}

func newPNG() *cobra.Command {
	return newShot(&shot{}, "png", "Draw the last screen of a program as a PNG")
}

func newGIF() *cobra.Command {
	return newShot(&shot{moving: true}, "gif", "Draw the screens of a program, one after each key, as an animated GIF")
}

func newShot(s *shot, name, short string) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   name + " [flags] --out FILE PROGRAM [ARG …]",
		Short: short,
		Long: short + `.

The keys are words between spaces; double quotes keep spaces within a word. After each key the screen is let come to rest.

  enter  esc  tab  down  pgup  f2  ctrl+f  alt+x  shift+tab  down*5    keys, perhaps several times
  quick:KEY      a key without a frame of its own in an animation
  wait:TEXT      wait until the text is on the screen
  wait:stable    wait until the screen has come to rest
  wait:300ms     wait for a time
  type:TEXT      type a text, even if it is the name of a key
  anything else  a text that is typed

A program that ends leaves its last screen, however it ended.`,
		Example: `  pawshot ` + name + ` --keys "wait:events f enter" --out screen.` + name + ` pawprint audit.jsonl`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s.program, s.args = args[0], args[1:]
			file, err := s.make(cmd.Context())
			if err != nil {
				return fmt.Errorf("making %s: %w", out, err)
			}
			return os.WriteFile(out, file, 0o644)
		},
	}
	s.holds = usualHolds
	f := c.Flags()
	f.SetInterspersed(false) // flags after the program belong to the program
	f.IntVar(&s.cols, "cols", 120, "width of the screen in cells")
	f.IntVar(&s.rows, "rows", 36, "height of the screen in cells")
	f.BoolVar(&s.light, "light", false, "a terminal with a light background")
	f.StringVar(&s.keys, "keys", "", "what to press and to wait for")
	f.StringVar(&out, "out", "", "the file to write")
	f.IntVar(&s.scale, "scale", 2, "pixels for each pixel of a plain screen")
	f.BoolVar(&s.lenient, "lenient", false, "draw a box for what cannot be drawn")
	f.DurationVar(&s.timeout, "timeout", usualTimeout, "the longest that any step may take")
	f.DurationVar(&s.quiet, "quiet", usualQuiet, "how long a screen must stay the same to be at rest")
	f.BoolVar(&s.caption, "caption", false, "name the keys that led to a screen in a strip below it")
	if s.moving {
		f.DurationVar(&s.holds.key, "hold", usualHolds.key, "how long each screen is shown")
		f.DurationVar(&s.holds.text, "hold-text", usualHolds.text, "how long it is shown after a text was typed")
		f.DurationVar(&s.holds.last, "hold-last", usualHolds.last, "how long the last is shown")
	}
	if err := c.MarkFlagRequired("out"); err != nil {
		panic("pawshot: " + err.Error())
	}
	return c
}
