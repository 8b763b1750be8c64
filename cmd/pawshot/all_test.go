package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// encoded returns pictures of two screens as PNG and GIF.
func encoded(t *testing.T, moving bool, texts ...string) []byte {
	t.Helper()
	s := &shot{launch: launch{cols: 10, rows: 2}, moving: moving, scale: testScale}
	var frames []frame
	for _, text := range texts {
		frames = append(frames, still(emulate(10, 2, text)))
	}
	file, err := s.encode(frames)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestDifferencesAreTold(t *testing.T) {
	for _, c := range []struct {
		name     string
		old, now []byte
		want     string
	}{
		{"the same", encoded(t, false, "abc"), encoded(t, false, "abc"), ""},
		{"two cells", encoded(t, false, "abc\r\nx"), encoded(t, false, "abd\r\ny"), "2 cells differ, the first in line 1, column 3"},
		{"the same animation", encoded(t, true, "a", "b"), encoded(t, true, "a", "b"), ""},
		{"another second frame", encoded(t, true, "a", "b"), encoded(t, true, "a", "w"), "frame 2: "},
		{"more frames", encoded(t, true, "a", "b"), encoded(t, true, "a", "b", "c"), "it has 2 frames, and now there are 3"},
		{"longer", encoded(t, true, "a", "b"), encoded(t, true, "a", "b", "b"), "its frames are shown for other times"},
	} {
		got, err := compare(c.old, c.now, testScale)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got != c.want && (c.want == "" || !strings.HasPrefix(got, c.want)) {
			t.Errorf("%s: compare = %q, want %q", c.name, got, c.want)
		}
	}
	if _, err := compare([]byte("no picture"), encoded(t, false, "a"), testScale); err == nil {
		t.Error("what is not a picture was compared")
	}
}

func TestCheckWritesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.png")
	check, make := &allCommand{check: true}, &allCommand{}
	keep := func(a *allCommand, text string, want bool, says string) {
		t.Helper()
		var out bytes.Buffer
		same, err := a.keep(&out, path, encoded(t, false, text), testScale)
		if err != nil || same != want || !strings.Contains(out.String(), says) || says == "" && out.Len() > 0 {
			t.Errorf("keep of %q = %v, %v and said %q; want %v and %q", text, same, err, out.String(), want, says)
		}
	}
	keep(check, "a", false, "not there")
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a check wrote a picture: %v", err)
	}
	keep(make, "a", true, "bytes")
	keep(check, "a", true, "")
	keep(check, "b", false, "1 cells differ")
	keep(check, "a", true, "")
}
