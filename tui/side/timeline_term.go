package side

import (
	"time"

	"pawprint/model/query"
)

// timeForms are the forms of a time in a query, shortest first.
var timeForms = [...]string{"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05.000000000"}

// timeTerm returns the query term for the time from start to end, exclusive, both in Unix nanoseconds. It is written in zone,
// or in UTC where the clock of the zone is set back and its times are ambiguous.
func timeTerm(start, end int64, zone *time.Location) string {
	first, last := time.Unix(0, start).In(zone), time.Unix(0, end-1).In(zone)
	return "time:" + timeText(first, func(from, _ time.Time) bool { return from.Equal(first) }) +
		".." + timeText(last, func(_, to time.Time) bool { return to.Equal(last) })
}

// timeText formats a time in the shortest form whose time range passes wanted.
func timeText(t time.Time, wanted func(from, to time.Time) bool) string {
	for _, form := range timeForms {
		text := t.Format(form)
		if from, to, ok := query.Moment(text, query.Env{Zone: t.Location()}); ok && wanted(from, to) {
			return text
		}
	}
	return t.UTC().Format(timeForms[len(timeForms)-1] + "Z")
}
