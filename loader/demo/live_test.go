package demo

import (
	"strings"
	"testing"
	"time"
)

// A break-in happens once in a live log, after a while of ordinary work, and is none of the events of the story again.
func TestALiveLogHasABreakInAfterAWhile(t *testing.T) {
	const calm, all = 40, 400
	start := time.Date(2026, time.November, 29, 9, 0, 0, 0, time.UTC)
	log := newLiveLog(New(Options{Seed: 1}), calm)
	var b []byte
	for i := range all {
		b = log.event(start.Add(time.Duration(i)*time.Second), b)
	}
	told := map[string]bool{}
	for _, r := range rows(t, Story()) {
		if r.RowID != "" {
			told[r.RowID] = true
		}
	}
	g := New(Options{calm: true})
	want := append(append(breakIn(g.cast), blinding(g.cast)...), copying(g.cast)...)
	next, matches, last := 0, 0, 0
	for i, r := range rows(t, b) {
		if told[r.RowID] {
			t.Errorf("line %d is event %s of the story", i+1, r.RowID)
		}
		stranger := r.SourceIP != nil && strings.HasPrefix(*r.SourceIP, "203.0.113.")
		switch {
		case stranger && i < calm:
			t.Errorf("line %d is of the break-in already", i+1)
		case next > 0 && r.RowID != "" && r.AlertID != "" && r.ActionName == want[next-1].action && want[next-1].alert != (alert{}):
			matches++
		case next < len(want) && i >= calm && (i-calm)%2 == 0:
			if r.ActionName != want[next].action || r.ActionResult != want[next].result || stranger != (want[next].from.ip != "") {
				t.Fatalf("line %d is %s %s, want %s", i+1, r.ActionName, r.ActionResult, want[next].action)
			}
			if at, _ := r.when(t); !at.Equal(start.Add(time.Duration(i) * time.Second)) {
				t.Errorf("line %d is of %v", i+1, at)
			}
			next, last = next+1, i
		}
	}
	if next != len(want) || matches != 4 || last > all-50 {
		t.Errorf("%d of %d events happened, with %d rule matches, the last in line %d", next, len(want), matches, last+1)
	}
}
