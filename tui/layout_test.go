package tui

import (
	"testing"

	"pawprint/tui/kit"
)

func TestLayoutCoversTheScreenWithoutOverlap(t *testing.T) {
	sizes := []int{1, 5, 6, 7, 10, 17, 18, 19, 24, 33, 34, 40, 80, 149, 150, 200, 500}
	for _, w := range sizes {
		for _, h := range sizes {
			for _, want := range allWishes() {
				l := arrange(w, h, want)
				if l.tooSmall {
					if w >= minWidth && h >= minHeight {
						t.Errorf("%d×%d is too small", w, h)
					}
					continue
				}
				if area := l.checkDisjoint(t); area != w*h {
					t.Fatalf("%d×%d with %+v: %d cells are covered, want all %d", w, h, want, area, w*h)
				}
			}
		}
	}
}

// facets is the place of that pane in sidePanes.
const facets = 0

// allWishes is every combination of what the layout depends on.
func allWishes() []shownPanes {
	var out []shownPanes
	for bits := range 1 << (2 + numSides) {
		is := func(bit int) bool { return bits>>bit&1 == 1 }
		for _, focus := range tabOrder() {
			for at := range numDetailPlaces {
				want := shownPanes{detail: is(0), zoom: is(1), focus: focus, at: at}
				for i := range want.sides {
					want.sides[i] = is(2 + i)
				}
				out = append(out, want)
			}
		}
	}
	return out
}

func TestThePaneWithTheFocusIsOnTheScreen(t *testing.T) {
	for _, size := range [][2]int{{24, 6}, {80, 12}, {80, 24}, {120, 40}, {200, 50}, {200, 20}} {
		for _, want := range allWishes() {
			want.detail = want.detail || want.focus == kit.DetailPane
			l := arrange(size[0], size[1], want)
			if i, ok := sideOf(want.focus); ok && !want.sides[i] {
				continue
			}
			if l.of(want.focus).Empty() {
				t.Errorf("%v with %+v: the pane with the focus has no room", size, want)
			}
		}
	}
}

// checkDisjoint fails if two rectangles overlap or one leaves the screen; it returns the number of cells they cover.
func (l *layout) checkDisjoint(t *testing.T) int {
	t.Helper()
	all := append([]kit.Rect{l.title, l.filter, l.wall, l.header, l.list, l.divider, l.detail, l.status}, l.sides[:]...)
	area := 0
	for i, a := range all {
		if a.Empty() {
			continue
		}
		area += a.W * a.H
		if a.X < 0 || a.Y < 0 || a.X+a.W > l.width || a.Y+a.H > l.height {
			t.Fatalf("the rectangle %+v leaves the screen of %d×%d", a, l.width, l.height)
		}
		for _, b := range all[:i] {
			if !b.Empty() && a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Fatalf("%d×%d: %+v and %+v overlap", l.width, l.height, a, b)
			}
		}
	}
	return area
}

func TestLayoutPlacesTheDetailByShape(t *testing.T) {
	open := shownPanes{detail: true, focus: kit.DetailPane}
	tests := []struct {
		name             string
		w, h             int
		want             shownPanes
		listed, detailed bool
		beside           bool
	}{
		{"closed", 120, 40, shownPanes{focus: kit.ListPane}, true, false, false},
		{"below", 120, 40, open, true, true, false},
		{"beside when wide and low", 160, 24, open, true, true, true},
		{"below when wide and high", 200, 50, open, true, true, false},
		{"over when small", 80, 12, open, false, true, false},
		{"the list when small and focused", 80, 12, shownPanes{detail: true, focus: kit.ListPane}, true, false, false},
		{"zoomed", 200, 50, shownPanes{detail: true, focus: kit.DetailPane, zoom: true}, false, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := arrange(tt.w, tt.h, tt.want)
			if listed, detailed := !l.list.Empty(), !l.detail.Empty(); listed != tt.listed || detailed != tt.detailed {
				t.Errorf("list %v, detail %v, want %v, %v", listed, detailed, tt.listed, tt.detailed)
			}
			if beside := l.detail.X > 0; beside != tt.beside {
				t.Errorf("the detail is beside the list: %v, want %v", beside, tt.beside)
			}
		})
	}
}

func TestLayoutClampsHugeSizes(t *testing.T) {
	if l := arrange(1<<30, 1<<30, shownPanes{}); l.width != maxWidth || l.height != maxHeight {
		t.Errorf("arrange gives %d×%d, want %d×%d", l.width, l.height, maxWidth, maxHeight)
	}
	if l := arrange(-1, -1, shownPanes{}); l.width != 0 || l.height != 0 || !l.tooSmall {
		t.Errorf("arrange of nothing gives %+v", l)
	}
}
