package filter

import (
	"testing"
	"time"

	"pawprint/model/query"
	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestTimesAreDatedAsFarAsTheyAreKnown(t *testing.T) {
	day, end := time.Date(2026, 11, 21, 1, 44, 30, 0, time.UTC), time.Date(2026, 11, 22, 1, 44, 0, 0, time.UTC)
	for _, tt := range []struct {
		f        kit.FilterText
		day, end time.Time
		want     string // empty if nothing changes
	}{
		{kit.FilterText{Text: "time:01:44"}, day, end, "time:2026-11-21T01:44"},
		{kit.FilterText{Text: "time:11-21 01:44"}, day, end, "time:2026-11-21T01:44"},
		{kit.FilterText{Text: "since:1h@end"}, day, end, "since:2026-11-22T00:44:00Z"},
		{kit.FilterText{Text: "since:1h@end"}, day, time.Time{}, ""},
		{kit.FilterText{Text: "is:failed"}, day, end, ""},
		{kit.FilterText{Text: "time:01:44 a", Off: "a\n"}, day, end, ""},
	} {
		f, err := tt.f.Parse()
		if err != nil {
			t.Fatal(err)
		}
		got, ok := Dated(&f, query.Env{Now: kittest.TestNow, Zone: time.UTC, Day: tt.day, End: tt.end})
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%+v is dated as %q, %v; want %q", tt.f, got, ok, tt.want)
		}
	}
}
