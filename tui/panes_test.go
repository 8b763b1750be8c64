package tui

import (
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
	d.press("enter")
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
	d.press("T")
	if row := d.lines()[d.app.panes.layout.list.Y]; !strings.Contains(row, "2h 25m ago") {
		t.Errorf("relative, the row is %q", row)
	}
}
