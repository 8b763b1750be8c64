package kit

import (
	"testing"

	"pawprint/tui/termsafe"
)

func TestProgressIsAShareAndABar(t *testing.T) {
	for _, tt := range []struct {
		done, total int64
		want        string
	}{
		{0, 9, "0 % ------------"}, {1, 200, "0 % ------------"}, {1, 2, "50 % ######------"}, {199, 200, "99 % ############"}, {9, 9, "100 % ############"},
		{12, 9, "100 % ############"}, {-1, 9, "0 % ------------"},
	} {
		disp := Display{Glyphs: &ASCIIGlyphs}
		if got := disp.Progress(tt.done, tt.total).String(); got != tt.want {
			t.Errorf("Progress(%d, %d) = %q, want %q", tt.done, tt.total, got, tt.want)
		}
	}
}

// What comes from the libraries as data is drawn cell by cell, so every sign must take the one cell that its place has.
func TestSignsOfTheLibrariesTakeOneCell(t *testing.T) {
	for name, g := range map[string]*Glyphs{"rich": &RichGlyphs, "ASCII": &ASCIIGlyphs} {
		disp := Display{Glyphs: g}
		b := g.border
		signs := []termsafe.Safe{drawn(b.Top), drawn(b.Left), drawn(b.Right), drawn(b.TopLeft), drawn(b.TopRight), drawn(b.BottomLeft), drawn(b.BottomRight)}
		for turn := range 2 * len(g.spinner.Frames) {
			signs = append(signs, disp.Spinner(turn))
		}
		for _, s := range signs {
			wc, clusters := (termsafe.Widther{}).Width(s), (termsafe.Widther{Clusters: true}).Width(s)
			if wc != 1 || clusters != 1 || s.Marked() || g == &ASCIIGlyphs && s.String()[0] >= 0x7f {
				t.Errorf("%s: %q takes %d or %d cells", name, s, wc, clusters)
			}
		}
		if disp.SpinnerPace() <= 0 || disp.Spinner(0).String() == disp.Spinner(1).String() {
			t.Errorf("%s: the spinner does not move", name)
		}
	}
}
