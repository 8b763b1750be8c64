package query

import (
	"strings"
	"time"

	"pawprint/model/clock"
)

// moment is a time as people write it. It covers its whole unit: a date is the whole day, 10:00 the whole minute. A duration is
// a single nanosecond, that long before now.
type moment struct {
	ago     bool                                // written as a duration
	end     bool                                // a duration before the end of the log
	bounds  func(env *Env) (from, to time.Time) // nil if written is set
	written *dated                              // a date and time in digits
}

// dated is a date and time in digits, of which the date or the year may be missing.
type dated struct {
	clock.Written
	lacks clock.Lack
}

// spans returns the parts of the moment: more than one where the clock of the zone is set back, as it shows some times twice.
func (m moment) spans(env *Env) []interval {
	var out []interval
	if m.written != nil {
		for _, s := range m.written.on(env).Spans(env.zone()) {
			out = append(out, interval{clock.Nanos(s.From), clock.Nanos(s.To.Add(-1))})
		}
		return out
	}
	a, b := m.bounds(env)
	return append(out, interval{clock.Nanos(a), clock.Nanos(b.Add(-1))})
}

// interval returns the first and the last nanosecond of the moment.
func (m moment) interval(env *Env) (from, to int64) {
	s := m.spans(env)
	return s[0].from, s[len(s)-1].to
}

// floats reports whether the moment depends on the end of the log.
func (m moment) floats() bool {
	return m.end || m.written != nil && m.written.lacks != clock.LacksNothing
}

// on returns the date and time with the date that it lacks: of the day of env, or the last such date in the log.
func (d *dated) on(env *Env) clock.Written {
	zone := d.In(env.zone())
	switch d.lacks {
	case clock.LacksDate:
		return d.On(env.day().In(zone).Date())
	case clock.LacksYear:
		return d.LastBefore(env.end().In(zone))
	}
	return d.Written
}

// Moment reads a time in any form of the language (see the package comment) and returns its first and last nanosecond. ok is
// false if text is not a time.
func Moment(text string, env Env) (from, to time.Time, ok bool) {
	m, ok := parseMoment(text)
	if !ok {
		return from, to, false
	}
	a, b := m.interval(&env)
	return time.Unix(0, a).In(env.zone()), time.Unix(0, b).In(env.zone()), true
}

// NothingBetween reports whether one time begins after another one has ended, so that since: the first and until: the second match nothing in
// any log. Times that depend on the log are taken to leave something.
func NothingBetween(since, until string, env Env) bool {
	a, isTime := parseMoment(since)
	b, isToo := parseMoment(until)
	if !isTime || !isToo || a.floats() || b.floats() {
		return false
	}
	from, _ := a.interval(&env)
	_, to := b.interval(&env)
	return from > to
}

// parseMoment reads any form of a time.
func parseMoment(text string) (moment, bool) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, parse := range []func(string) (moment, bool){parseDigits, parseAbsolute, parsePart, parseNamed, parseAgo} {
		if m, ok := parse(text); ok {
			return m, true
		}
	}
	return moment{}, false
}

// instant is a single nanosecond.
func instant(t time.Time) moment {
	return moment{bounds: func(*Env) (time.Time, time.Time) { return t, t.Add(1) }}
}

// parseDigits reads numbers that are not durations: years from 1990 to 2099, and Unix seconds or milliseconds.
func parseDigits(text string) (moment, bool) {
	n, ok := wholeNumber(text)
	switch {
	case !ok:
		return moment{}, false
	case len(text) == 4 && n >= 1990 && n < 2100:
		return written(clock.InYear(int(n))), true
	case len(text) == 10:
		return instant(time.Unix(n, 0)), true
	case len(text) == 13:
		return instant(time.UnixMilli(n)), true
	}
	return moment{}, false
}

// written is the moment of a parsed date and time; without a zone it is in the zone of the Env.
func written(w clock.Written) moment { return moment{written: &dated{w, clock.LacksNothing}} }

// parseAbsolute reads a date, or a date and time with or without a zone; see clock.ParseAny.
func parseAbsolute(text string) (moment, bool) {
	w, ok := clock.ParseAny(text)
	return written(w), ok
}

// parsePart reads a time without a date, such as 10:00, and one without a year, such as 11-21 10:00.
func parsePart(text string) (moment, bool) {
	w, lacks, ok := clock.ParsePart(text)
	return moment{written: &dated{w, lacks}}, ok
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
		return moment{bounds: func(env *Env) (time.Time, time.Time) { return env.Now, env.Now.Add(1) }}, true
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

// dayMoment is the day that is shift days from today.
func dayMoment(shift func(today time.Weekday) int) moment {
	return moment{bounds: func(env *Env) (time.Time, time.Time) {
		zone := env.zone()
		now := env.Now.In(zone)
		y, m, d := now.Date()
		d += shift(now.Weekday())
		return clock.At(y, m, d, 0, zone), clock.At(y, m, d+1, 0, zone)
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
	return moment{bounds: func(env *Env) (time.Time, time.Time) {
		zone := env.zone()
		now := env.Now.In(zone)
		y, m, d := now.Date()
		date := func(y int, m time.Month, d int) time.Time { return clock.At(y, m, d, 0, zone) }
		switch unit {
		case "week":
			d -= clock.Monday(now.Weekday()) + 7*back
			return date(y, m, d), date(y, m, d+7)
		case "month":
			m -= time.Month(back)
			return date(y, m, 1), date(y, m+1, 1)
		}
		return date(y-back, 1, 1), date(y-back+1, 1, 1)
	}}, true
}

// parseAgo reads a length of time before now: 24h, 1 day, 1h30m, 900 (seconds), 2 weeks ago, last 7 days; with @end before the end
// of the log.
func parseAgo(text string) (moment, bool) {
	text, end := strings.CutSuffix(text, "@end")
	text = strings.TrimSuffix(text, " ago")
	text = strings.TrimPrefix(text, "last ")
	text = strings.TrimPrefix(text, "-")
	length, ok := clock.ParseLength(strings.TrimSpace(text))
	if !ok {
		return moment{}, false
	}
	return moment{ago: true, end: end, bounds: func(env *Env) (time.Time, time.Time) {
		now := env.Now
		if end {
			now = env.end()
		}
		at := length.Before(now.In(env.zone()))
		return at, at.Add(1)
	}}, true
}
