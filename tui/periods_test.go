package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestTwoPeriodsLookAsTheyDid(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 50}} {
		for _, ascii := range []bool{false, true} {
			name := fmt.Sprintf("periods-%dx%d", size[0], size[1])
			if ascii {
				name += "-ascii"
			}
			t.Run(name, func(t *testing.T) {
				d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl"), ASCII: ascii}, size[0], size[1])
				d.press("w . tab S")
				checkShape(t, d, size[0], size[1])
				kittest.CheckGolden(t, name, ansi.Strip(d.frame()))
			})
		}
	}
}

func TestTheTwoPeriodsAreThoseThatWereChosenBefore(t *testing.T) {
	for _, tt := range []struct{ name, keys, want string }{
		{"nothing", "", "the last 7 days of the log and the 7 days before"},
		{"one mark", "m", "the last 7 days of the log"},
		{"two marks", "m k k k m", "from the first mark to the last one, and as long before"},
		{"the timeline", "v left left H H", "the time chosen in the timeline, and as long before"},
		{"a closer look", "v >", "the time chosen in the timeline, and as long before"},
		{"a filter by it", "v left left H H enter", "the time of the filter, and as long before"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
			d.press(tt.keys + " .")
			d.mustShow("Two periods", tt.want)
			if strings.Contains(d.screenText(), "counting") {
				t.Errorf("it is not counted:\n%s", d.screenText())
			}
			d.press("esc")
			if len(d.app.modals) > 0 {
				t.Error("esc does not close the page")
			}
		})
	}
}

func TestEnterOnTwoPeriodsShowsTheEventsOfBoth(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
	d.press("v left left H H enter f .")
	d.mustShow("the filter narrows both, except for its time: is:failed")
	d.press("-") // the page stays and counts what is left
	if len(d.app.modals) != 1 || !strings.Contains(d.app.feed.Text, "-action=") {
		t.Fatalf("- leaves %d modals and the filter %q", len(d.app.modals), d.app.feed.Text)
	}
	d.press("space space +")
	d.press("enter")
	f := d.app.feed.Filter
	if len(d.app.modals) != 0 || !f.FailedOnly || strings.Count(f.Text, "time:") != 1 || d.app.list.Len() == 0 {
		t.Errorf("enter leaves %d modals and %d rows of %+v", len(d.app.modals), d.app.list.Len(), f.FilterText)
	}
	d.press("u")
	if d.app.feed.FilterText == f.FilterText {
		t.Error("u does not take the filter back")
	}
}

func TestTwoPeriodsAreCountedInTheWholeLog(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "damaged.jsonl")}, 120, 40)
	d.press(".")
	for range 6 {
		d.press("tab [ ] S")
		if d.app.scope() != kit.InPeriods {
			t.Fatalf("the scope is %d", d.app.scope())
		}
		checkShape(t, d, 120, 40)
	}
}
