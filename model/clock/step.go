package clock

import "time"

// Step divides time into buckets of a length, in the calendar of a zone. Buckets of less than a day start again at midnight, so
// the last one of a day may be shorter. Where a clock is set forward or back, buckets of more than an hour follow the clock and
// are shorter or longer. Buckets of whole days start at midnight, those of whole weeks on a Monday.
type Step struct {
	Length time.Duration  // more than 0; beyond a day it counts in whole days
	Zone   *time.Location // nil is UTC
}

// longest is the longest step that ParseStep accepts.
const longest = 100 * 365 * dayLength

// ParseStep reads the length of a step, such as 30s, 15m, 1h, 1d or 1w: at least a second, and beyond a day only whole days.
func ParseStep(text string) (Step, bool) {
	length, err := time.ParseDuration(text)
	if err != nil {
		l, ok := ParseLength(text)
		if !ok || l.Months > 0 {
			return Step{}, false
		}
		length = l.Rest
	}
	return Step{Length: length}, length >= time.Second && length <= longest && (length <= dayLength || length%dayLength == 0)
}

func (s Step) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// days is the number of whole days in a bucket, 0 for less than one.
func (s Step) days() int { return int(s.Length / dayLength) }

// Bounds returns the bucket of a time: its first nanosecond and the first one after it, as Unix nanoseconds.
func (s Step) Bounds(nanos int64) (start, end int64) {
	zone := s.zone()
	t := time.Unix(0, nanos).In(zone)
	if s.days() > 0 {
		return s.dayBounds(t)
	}
	y, m, d := t.Date()
	begin, over := At(y, m, d, 0, zone), At(y, m, d+1, 0, zone)
	edge := func(k int64) time.Time {
		into := time.Duration(k) * s.Length
		switch {
		case s.Length <= time.Hour:
			return earlier(begin.Add(into), over)
		case into < dayLength:
			return At(y, m, d, into, zone)
		}
		return over
	}
	k := int64(t.Sub(begin) / s.Length)
	for edge(k).After(t) {
		k--
	}
	for !edge(k + 1).After(t) {
		k++
	}
	return Nanos(edge(k)), Nanos(edge(k + 1))
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// dayBounds is Bounds for buckets of whole days.
func (s Step) dayBounds(t time.Time) (start, end int64) {
	y, m, d := t.Date()
	const monday = 4 // 1970-01-05
	number := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay - monday
	n := int64(s.days())
	into := int(((number % n) + n) % n)
	return Nanos(At(y, m, d-into, 0, s.zone())), Nanos(At(y, m, d-into+int(n), 0, s.zone()))
}

// niceSteps are the lengths that FitStep chooses from.
var niceSteps = [...]time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 20 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 4 * time.Hour, 6 * time.Hour, 8 * time.Hour, 12 * time.Hour,
	dayLength, 2 * dayLength, 7 * dayLength, 14 * dayLength, 30 * dayLength, 90 * dayLength, 365 * dayLength, 10 * 365 * dayLength, longest,
}

// BucketCells returns how wide each of n buckets is if they share width cells equally: at most 4 cells, so that a few buckets look like bars;
// 0 if there are fewer cells than buckets.
func BucketCells(n, width int) int { return min(width/max(1, n), 4) }

// FitStep returns a round step with which at most width buckets cover the time from earliest to latest, both in Unix nanoseconds.
// Drawn with BucketCells, they fill at least four fifths of width, or as much of it as with any other round step; the step is the
// shortest of those. If no step has so few buckets it is the longest one.
func FitStep(earliest, latest int64, width int, zone *time.Location) Step {
	return FitStepUpTo(longest, earliest, latest, width, zone)
}

// FitStepUpTo is FitStep with no step that is longer than limit, even if others fill more of the width.
func FitStepUpTo(limit time.Duration, earliest, latest int64, width int, zone *time.Location) Step {
	step := Step{Length: limit, Zone: zone}
	most := 0
	for _, length := range niceSteps {
		if length > limit {
			break
		}
		n := stepsBetween(earliest, latest, Step{length, zone})
		if n > uint64(max(1, width)) {
			continue
		}
		if filled := int(n) * BucketCells(int(n), width); filled > most {
			step.Length, most = length, filled
		}
		if 5*most >= 4*width {
			break
		}
	}
	return step
}

// stepsBetween returns how many buckets of a step cover the time from earliest to latest.
func stepsBetween(earliest, latest int64, s Step) uint64 {
	start, _ := s.Bounds(earliest)
	_, end := s.Bounds(latest)
	length := uint64(s.Length)
	return (uint64(end-start) + length - 1) / length
}
