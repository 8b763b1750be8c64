package query

import (
	"strings"
	"testing"
	"time"
)

func TestCountingBackFromNowSaysWhereTheLogEnds(t *testing.T) {
	log := newLog(t, timedLines("2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z"))
	snap := log.Snapshot()
	for _, c := range []struct {
		query string
		now   string
		want  string // empty if nothing is said about the end
	}{
		{"since:24h", "2026-11-22T12:00:00Z", "since:24h@end counts from there"}, {"since:1 day", "2026-11-22T12:00:00Z", `since:"1 day@end" counts`}, {"since:2 weeks ago", "2026-11-22T12:00:00Z", `since:"2 weeks ago@end"`},
		{"since:7d", "2026-11-22T12:00:00Z", "since:7d@end"}, {"-until:24h GET", "2026-11-22T12:00:00Z", "until:24h@end"}, {"time:24h..1h", "2026-11-22T12:00:00Z", "time:24h@end..1h"}, {"time>=24h", "2026-11-22T12:00:00Z", "time>=24h@end"},
		{"since:24h", "2026-11-20T10:30:00Z", ""}, {"since:24h@end", "2026-11-22T12:00:00Z", ""}, {"since:2026-11-20", "2026-11-22T12:00:00Z", ""}, {"GET", "2026-11-22T12:00:00Z", ""},
	} {
		now, _ := time.Parse(time.RFC3339, c.now)
		out, err := Doubts(t.Context(), &snap, mustParse(t, c.query), Env{Now: now}, 1, true)
		said := strings.Join(out, "\n")
		if err != nil || strings.Contains(said, "the log ends at 2026-11-20 10:00:00 UTC") != (c.want != "") || !strings.Contains(said, c.want) {
			t.Errorf("%s at %s: %q, %v; want %q", c.query, c.now, said, err, c.want)
		}
	}
	for _, q := range []string{"since:24h@end", `since:"1 day@end"`, `since:"2 weeks ago@end"`, "time:24h@end..1h"} {
		if e, err := Parse(q); err != nil || e.String() != q {
			t.Errorf("Parse(%q) = %v, %v; what is suggested must be a query", q, e, err)
		}
	}
}

func TestTimesFromNowAreCountedFromTheEnd(t *testing.T) {
	for text, want := range map[string]string{
		"since:24h":                   "since:24h@end",
		"is:failed -since:7d":         "is:failed -since:7d@end",
		"actor:x OR until:2h":         "actor:x OR until:2h@end",
		"since:24h@end":               "",
		"since:2026-11-02 actor:24h":  "",
		"around:2026-11-02T10:00 24h": "",
	} {
		e, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := FromEnd(e)
		if want == "" {
			if ok || got.String() != e.String() {
				t.Errorf("FromEnd(%s) = %s, %v", text, got, ok)
			}
			continue
		}
		if back, err := Parse(got.String()); !ok || got.String() != want || err != nil || back.String() != want {
			t.Errorf("FromEnd(%s) = %s, %v, want %s; it reads back as %v, %v", text, got, ok, want, back, err)
		}
	}
}
