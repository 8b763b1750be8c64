package query

import (
	"bytes"
	"cmp"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"pawprint/model"
	"pawprint/model/clock"
)

// interval is a range of numbers or times, with both ends.
type interval struct{ from, to int64 }

func within(intervals []interval, n int64) bool {
	for _, s := range intervals {
		if s.from <= n && n <= s.to {
			return true
		}
	}
	return false
}

// wholeValue reads the number in a query where a whole number is needed: 1000, 1000.0 or 1e3.
func wholeValue(text string) (int64, bool) {
	if n, ok := wholeNumber(text); ok {
		return n, true
	}
	d, ok := parseNumber([]byte(text))
	if !ok || d.negative {
		return 0, false
	}
	return d.whole()
}

// wholeNumber reads a number without sign.
func wholeNumber(text string) (int64, bool) {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil
}

// numberIntervals reads values that are whole numbers or ranges of them, as in 10..20.
func numberIntervals(e attribute) ([]interval, *fault) {
	var intervals []interval
	for i, v := range e.values {
		low, high, isRange := strings.Cut(v.text, "..")
		if !isRange {
			high = low
		}
		from, ok := wholeValue(low)
		to, ok2 := wholeValue(high)
		if isRange && low == "" {
			from, ok = 0, true
		}
		if isRange && high == "" {
			to, ok2 = math.MaxInt64, true
		}
		if !ok || !ok2 || v.kind != literal || isRange && e.op.compares() {
			return nil, &fault{i, e.name + " takes a whole number, or a range such as 10..20"}
		}
		intervals = append(intervals, e.op.interval(from, to))
	}
	return intervals, nil
}

// planComparison plans a comparison of versions, times or numbers.
func planComparison(e attribute, s subject) (plan, *fault) {
	text := e.values[0].text
	switch {
	case s.kind == kindVersion:
		v, ok := parseVersion([]byte(text))
		if !ok {
			return nil, &fault{0, "a version such as 1.110 is needed"}
		}
		t := test{text: func(b []byte) bool { got, ok := parseVersion(b); return ok && e.op.holds(compareVersions(got, v)) }, bare: never}
		return func(*Env) predicate { return s.predicate(tests{t}) }, nil
	case s.kind == kindMoment:
		return planMoment(e, s)
	}
	if n, ok := parseNumber([]byte(text)); ok {
		match := func(b []byte) bool { got, ok := parseNumber(b); return ok && e.op.holds(got.compare(n)) }
		return func(*Env) predicate { return s.predicate(tests{{text: match, bare: match}}) }, nil
	}
	if _, ok := parseMoment(text); ok {
		return planMoment(e, s)
	}
	return nil, &fault{0, "a number or a time is needed after " + e.op.text()}
}

// planMoment plans a comparison of times that are only in the raw line.
func planMoment(e attribute, s subject) (plan, *fault) {
	m, ok := parseMoment(e.values[0].text)
	if !ok {
		return nil, &fault{0, badTime}
	}
	return func(env *Env) predicate {
		from, to := m.interval(env)
		want := e.op.interval(from, to)
		within := func(nanos int64, form clock.Form) bool {
			return form != clock.Malformed && want.from <= nanos && nanos <= want.to
		}
		match := func(b []byte) bool {
			var r clock.Reader
			return within(r.Find(b))
		}
		return s.predicate(tests{{text: match, bare: func(b []byte) bool { return within(clock.ReadNumber(b)) }}})
	}, nil
}

// versionParts is how many numbers of a version are compared.
const versionParts = 6

// parseVersion reads a version such as 1.113.138 up to the first part that is not a number. Missing parts are 0.
func parseVersion(b []byte) (v [versionParts]uint32, ok bool) {
	b = bytes.TrimPrefix(b, []byte("v"))
	for i := range v {
		n := 0
		for n < len(b) && b[n]-'0' < 10 {
			n++
		}
		part, err := strconv.ParseUint(string(b[:n]), 10, 32)
		if err != nil {
			return v, ok
		}
		v[i], ok = uint32(part), true
		if b = b[n:]; len(b) == 0 || b[0] != '.' {
			return v, ok
		}
		b = b[1:]
	}
	return v, ok
}

func compareVersions(a, b [versionParts]uint32) int {
	for i := range a {
		if c := cmp.Compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

// planPlace plans a comparison of a row's place in its source: its line number or its offset.
func planPlace(e attribute, number func(model.Origin) int64) (plan, *fault) {
	if len(e.values) == 1 && e.values[0] == (value{glob, "*"}) {
		return func(*Env) predicate { return every{} }, nil
	}
	intervals, fault := numberIntervals(e)
	if fault != nil {
		return nil, fault
	}
	return func(*Env) predicate { return &placeNumber{intervals, number} }, nil
}

// placeNumber matches the rows whose line number or offset is in one of the intervals.
type placeNumber struct {
	intervals []interval
	number    func(model.Origin) int64
}

func (*placeNumber) cost() int { return costPlace }

func (p *placeNumber) narrow(w *worker, rows *model.Bitmap) error {
	return eachRow(w, rows, func(i int) bool { return within(p.intervals, p.number(w.seg.Origin(i))) })
}

// eachRow clears the marked rows that keep refuses.
func eachRow(w *worker, rows *model.Bitmap, keep func(i int) bool) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	for i, word := range rows {
		for left := word; left != 0; left &= left - 1 {
			if k := bits.TrailingZeros64(left); !keep(i<<6 + k) {
				rows.Clear(i<<6 + k)
			}
		}
	}
	return nil
}

// sourceTest matches the rows that came from a source whose name passes a test.
type sourceTest struct{ match func(name []byte) bool }

func (*sourceTest) cost() int { return costFlags }

func (s *sourceTest) narrow(w *worker, rows *model.Bitmap) error {
	var match model.Bitmap
	sources := w.snap.Sources()
	w.seg.EachSource(func(from, to int, source model.SourceID) {
		if s.match([]byte(sources[source].Name.Raw())) {
			match.SetRange(from, to)
		}
	})
	for i := range rows {
		rows[i] &= match[i]
	}
	return nil
}
