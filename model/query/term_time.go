package query

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
)

const badTime = "not a time: write 2026-11-02, 2026-11-02T10:00, 11-02 10:00, 10:00, 24h, 2 weeks, yesterday or last monday"

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
	isUnit := clock.IsUnit(strings.TrimSuffix(word, "@end"))
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
	if _, lacks, ok := clock.ParsePart(before); ok && lacks == clock.LacksYear {
		before = "2000-" + before
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
		p, msg := parsePeriod(e.op, s.kind, v.text)
		if v.kind != literal {
			msg = badTime
		}
		if msg != "" {
			return nil, &fault{i, msg}
		}
		periods = append(periods, p)
	}
	return func(env *Env) predicate {
		t := &timeTest{untimed: env.untimed, endless: env.endless}
		for _, p := range periods {
			t.intervals = append(t.intervals, p(env)...)
		}
		return t
	}, nil
}

// period is the intervals of time of a value, which depend on the current time, the zone and the log.
type period func(env *Env) []interval

// always is every time.
var always = interval{math.MinInt64, math.MaxInt64}

// parsePeriod reads the value of a name of that kind; msg says what is wrong with it.
func parsePeriod(o op, k kind, text string) (p period, msg string) {
	if k == kindAround {
		return parseAround(text)
	}
	if first, last, ok := strings.Cut(text, ".."); ok && k == kindTime && !o.compares() {
		return parseRange(first, last)
	}
	m, ok := parseMoment(text)
	switch {
	case !ok || k == kindOn && m.ago:
		return nil, badTime
	case k == kindSince || k == kindTime && o == opHas && m.ago:
		o = opAtLeast
	case k == kindUntil:
		o = opAtMost
	}
	return m.period(func(env *Env) []interval {
		if !o.compares() {
			return m.spans(env)
		}
		from, to := m.interval(env)
		return []interval{o.interval(from, to)}
	}), ""
}

// period makes a period that depends on m: while the end of the log is not known, it may be any time.
func (m moment) period(p period) period {
	if !m.floats() {
		return p
	}
	return func(env *Env) []interval {
		if env.endless {
			return []interval{always}
		}
		return p(env)
	}
}

// parseRange reads the two ends of a range, both included. Either may be empty. What the date of the last lacks is that of the first.
func parseRange(first, last string) (p period, msg string) {
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	a, okA := parseMoment(first)
	b, okB := parseMoment(last)
	if !okA && first != "" || !okB && last != "" || first == "" && last == "" {
		return nil, badTime
	}
	r := timeRange{}
	if first != "" {
		r.first = &a
	}
	if last != "" {
		r.last = &b
	}
	if r.runsBackwards() {
		return nil, fmt.Sprintf("this range runs backwards: %s is after %s", first, last)
	}
	p = func(env *Env) []interval { return []interval{r.interval(env)} }
	if r.first != nil {
		p = a.period(p)
	}
	if r.last != nil && (r.first == nil || !r.borrows()) {
		p = b.period(p)
	}
	return p, ""
}

// timeRange is a range of time. An end that is nil is open.
type timeRange struct{ first, last *moment }

// borrows reports whether the last moment takes the date or the year of the first one.
func (r timeRange) borrows() bool {
	return r.first != nil && r.last != nil && r.last.written != nil && r.last.written.lacks != clock.LacksNothing
}

// interval returns the times in the range. From above to means that it runs backwards.
func (r timeRange) interval(env *Env) interval {
	s := always
	if r.first != nil {
		s.from, _ = r.first.interval(env)
	}
	switch {
	case r.borrows():
		_, s.to = r.borrowed(env, s.from).interval(env)
	case r.last != nil:
		_, s.to = r.last.interval(env)
	}
	return s
}

// borrowed returns the last moment completed from the first one, which begins at from. It takes the zone too, if the first one has one.
func (r timeRange) borrowed(env *Env, from int64) moment {
	w, zone := r.last.written.Written, env.zone()
	if r.first.written != nil {
		zone = r.first.written.In(zone)
	}
	w = w.WithZone(zone)
	y, m, d := time.Unix(0, from).In(w.In(zone)).Date()
	if r.last.written.lacks == clock.LacksYear {
		return written(w.InYear(y))
	}
	return written(w.On(y, m, d))
}

