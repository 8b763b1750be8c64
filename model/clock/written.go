package clock

import (
	"strconv"
	"strings"
	"time"
)

// Unit is a part of a date and time.
type Unit uint8

// The parts of a date and time, in their order.
const (
	Year Unit = iota
	Month
	Day
	Hour
	Minute
	Second
	Nanosecond
	numUnits
)

// Written is a date, or a date and a time, down to the smallest part that was written. It covers that whole unit: a date is the whole day.
type Written struct {
	parts [numUnits]int
	last  Unit
	zone  *time.Location // nil if none was written
}

// InYear is a year without smaller parts.
func InYear(year int) Written { return Written{parts: [numUnits]int{year, 1, 1}} }

// On is the same time of another day.
func (w Written) On(year int, month time.Month, day int) Written {
	w.parts[Year], w.parts[Month], w.parts[Day] = year, int(month), day
	return w
}

// WithZone is the same time in a zone, unless one was written.
func (w Written) WithZone(zone *time.Location) Written {
	w.zone = w.In(zone)
	return w
}

// In returns the zone of w: the written one, else shown.
func (w Written) In(shown *time.Location) *time.Location {
	if w.zone != nil {
		return w.zone
	}
	return shown
}

// Bounds returns the first moment of w and the first one after it; shown is the zone for a text without one. If the clock of the
// zone shows w twice, all between is included; see Spans.
func (w Written) Bounds(shown *time.Location) (from, to time.Time) {
	s := w.Spans(shown)
	return s[0].From, s[len(s)-1].To
}

// lengths are the lengths of the units of fixed length.
var lengths = [numUnits]time.Duration{Hour: time.Hour, Minute: time.Minute, Second: time.Second, Nanosecond: 1}

func (w *Written) start(zone *time.Location) time.Time {
	wall := time.Duration(w.parts[Nanosecond])
	for unit := Hour; unit <= Second; unit++ {
		wall += time.Duration(w.parts[unit]) * lengths[unit]
	}
	return At(w.parts[Year], time.Month(w.parts[Month]), w.parts[Day], wall, zone)
}

// ParseAny reads what Parse reads and the other forms that Reader.Read takes, with the same meaning, except that a text without a zone
// is in the caller's zone.
func ParseAny(text string) (Written, bool) {
	if w, ok := Parse(text); ok {
		return w, true
	}
	w, _, ok := loose(text)
	return w, ok
}

// Parse reads a date, or a date and time with or without a zone: 2026-11, 2026-11-02, 2026-11-02T10:00:05.5+01:00. A space may
// replace the T, and slashes the dashes. A text without a zone is in the caller's zone.
func Parse(text string) (Written, bool) {
	c := cutter{rest: text}
	w := Written{parts: [numUnits]int{0, 1, 1}}
	if w.parts[Year] = c.digits(4, 4); len(c.rest) == 0 {
		return Written{}, false
	}
	dash := "-"
	if c.rest[0] == '/' {
		dash = "/"
	}
	for unit, separators := range [...]string{Month: dash, Day: dash, Hour: "Tt ", Minute: ":", Second: ":"} {
		if Unit(unit) == Year {
			continue
		}
		if !c.skip(separators) {
			break
		}
		w.last = Unit(unit)
		w.parts[unit] = c.digits(1, 2)
	}
	if w.last == Second && c.skip(".,") {
		w.last = Nanosecond
		w.parts[Nanosecond] = c.fraction()
	}
	if w.last >= Hour {
		w.zone = c.zone()
	}
	if c.bad || c.rest != "" || w.last == Year || !w.valid() {
		return Written{}, false
	}
	return w, true
}

// valid reports whether the date and the time exist. Any minute may have a leap second.
func (w *Written) valid() bool {
	p := w.parts
	t := time.Date(p[Year], time.Month(p[Month]), p[Day], 0, 0, 0, 0, time.UTC)
	return t.Year() == p[Year] && int(t.Month()) == p[Month] && t.Day() == p[Day] && p[Hour] < 24 && p[Minute] < 60 && p[Second] <= 60
}

// cutter reads a text from the left. It sets bad at the first mistake.
type cutter struct {
	rest string
	bad  bool
}

// skip takes one byte if it is one of bytes.
func (c *cutter) skip(bytes string) bool {
	if c.rest == "" || strings.IndexByte(bytes, c.rest[0]) < 0 {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

// digits takes a number of least to most digits.
func (c *cutter) digits(least, most int) int {
	n := 0
	for n < most && n < len(c.rest) && c.rest[n]-'0' < 10 {
		n++
	}
	v, err := strconv.Atoi(c.rest[:n])
	c.bad = c.bad || n < least || err != nil
	c.rest = c.rest[n:]
	return v
}

// fraction takes the digits after a decimal point; only the first nine count.
func (c *cutter) fraction() int {
	n := 0
	for n < len(c.rest) && c.rest[n]-'0' < 10 {
		n++
	}
	c.bad = c.bad || n == 0
	v, _ := strconv.Atoi((c.rest[:n] + "000000000")[:9])
	c.rest = c.rest[n:]
	return v
}

// zone takes a zone such as Z, +01:00 or -0530; nil if there is none. People type utc in any case.
func (c *cutter) zone() *time.Location {
	text := c.rest
	c.rest = ""
	if strings.EqualFold(text, utcSuffix) {
		return time.UTC
	}
	offset, form := parseZone([]byte(text))
	switch {
	case form == Malformed:
		c.bad = true
	case form == WithoutZone:
		return nil
	case offset == 0:
		return time.UTC
	}
	return time.FixedZone("", int(offset))
}
