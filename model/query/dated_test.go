package query

import (
	"slices"
	"testing"
	"time"
)

func TestDatedTimesMeanTheSameFromThenOn(t *testing.T) {
	end := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	day := end.AddDate(0, 0, -1)
	for _, c := range []struct {
		query    string
		end, day time.Time
		want     string
	}{
		{"time:01:44", end, day, "time:2026-11-21T01:44"}, {"time:01:44", end, time.Time{}, "time:2026-11-22T01:44"}, {"time:01:44", time.Time{}, day, "time:2026-11-21T01:44"}, {"time:01:44", time.Time{}, time.Time{}, "time:01:44"},
		{"time:11-20 01:44:05.5", end, day, "time:2026-11-20T01:44:05.500000000"}, {"time:12-24", end, day, "time:2025-12-24"}, {"time:11-20", time.Time{}, day, "time:11-20"}, {"time:01:40..01:50", end, day, "time:2026-11-21T01:40..01:50"},
		{"time:..01:44", end, day, "time:..2026-11-21T01:44"}, {"since:24h@end", end, day, "since:2026-11-21T10:00:00Z"}, {"time:24h@end", end, day, "time>=2026-11-21T10:00:00Z"}, {"since:24h@end", time.Time{}, day, "since:24h@end"},
		{"around:01:44±5m", end, day, "around:2026-11-21T01:44±5m"}, {"-since:01:44 (on:11-20 OR GET)", end, day, "-since:2026-11-21T01:44 (on:2026-11-20 OR GET)"}, {"time:01:44+02:00", end, day, "time:2026-11-21T01:44+02:00"},
		{"since:24h", end, day, "since:24h"}, {"time:2026-11-21..01:50", end, day, "time:2026-11-21..01:50"}, {"time:*", end, day, "time:*"}, {"GET", end, day, "GET"}, {"time:yesterday", end, day, "time:yesterday"},
	} {
		env := Env{Now: end.AddDate(0, 1, 0), End: c.end, Day: c.day}
		e := mustParse(t, c.query)
		dated := Dated(e, env)
		if got := dated.String(); got != c.want {
			t.Errorf("%s is dated %s, want %s", c.query, got, c.want)
			continue
		}
		before, after := Env{Now: env.Now, End: c.end, Day: c.day}, Env{Now: env.Now.AddDate(1, 0, 0), End: end.AddDate(1, 0, 0)}
		if from, to := Bounds(e, before); c.want != c.query && !c.end.IsZero() {
			if a, b := Bounds(mustParse(t, c.want), after); !a.Equal(from) || !b.Equal(to) {
				t.Errorf("%s is from %v to %v, but %s from %v to %v", c.query, from, to, c.want, a, b)
			}
		}
	}
}

// A fixed query decides each moment later as the query does now.
func TestFixedQueriesFindTheSameLater(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 20, 30, 15, 123456789, time.UTC)
	env := Env{Now: now, Zone: zone, End: now.Add(-50 * time.Hour), Day: now.Add(-80 * time.Hour)}
	later := Env{Now: now.AddDate(0, 2, 3), Zone: time.UTC, End: now.AddDate(0, 3, 3), Day: now.AddDate(0, 2, 1)}
	var lines []string
	for h := range 400 {
		lines = append(lines, `{"actionName":"X","timestamp":"`+now.Add(-time.Duration(h)*37*time.Minute).Format("2006-01-02 15:04:05.000000000")+`"}`)
	}
	lines = append(lines, `{"actionName":"no time"}`, `no event`)
	log := newLog(t, lines)
	for _, text := range []string{"since:24h", "until:yesterday", "on:yesterday", "time:monday,yesterday", "-since:3d", "time:>2d", "time<=today", "around:10:00±3h", "time:10:00..12:00",
		"since:24h@end", "time:48h@end..", "time:..2d", "around:now", "11-21", "since:2026-11-21", "time:11-20..11-21", "actor:x OR since:2d", "is:failed", "time!=yesterday", "time:last week"} {
		e, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		fixed := Fixed(e, env)
		again, err := Parse(fixed.String())
		if err != nil {
			t.Errorf("%s becomes %s: %v", text, fixed, err)
			continue
		}
		if got, want := selected(t, log, Compile(again, later)), selected(t, log, Compile(e, env)); !slices.Equal(got, want) {
			t.Errorf("%s becomes %s, which finds %v, want %v", text, fixed, got, want)
		}
	}
}
