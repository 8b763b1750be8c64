// Package clock reads the times in an audit log and has the calendar of days, weeks and steps of a histogram. The decoder and the
// query language both use it, so that they agree on what a time is. It never reads the current time.
package clock

import (
	"bytes"
	"math"
	"time"
)

// Form is the way a time in a log is written.
type Form uint8

// The forms of a time. The schema allows the first three. Those up to OutOfRange leave no doubt about the time.
const (
	Good               Form = iota
	WithoutZone             // taken as UTC
	Leap                    // second 60: the first second of the next minute
	Unusual                 // a date and time that is written in another way
	UnusualWithoutZone      // also taken as UTC
	LongFraction            // more than nine digits after the second; the rest is ignored
	EndOfDay                // 24:00: the first moment of the next day
	UnixSeconds             // a number of seconds since 1970
	UnixMilliseconds
	UnixMicroseconds
	UnixNanoseconds
	OutOfRange // does not fit into nanoseconds since 1970
	Partial    // a date, or a time without all its parts
	Malformed  // not a time
)

// Usable reports whether a time of this form can be the time of an event.
func (f Form) Usable() bool { return f < OutOfRange }

// Reader reads the times of a log. It remembers the last date, as the next one is usually the same. The zero value is ready; it
// is for one goroutine.
type Reader struct {
	date [10]byte
	days int64 // from 1970 to date
}

// Times from here on do not fit into nanoseconds.
const (
	firstSecond = math.MinInt64/1_000_000_000 + 1
	lastSecond  = math.MaxInt64/1_000_000_000 - 1
)

// Read reads a time. The schema writes a date, a space or T, a time with up to nine digits of fraction, and Z, an offset, or
// nothing; the other forms that programs write are read too, more slowly. It returns Unix nanoseconds, or the nearest value if the time
// is out of range. What could be more than one time, or is only a date, is Malformed; see Find.
func (r *Reader) Read(b []byte) (nanos int64, form Form) {
	if nanos, form = r.schema(b); form != Malformed {
		return nanos, form
	}
	if b = bytes.TrimSpace(b); len(b) > maxLoose {
		return 0, Malformed
	}
	w, form, ok := loose(string(b))
	if !ok {
		return 0, Malformed
	}
	from, _ := w.Bounds(time.UTC)
	if s := from.Unix(); s < firstSecond || s > lastSecond {
		form = OutOfRange
	}
	return Nanos(from), form
}

// ReadNumber reads a JSON number as a Unix time.
func ReadNumber(b []byte) (nanos int64, form Form) {
	if len(b) > maxLoose {
		return 0, Malformed
	}
	w, form, ok := unixTime(string(b))
	if !ok {
		return 0, Malformed
	}
	from, _ := w.Bounds(time.UTC)
	return Nanos(from), form
}

// schema reads the forms of the schema; any other text is Malformed.
func (r *Reader) schema(b []byte) (nanos int64, form Form) {
	if len(b) < 19 || b[10] != ' ' && b[10] != 'T' && b[10] != 't' || b[13] != ':' || b[16] != ':' {
		return 0, Malformed
	}
	days, ok := r.day(b[:10])
	hour, minute, second := two(b[11:]), two(b[14:]), two(b[17:])
	if !ok || uint(hour) > 23 || uint(minute) > 59 || uint(second) > 60 {
		return 0, Malformed
	}
	fraction, rest, ok := fraction(b[19:])
	if !ok {
		return 0, Malformed
	}
	offset, form := parseZone(rest)
	if form == Malformed {
		return 0, form
	}
	if second == 60 {
		form = Leap
	}
	switch seconds := days*86400 + int64(hour)*3600 + int64(minute)*60 + int64(second) - offset; {
	case seconds < firstSecond:
		return math.MinInt64, OutOfRange
	case seconds > lastSecond:
		return math.MaxInt64, OutOfRange
	default:
		return seconds*1_000_000_000 + fraction, form
	}
}

// Find reads all that Read reads, and dates, of which it assumes UTC and the form is Partial. It is for
// parameters and other members outside of the schema, whose times have various forms. A partial time is its first nanosecond.
func (r *Reader) Find(b []byte) (nanos int64, form Form) {
	if nanos, form = r.Read(b); form != Malformed {
		return nanos, form
	}
	w, ok := Parse(string(b))
	if !ok {
		return 0, Malformed
	}
	from, _ := w.Bounds(time.UTC)
	return Nanos(from), Partial
}

// day returns the days since 1970 of YYYY-MM-DD.
func (r *Reader) day(b []byte) (days int64, ok bool) {
	if string(b) == string(r.date[:]) {
		return r.days, true
	}
	hi, lo, month, day := two(b), two(b[2:]), two(b[5:]), two(b[8:])
	if hi < 0 || lo < 0 || b[4] != '-' || b[7] != '-' || month < 1 || month > 12 || day < 1 {
		return 0, false
	}
	t := time.Date(hi*100+lo, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return 0, false // a day that this month does not have
	}
	r.days = t.Unix() / secondsPerDay // exact: t is midnight in UTC
	copy(r.date[:], b)
	return r.days, true
}

// two reads two digits, or returns -1.
func two(b []byte) int {
	hi, lo := b[0]-'0', b[1]-'0'
	if hi > 9 || lo > 9 {
		return -1
	}
	return int(hi)*10 + int(lo)
}

// fraction reads a point or comma with one to nine digits, if there is one.
func fraction(b []byte) (nanos int64, rest []byte, ok bool) {
	if len(b) == 0 || b[0] != '.' && b[0] != ',' {
		return 0, b, true
	}
	n := 1
	for n < len(b) && b[n]-'0' < 10 && n <= 9 {
		nanos = nanos*10 + int64(b[n]-'0')
		n++
	}
	if n == 1 {
		return 0, b, false
	}
	for i := n; i <= 9; i++ {
		nanos *= 10
	}
	return nanos, b[n:], true
}

// utcSuffix is the zone as the data lake writes it.
const utcSuffix = " UTC"

// Offset reads Z or the distance of a zone from UTC, such as +05:30, -0800 or +1, in seconds.
func Offset(text string) (seconds int, ok bool) {
	if len(text) == len("+1") {
		text = text[:1] + "0" + text[1:]
	}
	offset, form := parseZone([]byte(text))
	return int(offset), form == Good && text != ""
}

// parseZone reads Z, ±hh:mm, ±hhmm, ±hh, " UTC", or nothing.
func parseZone(b []byte) (offsetSeconds int64, form Form) {
	switch {
	case len(b) == 0:
		return 0, WithoutZone
	case len(b) == 1 && (b[0] == 'Z' || b[0] == 'z'), string(b) == utcSuffix:
		return 0, Good
	case b[0] != '+' && b[0] != '-' || len(b) > 6:
		return 0, Malformed
	}
	digits := make([]byte, 0, 5)
	for i, d := range b[1:] {
		if i == 2 && d == ':' {
			continue
		}
		digits = append(digits, d)
	}
	if len(digits) == 2 {
		digits = append(digits, '0', '0')
	}
	if len(digits) != 4 {
		return 0, Malformed
	}
	hours, minutes := two(digits), two(digits[2:])
	if uint(hours) > 23 || uint(minutes) > 59 {
		return 0, Malformed
	}
	offset := int64(hours)*3600 + int64(minutes)*60
	if b[0] == '-' {
		offset = -offset
	}
	return offset, Good
}
