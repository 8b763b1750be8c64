package clock

import "time"

// Span is a stretch of time, To excluded.
type Span struct{ From, To time.Time }

// Spans returns the times at which the clock shows w, in their order; shown is the zone for a text without one. It is one span, but two
// where the clock is set back over w. Where the clock is set forward over all of w, it is as long after the change as w would be.
func (w Written) Spans(shown *time.Location) []Span {
	zone := w.In(shown)
	length := lengths[w.last]
	if length == 0 {
		from := w.start(zone)
		w.parts[w.last]++
		return []Span{{from, w.start(zone)}}
	}
	if spans := w.showings(zone, length); spans != nil {
		return spans
	}
	from := w.start(zone)
	return []Span{{from, from.Add(length)}}
}

// farthest is more than any zone is away from UTC.
const farthest = 26 * time.Hour

// showings lists the spans in which the clock of the zone shows w, in each period between two changes of the clock.
func (w Written) showings(zone *time.Location, length time.Duration) (out []Span) {
	wall := w.start(time.UTC)
	for t := wall.Add(-farthest).In(zone); ; {
		start, end := t.ZoneBounds()
		_, offset := t.Zone()
		s := Span{wall.Add(-time.Duration(offset) * time.Second).In(zone), time.Time{}}
		s.To = s.From.Add(length)
		if !start.IsZero() && s.From.Before(start) {
			s.From = start
		}
		if !end.IsZero() && s.To.After(end) {
			s.To = end
		}
		if last := len(out) - 1; s.From.Before(s.To) && last >= 0 && out[last].To.Equal(s.From) {
			out[last].To = s.To
		} else if s.From.Before(s.To) {
			out = append(out, s)
		}
		if end.IsZero() || end.After(wall.Add(length+farthest)) {
			return out
		}
		t = end
	}
}

// Twice reports whether the clock of t's zone shows the time of t a second time, before or after t, as it is set back.
func Twice(t time.Time) bool {
	if t.Location() == time.UTC {
		return false
	}
	start, end := t.ZoneBounds()
	_, offset := t.Zone()
	shift := func(other int) time.Time { return t.Add(time.Duration(offset-other) * time.Second) }
	if !end.IsZero() {
		if _, next := end.Zone(); !shift(next).Before(end) {
			return true
		}
	}
	if start.IsZero() {
		return false
	}
	_, before := start.Add(-1).Zone()
	return shift(before).Before(start)
}

// TwiceWithin reports whether there is a time from the first to the last one, both in Unix nanoseconds, that the clock of the zone shows
// twice.
func TwiceWithin(first, last int64, zone *time.Location) bool {
	end := time.Unix(0, last).In(zone)
	for t := time.Unix(0, first).In(zone); !t.After(end); {
		if Twice(t) {
			return true
		}
		_, before := t.Zone()
		_, change := t.ZoneBounds()
		if change.IsZero() {
			return false
		}
		if _, after := change.Zone(); after < before {
			return !change.Add(-time.Duration(before-after) * time.Second).After(end)
		}
		t = change
	}
	return false
}

// Fixed reports whether the offset of a zone never changes.
func Fixed(zone *time.Location) bool {
	start, end := time.Unix(0, 0).In(zone).ZoneBounds()
	return start.IsZero() && end.IsZero()
}
