package clock

import (
	"strings"
	"testing"
	"time"
)

func TestAnHourThatComesTwiceStandsForBoth(t *testing.T) {
	for _, c := range []struct{ text, zone, want string }{
		{"2026-10-25T02", "Europe/Zurich", "00:00-02:00"},
		{"2026-10-25T02:30", "Europe/Zurich", "00:30-00:31 01:30-01:31"},
		{"2026-10-25T02:30:15.5", "Europe/Zurich", "00:30-00:30 01:30-01:30"},
		{"2026-10-25T01:59", "Europe/Zurich", "23:59-00:00"},
		{"2026-10-25T03", "Europe/Zurich", "02:00-03:00"},
		{"2026-10-25T02:30+02:00", "Europe/Zurich", "00:30-00:31"},
		{"2026-11-01T01", "America/New_York", "05:00-07:00"},
		{"2026-11-01T01:30", "America/New_York", "05:30-05:31 06:30-06:31"},
		// Lord Howe sets its clock by half an hour, so that half of an hour comes twice.
		{"2026-04-05T01", "Australia/Lord_Howe", "14:00-15:30"},
		{"2026-04-05T01:15", "Australia/Lord_Howe", "14:15-14:16"},
		{"2026-04-05T01:45", "Australia/Lord_Howe", "14:45-14:46 15:15-15:16"},
		// Moscow kept the abbreviation of its zone.
		{"2014-10-26T01:30", "Europe/Moscow", "21:30-21:31 22:30-22:31"},
		// A time that the clock skipped begins when the clock was set.
		{"2026-03-29T02:30", "Europe/Zurich", "01:00-01:01"},
		{"2026-10-04T02", "Australia/Lord_Howe", "15:30-16:00"},
		{"2026-10-25T02:30", "UTC", "02:30-02:31"},
	} {
		w, ok := Parse(c.text)
		if !ok {
			t.Fatalf("Parse(%q) is not a time", c.text)
		}
		var got []string
		for _, s := range w.Spans(zone(t, c.zone)) {
			got = append(got, s.From.UTC().Format("15:04")+"-"+s.To.UTC().Format("15:04"))
		}
		if all := strings.Join(got, " "); all != c.want {
			t.Errorf("the spans of %s in %s are %s, want %s", c.text, c.zone, all, c.want)
		}
	}
}

// Each time is in the spans of what the clock shows at it, and Twice tells whether there are two.
func TestSpansHoldEveryTimeThatLooksLikeThem(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu"} {
		z := zone(t, name)
		for at := time.Date(2017, 1, 1, 0, 7, 0, 0, time.UTC); at.Year() < 2019; at = at.Add(17 * time.Minute) {
			shown := at.In(z)
			w, _ := Parse(shown.Format("2006-01-02T15:04"))
			spans, held := w.Spans(z), 0
			for _, s := range spans {
				if !at.Before(s.From) && at.Before(s.To) {
					held++
				}
			}
			if held != 1 || Twice(shown) != (len(spans) == 2) {
				t.Fatalf("%v is in %d of the spans %v; twice: %v", shown, held, spans, Twice(shown))
			}
			if nanos := at.UnixNano(); TwiceWithin(nanos, nanos, z) != Twice(shown) {
				t.Fatalf("TwiceWithin differs from Twice at %v", shown)
			}
		}
	}
}

func TestTwiceWithinFindsTheChange(t *testing.T) {
	for _, c := range []struct {
		from, to, zone string
		want           bool
	}{
		{"2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z", "Europe/Zurich", true},
		{"2026-01-01T00:00:00Z", "2026-10-24T23:59:59Z", "Europe/Zurich", false},
		{"2026-01-01T00:00:00Z", "2026-10-25T00:00:00Z", "Europe/Zurich", true},
		{"2026-10-25T01:59:59Z", "2026-12-01T00:00:00Z", "Europe/Zurich", true},
		{"2026-10-25T02:00:00Z", "2026-12-01T00:00:00Z", "Europe/Zurich", false},
		{"2026-01-01T00:00:00Z", "2036-12-01T00:00:00Z", "Asia/Kolkata", false},
		{"2026-01-01T00:00:00Z", "2036-12-01T00:00:00Z", "UTC", false},
	} {
		from, _ := time.Parse(time.RFC3339, c.from)
		to, _ := time.Parse(time.RFC3339, c.to)
		if got := TwiceWithin(from.UnixNano(), to.UnixNano(), zone(t, c.zone)); got != c.want {
			t.Errorf("from %s to %s in %s: %v, want %v", c.from, c.to, c.zone, got, c.want)
		}
	}
}

func TestADateWithoutItsYearIsTheLastOneInTheLog(t *testing.T) {
	for _, c := range []struct{ text, end, want string }{
		{"11-21 01:44", "2026-11-22T10:00:00Z", "2026-11-21T01:44:00Z"}, {"11-22", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"},
		{"11-23", "2026-11-22T10:00:00Z", "2025-11-23T00:00:00Z"}, {"12-31T23:59:59", "2027-01-01T00:00:00Z", "2026-12-31T23:59:59Z"},
		{"02-29 12:00", "2026-11-22T10:00:00Z", "2024-02-29T12:00:00Z"}, {"02-29", "2104-02-28T00:00:00Z", "2096-02-29T00:00:00Z"}, {"1-2", "2026-11-22T10:00:00Z", "2026-01-02T00:00:00Z"},
	} {
		w, lacks, ok := ParsePart(c.text)
		end, _ := time.Parse(time.RFC3339, c.end)
		if from, _ := w.LastBefore(end).Bounds(time.UTC); !ok || lacks != LacksYear || from.Format(time.RFC3339) != c.want {
			t.Errorf("%s before %s is %v (%v, %v), want %s", c.text, c.end, from, lacks, ok, c.want)
		}
	}
	for _, text := range []string{"", "11", "11/21", "21-11", "11-21-2026", "11-21 25:00", "02-30", "10", "25:00", "10:60", "10:00x", "2026-11-21"} {
		if _, lacks, ok := ParsePart(text); ok {
			t.Errorf("ParsePart(%q) lacks %v, want no time", text, lacks)
		}
	}
}
