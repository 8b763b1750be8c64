package clock

import (
	"testing"
	"time"
)

func TestParseStandsForAllThatTheTextDoesNotTellApart(t *testing.T) {
	for _, c := range []struct {
		text, zone string
		from, to   string // RFC 3339, to excluded; empty if it is not a time
	}{
		{"2026-11", "UTC", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"},
		{"2026-12-31", "UTC", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z"},
		{"2026/1/2", "UTC", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"},
		{"2026-11-02 10", "UTC", "2026-11-02T10:00:00Z", "2026-11-02T11:00:00Z"},
		{"2026-11-02T10:05:07.25+01:00", "UTC", "2026-11-02T09:05:07.25Z", "2026-11-02T09:05:07.250000001Z"},
		{"2026-11-02 10:00:00.000 UTC", "Europe/Zurich", "2026-11-02T10:00:00Z", "2026-11-02T10:00:00.000000001Z"},
		{"2026-11-02 10:00 utc", "Europe/Zurich", "2026-11-02T10:00:00Z", "2026-11-02T10:01:00Z"},
		{"2016-12-31T23:59:60Z", "UTC", "2017-01-01T00:00:00Z", "2017-01-01T00:00:01Z"},
		{"2026-10-25", "Europe/Zurich", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},
		// Midnight is left out: the day begins at one o'clock, as it does in a histogram.
		{"2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
		{"2018-11-03", "America/Sao_Paulo", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"},
		{"2026", "UTC", "", ""}, {"2026-11-", "UTC", "", ""}, {"2026-13", "UTC", "", ""}, {"2026-02-30", "UTC", "", ""}, {"2026-11-02T24:00", "UTC", "", ""},
		{"2026-11-02T10:60", "UTC", "", ""}, {"2026-11-02T10:00:61Z", "UTC", "", ""}, {"2026-11/02", "UTC", "", ""}, {"2026-11-02 UTC", "UTC", "", ""},
		{"2026-11-02T10:00+25:00", "UTC", "", ""}, {"2026-11-02T10:00:00.", "UTC", "", ""}, {"", "UTC", "", ""},
	} {
		w, ok := Parse(c.text)
		if !ok {
			if c.from != "" {
				t.Errorf("Parse(%q) is not a time, want %s", c.text, c.from)
			}
			continue
		}
		from, to := w.Bounds(zone(t, c.zone))
		start, end := from.UTC().Format(time.RFC3339Nano), to.UTC().Format(time.RFC3339Nano)
		if start != c.from || end != c.to {
			t.Errorf("Parse(%q) in %s = %s to %s, want %s to %s", c.text, c.zone, start, end, c.from, c.to)
		}
	}
}

// The day of a date is the bucket of a histogram by days, whatever the clocks of the zone did.
func TestADateIsTheDayOfAStep(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Zurich", "America/Sao_Paulo", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia"} {
		z := zone(t, name)
		for day := time.Date(2011, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2020; day = day.AddDate(0, 0, 1) {
			w, ok := Parse(day.Format("2006-01-02"))
			if !ok {
				t.Fatalf("%v is not a date", day)
			}
			from, to := w.Bounds(z)
			if from.Equal(to) {
				continue // a day that the zone left out
			}
			start, end := Step{dayLength, z}.Bounds(from.UnixNano())
			if from.UnixNano() != start || to.UnixNano() != end {
				t.Fatalf("%s in %s is from %v to %v, its bucket from %v to %v", day.Format("2006-01-02"), name, from, to, time.Unix(0, start).In(z), time.Unix(0, end).In(z))
			}
		}
	}
}

func TestFindReadsTimesInFormsOfTheirOwn(t *testing.T) {
	for _, c := range []struct {
		text string
		want string
		form Form
	}{
		{"2026-11-02T10:00:00Z", "2026-11-02T10:00:00Z", Good}, {"2026-11-02 10:00:00", "2026-11-02T10:00:00Z", WithoutZone}, {"2026-11-02T23:59:60Z", "2026-11-03T00:00:00Z", Leap},
		{"2026-11-02", "2026-11-02T00:00:00Z", Partial}, {"2026/11/02", "2026-11-02T00:00:00Z", Partial}, {"2026-11", "2026-11-01T00:00:00Z", Partial},
		{"9999-12-31T00:00:00Z", "2262-04-11T23:47:16.854775807Z", OutOfRange}, {"9999-12-31", "2262-04-11T23:47:16.854775807Z", Partial}, {"soon", "1970-01-01T00:00:00Z", Malformed},
	} {
		var r Reader
		nanos, form := r.Find([]byte(c.text))
		if got := time.Unix(0, nanos).UTC().Format(time.RFC3339Nano); got != c.want || form != c.form {
			t.Errorf("Find(%q) = %s, %v; want %s, %v", c.text, got, form, c.want, c.form)
		}
	}
}

// FuzzParseReadsWhatReadReads holds the two readers against each other: what stands in a log can be typed, and means the same.
func FuzzParseReadsWhatReadReads(f *testing.F) {
	for _, text := range []string{"2026-11-02T10:00:00Z", "2026-11-02 10:00:00.000 UTC", "2026-11-02T10:00:60,5-0530", "1677-09-21t00:12:43z", "2262-04-11T23:47:16+23", "0000-01-01 00:00:00", "9999-12-31 23:59:60"} {
		f.Add(text)
	}
	for _, c := range looseTimes {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var r Reader
		nanos, form := r.Read([]byte(text))
		if form == Malformed {
			return
		}
		w, ok := ParseAny(text)
		if !ok {
			t.Fatalf("Read(%q) = %v, %v, but ParseAny does not take it", text, time.Unix(0, nanos).UTC(), form)
		}
		if from, _ := w.Bounds(time.UTC); Nanos(from) != nanos {
			t.Fatalf("Read(%q) = %v, but ParseAny reads %v", text, time.Unix(0, nanos).UTC(), from)
		}
		if again, form2 := r.Read([]byte(text)); again != nanos || form2 != form {
			t.Fatalf("Read(%q) = %v, and %v the second time", text, nanos, again)
		}
	})
}
