package query

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// moment is a time as people write it. It stands for all the time that it does not tell apart: a date for the day, 10:00 for
// the minute, a duration for the one nanosecond so long ago.
type moment struct {
	ago    bool // written as a duration
	bounds func(now time.Time, zone *time.Location) (from, to time.Time)
}

// span gives the first and the last nanosecond of the moment.
func (m moment) span(env *Env) (from, to int64) {
	a, b := m.bounds(env.Now.In(env.zone()), env.zone())
	return nanos(a), nanos(b.Add(-1))
}

// Moment reads a time as the language knows it and gives its first and its last nanosecond; ok is false if it is none. See
// the package comment for the forms.
func Moment(text string, env Env) (from, to time.Time, ok bool) {
	m, ok := parseMoment(text)
	if !ok {
		return from, to, false
	}
	a, b := m.span(&env)
	return time.Unix(0, a).In(env.zone()), time.Unix(0, b).In(env.zone()), true
}

const nanosPerSecond = int64(time.Second)

// nanos gives Unix nanoseconds, of times that they cannot tell the nearest ones that they can.
func nanos(t time.Time) int64 {
	switch s := t.Unix(); {
	case s >= math.MaxInt64/nanosPerSecond:
		return math.MaxInt64
	case s <= math.MinInt64/nanosPerSecond:
		return math.MinInt64
	}
	return t.UnixNano()
}

// parseMoment reads any form of a time.
func parseMoment(text string) (moment, bool) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, parse := range []func(string) (moment, bool){parseDigits, parseAbsolute, parseClock, parseNamed, parseAgo} {
		if m, ok := parse(text); ok {
			return m, true
		}
	}
	return moment{}, false
}

// instant is a single nanosecond.
func instant(t time.Time) moment {
	return moment{bounds: func(time.Time, *time.Location) (time.Time, time.Time) { return t, t.Add(1) }}
}

// parseDigits reads numbers that are no durations: years from 1990 to 2099, and Unix seconds or milliseconds.
func parseDigits(text string) (moment, bool) {
	n, ok := wholeNumber(text)
	switch {
	case !ok:
		return moment{}, false
	case len(text) == 4 && n >= 1990 && n < 2100:
		return calendar([...]int{int(n), 1, 1, 0, 0, 0, 0}, year, nil), true
	case len(text) == 10:
		return instant(time.Unix(n, 0)), true
	case len(text) == 13:
		return instant(time.UnixMilli(n)), true
	}
	return moment{}, false
}

// The parts of a date and time, in their order.
const (
	year = iota
	month
	day
	hour
	minute
	second
	fraction
	numParts
)

// calendar is the time that the parts up to last tell; zone nil is the zone shown. The fraction counts in nanoseconds.
func calendar(parts [numParts]int, last int, zone *time.Location) moment {
	return moment{bounds: func(_ time.Time, shown *time.Location) (time.Time, time.Time) {
		if zone != nil {
			shown = zone
		}
		from := time.Date(parts[year], time.Month(parts[month]), parts[day], parts[hour], parts[minute], parts[second], parts[fraction], shown)
		return from, follows(from, last)
	}}
}

// follows gives the time one unit after t.
func follows(t time.Time, unit int) time.Time {
	switch unit {
	case year:
		return t.AddDate(1, 0, 0)
	case month:
		return t.AddDate(0, 1, 0)
	case day:
		return t.AddDate(0, 0, 1)
	case hour:
		return t.Add(time.Hour)
	case minute:
		return t.Add(time.Minute)
	case second:
		return t.Add(time.Second)
	}
	return t.Add(1)
}

