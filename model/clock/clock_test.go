package clock

import (
	"testing"
	"time"
)

func TestTimesAreReadInEveryForm(t *testing.T) {
	base := time.Date(2022, 4, 28, 15, 30, 22, 0, time.UTC)
	for in, want := range map[string]time.Time{
		"2022-04-28 15:30:22.42": base.Add(420 * time.Millisecond), "2022-04-28 15:30:22": base, "2022-04-28T15:30:22Z": base, "2022-04-28 15:30:22 UTC": base,
		"2022-04-28 15:30:22.618835297": base.Add(618835297), "2022-04-28T17:30:22.619+02:00": base.Add(619 * time.Millisecond),
		"2022-04-28T10:00:22-0530": base, "2022-04-28T15:30:22,5Z": base.Add(500 * time.Millisecond), "1969-12-31T23:59:59Z": time.Unix(-1, 0),
		"2016-12-31T23:59:60Z": time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC), "2024-02-29T00:00:00Z": time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC),
		"2022-04-28T15:30:22+02": base.Add(-2 * time.Hour),
	} {
		var r Reader
		nanos, form := r.Read([]byte(in))
		if !form.Usable() || nanos != want.UnixNano() {
			t.Errorf("Read(%q) = %v, %v; want %v", in, time.Unix(0, nanos).UTC(), form, want)
		}
	}
	for _, in := range []string{"", "2022-04-28", "2022-13-01T00:00:00Z", "2022-02-30T00:00:00Z", "2022-04-28T24:00:01Z", "2022-04-28T15:60:22Z", "2022-04-28T15:30:61Z",
		"2022-04-28T15:30:22X", "2022-04-28T15:30:22+2", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2022-04-28T15:30:22+25:00"} {
		var r Reader
		if nanos, form := r.Read([]byte(in)); form.Usable() {
			t.Errorf("Read(%q) = %v, want an error", in, time.Unix(0, nanos).UTC())
		}
	}
}
