package tui

import "testing"

func TestLayoutCoversTheScreenWithoutOverlap(t *testing.T) {
	sizes := []int{1, 5, 6, 7, 10, 17, 18, 19, 24, 33, 34, 40, 80, 149, 150, 200, 500}
	for _, w := range sizes {
		for _, h := range sizes {
			for _, want := range []wishes{{}, {detail: true, focus: listPane}, {detail: true, focus: detailPane},
				{detail: true, focus: detailPane, zoom: true}, {detail: true, focus: listPane, zoom: true}} {
				l := arrange(w, h, want)
				if l.tooSmall {
					if w >= minWidth && h >= minHeight {
						t.Errorf("%d×%d is too small", w, h)
					}
					continue
				}
				for y := range h {
					for x := range w {
						if n := l.owners(x, y); n != 1 {
							t.Fatalf("%d×%d with %+v: cell %d,%d belongs to %d rectangles", w, h, want, x, y, n)
						}
					}
				}
			}
		}
	}
}

// owners counts the rectangles that hold a cell.
func (l *layout) owners(x, y int) int {
	n := 0
	for _, r := range []rect{l.title, l.filter, l.header, l.list, l.divider, l.detail, l.status} {
		if r.holds(x, y) {
			n++
		}
	}
	return n
}

func TestLayoutPlacesTheDetailByShape(t *testing.T) {
	open := wishes{detail: true, focus: detailPane}
	tests := []struct {
		name             string
		w, h             int
		want             wishes
		listed, detailed bool
		beside           bool
	}{
		{"closed", 120, 40, wishes{focus: listPane}, true, false, false},
		{"below", 120, 40, open, true, true, false},
		{"beside when wide and low", 160, 24, open, true, true, true},
		{"below when wide and high", 200, 50, open, true, true, false},
		{"over when small", 80, 12, open, false, true, false},
		{"the list when small and focused", 80, 12, wishes{detail: true, focus: listPane}, true, false, false},
		{"zoomed", 200, 50, wishes{detail: true, focus: detailPane, zoom: true}, false, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := arrange(tt.w, tt.h, tt.want)
			if listed, detailed := !l.list.empty(), !l.detail.empty(); listed != tt.listed || detailed != tt.detailed {
				t.Errorf("list %v, detail %v, want %v, %v", listed, detailed, tt.listed, tt.detailed)
			}
			if beside := l.detail.x > 0; beside != tt.beside {
				t.Errorf("the detail is beside the list: %v, want %v", beside, tt.beside)
			}
		})
	}
}

func TestLayoutClampsHugeSizes(t *testing.T) {
	if l := arrange(1<<30, 1<<30, wishes{}); l.width != maxWidth || l.height != maxHeight {
		t.Errorf("arrange gives %d×%d, want %d×%d", l.width, l.height, maxWidth, maxHeight)
	}
	if l := arrange(-1, -1, wishes{}); l.width != 0 || l.height != 0 || !l.tooSmall {
		t.Errorf("arrange of nothing gives %+v", l)
	}
}

func TestColumnsFillTheWidth(t *testing.T) {
	for width := 24; width < 300; width++ {
		for first := range numColumns {
			x := 35
			cols := fitColumns(x, width, first)
			last := cols[len(cols)-1]
			if end := last.x + last.width; width >= x+columnSpecs[first].least && end != width {
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
