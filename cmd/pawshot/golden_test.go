package main

import (
	"bytes"
	"flag"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden picture")

const goldenName = "glyphs.png"

var goldenFiles fs.FS = os.DirFS("testdata")

// golden compares the picture of a screen with the file that shows how it should be.
func golden(t *testing.T, s *screen) {
	t.Helper()
	img, err := newTestPainter(t, false).draw(s)
	if err != nil {
		t.Fatal(err)
	}
	var now bytes.Buffer
	if err := png.Encode(&now, img); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", goldenName), now.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	old, err := fs.ReadFile(goldenFiles, goldenName)
	if err != nil {
		t.Fatal(err)
	}
	d, err := compare(old, now.Bytes(), testScale)
	if err != nil {
		t.Fatal(err)
	}
	if d != "" {
		t.Errorf("the picture is not that of testdata/%s: %s; look at it and run with -update", goldenName, d)
	}
}
