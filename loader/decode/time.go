package decode

import (
	"math"
	"time"
)

// timeForm says what is to be told about a timestamp.
type timeForm uint8

const (
	timeGood        timeForm = iota
	timeWithoutZone          // taken as UTC
	timeLeap                 // second 60
	timeOutOfRange           // nanoseconds since 1970 cannot count it
	timeMalformed
)

// clock parses timestamps. It remembers the last date, as the next one is usually the same.
type clock struct {
	date [10]byte
	days int64 // since 1970 of date
}

// Times from here on do not fit into nanoseconds.
const (
	firstSecond = math.MinInt64/1_000_000_000 + 1
	lastSecond  = math.MaxInt64/1_000_000_000 - 1
)

// parse reads the forms of the schema: a date, a space or T, a time with up to nine digits of fraction, and Z, an offset, or
// nothing. A leap second counts as the first second of the next minute. The time is good for anything but the last two forms.
func (c *clock) parse(b []byte) (nanos int64, form timeForm) {
	if len(b) < 19 || b[10] != ' ' && b[10] != 'T' && b[10] != 't' || b[13] != ':' || b[16] != ':' {
		return 0, timeMalformed
	}
	days, ok := c.day(b[:10])
	hour, minute, second := two(b[11:]), two(b[14:]), two(b[17:])
	if !ok || uint(hour) > 23 || uint(minute) > 59 || uint(second) > 60 {
		return 0, timeMalformed
	}
	fraction, rest, ok := fraction(b[19:])
	if !ok {
		return 0, timeMalformed
	}
	offset, form := parseZone(rest)
	if form == timeMalformed {
		return 0, form
	}
	if second == 60 {
		form = timeLeap
	}
	seconds := days*86400 + int64(hour)*3600 + int64(minute)*60 + int64(second) - offset
	if seconds < firstSecond || seconds > lastSecond {
		return 0, timeOutOfRange
	}
	return seconds*1_000_000_000 + fraction, form
}

// day gives the days since 1970 of YYYY-MM-DD.
func (c *clock) day(b []byte) (days int64, ok bool) {
	if string(b) == string(c.date[:]) {
		return c.days, true
	}
	hi, lo, month, day := two(b), two(b[2:]), two(b[5:]), two(b[8:])
	if hi < 0 || lo < 0 || b[4] != '-' || b[7] != '-' || month < 1 || month > 12 || day < 1 {
		return 0, false
	}
	t := time.Date(hi*100+lo, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return 0, false // a day that this month does not have
	}
	c.days = t.Unix() / 86400
	if t.Unix() < 0 {
		c.days = -((-t.Unix() + 86399) / 86400)
	}
	copy(c.date[:], b)
	return c.days, true
}

// two reads two digits, or gives -1.
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

// parseZone reads Z, ±hh:mm, ±hhmm, ±hh, or nothing.
func parseZone(b []byte) (offsetSeconds int64, form timeForm) {
	switch {
	case len(b) == 0:
		return 0, timeWithoutZone
	case len(b) == 1 && (b[0] == 'Z' || b[0] == 'z'), string(b) == " UTC":
		return 0, timeGood
	case b[0] != '+' && b[0] != '-' || len(b) > 6:
		return 0, timeMalformed
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
		return 0, timeMalformed
	}
	hours, minutes := two(digits), two(digits[2:])
	if uint(hours) > 23 || uint(minutes) > 59 {
		return 0, timeMalformed
	}
	offset := int64(hours)*3600 + int64(minutes)*60
	if b[0] == '-' {
		offset = -offset
	}
	return offset, timeGood
}
