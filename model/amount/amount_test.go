package amount

import (
	"math"
	"strings"
	"testing"
	"time"
)

func TestBytesAreInTheUnitThatSuitsThem(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 1: "1 B", 1023: "1,023 B", -5: "-5 B",
		1 << 10: "1.0 KiB", 1536: "1.5 KiB", 10_188: "9.9 KiB", 10_190: "10 KiB", 15 << 10: "15 KiB", 1023<<10 + 511: "1,023 KiB", 1<<20 - 512: "1.0 MiB", 1<<20 - 1: "1.0 MiB",
		1 << 20: "1.0 MiB", 40_000_000: "38 MiB", 512 << 20: "512 MiB", 1<<30 - 1: "1.0 GiB", 3 << 29: "1.5 GiB", 2 << 30: "2.0 GiB",
		1 << 40: "1.0 TiB", 5 << 50: "5,120 TiB", math.MaxInt64: "8,388,608 TiB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("Bytes(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestCountsHaveCommasBetweenThousands(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 7: "7", -1: "-1", 999: "999", -999: "-999", 1000: "1,000", -1000: "-1,000", 123_456: "123,456", -123_456: "-123,456", 1_204_331: "1,204,331",
		math.MaxInt64: "9,223,372,036,854,775,807", math.MinInt64: "-9,223,372,036,854,775,808",
	} {
		if got := Count(n); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestNounsFitTheirNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0 events", 1: "1 event", 2: "2 events", -1: "-1 events", 12_000: "12,000 events"} {
		if got := Of(n, "event", "events"); got != want {
			t.Errorf("Of(%d) = %q, want %q", n, got, want)
		}
	}
}

// TestASizeIsNeverWrittenAsTheNextOne walks over the edges of the units: more bytes are never written as less.
func TestASizeIsNeverWrittenAsTheNextOne(t *testing.T) {
	for n := int64(1); n < 1<<50; n += n/997 + 1 {
		if got := Bytes(n); strings.HasPrefix(got, "1,024") || strings.HasPrefix(got, "10.") || strings.HasPrefix(got, "0") {
			t.Fatalf("Bytes(%d) = %q", n, got)
		}
	}
}

func TestSharesAreNeverNothingOfSomethingNorAllOfLess(t *testing.T) {
	for _, tt := range []struct {
		n, all int
		want   string
	}{{1, 1, "100%"}, {0, 7, "0%"}, {1, 10_000, "<0.1%"}, {9_999, 10_000, "99.9%"}, {1, 3, "33.3%"}, {1, 1000, "0.1%"}} {
		if got := Share(tt.n, tt.all); got != tt.want {
			t.Errorf("Share(%d, %d) = %s, want %s", tt.n, tt.all, got, tt.want)
		}
	}
}

func TestLengthsHaveTwoUnits(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		0: "less than a second", 3 * time.Second: "3 seconds", time.Minute: "1 minute", 90 * time.Minute: "1 hour 30 minutes", day: "1 day",
		7*day - 1: "7 days", 7*day + time.Minute: "7 days", 2*day + time.Hour: "2 days 1 hour", 1234 * day: "1,234 days",
	} {
		if got := Length(d); got != want {
			t.Errorf("Length(%v) = %q, want %q", d, got, want)
		}
	}
}
