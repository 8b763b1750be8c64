package clock

import (
	"math/rand/v2"
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestStepBoundsKeepToTheCalendarOfTheZone(t *testing.T) {
	const layout = "2006-01-02T15:04:05Z07:00"
	for _, test := range []struct {
		zone   string
		length time.Duration
		at     string
		start  string
		end    string
	}{
		{"UTC", time.Hour, "2026-11-02T10:59:59Z", "2026-11-02T10:00:00Z", "2026-11-02T11:00:00Z"},
		{"UTC", 15 * time.Minute, "2026-11-02T10:30:00Z", "2026-11-02T10:30:00Z", "2026-11-02T10:45:00Z"},
		{"UTC", 7 * time.Minute, "2026-11-02T23:58:00Z", "2026-11-02T23:55:00Z", "2026-11-03T00:00:00Z"},
		{"UTC", 24 * time.Hour, "1969-12-31T10:00:00Z", "1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z"},
		{"UTC", 7 * 24 * time.Hour, "2026-11-04T10:00:00Z", "2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z"},
		{"UTC", 7 * 24 * time.Hour, "1969-12-29T00:00:00Z", "1969-12-29T00:00:00Z", "1970-01-05T00:00:00Z"},
		{"Asia/Kolkata", time.Hour, "2026-11-02T10:10:00Z", "2026-11-02T15:00:00+05:30", "2026-11-02T16:00:00+05:30"},
		{"Europe/Zurich", 24 * time.Hour, "2026-10-25T12:00:00Z", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"},
		{"Europe/Zurich", 24 * time.Hour, "2026-03-29T12:00:00Z", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"},
		// The hour from two to three comes twice: two buckets of an hour, one of three.
		{"Europe/Zurich", time.Hour, "2026-10-25T00:30:00Z", "2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"},
		{"Europe/Zurich", time.Hour, "2026-10-25T01:30:00Z", "2026-10-25T02:00:00+01:00", "2026-10-25T03:00:00+01:00"},
		{"Europe/Zurich", 2 * time.Hour, "2026-10-25T01:30:00Z", "2026-10-25T02:00:00+02:00", "2026-10-25T04:00:00+01:00"},
		{"Europe/Zurich", 6 * time.Hour, "2026-10-25T12:00:00Z", "2026-10-25T12:00:00+01:00", "2026-10-25T18:00:00+01:00"},
		// Two o'clock is left out.
		{"Europe/Zurich", 2 * time.Hour, "2026-03-29T00:30:00Z", "2026-03-29T00:00:00+01:00", "2026-03-29T03:00:00+02:00"},
		{"Europe/Zurich", 2 * time.Hour, "2026-03-29T01:30:00Z", "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"},
		// Midnight is left out.
		{"America/Sao_Paulo", 24 * time.Hour, "2018-11-04T12:00:00Z", "2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00"},
		{"America/Sao_Paulo", 24 * time.Hour, "2018-11-04T02:30:00Z", "2018-11-03T00:00:00-03:00", "2018-11-04T01:00:00-02:00"},
	} {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		z := zone(t, test.zone)
		start, end := Step{test.length, z}.Bounds(at.UnixNano())
		if got := time.Unix(0, start).In(z).Format(layout); got != test.start {
			t.Errorf("%s %v of %s: from %s, want %s", test.zone, test.length, test.at, got, test.start)
		}
		if got := time.Unix(0, end).In(z).Format(layout); got != test.end {
			t.Errorf("%s %v of %s: to %s, want %s", test.zone, test.length, test.at, got, test.end)
		}
	}
}

func TestEveryMomentIsInOneBucketOnly(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	zones := []string{"UTC", "Europe/Zurich", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/New_York"}
	lengths := append([]time.Duration{7 * time.Minute, 150 * time.Minute, 5 * time.Hour, 23 * time.Hour, 25 * time.Hour, 72 * time.Hour}, niceSteps[:]...)
	for range 20_000 {
		step := Step{lengths[random.IntN(len(lengths))], zone(t, zones[random.IntN(len(zones))])}
		at := random.Int64N(60*365*int64(dayLength)) - 10*365*int64(dayLength)
		start, end := step.Bounds(at)
		if at < start || at >= end {
			t.Fatalf("%v: %d is not in [%d, %d)", step, at, start, end)
		}
		for _, inside := range []int64{start, end - 1, start + random.Int64N(end-start)} {
			if s, e := step.Bounds(inside); s != start || e != end {
				t.Fatalf("%v: the bucket of %d is [%d, %d), that of %d in it [%d, %d)", step, at, start, end, inside, s, e)
			}
		}
	}
}

func TestFitStepTakesTheShortestRoundLengthThatFillsTheWidth(t *testing.T) {
	at := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC).UnixNano()
	for _, test := range []struct {
		span  time.Duration
		width int
		want  time.Duration
	}{
		{0, 10, time.Second},
		{59 * time.Second, 60, time.Second},
		{60 * time.Second, 62, time.Second},
		{60 * time.Second, 60, 5 * time.Second}, // 13 buckets of four cells rather than 31 of one
		{24*time.Hour - 1, 24, time.Hour},
		{24 * time.Hour, 24, 4 * time.Hour},
		{14*24*time.Hour - 1, 60, 6 * time.Hour},
		{14*24*time.Hour + 12*time.Hour, 90, 4 * time.Hour},
		{14*24*time.Hour + 12*time.Hour, 50, 8 * time.Hour},
		{150 * 365 * 24 * time.Hour, 3, 100 * 365 * 24 * time.Hour},
	} {
		if got := FitStep(at, at+int64(test.span), test.width, nil).Length; got != test.want {
			t.Errorf("FitStep of %v in %d = %v, want %v", test.span, test.width, got, test.want)
		}
	}
	if got := FitStepUpTo(6*time.Hour, at, at+int64(14*24*time.Hour), 78, nil).Length; got != 6*time.Hour {
		t.Errorf("up to 6 h, the step is %v", got)
	}
	const earliest, latest = -1 << 63, 1<<63 - 1
	step := FitStep(earliest, latest, 10, nil)
	if start, end := step.Bounds(latest); start >= end && start != latest {
		t.Errorf("the last bucket of all time is [%d, %d)", start, end)
	}
}

func TestParseStepReadsLengthsThatABucketCanHave(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"1s": time.Second, "30s": 30 * time.Second, "15m": 15 * time.Minute, "1h30m": 90 * time.Minute, "1500ms": 1500 * time.Millisecond, "24h": day, "48h": 2 * day,
		"1d": day, "2w": 14 * day, "1 day": day, "36500d": 36_500 * day,
		"": 0, "0h": 0, "1x": 0, "-1h": 0, "999ms": 0, "25h": 0, "1.5d": 0, "1d1h": 0, "0d": 0, "1mo": 0, "36501d": 0, "99999999999w": 0, "d": 0,
	} {
		step, ok := ParseStep(text)
		if ok != (want > 0) || ok && step.Length != want {
			t.Errorf("ParseStep(%q) = %v, %v; want %v", text, step.Length, ok, want)
		}
	}
}
