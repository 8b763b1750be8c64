package clock

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Length is a length of time. Months are separate, as their length varies.
type Length struct {
	Months int
	Rest   time.Duration
}

// Before is the time that is l before t.
func (l Length) Before(t time.Time) time.Time { return t.AddDate(0, -l.Months, 0).Add(-l.Rest) }

// After is the time that is l after t.
func (l Length) After(t time.Time) time.Time { return t.AddDate(0, l.Months, 0).Add(l.Rest) }

const (
	dayLength     = 24 * time.Hour
	secondsPerDay = int64(dayLength / time.Second)
)

// units are the words for units of time.
var units = map[string]Length{
	"s": {0, time.Second}, "sec": {0, time.Second}, "secs": {0, time.Second}, "second": {0, time.Second}, "seconds": {0, time.Second},
	"m": {0, time.Minute}, "min": {0, time.Minute}, "mins": {0, time.Minute}, "minute": {0, time.Minute}, "minutes": {0, time.Minute},
	"h": {0, time.Hour}, "hr": {0, time.Hour}, "hrs": {0, time.Hour}, "hour": {0, time.Hour}, "hours": {0, time.Hour},
	"d": {0, dayLength}, "day": {0, dayLength}, "days": {0, dayLength},
	"w": {0, 7 * dayLength}, "week": {0, 7 * dayLength}, "weeks": {0, 7 * dayLength},
	"mo": {1, 0}, "month": {1, 0}, "months": {1, 0}, "y": {12, 0}, "year": {12, 0}, "years": {12, 0},
}

// IsUnit reports whether a word, in lower case, is a unit of time, such as weeks in 2 weeks.
func IsUnit(word string) bool {
	_, ok := units[word]
	return ok
}

// ParseLength reads a sum of numbers with units in lower case, such as 24h, 1 day or 1h30m; a number alone counts in seconds.
func ParseLength(text string) (sum Length, ok bool) {
	if text != "" && strings.Trim(text, "0123456789") == "" {
		n, err := strconv.ParseInt(text, 10, 64)
		return Length{0, time.Duration(n) * time.Second}, err == nil && n < int64(math.MaxInt64/time.Second)
	}
	for text != "" {
		digits := len(text) - len(strings.TrimLeft(text, "0123456789."))
		n, err := strconv.ParseFloat(text[:digits], 64)
		text = strings.TrimLeft(text[digits:], " ")
		letters := len(text) - len(strings.TrimLeft(text, "abcdefghijklmnopqrstuvwxyz"))
		unit, known := units[text[:letters]]
		text = strings.TrimLeft(text[letters:], " ")
		length := n * float64(unit.Rest)
		if err != nil || !known || length > math.MaxInt64/2 || n*float64(unit.Months) > 12*10_000 {
			return sum, false
		}
		sum.Months += int(n * float64(unit.Months))
		if sum.Rest += time.Duration(length); sum.Rest > math.MaxInt64/2 {
			return sum, false
		}
		ok = true
	}
	return sum, ok
}
