package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

// tourKeys are the keys that lead through the tour, and what the screen then shows of the story.
var tourKeys = []struct{ keys, shows string }{
	{"f", "failed only"},
	{"enter", "failed to"},
	{"esc", "failed only"},
	{"V D e t e c t i o n s enter", "Detections deleted or disabled"},
	{"i", "ip 203.0.113.9"},
	{"b", "Actor"},
	{"v", "11-22"},
	{"esc", "ip 203.0.113.9"},
	{"m", "ip 203.0.113.9"},
	{"o", "Export"},
}

func TestTheTourLeadsThroughTheStoryAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}, {60, 16}} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Exports: testFormats(nil), Tour: true}, size[0], size[1])
		for i, step := range tourKeys {
			d.mustShow(fmt.Sprintf("Tour %d of %d", i+1, len(tourKeys)), "any other key leaves the tour")
			d.press("up down")
			lines := d.lines()
			top := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, " Tour ") })
			end := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "any other key leaves") })
			if _, y, ok := d.app.screen.frame.Selected(); ok && y >= top && y <= end {
				t.Errorf("%v, step %d covers the selected line:\n%s", size, i+1, d.screenText())
			}
			d.press(step.keys)
			d.mustShow(step.shows)
		}
		d.press("esc")
		if strings.Contains(d.screenText(), "Tour ") || d.app.status.tour.open {
			t.Errorf("%v: the tour does not end:\n%s", size, d.screenText())
		}
	}
}

// The key that leaves the tour does what it always does.
func TestAnyOtherKeyLeavesTheTour(t *testing.T) {
	for keys, shows := range map[string]string{"w": "reads hidden", "?": "Here", "/": "2,000 matches", "esc": leftTour.String(), "F10": leftTour.String(), "enter": "from"} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Tour: true}, 100, 30)
		d.press(keys)
		d.mustShow(shows)
		d.press("esc esc")
		if strings.Contains(d.screenText(), "Tour ") {
			t.Errorf("%s does not leave the tour:\n%s", keys, d.screenText())
		}
	}
}

func TestTheTourNamesTheKeysThatTheUserChose(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), Tour: true, Keys: kit.Remap{"failed-only": {"f5"}}}, 80, 24)
	d.mustShow("F5 shows only")
	d.press("f5")
	d.mustShow("Tour 2 of 10")
}
