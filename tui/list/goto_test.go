package list

import (
	"strings"
	"testing"

	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestTimesToGoTo(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(200)), 100, 24) // a row a minute, from midnight
	for _, tt := range []struct {
		text string
		want model.Row
	}{{"01:30", 90}, {"2026-11-22T00:05", 5}, {"yesterday", 0}, {"19h", 90}, {"23:00", 199}} {
		d.press("@")
		d.write(tt.text)
		d.press("enter")
		if got := d.cursorEvent().Row; got != tt.want {
			t.Errorf("@ %s goes to row %d, want %d", tt.text, got, tt.want)
		}
	}
	d.press("@")
	d.write("nonsense")
	d.press("enter")
	if last := d.lines()[23]; !strings.Contains(last, "not a time") || len(d.modals) != 1 {
		t.Errorf("after nonsense the status line is %q", last)
	}
}

func TestLeapsInTime(t *testing.T) {
	d := newListRig(t, kittest.LoadText(t, "x", kittest.Events(200)), 100, 24)
	for _, tt := range []struct {
		keys string
		want model.Row
	}{{"g }", 60}, {"} }", 180}, {"{", 120}, {"}", 180}, {"}", 199}, {"(", 0}, {")", 199}} {
		d.press(tt.keys)
		if got := d.cursorEvent().Row; got != tt.want {
			t.Fatalf("after %q the cursor is on row %d, want %d", tt.keys, got, tt.want)
		}
	}
	for _, tt := range []struct {
		keys string
		want model.Row
	}{{"g alt+down", 1}, {"alt+down alt+down", 3}, {"alt+up", 2}} {
		d.press(tt.keys)
		if got := d.cursorEvent().Row; got != tt.want {
			t.Fatalf("after %q the cursor is on row %d, want %d", tt.keys, got, tt.want)
		}
	}
	// Over a gap that is longer than the leap it still goes on.
	d = newListRig(t, kittest.MixedLog(t), 100, 24)
	for _, tt := range []struct {
		keys string
		want model.Row
	}{{"g }", 2}, {"}", 3}, {"{", 2}, {"{", 1}} {
		d.press(tt.keys)
		if got := d.cursorEvent().Row; got != tt.want {
			t.Fatalf("with gaps, after %q the cursor is on row %d, want %d", tt.keys, got, tt.want)
		}
	}
}

func TestTimeIsNotGoneToInAnotherOrder(t *testing.T) {
	d := newListRig(t, kittest.MixedLog(t), 99, 24)
	d.press("S g }")
	if got := d.list.cursor; got != 0 {
		t.Errorf("the cursor went to place %d", got)
	}
	if last := d.lines()[23]; !strings.Contains(last, "not in order of time") {
		t.Errorf("the status line is %q", last)
	}
}

// T tells times by the clock, since the row before, since the mark if there is one, and from now.
func TestTimesAreToldSinceOtherEvents(t *testing.T) {
	line := func(at string) string {
		return strings.Replace(kittest.FailedEvent, "2026-11-22T18:04:11.203Z", at, 1) + "\n"
	}
	log := kittest.LoadText(t, "x", line("2026-11-22T18:04:11.203Z")+line("2026-11-22T18:04:13.003Z")+line("2026-11-22T18:08:13.003Z")+line("2026-11-24T19:08:14Z"))
	d := newListRig(t, log, 100, 24)
	check := func(want ...string) {
		t.Helper()
		lines := d.lines()[2:]
		for i, text := range want {
			if !strings.Contains(lines[i], text) {
				t.Errorf("line %d is %q, want %q in it:\n%s", i, lines[i], text, strings.Join(lines, "\n"))
			}
		}
	}
	d.Display.SwitchTimes(false)
	check("Since row", "18:04:11", "+1.800s", "+4m", "+2d 1h")
	d.press("g j j m")
	d.Display.SwitchTimes(true)
	check("Since mark", "-4m 1s", "-4m", "+0.000s")
	d.press("m")
	check("Since mark", "18:04:11", "18:04:13")
	d.Display.SwitchTimes(true)
	check("Time", "ago", "ago")
	d.Display.SwitchTimes(true)
	check("Time", "18:04:11")
	d.Display.SwitchTimes(false)
	if d.Display.SwitchTimes(false); !d.Display.FromNow() {
		t.Error("without a mark times are told since one")
	}
}