// parseAbsolute reads a date, or a date and time with or without a zone: 2026-11, 2026-11-02, 2026-11-02T10:00:05.5+01:00.
// A space may stand for the T, and slashes for the dashes.
func parseAbsolute(text string) (moment, bool) {
	c := cutter{rest: text}
	parts := [numParts]int{0, 1, 1, 0, 0, 0, 0}
	last := year
	if parts[year] = c.digits(4, 4); len(c.rest) == 0 {
		return moment{}, false
	}
	dash := "-"
	if c.rest[0] == '/' {
		dash = "/"
	}
	for _, next := range []struct {
		separators string
		part       int
	}{{dash, month}, {dash, day}, {"Tt ", hour}, {":", minute}, {":", second}} {
		if !c.skip(next.separators) {
			break
		}
		last = next.part
		parts[last] = c.digits(1, 2)
	}
	if last == second && c.skip(".,") {
		last = fraction
		parts[fraction] = c.fraction()
	}
	var zone *time.Location
	if last >= hour {
		zone = c.zone()
	}
	if c.bad || c.rest != "" || last == year || !validDate(parts) {
		return moment{}, false
	}
	return calendar(parts, last, zone), true
}

// validDate reports whether the calendar and the clock know the time.
func validDate(p [numParts]int) bool {
	t := time.Date(p[year], time.Month(p[month]), p[day], p[hour], p[minute], p[second], 0, time.UTC)
	return t.Year() == p[year] && int(t.Month()) == p[month] && t.Day() == p[day] && t.Hour() == p[hour] && t.Minute() == p[minute] && t.Second() == p[second]
}

// cutter takes a text apart from the left. After the first mistake bad is set.
type cutter struct {
	rest string
	bad  bool
}

// skip takes one byte if it is one of those.
func (c *cutter) skip(bytes string) bool {
	if c.rest == "" || strings.IndexByte(bytes, c.rest[0]) < 0 {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

// digits takes a number of at least least and at most most digits.
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

// fraction takes the digits behind a decimal point, of which nine count.
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

// zone takes a zone such as Z, +01:00 or -0530; nil if there is none.
func (c *cutter) zone() *time.Location {
	if c.skip("Zz") {
		return time.UTC
	}
	sign := 1
	switch {
	case c.skip("+"):
	case c.skip("-"):
		sign = -1
	default:
		return nil
	}
	seconds := c.digits(2, 2) * 3600
	if c.skip(":"); c.rest != "" {
		seconds += c.digits(2, 2) * 60
	}
	return time.FixedZone("", sign*seconds)
}

// parseClock reads a time of today, such as 10:00.
func parseClock(text string) (moment, bool) {
	m, ok := parseAbsolute("2000-01-01t" + text)
	if !ok || !strings.Contains(text, ":") {
		return moment{}, false
	}
	return moment{bounds: func(now time.Time, zone *time.Location) (time.Time, time.Time) {
		from, to := m.bounds(now, zone)
		y, mon, d := now.Date()
		start := time.Date(y, mon, d, from.Hour(), from.Minute(), from.Second(), from.Nanosecond(), from.Location())
		return start, start.Add(to.Sub(from))
	}}, true
}

var weekdays = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// weekday finds a day of the week by its name or the first three letters of it.
func weekday(text string) (time.Weekday, bool) {
	for d, name := range weekdays {
		if text == name || text == name[:3] {
			return time.Weekday(d), true
		}
	}
	return 0, false
}

// parseNamed reads now, today, yesterday, tomorrow, monday, last monday, this week, last month and the like. A weekday is
// the latest one, today included; the last one is before today.
func parseNamed(text string) (moment, bool) {
	days := map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1}
	if text == "now" {
		return moment{bounds: func(now time.Time, _ *time.Location) (time.Time, time.Time) { return now, now.Add(1) }}, true
	}
	if shift, ok := days[text]; ok {
		return dayMoment(func(time.Weekday) int { return shift }), true
	}
	name, last := strings.CutPrefix(text, "last ")
	if d, ok := weekday(name); ok {
		return dayMoment(func(today time.Weekday) int {
			back := (int(today) - int(d) + 7) % 7
			if back == 0 && last {
				back = 7
			}
			return -back
		}), true
	}
	unit, this := strings.CutPrefix(text, "this ")
	if !this {
		unit = name
	}
	if this == last {
		return moment{}, false
	}
	return periodMoment(unit, last)
}

// dayMoment is the day as far from today as shift says.
func dayMoment(shift func(today time.Weekday) int) moment {
	return moment{bounds: func(now time.Time, zone *time.Location) (time.Time, time.Time) {
		y, m, d := now.Date()
		d += shift(now.Weekday())
		return time.Date(y, m, d, 0, 0, 0, 0, zone), time.Date(y, m, d+1, 0, 0, 0, 0, zone)
	}}
}

// periodMoment is this or the last week (from Monday), month or year.
func periodMoment(unit string, last bool) (moment, bool) {
	back := 0
	if last {
		back = 1
	}
	if unit != "week" && unit != "month" && unit != "year" {
		return moment{}, false
	}
	return moment{bounds: func(now time.Time, zone *time.Location) (time.Time, time.Time) {
		y, m, d := now.Date()
		date := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, zone) }
		switch unit {
		case "week":
			d -= (int(now.Weekday())+6)%7 + 7*back
			return date(y, m, d), date(y, m, d+7)
		case "month":
			m -= time.Month(back)
			return date(y, m, 1), date(y, m+1, 1)
		}
		return date(y-back, 1, 1), date(y-back+1, 1, 1)
	}}, true
}

