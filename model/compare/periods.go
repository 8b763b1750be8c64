package compare

import (
	"time"

	"pawprint/model/amount"
	"pawprint/model/clock"
)

// Periods are the two stretches of time that are compared.
type Periods struct{ Before, After clock.Span }

// Recent are the last stretch of a length up to and including end, and the one of the same length before it.
func Recent(end time.Time, length clock.Length) Periods {
	over := end.Add(1)
	middle := length.Before(over)
	return Periods{Before: clock.Span{From: length.Before(middle), To: middle}, After: clock.Span{From: middle, To: over}}
}

// UpTo are a stretch of time and the one of the same length before it.
func UpTo(after clock.Span) Periods {
	return Periods{Before: clock.Span{From: after.From.Add(-Length(after)), To: after.From}, After: after}
}

// Length is how long a stretch is.
func Length(s clock.Span) time.Duration { return s.To.Sub(s.From) }

// Longer is by how much the second stretch is longer than the first one; less than 0 if it is shorter. Differences of less than a second are
// none, as a stretch that includes its last event is longer by the smallest step of the clock.
func (p Periods) Longer() time.Duration {
	return (Length(p.After) - Length(p.Before)).Truncate(time.Second)
}

// Shifted are the same stretches, moved by the length of the second one, n times; back in time if n is less than 0.
func (p Periods) Shifted(n int) Periods {
	by := time.Duration(n) * Length(p.After)
	move := func(s clock.Span) clock.Span { return clock.Span{From: s.From.Add(by), To: s.To.Add(by)} }
	return Periods{move(p.Before), move(p.After)}
}

// Unequal says that two periods are not equally long; it is empty if they are.
func (p Periods) Unequal() string {
	switch longer := p.Longer(); {
	case longer > 0:
		return "after is " + amount.Length(longer) + " longer than before; counts are not scaled"
	case longer < 0:
		return "before is " + amount.Length(-longer) + " longer than after; counts are not scaled"
	}
	return ""
}

// Overlap says that events count in both periods; it is empty if none can.
func (p Periods) Overlap() string {
	if p.Before.From.Before(p.After.To) && p.After.From.Before(p.Before.To) {
		return "the periods overlap: some events count in both"
	}
	return ""
}

// Beyond says which part of the named period is outside the log, whose events are from log.From to log.To; it is empty if none is. when
// formats a time.
func Beyond(name string, period, log clock.Span, when func(time.Time) string) string {
	switch {
	case !period.From.Before(log.To) || !log.From.Before(period.To):
		return name + " lies outside the log, which runs from " + when(log.From) + " to " + when(log.To)
	case period.From.Before(log.From):
		return "the log starts at " + when(log.From) + ", so " + name + " is incomplete"
	case period.To.After(log.To):
		return "the log ends at " + when(log.To) + ", so " + name + " is incomplete"
	}
	return ""
}
