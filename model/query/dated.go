package query

import (
	"strings"
	"time"

	"pawprint/model/clock"
	"pawprint/model/field"
)

// Dated replaces the times of a query that depend on the day of env or on the end of the log by full dates, so that the query means the
// same from then on. What depends on an end that env does not know stays as it is.
func Dated(e Expr, env Env) Expr {
	all := func(terms []Expr) []Expr {
		out := make([]Expr, len(terms))
		for i, t := range terms {
			out[i] = Dated(t, env)
		}
		return out
	}
	switch e := e.(type) {
	case conjunction:
		return conjoin(all(e.terms))
	case alternative:
		return alternate(all(e.terms))
	case negation:
		return Not(Dated(e.term, env))
	case attribute:
		if takesTime(e.name) {
			return e.dated(&env)
		}
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