// timespan is a length of time; months have no fixed one.
type timespan struct {
	months   int
	duration time.Duration
}

// units are the words for lengths of time.
var units = map[string]timespan{
	"s": {0, time.Second}, "sec": {0, time.Second}, "secs": {0, time.Second}, "second": {0, time.Second}, "seconds": {0, time.Second},
	"m": {0, time.Minute}, "min": {0, time.Minute}, "mins": {0, time.Minute}, "minute": {0, time.Minute}, "minutes": {0, time.Minute},
	"h": {0, time.Hour}, "hr": {0, time.Hour}, "hrs": {0, time.Hour}, "hour": {0, time.Hour}, "hours": {0, time.Hour},
	"d": {0, 24 * time.Hour}, "day": {0, 24 * time.Hour}, "days": {0, 24 * time.Hour},
	"w": {0, 7 * 24 * time.Hour}, "week": {0, 7 * 24 * time.Hour}, "weeks": {0, 7 * 24 * time.Hour},
	"mo": {1, 0}, "month": {1, 0}, "months": {1, 0}, "y": {12, 0}, "year": {12, 0}, "years": {12, 0},
}

// parseAgo reads a length of time before now: 24h, 1 day, 1h30m, 900 (seconds), 2 weeks ago, last 7 days.
func parseAgo(text string) (moment, bool) {
	text = strings.TrimSuffix(text, " ago")
	text = strings.TrimPrefix(text, "last ")
	text = strings.TrimPrefix(text, "-")
	length, ok := parseLength(text)
	if !ok {
		return moment{}, false
	}
	return moment{ago: true, bounds: func(now time.Time, _ *time.Location) (time.Time, time.Time) {
		at := now.AddDate(0, -length.months, 0).Add(-length.duration)
		return at, at.Add(1)
	}}, true
}

// parseLength reads a sum of numbers with units; a number alone counts in seconds.
func parseLength(text string) (sum timespan, ok bool) {
	if n, ok := wholeNumber(text); ok {
		return timespan{0, time.Duration(n) * time.Second}, n < int64(math.MaxInt64/time.Second)
	}
	for text != "" {
		digits := len(text) - len(strings.TrimLeft(text, "0123456789."))
		n, err := strconv.ParseFloat(text[:digits], 64)
		text = strings.TrimLeft(text[digits:], " ")
		letters := len(text) - len(strings.TrimLeft(text, "abcdefghijklmnopqrstuvwxyz"))
		unit, known := units[text[:letters]]
		text = strings.TrimLeft(text[letters:], " ")
		length := n * float64(unit.duration)
		if err != nil || !known || length > math.MaxInt64/4 || n*float64(unit.months) > 12*10_000 {
			return sum, false
		}
		sum.months += int(n * float64(unit.months))
		if sum.duration += time.Duration(length); sum.duration > math.MaxInt64/2 {
			return sum, false
		}
		ok = true
	}
	return sum, ok
}
