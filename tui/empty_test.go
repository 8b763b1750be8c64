package tui

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/tui/kit/kittest"
)

func TestWhyASourceIsBrokenIsNotCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), strings.Repeat("long-", 30)+"none.jsonl")
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err == nil {
		t.Fatal("a file that is not there was loaded")
	}
	for _, size := range [][2]int{{40, 24}, {80, 24}, {200, 50}} {
		d := newDriver(t, Options{Log: kittest.StillLog{Log: log}}, size[0], size[1])
		text := strings.Join(strings.Fields(strings.Join(d.lines(), "")), "")
		if !strings.Contains(text, "nosuchfile") {
			t.Errorf("at %v the reason is not on the screen:\n%s", size, strings.Join(d.lines(), "\n"))
		}
		checkShape(t, d, size[0], size[1])
	}
}

func TestAnEmptyListSaysWhichConditionIsToBlame(t *testing.T) {
	d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
	d.press("f /")
	d.write("actor:elena action:LIST_LOG_TYPES")
	d.press("enter")
	d.mustShow("Nothing matches", "without actor:elena: ", "x removes a condition, [ ] chooses it, u goes back")
	for _, line := range d.lines() {
		if strings.Contains(line, "without") && strings.Contains(line, ": 0") {
			t.Errorf("a condition without which nothing matches either is blamed: %q", line)
		}
	}
	checkShape(t, d, 80, 24)
}

// A time that counts from now finds nothing in an old log; a key counts it from where the log ends.
func TestAnOldLogSaysWhereItEndsAndShowsItsLastDay(t *testing.T) {
	for _, tt := range []struct{ filter, want string }{{"since:24h", "since:2026-11-21T20:07:18.71Z"}, {"since:2h is:failed", "is:failed"}, {"", "since:2026-11-21T20:07:18.71Z"}} {
		d := newDriver(t, Options{Log: kittest.LoadFile(t, "audit.jsonl")}, 80, 24)
		d.app.display.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
		d.press("/")
		d.write(tt.filter)
		d.press("enter")
		if strings.Contains(tt.filter, "since") {
			d.mustShow("Nothing matches", "the log ends at 2026-11-22", "press , to count the time from the end of the log")
		}
		if d.press(","); d.app.list.Len() == 0 || !strings.Contains(d.app.feed.Text, tt.want) || d.app.bar.Err != nil {
			t.Errorf("%q becomes %q and finds %d rows, want %s", tt.filter, d.app.feed.Text, d.app.list.Len(), tt.want)
		}
		if d.press("u"); d.app.feed.Text != tt.filter {
			t.Errorf("u goes back to %q, want %q", d.app.feed.Text, tt.filter)
		}
	}
}
