package tui

import (
	"strings"
	"testing"
)

func TestALongPathLosesItsMiddle(t *testing.T) {
	d := newDriver(t, Options{Log: loadText(t, "x", events(1))}, 80, 24)
	path := "/home/somebody/" + strings.Repeat("家/\x1b", 50) + "/out.csv"
	for _, cells := range []int{-5, 12, 20, 33, 80} {
		short := d.app.display.shortPath(path, cells)
		if w := d.app.display.widther.Width(short); w > max(cells, 12) || !strings.HasSuffix(short.String(), "out.csv") || !strings.HasPrefix(short.String(), "/") {
			t.Errorf("in %d cells the path is %v, %d wide", cells, short, w)
		}
	}
	if got := d.app.display.shortPath("/out.csv", 12).String(); got != "/out.csv" {
		t.Errorf("a short path becomes %q", got)
	}
}
