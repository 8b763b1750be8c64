package main

import (
	"bytes"
	"image"
	"image/gif"
	"strings"
	"testing"
	"time"
)

// captionsOf returns the captions of the frames that keys make, without running a program.
func captionsOf(t *testing.T, keys string) []string {
	t.Helper()
	steps, err := parseKeys(keys)
	if err != nil {
		t.Fatal(err)
	}
	var now caption
	var out []string
	for _, s := range steps {
		if s.press == "" {
			continue
		}
		now = now.next(s)
		var names []string
		for _, p := range now {
			names = append(names, p.name)
		}
		out = append(out, strings.Join(names, " "))
	}
	return out
}

func TestCaptionsNameTheKeysOfTheLastStep(t *testing.T) {
	got := strings.Join(captionsOf(t, `wait:x f wait:y enter / actor:ci-token enter esc V deleted enter quick:esc quick:x D`), " | ")
	want := "f | enter | / | / actor:ci-token | / actor:ci-token enter | esc | V | V deleted | V deleted enter | esc | esc x | esc x D"
	if got != want {
		t.Errorf("the captions are\n%s\nwant\n%s", got, want)
	}
}

func TestKeysAreNamedAsTheUserSeesThem(t *testing.T) {
	for word, want := range map[string]string{
		"f": "f", "#": "#", "enter": "enter", "esc": "esc", "tab": "tab", "shift+tab": "⇧tab", "ctrl+f": "^f", "down": "↓", "down*3": "↓ ×3",
		"alt+left": "alt+←", "alt+x": "alt+x", "ctrl+right": "^→", "pgup": "PgUp", "pgdn": "PgDn", "home": "Home", "f2": "F2", "f12": "F12",
		"backspace": "bs", "bs": "bs", "delete": "del", "actor:x": "actor:x", "type:down": "down", "type:f2": "f2", "é": "é",
	} {
		if got := captionsOf(t, word); len(got) != 1 || got[0] != want {
			t.Errorf("%s is named %q, want %q", word, got, want)
		}
	}
}

func TestEveryNameOfAKeyCanBeDrawn(t *testing.T) {
	s, err := newStrip(darkColors, testScale, false)
	if err != nil {
		t.Fatal(err)
	}
	for word := range keyCodes {
		if _, err := s.below(image.NewRGBA(image.Rect(0, 0, 400, 40)), caption{{name: timesName(word, 2)}}); err != nil {
			t.Errorf("%s: %v", word, err)
		}
	}
}

// TestCaptionIsDrawnBelowTheScreen checks that the strip has the same height in all frames, that it hides nothing of the screen, and that
// its letters are there: large ones for keys, on a ground of their own, and none in the first frame.
func TestCaptionIsDrawnBelowTheScreen(t *testing.T) {
	shot := &shot{launch: launch{cols: 40, rows: 2}, moving: true, caption: true, scale: testScale}
	screen := emulate(40, 2, "\x1b[?25l\x1b[41m"+strings.Repeat(" ", 80))
	key := caption{{name: "enter"}}
	text := caption{{name: "/"}, {name: "actor:ci-token", typed: true}}
	file, err := shot.encode([]frame{{screen, time.Second, nil}, {screen, time.Second, key}, {screen, time.Second, text}})
	if err != nil {
		t.Fatal(err)
	}
	g, err := gif.DecodeAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	frames := replay(g)
	if len(frames) != 3 {
		t.Fatalf("there are %d frames, want 3: a caption changes a frame", len(frames))
	}
	strip, err := newStrip(darkColors, testScale, false)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ key, letters bool }{{false, false}, {true, true}, {true, true}} {
		img := frames[i]
		if w, h := img.Rect.Dx(), img.Rect.Dy(); w != 40*cellWidth*testScale || h != (2+captionRows)*cellHeight*testScale {
			t.Errorf("frame %d has %d×%d pixels", i, w, h)
		}
		above, below := img.Rect, img.Rect
		above.Max.Y = 2 * cellHeight * testScale
		below.Min.Y = above.Max.Y
		ground := opaque(img.At(0, 0))
		if got := share(img.SubImage(above).(*image.RGBA), ground); got != 1 {
			t.Errorf("frame %d: the screen is covered, %v of it is left", i, got)
		}
		lower := img.SubImage(below).(*image.RGBA)
		if got := share(lower, strip.key()) > 0; got != want.key {
			t.Errorf("frame %d has the ground of a key: %v, want %v", i, got, want.key)
		}
		if got := share(lower, darkColors.fg) > 0.001; got != want.letters {
			t.Errorf("frame %d has letters: %v, want %v", i, got, want.letters)
		}
		if got := share(lower, strip.painter.colors.bg); got < 0.5 {
			t.Errorf("frame %d: the ground covers %v of the strip", i, got)
		}
	}
}

func TestLongCaptionsAreCutAtTheirStart(t *testing.T) {
	s := &strip{painter: newTestPainter(t, false)}
	got := s.line(caption{{name: "/"}, {name: strings.Repeat("x", 50), typed: true}, {name: "enter"}}, 20).text()
	if want := "…xxxxxxxxxx   enter"; got != want {
		t.Errorf("the line is %q, want %q", got, want)
	}
}
