package tui

import (
	"testing"
	"time"

	"pawprint/model/query"
)

func TestTimesAreDatedAsFarAsTheyAreKnown(t *testing.T) {
	day, end := time.Date(2026, 11, 21, 1, 44, 30, 0, time.UTC), time.Date(2026, 11, 22, 1, 44, 0, 0, time.UTC)
	for _, tt := range []struct {
		f        filterText
		day, end time.Time
		want     string // empty if nothing changes
	}{
		{filterText{text: "time:01:44"}, day, end, "time:2026-11-21T01:44"},
		{filterText{text: "time:11-21 01:44"}, day, end, "time:2026-11-21T01:44"},
		{filterText{text: "since:1h@end"}, day, end, "since:2026-11-22T00:44:00Z"},
		{filterText{text: "since:1h@end"}, day, time.Time{}, ""},
		{filterText{text: "is:failed"}, day, end, ""},
		{filterText{text: "time:01:44 a", off: "a\n"}, day, end, ""},
	} {
		f, err := tt.f.parse()
		if err != nil {
			t.Fatal(err)
		}
		got, ok := dated(&f, query.Env{Now: testNow, Zone: time.UTC, Day: tt.day, End: tt.end})
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%+v is dated as %q, %v; want %q", tt.f, got, ok, tt.want)
		}
	}
}
