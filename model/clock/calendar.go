package clock

import (
	"math"
	"time"
)

// At is the first moment of a day at which the clock of the zone shows the time wall or a later one. time.Date alone may return
// another time where the clock is set forward, and the second of two moments where it is set back. Months and days outside their
// range are normalised, as in time.Date.
func At(y int, m time.Month, d int, wall time.Duration, zone *time.Location) time.Time {
	want := time.Date(y, m, d, 0, 0, 0, int(wall), time.UTC).Unix()
	t := time.Date(y, m, d, 0, 0, 0, int(wall), zone)
	_, offset := t.Zone()
	start, end := t.ZoneBounds()
	switch shown := t.Unix() + int64(offset); {
	case shown < want && !end.IsZero():
		return end
	case shown > want && !start.IsZero():
		return start
	}
	if start.IsZero() {
		return t // the zone never changed before
	}
	_, before := start.Add(-1).Zone()
	if first := t.Add(time.Duration(offset-before) * time.Second); first.Before(start) {
		return first
	}
	return t
}

// Monday is the number of days since the last Monday, 0 for a Monday: weeks begin there.
func Monday(day time.Weekday) int { return (int(day) + 6) % 7 }

// Nanos returns Unix nanoseconds. Times that do not fit become the smallest or the largest int64.
func Nanos(t time.Time) int64 {
	switch s := t.Unix(); {
	case s > lastSecond:
		return math.MaxInt64
	case s < firstSecond:
		return math.MinInt64
	}
	return t.UnixNano()
}
