package query

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func inZone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestAQueryForAnHourThatComesTwiceFindsBoth(t *testing.T) {
	log := newLog(t, timedLines("2026-10-24T23:59:00Z", "2026-10-25T00:30:00Z", "2026-10-25T00:45:00Z", "2026-10-25T01:30:00Z", "2026-10-25T01:45:00Z", "2026-10-25T02:30:00Z"))
	for q, want := range map[string][]int{
		"time:2026-10-25T02": {1, 2, 3, 4}, "on:2026-10-25T02": {1, 2, 3, 4}, "time:2026-10-25T02:30": {1, 3}, "time=2026-10-25T02:30": {1, 3}, "-time:2026-10-25T02:30": {0, 2, 4, 5},
		"since:2026-10-25T02:45": {2, 3, 4, 5}, "until:2026-10-25T02:30": {0, 1, 2, 3}, "time>2026-10-25T02:30": {4, 5}, "time<2026-10-25T02:45": {0, 1}, "time>=2026-10-25T02:45": {2, 3, 4, 5},
		"time:2026-10-25T02:40..02:50": {2, 3, 4}, "around:2026-10-25T02:45±5m": {2, 4}, "time:2026-10-25T02:30,2026-10-25T03:30": {1, 3, 5}, "time:2026-10-25T02:30+02:00": {1}, "time:2026-10-25T02:30+01:00": {3},
	} {
		if diff := cmp.Diff(want, selected(t, log, Compile(mustParse(t, q), Env{Now: noon, Zone: inZone(t, "Europe/Zurich")}))); diff != "" {
			t.Errorf("rows of %q (-want +got):\n%s", q, diff)
		}
	}
}

func TestWhatATimeLacksIsTakenFromTheLogOrTheLeftBound(t *testing.T) {
	log := newLog(t, timedLines("2025-11-21T01:44:00Z", "2026-11-20T01:44:00Z", "2026-11-21T01:40:00Z", "2026-11-21T01:44:30Z", "2026-11-21T01:50:59Z", "2026-11-21T02:00:00Z", "2026-11-22T01:44:00Z"))
	end := time.Date(2026, 11, 22, 1, 44, 0, 0, time.UTC)
	for _, c := range []struct {
		query string
		day   time.Time
		want  []int
	}{
		{"time:2026-11-21T01:40..01:50", time.Time{}, []int{2, 3, 4}}, {"time:2026-11-21 01:40..01:50", time.Time{}, []int{2, 3, 4}}, {`time:"2026-11-21 01:44 .. 02:00"`, time.Time{}, []int{3, 4, 5}},
		{"time:2026-11-21..01:44", time.Time{}, []int{2, 3}}, {"time:11-21 01:40..01:50", time.Time{}, []int{2, 3, 4}}, {"time:2026-11-20..11-21", time.Time{}, []int{1, 2, 3, 4, 5}}, {"time:2025-11-20..11-21", time.Time{}, []int{0}},
		{"time:2026-11-21T02:40+01:00..02:50", time.Time{}, []int{2, 3, 4}}, {"time:2026-11-21T01:40..02:50+01:00", time.Time{}, []int{2, 3, 4}},
		{"time:11-21 01:44", time.Time{}, []int{3}}, {"time:11-21", time.Time{}, []int{2, 3, 4, 5}}, {"on:11-20", time.Time{}, []int{1}}, {"time:01:44", time.Time{}, []int{6}}, {"time:01:40..01:50", time.Time{}, []int{6}},
		{"time:01:44", end.AddDate(0, 0, -1), []int{3}}, {"time:01:40..01:50", end.AddDate(0, 0, -1), []int{2, 3, 4}}, {"time:..01:44", end.AddDate(0, 0, -2), []int{0, 1}}, {"since:11-21 01:50", time.Time{}, []int{4, 5, 6}},
		{"around:01:44", end.AddDate(0, 0, -1), []int{2, 3, 4}}, {"since:24h@end", time.Time{}, []int{3, 4, 5, 6}}, {"since:1 day@end", time.Time{}, []int{3, 4, 5, 6}}, {"since:24h", time.Time{}, []int{}}, {"time:24h@end..", time.Time{}, []int{3, 4, 5, 6}},
	} {
		env := Env{Now: end.AddDate(0, 1, 0), End: end, Day: c.day}
		if diff := cmp.Diff(c.want, selected(t, log, Compile(mustParse(t, c.query), env))); diff != "" {
			t.Errorf("rows of %q (-want +got):\n%s", c.query, diff)
		}
	}
}

func TestARangeThatRunsBackwardsIsAnError(t *testing.T) {
	for _, q := range []string{"time:2026-11-21T01:50..01:40", "time:2026-11-22..2026-11-21", "time:today..yesterday", "time:1h..24h", "time:01:50..01:40", "time:11-21 01:44..01:43", "time:2026-11-21T22:00..02:00", "time:2026..2025",
		"-time:2026-11-22..2026-11-21", "time:2026-11-01,2026-11-22..2026-11-21", "time:now..1h", "timestamp:2026-11-22..2026-11-21"} {
		if _, err := Parse(q); err == nil || !strings.Contains(err.Error(), "runs backwards") {
			t.Errorf("Parse(%q) = %v, want that the range runs backwards", q, err)
		}
	}
	for _, q := range []string{"time:2026-11-21T01:40..01:40", "time:24h..1h", "time:24h..", "time:..1h", "time:yesterday..today", "time:2026-11-21..2026-11-21", "time:monday..sunday", "time:2026-11-21T01:00..2026-11-20T20:00-05:00"} {
		if _, err := Parse(q); err != nil {
			t.Errorf("Parse(%q): %v", q, err)
		}
	}
}

func TestBoundsStayOpenUntilTheEndOfTheLogIsKnown(t *testing.T) {
	end := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for _, q := range []string{"since:24h@end", "time:10:00", "time:11-21", "time:10:00..11:00", "since:11-21 10:00"} {
		if from, to := Bounds(mustParse(t, q), Env{Now: noon}); !from.IsZero() || !to.IsZero() {
			t.Errorf("the bounds of %q are %v and %v before the log was read", q, from, to)
		}
		if from, _ := Bounds(mustParse(t, q), Env{Now: noon, End: end}); from.IsZero() {
			t.Errorf("the bounds of %q are open though the log was read", q)
		}
	}
}
