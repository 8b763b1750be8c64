package s3

import (
	"testing"
	"time"
)

func TestWhatLiesBelowAFolderIsMeasuredWithoutReadingIt(t *testing.T) {
	s := newStore(t)
	hourly(s, "logs/panther_audit/", utc("2025-12-01 00:00"), utc("2026-02-01 00:00"))
	s.put("others/a.json", make([]byte, 1000))
	s.put("others/year=2026/month=01/day=05/hour=10/b.json", make([]byte, 500))
	for name, c := range map[string]struct {
		url      string
		from, to time.Time
		objects  int64
		bytes    int64 // 0 for any
		all      bool
	}{
		"an hour":       {"s3://audit-logs/logs/panther_audit/", utc("2026-01-05 10:00"), utc("2026-01-05 11:00"), 1, 0, false},
		"two days":      {"s3://audit-logs/logs/panther_audit", utc("2026-01-05 00:00"), utc("2026-01-07 00:00"), 48, 0, false},
		"a later time":  {"s3://audit-logs/logs/panther_audit/", utc("2027-01-05 00:00"), utc("2027-01-07 00:00"), 0, 0, false},
		"other names":   {"s3://audit-logs/others/", utc("2026-01-05 10:00"), utc("2026-01-05 11:00"), 2, 1500, true},
		"nothing there": {"s3://audit-logs/none/", utc("2026-01-05 10:00"), utc("2026-01-05 11:00"), 0, 0, false},
	} {
		plan, all, err := Measure(t.Context(), c.url, Options{}, c.from, c.to)
		if err != nil || plan.Objects != c.objects || all != c.all || c.bytes > 0 && plan.Bytes != c.bytes || (plan.Bytes > 0) != (c.objects > 0) {
			t.Errorf("%s: %+v, %v, %v", name, plan, all, err)
		}
	}
	if n := len(s.requests()); n != s.listings() {
		t.Errorf("it sends %q", s.requests())
	}
	if _, _, err := Measure(t.Context(), "s3://audit-logs-of-others/", Options{}, utc("2026-01-05 10:00"), utc("2026-01-05 11:00")); err == nil {
		t.Error("a bucket that is not there is measured")
	}
}