// runsBackwards reports whether the range is empty on every day and in every zone.
func (r timeRange) runsBackwards() bool {
	for day := range 7 {
		at := time.Date(2026, 11, 16+day, 12, 0, 0, 0, time.UTC)
		for _, zone := range []*time.Location{time.UTC, time.FixedZone("", 14*3600), time.FixedZone("", -12*3600)} {
			if s := r.interval(&Env{Now: at, Zone: zone}); s.from <= s.to {
				return false
			}
		}
	}
	return true
}

// defaultRadius is how far around: reaches if the query does not say.
const defaultRadius = 15 * time.Minute

var aroundSigns = []string{"±", "+/-", "+-", "~"}

// parseAround reads a time with the length before and after it: T±15m, T+-15m, T~15m.
func parseAround(text string) (p period, msg string) {
	radius := clock.Length{Rest: defaultRadius}
	for _, sign := range aroundSigns {
		at, length, ok := strings.Cut(text, sign)
		if !ok {
			continue
		}
		if radius, ok = clock.ParseLength(strings.ToLower(strings.TrimSpace(length))); !ok {
			return nil, badTime
		}
		text = at
		break
	}
	m, ok := parseMoment(text)
	if !ok {
		return nil, badTime
	}
	return m.period(func(env *Env) []interval {
		out := m.spans(env)
		for i, s := range out {
			at := time.Unix(0, s.from)
			out[i] = interval{clock.Nanos(radius.Before(at)), clock.Nanos(radius.After(at))}
		}
		return out
	}), ""
}

// Around is the query for the rows at most radius before or after the given time.
func Around(at time.Time, radius time.Duration) Expr {
	return attribute{name: "around", op: opHas, values: []value{{literal, at.UTC().Format(time.RFC3339Nano) + "±" + radius.String()}}}
}

// AroundOf returns the time and the radius of a term that Around made; ok is false for any other term.
func AroundOf(e Expr) (at time.Time, radius time.Duration, ok bool) {
	c, ok := Compared(e)
	if !ok || c.Not || c.Name != "around" {
		return at, 0, false
	}
	moment, length, _ := strings.Cut(c.Text, "±")
	at, err := time.Parse(time.RFC3339Nano, moment)
	if err != nil {
		return at, 0, false
	}
	radius, err = time.ParseDuration(length)
	return at, radius, err == nil
}

// timeTest matches the rows whose time is in one of the intervals, and with untimed those without a time.
type timeTest struct {
	intervals []interval
	untimed   bool
	endless   bool // as in Env: an interval of always may then stand for a time that is not known yet
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
	office  Office
	untimed bool
}

// Office is when people work: is:offhours is the other time. The zero value is from 7 to 19 o'clock but on Saturdays and Sundays.
type Office struct {
	Opens, Closes int            // minutes of the day, Closes excluded; if it opens later than it closes, work goes on past midnight
	Weekend       []time.Weekday // days without work; nil is Saturday and Sunday
}

// complete returns the office with the usual hours and days where it has none.
func (o Office) complete() Office {
	if o.Opens == o.Closes {
		o.Opens, o.Closes = 7*60, 19*60
	}
	if o.Weekend == nil {
		o.Weekend = []time.Weekday{time.Saturday, time.Sunday}
	}
	return o
}

// open reports whether somebody works at a minute of a day.
func (o *Office) open(minute int, day time.Weekday) bool {
	within := minute >= o.Opens && minute < o.Closes
	if o.Opens > o.Closes {
		within = minute >= o.Opens || minute < o.Closes
	}
	return within && !slices.Contains(o.Weekend, day)
}

// AsksForOffice reports whether a query tests office hours: what it finds depends on Env.Office.
func AsksForOffice(e Expr) bool { return anyPredicate(compile(e, new(Env)), isOffHours) }

func isOffHours(p predicate) bool {
	_, is := p.(*offHours)
	return is
}

func (*offHours) cost() int { return costPlace }

func (o *offHours) narrow(w *worker, rows *model.Bitmap) error {
	local, office := clock.Local{Zone: o.zone}, o.office.complete()
	times, flags := w.seg.Times(), w.seg.Flags()
	return eachRow(w, rows, func(i int) bool {
		if flags[i]&model.FlagNoTime != 0 {
			return o.untimed
		}
		return !office.open(local.Read(times.At(i)))
	})
}
