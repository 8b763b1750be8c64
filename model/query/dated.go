package query

import (
	"math"
	"slices"
	"strings"
	"time"

	"pawprint/model/clock"
	"pawprint/model/field"
)

// Dated replaces the times of a query that depend on the day of env or on the end of the log by full dates, so that the query means the
// same from then on. What depends on an end that env does not know stays as it is.
func Dated(e Expr, env Env) Expr {
	return mapTerms(e, func(a attribute) Expr {
		if takesTime(a.name) {
			return a.dated(&env)
		}
		return a
	})
}

// mapTerms replaces the terms of a query that compare a field.
func mapTerms(e Expr, change func(attribute) Expr) Expr {
	all := func(terms []Expr) []Expr {
		out := make([]Expr, len(terms))
		for i, t := range terms {
			out[i] = mapTerms(t, change)
		}
		return out
	}
	switch e := e.(type) {
	case conjunction:
		return conjoin(all(e.terms))
	case alternative:
		return alternate(all(e.terms))
	case negation:
		return Not(mapTerms(e.term, change))
	case attribute:
		return change(e)
	}
	return e
}

// dated is Dated for a term about the time.
func (e attribute) dated(env *Env) Expr {
	out := e
	out.values = nil
	for _, v := range e.values {
		if v.kind != literal {
			return e
		}
		text := datedText(v.text, env)
		if m, ok := parseMoment(v.text); ok && m.ago && text != v.text && e.op == opHas && lookup(e.name).kind == kindTime {
			if len(e.values) > 1 {
				return e // the values need different operators
			}
			out.op = opAtLeast // a length of time means since
		}
		out.values = append(out.values, value{literal, text})
	}
	return out
}

// datedText dates one value: a time, a range or a time with a length around it.
func datedText(text string, env *Env) string {
	first, rest, isRange := strings.Cut(text, "..")
	switch {
	case isRange && strings.TrimSpace(first) != "": // the end takes what it lacks from the beginning
		if m, ok := parseMoment(rest); ok && m.end {
			rest = datedMoment(rest, env)
		}
		return datedMoment(first, env) + ".." + rest
	case isRange:
		return ".." + datedMoment(rest, env)
	}
	for _, sign := range aroundSigns {
		if at, length, ok := strings.Cut(text, sign); ok {
			return datedMoment(at, env) + sign + length
		}
	}
	return datedMoment(text, env)
}

func datedMoment(text string, env *Env) string {
	m, ok := parseMoment(text)
	switch known := !env.End.IsZero(); {
	case !ok || !m.floats():
	case m.written != nil && (known || m.written.lacks == clock.LacksDate && !env.Day.IsZero()):
		return m.written.on(env).String()
	case m.end && known:
		from, _ := m.interval(env)
		return time.Unix(0, from).In(env.zone()).Format(field.TimeLayout)
	}
	return text
}

// Fixed replaces the times of a query that depend on env by the stretches of time that they are now, so that the query finds the same later
// and elsewhere.
func Fixed(e Expr, env Env) Expr {
	other := env
	other.Now, other.End, other.Day = env.Now.AddDate(1, 1, 1), env.end().AddDate(1, 1, 1), env.day().AddDate(1, 1, 1)
	return mapTerms(e, func(a attribute) Expr {
		now, ok := a.stretches(&env)
		if later, _ := a.stretches(&other); !ok || slices.Equal(now, later) {
			return a
		}
		fixed := attribute{name: "time", op: opHas}
		for _, s := range now {
			fixed.values = append(fixed.values, value{literal, s.text()})
		}
		return fixed
	})
}

// stretches are the times that a term about the time of the event stands for; ok is false for other terms.
func (e attribute) stretches(env *Env) (out []interval, ok bool) {
	if !takesTime(e.name) {
		return nil, false
	}
	for _, v := range e.values {
		p, msg := parsePeriod(e.op, lookup(e.name).kind, v.text)
		if v.kind != literal || msg != "" {
			return nil, false
		}
		out = append(out, p(env)...)
	}
	return out, true
}

// text writes the interval as a range of the query language.
func (s interval) text() string {
	edge := func(nanos int64) string { return time.Unix(0, nanos).UTC().Format(field.TimeLayout) }
	switch {
	case s.from == math.MinInt64 && s.to == math.MaxInt64:
		return "..9999"
	case s.from == math.MinInt64:
		return ".." + edgeEnd(s.to)
	case s.to == math.MaxInt64:
		return edge(s.from) + ".."
	}
	return edge(s.from) + ".." + edgeEnd(s.to)
}

// edgeEnd writes the last nanosecond of an interval in full: a shorter form would include later times.
func edgeEnd(nanos int64) string {
	return time.Unix(0, nanos).UTC().Format(timeForms[len(timeForms)-1] + "Z")
}
