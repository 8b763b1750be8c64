package query

import (
	"time"

	"pawprint/model/clock"
)

// timeForms are the forms of a time in a query, shortest first.
var timeForms = [...]string{"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05.000000000"}

// During is the query for the rows in a stretch of time, which must not be empty. Its times are as short as they can be, in zone, or in UTC
// where the clock of the zone is set back and its times are ambiguous.
func During(s clock.Span, zone *time.Location) Expr {
	first, last := s.From.In(zone), s.To.Add(-1).In(zone)
	text := edgeText(first, func(from, _ time.Time) bool { return from.Equal(first) }) + ".." +
		edgeText(last, func(_, to time.Time) bool { return to.Equal(last) })
	return attribute{name: "time", op: opHas, values: []value{{literal, text}}}
}

// edgeText formats a time in the shortest form whose time range passes wanted.
func edgeText(t time.Time, wanted func(from, to time.Time) bool) string {
	for _, form := range timeForms {
		text := t.Format(form)
		if from, to, ok := Moment(text, Env{Zone: t.Location()}); ok && wanted(from, to) {
			return text
		}
	}
	return t.UTC().Format(timeForms[len(timeForms)-1] + "Z")
}
