package kit

import (
	"strings"
	"testing"
)

func TestALongPathLosesItsMiddle(t *testing.T) {
	disp := &Display{Glyphs: &RichGlyphs}
	path := "/home/somebody/" + strings.Repeat("家/\x1b", 50) + "/out.csv"
	for _, cells := range []int{-5, 12, 20, 33, 80} {
		short := disp.ShortPath(path, cells)
		if w := disp.Widther.Width(short); w > max(cells, 12) || !strings.HasSuffix(short.String(), "out.csv") || !strings.HasPrefix(short.String(), "/") {
			t.Errorf("in %d cells the path is %v, %d wide", cells, short, w)
		}
	}
	if got := disp.ShortPath("/out.csv", 12).String(); got != "/out.csv" {
		t.Errorf("a short path becomes %q", got)
	}
}
