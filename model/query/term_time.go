package query

import (
	"math"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
)

const badTime = "this is no time; write 2026-11-02, 2026-11-02T10:00, 24h, 2 weeks, yesterday or last monday"

// takesTime reports whether the values of a name are times, which may consist of several words.
func takesTime(name string) bool {
	switch lookup(name).kind {
	case kindTime, kindSince, kindUntil, kindOn, kindAround:
		return true
	}
	return false
}

// continues reports whether word continues the time in text: 1 day, last monday, 2026-11-02 10:00, 2 weeks ago.
func continues(text, word string) bool {
	text, word = strings.ToLower(text), strings.ToLower(word)
	before := text[strings.LastIndexAny(text, " .")+1:]
	isUnit := clock.IsUnit(word)
	_, isDay := weekday(word)
	switch {
	case before == "last" || before == "this":
		_, isNumber := wholeNumber(word)
		return isUnit || isDay || isNumber
	case word == "ago":
		_, ok := parseAgo(text)
		return ok
	case isUnit:
		return before != "" && strings.Trim(before, "0123456789") == ""
	}
	_, ok := clock.Parse(before)
	return ok && len(before) >= len("2026-11-2") && len(word) > 2 && word[0]-'0' < 10 && strings.Contains(word[:3], ":")
}

// planTime plans a comparison with the time of the event.
func planTime(e attribute, s subject) (plan, *fault) {
	if (s.kind == kindSince || s.kind == kindUntil) && len(e.values) > 1 {
		return nil, &fault{1, e.name + " takes one time"}
	}
	if s.kind == kindTime && len(e.values) == 1 && e.values[0] == (value{glob, "*"}) {
		return timePresence, nil
	}
	var periods []period
	for i, v := range e.values {
		p, ok := parsePeriod(e.op, s.kind, v.text)
		if !ok || v.kind != literal {
			return nil, &fault{i, badTime}
		}
		periods = append(periods, p)
	}
	return func(env *Env) predicate {
		t := &timeTest{untimed: env.untimed}
		for _, p := range periods {
			t.intervals = append(t.intervals, p(env))
		}
		return t
	}, nil
}

// period is an interval of time that depends on the current time and the zone.
type period func(env *Env) interval

// parsePeriod reads the value of a name of that kind.
func parsePeriod(o op, k kind, text string) (period, bool) {
	if k == kindAround {
		return parseAround(text)
	}
	if first, last, ok := strings.Cut(text, ".."); ok && k == kindTime && !o.compares() {
		return parseRange(first, last)
	}
	m, ok := parseMoment(text)
	switch {
	case !ok || k == kindOn && m.ago:
		return nil, false
	case k == kindSince || k == kindTime && o == opHas && m.ago:
		o = opAtLeast
	case k == kindUntil:
		o = opAtMost
	}
	return func(env *Env) interval {
		from, to := m.interval(env)
		return o.interval(from, to)
	}, true
}

// parseRange reads the two ends of a range, both included. Either may be empty.
func parseRange(first, last string) (period, bool) {
	a, okA := parseMoment(first)
	b, okB := parseMoment(last)
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if !okA && first != "" || !okB && last != "" || first == "" && last == "" {
		return nil, false
	}
	return func(env *Env) interval {
		s := interval{math.MinInt64, math.MaxInt64}
		if first != "" {
			s.from, _ = a.interval(env)
		}
		if last != "" {
			_, s.to = b.interval(env)
		}
		return s
	}, true
}

// defaultRadius is how far around: reaches if the query does not say.
const defaultRadius = 15 * time.Minute

// parseAround reads a time with the length before and after it: T±15m, T+-15m, T~15m.
func parseAround(text string) (period, bool) {
	radius := clock.Length{Rest: defaultRadius}
	for _, sign := range []string{"±", "+/-", "+-", "~"} {
		at, length, ok := strings.Cut(text, sign)
		if !ok {
			continue
		}
		if radius, ok = clock.ParseLength(strings.ToLower(strings.TrimSpace(length))); !ok {
			return nil, false
		}
		text = at
		break
	}
	m, ok := parseMoment(text)
	return func(env *Env) interval {
		from, _ := m.interval(env)
		at := time.Unix(0, from)
		return interval{clock.Nanos(radius.Before(at)), clock.Nanos(radius.After(at))}
	}, ok
}

// Around is the query for the rows at most radius before or after the given time.
func Around(at time.Time, radius time.Duration) Expr {
	return attribute{name: "around", op: opHas, values: []value{{literal, at.UTC().Format(time.RFC3339Nano) + "±" + radius.String()}}}
}

// timeTest matches the rows whose time is in one of the intervals, and with untimed those without a time.
type timeTest struct {
	intervals []interval
	untimed   bool
}

func (*timeTest) cost() int { return costTime }

func (t *timeTest) narrow(w *worker, rows *model.Bitmap) error {
	none := w.untimedRows(rows)
	t.narrowTimed(w, rows)
	for i := range rows {
		if rows[i] &^= none[i]; t.untimed {
			rows[i] |= none[i]
		}
	}
	return nil
}

// narrowTimed is narrow for rows with a time.
func (t *timeTest) narrowTimed(w *worker, rows *model.Bitmap) {
	earliest, latest := w.seg.Bounds()
	var left []interval
	for _, s := range t.intervals {
		if s.from <= earliest && latest <= s.to {
			return
		}
		if s.from <= latest && earliest <= s.to {
			left = append(left, s)
		}
	}
	if len(left) == 0 {
		*rows = model.Bitmap{}
		return
	}
	times := w.seg.Times()
	for i, word := range rows {
		if word == 0 {
			continue
		}
		var match uint64
		for k := range min(64, w.seg.Rows()-i<<6) {
			if within(left, times.At(i<<6+k)) {
				match |= 1 << k
			}
		}
		rows[i] = word & match
	}
}

// offHours matches the rows whose time is at night or on a weekend, and with untimed those without a time.
type offHours struct {
	zone    *time.Location
	untimed bool
}

// Office hours.
const (
	officeOpens  = 7
	officeCloses = 19
)

func (*offHours) cost() int { return costPlace }

func (o *offHours) narrow(w *worker, rows *model.Bitmap) error {
	local := clock.Local{Zone: o.zone}
	times, flags := w.seg.Times(), w.seg.Flags()
	return eachRow(w, rows, func(i int) bool {
		if flags[i]&model.FlagNoTime != 0 {
			return o.untimed
		}
		hour, day := local.Read(times.At(i))
		return hour < officeOpens || hour >= officeCloses || day == time.Saturday || day == time.Sunday
	})
}
