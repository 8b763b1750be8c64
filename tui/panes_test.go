package tui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestPanesAreOpenedFocusedAndLeft(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.Events(50))}, 100, 30)
	steps := []struct {
		keys         string
		open, inside bool
	}{
		{"enter", true, false}, {"j", true, false}, {"enter", true, true}, {"esc", true, false}, {"tab", true, true},
		{"esc", true, false}, {"esc", false, false}, {"tab", false, false},
	}
	for _, s := range steps {
		d.press(s.keys)
		if w := d.app.panes.shown; w.detail != s.open || (w.focus == kit.DetailPane) != s.inside {
			t.Fatalf("after %q: the detail is open: %v, has the focus: %v, want %v, %v", s.keys, w.detail, w.focus == kit.DetailPane, s.open, s.inside)
		}
	}
	d.send(tea.WindowSizeMsg{Width: 80, Height: 12})
	d.press("esc enter")
	if d.app.panes.layout.detail.Empty() || !d.app.panes.layout.list.Empty() {
		t.Error("on a small screen the detail does not cover the list")
	}
	d.press("esc")
	if d.app.panes.shown.detail || d.app.panes.layout.list.Empty() {
		t.Error("esc does not bring the list back")
	}
}

func TestTimesFollowTheZone(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", kittest.FailedEvent+"\n")}, 160, 30)
	d.app.display.Other = kittest.FixedZone
	if row := d.lines()[d.app.panes.layout.list.Y]; !strings.Contains(row, "11-22 18:04:11.203") {
		t.Errorf("in UTC the row is %q", row)
	}
	d.press("t")
	lines, y := d.lines(), d.app.panes.layout.list.Y
	if !strings.Contains(lines[y], "11-22 21:34:11.203") || !strings.Contains(lines[0], "XST") {
		t.Errorf("in another zone:\n%s\n%s", lines[0], lines[y])
	}
	d.press("T T")
	if row := d.lines()[d.app.panes.layout.list.Y]; !strings.Contains(row, "2h 25m ago") {
		t.Errorf("relative, the row is %q", row)
	}
}

func TestAKeyOfAPaneDoesTheSameAtEachSize(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(50))
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		for i, key := range []string{"b", "v"} {
			d := newDriver(t, Options{Log: log}, size[0], size[1])
			p := &d.app.panes
			for _, s := range []struct {
				keys           string
				shown, focused bool
			}{{key, true, true}, {key, false, false}, {key, true, true}, {"esc", true, false}, {key, true, true}, {"tab " + key, true, true}, {key, false, false}} {
				d.press(s.keys)
				is := p.shown.focus == sideID(i)
				if p.shown.sides[i] != s.shown || is != s.focused || is && p.layout.of(sideID(i)).Empty() {
					t.Errorf("%v, %s: wanted %v, with the focus %v, want %v, %v", size, s.keys, p.shown.sides[i], is, s.shown, s.focused)
				}
			}
		}
	}
}

func TestTabGoesThroughTheSamePanesAtEachSize(t *testing.T) {
	log := kittest.LoadText(t, "x", kittest.Events(50))
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		d := newDriver(t, Options{Log: log}, size[0], size[1])
		d.press("enter")
		var got []kit.PaneID
		for range 4 {
			d.press("tab")
			got = append(got, d.app.panes.shown.focus)
		}
		if want := []kit.PaneID{kit.DetailPane, sideID(1), sideID(0), kit.ListPane}; !slices.Equal(got, want) {
			t.Errorf("%v: tab goes to the panes %v, want %v", size, got, want)
		}
	}
}

func TestTheResultsOfTheFacetsAreWholeAtEachSize(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {104, 32}, {120, 40}, {200, 50}} {
		for _, ascii := range []bool{false, true} {
			d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), ASCII: ascii}, size[0], size[1])
			if d.app.panes.layout.sides[facets].Empty() {
				d.press("b")
			}
			d.mustShow("PARTIALLY_FAILED")
		}
	}
}
