package tui

import (
	"slices"
	"testing"
)

func TestColumnsFillTheWidth(t *testing.T) {
	free := defaultColumns()[firstFree:]
	for width := 24; width < 300; width++ {
		for first := range free {
			x := 35
			cols := fitColumns(x, width, free, first)
			last := cols[len(cols)-1]
			if end := last.x + last.width; width >= x+free[first].least && end != width {
				t.Fatalf("width %d, from column %d: the columns end at %d", width, first, end)
			}
			for i := 1; i < len(cols); i++ {
				if cols[i].x != cols[i-1].x+cols[i-1].width+gap {
					t.Fatalf("width %d: column %d begins at %d", width, i, cols[i].x)
				}
			}
		}
	}
}

func TestTheColumnUnderTheCursorIsDrawn(t *testing.T) {
	c := columns{all: defaultColumns()}
	for _, width := range []int{24, 60, 80, 120, 200} {
		for _, at := range []int{0, 1, 2, 3, 4, 5, 6, 3, 2, 0, 6} {
			c.at = at
			drawn := c.place(35, width)
			if at < firstFree {
				continue
			}
			if !slices.ContainsFunc(drawn, func(d column) bool { return d.number == at }) {
				t.Errorf("width %d: column %d is not among those drawn", width, at)
			}
		}
	}
}
