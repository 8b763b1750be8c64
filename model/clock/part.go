package clock

import (
	"fmt"
	"strings"
	"time"
)

// Lack says which part of the date is missing in a text.
type Lack uint8

// What may be missing.
const (
	LacksNothing Lack = iota
	LacksYear         // as in 11-21 10:00
	LacksDate         // as in 10:00
)

// ParsePart reads a time without a date, such as 10:00, and a date without a year, such as 11-21 or 11-21 10:00, both with or without a
// zone. What is missing is a date of the year 2000: use On, InYear or LastBefore.
func ParsePart(text string) (w Written, lacks Lack, ok bool) {
	if w, ok = Parse("2000-" + text); ok && w.last >= Day {
		return w, LacksYear, true
	}
	if !strings.Contains(text, ":") {
		return Written{}, LacksNothing, false
	}
	w, ok = Parse("2000-01-01t" + text)
	return w, LacksDate, ok
}

// String writes w so that Parse reads it back.
func (w Written) String() string {
	p := w.parts
	text := fmt.Sprintf("%04d-%02d", p[Year], p[Month])
	for _, part := range []struct {
		unit Unit
		form string
	}{{Day, "-%02d"}, {Hour, "T%02d"}, {Minute, ":%02d"}, {Second, ":%02d"}, {Nanosecond, ".%09d"}} {
		if w.last >= part.unit {
			text += fmt.Sprintf(part.form, p[part.unit])
		}
	}
	if w.zone != nil {
		text += time.Unix(0, 0).In(w.zone).Format("Z07:00")
	}
	return text
}

// InYear is the same date and time of another year.
func (w Written) InYear(year int) Written {
	w.parts[Year] = year
	return w
}

// LastBefore is the latest date of that month and day that begins at or before a time, in the zone of that time.
func (w Written) LastBefore(end time.Time) Written {
	w.parts[Year] = end.Year()
	for range 9 { // between two leap years are at most eight
		day := time.Date(w.parts[Year], time.Month(w.parts[Month]), w.parts[Day], 0, 0, 0, 0, end.Location())
		if w.valid() && !day.After(end) {
			break
		}
		w.parts[Year]--
	}
	return w
}
