package clock

import (
	"strings"
	"testing"
	"time"
)

// looseTimes are times in the forms in which programs write them, though the schema does not.
var looseTimes = []struct {
	text, want string
	form       Form
}{
	// An offset or a name after a blank, as warehouses export times.
	{"2026-11-02 10:00:00.000 +0000", "2026-11-02T10:00:00Z", Unusual}, {"2026-11-02 10:00:00.000 -0700", "2026-11-02T17:00:00Z", Unusual},
	{"2026-11-02 10:00:00.000 Z", "2026-11-02T10:00:00Z", Unusual}, {"2026-11-02 10:00:00 +05:30", "2026-11-02T04:30:00Z", Unusual},
	{"2026-11-02 10:00:00 GMT", "2026-11-02T10:00:00Z", Unusual}, {"2026-11-02 10:00:00 utc", "2026-11-02T10:00:00Z", Unusual},
	{"2026-11-02 10:00:00.5 +0000 UTC", "2026-11-02T10:00:00.5Z", Unusual}, {"2026-11-02 12:00:00 +0200 CEST", "2026-11-02T10:00:00Z", Unusual},
	{"2026-11-02T11:00:00UTC+01:00", "2026-11-02T10:00:00Z", Unusual}, {"2026-11-02T10:00:00 GMT-1", "", Malformed},
	// A zone in brackets, which only says the offset again.
	{"2026-11-02T10:00:00Z[UTC]", "2026-11-02T10:00:00Z", Unusual}, {"2026-11-02T11:00:00+01:00[Europe/Zurich]", "2026-11-02T10:00:00Z", Unusual},
	{"2026-11-02T10:00:00[UTC]", "2026-11-02T10:00:00Z", Unusual}, {"2026-11-02T10:00:00[Europe/Zurich]", "", Malformed}, {"2026-11-02T10:00:00Z[UTC", "", Malformed},
	{"2026-11-02T10:00:00Z[[UTC]]", "", Malformed},
	// No seconds, a fraction without digits or with too many, blanks.
	{"2026-11-02T10:41Z", "2026-11-02T10:41:00Z", Unusual}, {"2026-11-02 10:41", "2026-11-02T10:41:00Z", UnusualWithoutZone}, {"2026-11-02T10:41:00.Z", "2026-11-02T10:41:00Z", Unusual},
	{" 2026-11-02T10:41:00Z ", "2026-11-02T10:41:00Z", Unusual}, {"\t2026-11-02 10:41:00\u00a0Z\n", "2026-11-02T10:41:00Z", Unusual}, {"2026-11-02  10:41:00", "2026-11-02T10:41:00Z", UnusualWithoutZone},
	{"2026-11-02T10:41:00.1234567899Z", "2026-11-02T10:41:00.123456789Z", LongFraction}, {"2026-11-02T10:41:00.123456789000000000000", "2026-11-02T10:41:00.123456789Z", UnusualWithoutZone},
	{"2026-11-02T10:41:00.5.5Z", "", Malformed}, {"2026-11-02T10:41:00..Z", "", Malformed}, {"2026-11-02T10", "", Malformed}, {"2026-11-02T10:41:", "", Malformed},
	{"2026/11/02 10:41:00Z", "2026-11-02T10:41:00Z", Unusual}, {"2026-1-2T3:04:05Z", "2026-01-02T03:04:05Z", Unusual}, {"2026-11/02 10:41:00Z", "", Malformed},
	// Nobody can tell which of the two is the month.
	{"02/11/2026 10:00:00", "", Malformed}, {"11-02-2026 10:00:00", "", Malformed},
	{"2026-11-02T24:00:00Z", "2026-11-03T00:00:00Z", EndOfDay}, {"2026-12-31 24:00", "2027-01-01T00:00:00Z", UnusualWithoutZone}, {"2026-02-28T24:00:00.000+01:00", "2026-02-28T23:00:00Z", EndOfDay},
	{"2026-11-02T24:00:00.1Z", "", Malformed}, {"2026-02-30T24:00:00Z", "", Malformed}, {"2026-11-02T25:00:00Z", "", Malformed},
	// Unix times.
	{"1793613600", "2026-11-02T10:00:00Z", UnixSeconds}, {"1793613600.25", "2026-11-02T10:00:00.25Z", UnixSeconds}, {"1793613600123", "2026-11-02T10:00:00.123Z", UnixMilliseconds},
	{"1793613600123.5", "2026-11-02T10:00:00.1235Z", UnixMilliseconds}, {"1793613600123456", "2026-11-02T10:00:00.123456Z", UnixMicroseconds},
	{"1793613600123456789", "2026-11-02T10:00:00.123456789Z", UnixNanoseconds}, {"20261102100000", "", Malformed}, {"20261102", "", Malformed}, {"12", "", Malformed}, {"-1793613600", "", Malformed},
	{"1793613600.", "", Malformed}, {"1793613600.1.2", "", Malformed}, {"1.7936136e9", "", Malformed}, {"99999999999999999999", "", Malformed},
	// The names of months.
	{"Mon, 02 Nov 2026 10:00:00 GMT", "2026-11-02T10:00:00Z", Unusual}, {"Mon, 02 Nov 2026 11:00:00 +0100", "2026-11-02T10:00:00Z", Unusual}, {"Mon, 2 Nov 2026 10:00:00 GMT", "2026-11-02T10:00:00Z", Unusual},
	{"Mon, 02 Nov 2026 10:00:00 EST", "", Malformed}, {"Mon, 02 Nov 2026 10:00:00", "2026-11-02T10:00:00Z", UnusualWithoutZone}, {"Nov 02, 2026, 10:00:00 AM", "2026-11-02T10:00:00Z", UnusualWithoutZone},
	{"Nov 2, 2026, 10:00:00.250\u202fPM", "2026-11-02T22:00:00.25Z", UnusualWithoutZone}, {"November 2, 2026 at 10:00:00 PM UTC", "2026-11-02T22:00:00Z", Unusual},
	{"Nov 2, 2026 @ 10:00:00.000", "2026-11-02T10:00:00Z", UnusualWithoutZone}, {"Nov 2, 2026, 10:00:00 AM +01:00", "2026-11-02T09:00:00Z", Unusual},
	{"Mon Nov  2 10:00:00 UTC 2026", "2026-11-02T10:00:00Z", Unusual}, {"Mon Nov  2 10:00:00 2026", "2026-11-02T10:00:00Z", UnusualWithoutZone}, {"Mon Nov  2 10:00:00 PST 2026", "", Malformed},
	{"Mon Nov 02 2026 11:00:00 GMT+0100 (Central European Standard Time)", "2026-11-02T10:00:00Z", Unusual},
	{"Nov 2 10:00:00", "", Malformed}, {"Nov 31, 2026, 10:00:00 AM", "", Malformed}, {"Monday", "", Malformed}, {"mon", "", Malformed}, {"now", "", Malformed}, {"   ", "", Malformed},
	{"2026-11-02 10:00:00" + strings.Repeat(" ", 300), "2026-11-02T10:00:00Z", UnusualWithoutZone}, {"2026-11-02 10:00:00" + strings.Repeat(" ", 300) + "x", "", Malformed},
	// Beyond what nanoseconds since 1970 can say.
	{"2500-01-01 00:00:00 Z", "2262-04-11T23:47:16.854775807Z", OutOfRange}, {"Mon, 02 Nov 0026 10:00:00 GMT", "1677-09-21T00:12:43.145224192Z", OutOfRange},
}

