package clock

import (
	"math"
	"time"
)

// Local reads minutes and weekdays in a zone. It remembers the zone's offset while it is valid, and is for one goroutine.
type Local struct {
	Zone *time.Location

	from, to int64 // Unix seconds between which offset is valid, to excluded; both 0 at first
	offset   int64
}

// Read returns the minute of the day and the day of the week of a time in Unix nanoseconds.
func (l *Local) Read(nanos int64) (minute int, day time.Weekday) {
	seconds := nanos / 1e9
	if nanos%1e9 < 0 {
		seconds--
	}
	if seconds < l.from || seconds >= l.to {
		l.findOffset(seconds)
	}
	local := seconds + l.offset
	days := local / secondsPerDay
	if local%secondsPerDay < 0 {
		days--
	}
	const thursday = 4 // 1970-01-01
	return int(local-days*secondsPerDay) / 60, time.Weekday(((days+thursday)%7 + 7) % 7)
}

// findOffset finds the offset that is valid at a time.
func (l *Local) findOffset(seconds int64) {
	t := time.Unix(seconds, 0).In(l.Zone)
	_, offset := t.Zone()
	l.offset, l.from, l.to = int64(offset), math.MinInt64, math.MaxInt64
	start, end := t.ZoneBounds()
	if !start.IsZero() {
		l.from = start.Unix()
	}
	if !end.IsZero() {
		l.to = end.Unix()
	}
}
