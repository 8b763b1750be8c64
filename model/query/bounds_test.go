package query

import (
	"testing"
	"time"
)

func TestBoundsHoldEveryTimeThatAQueryCanMatch(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	at := func(text string) time.Time {
		if text == "" {
			return time.Time{}
		}
		at, err := time.Parse("2006-01-02T15:04:05.999999999", text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, c := range []struct{ text, from, to string }{
		{"", "", ""},
		{"is:failed", "", ""},
		{"since:24h", "2026-11-21T12:00:00", ""},
		{"since:24h is:failed since:1h", "2026-11-22T11:00:00", ""},
		{"on:2026-11-02", "2026-11-02T00:00:00", "2026-11-02T23:59:59.999999999"},
		{"on:2026-11-02 OR on:2026-11-04", "2026-11-02T00:00:00", "2026-11-04T23:59:59.999999999"},
		{"on:2026-11-02 OR actor:x", "", ""},
		{"-on:2026-11-02", "", ""},
		{"time:2026-11-01..2026-11-03 (on:2026-11-02 OR actor:x)", "2026-11-01T00:00:00", "2026-11-03T23:59:59.999999999"},
		{"around:2026-11-02T10:00±15m", "2026-11-02T09:45:00", "2026-11-02T10:15:00"},
	} {
		e, err := Parse(c.text)
		if err != nil {
			t.Fatalf("Parse(%q): %v", c.text, err)
		}
		from, to := Bounds(e, Env{Now: now, Zone: time.UTC})
		if !from.Equal(at(c.from)) || !to.Equal(at(c.to)) {
			t.Errorf("Bounds(%q) = %v, %v, want %v, %v", c.text, from, to, at(c.from), at(c.to))
		}
	}
	e, err := Parse("on:2026-11-02 on:2026-11-04")
	if err != nil {
		t.Fatal(err)
	}
	if from, to := Bounds(e, Env{Now: now, Zone: time.UTC}); !from.After(to) {
		t.Errorf("a query that matches nothing has the bounds %v, %v", from, to)
	}
}