func TestTimesOfOtherWritersAreReadIfTheyAreUnambiguous(t *testing.T) {
	for _, c := range looseTimes {
		var r Reader
		nanos, form := r.Read([]byte(c.text))
		if got := time.Unix(0, nanos).UTC().Format(time.RFC3339Nano); form != c.form || form != Malformed && got != c.want {
			t.Errorf("Read(%q) = %s, %v; want %s, %v", c.text, got, form, c.want, c.form)
		}
	}
}

func TestNumbersAreUnixTimes(t *testing.T) {
	for text, want := range map[string]Form{"1793613600": UnixSeconds, "1793613600000": UnixMilliseconds, "1793613600.5": UnixSeconds, "20261102": Malformed, "-5": Malformed, "1e9": Malformed} {
		if nanos, form := ReadNumber([]byte(text)); form != want || form != Malformed && nanos/1_000_000_000 != 1793613600 {
			t.Errorf("ReadNumber(%s) = %d, %v; want %v", text, nanos, form, want)
		}
	}
}

// BenchmarkReadWhatIsNoTime shows what a text costs that is in none of the forms.
func BenchmarkReadWhatIsNoTime(b *testing.B) {
	var r Reader
	text := []byte("a name that somebody gave to a saved query")
	for b.Loop() {
		r.Read(text)
	}
}
