package query

import (
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
