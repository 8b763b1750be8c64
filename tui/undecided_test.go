package tui

import (
	"strings"
	"testing"

	"pawprint/model/logtest"
	"pawprint/tui/kit/kittest"
)

// partlyTimed is a log of two events with a time, three without, and a reject.
var partlyTimed = strings.Join([]string{
	logtest.Event(`"actionName":"A1"`), logtest.Event(`"actionName":"A2"`, `"timestamp"`), logtest.Event(`"actionName":"A3"`, `"timestamp":"tomorrow"`), "no event",
	logtest.Event(`"actionName":"A4"`, `"timestamp":""`), logtest.Event(`"actionName":"A5"`, `"timestamp":"2026-11-02T11:00:00Z"`),
}, "\n") + "\n"

func TestRowsWithoutATimeSaySoWhereTheyStand(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {200, 50}} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "x", partlyTimed)}, size[0], size[1])
		times := map[string]bool{"A1": true, "A2": false, "A3": false, "no event": false, "A4": false, "A5": true}
		for _, line := range d.lines()[3:] {
			_, row, found := strings.Cut(line, "│") // beside the facets
			if !found {
				row = line
			}
			for what, timed := range times {
				if strings.Contains(row, " "+what+" ") && strings.Contains(row, "no time") == timed {
					t.Errorf("at %v the row is %q", size, line)
				}
			}
		}
		if frame := strings.Join(d.lines(), "\n"); strings.Count(frame, "no time") < 4 || strings.Contains(frame, "1970") {
			t.Errorf("at %v:\n%s", size, frame)
		}
	}
}

func TestRowsThatAFilterDoesNotDecideAreCounted(t *testing.T) {
	for filter, want := range map[string]string{
		"since:2026-11-02T10:30":      "1 match, 4 undecided",
		"-since:2026-11-02T10:30":     "1 match, 4 undecided",
		"is:offhours -is:reject":      "0 matches, 3 undecided",
		"time:2026-11-02 OR action:A": "5 matches, 1 undecided",
		"action:A":                    "5 matches",
		"-has:time":                   "4 matches",
	} {
		d := newDriver(t, Options{Log: kittest.LoadText(t, "x", partlyTimed)}, 100, 24)
		d.press("/")
		d.write(filter)
		d.press("enter")
		if bar := d.lines()[1]; !strings.Contains(bar, " "+want+" ") {
			t.Errorf("the bar is %q, want %q", bar, want)
		}
	}
}

func TestAnEmptyListSaysHowManyRowsAreUndecided(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", partlyTimed)}, 60, 24)
	d.press("/")
	d.write("on:2025-01-01")
	d.press("enter")
	frame := strings.Join(d.lines(), "\n")
	for _, want := range []string{"Nothing matches", "4 rows without a time are undecided", "0 matches, 4 undecided"} {
		if !strings.Contains(frame, want) {
			t.Errorf("the frame does not say %q:\n%s", want, frame)
		}
	}
}

func TestTheTimelineSaysHowManyEventsHaveNoTime(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadText(t, "x", partlyTimed)}, 120, 40)
	if frame := strings.Join(d.lines(), "\n"); !strings.Contains(frame, "3 no time") {
		t.Errorf("no count of events without a time:\n%s", frame)
	}
}
