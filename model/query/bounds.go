package query

import (
	"math"
	"time"
)

// Bounds returns the earliest and the latest time of a row that e can match, both included, so that sources outside need not be
// read. A zero time leaves that end open. Times in e mean the same as in Compile with the same env. If e can match nothing, from
// is after to. While env.End is not known, a time that depends on the end of the log leaves both ends open.
func Bounds(e Expr, env Env) (from, to time.Time) {
	env.endless = env.End.IsZero()
	s := boundsOf(compile(e, &env))
	if s.from > math.MinInt64 {
		from = time.Unix(0, s.from).UTC()
	}
	if s.to < math.MaxInt64 {
		to = time.Unix(0, s.to).UTC()
	}
	return from, to
}

// boundsOf returns the interval of time outside of which p matches nothing.
func boundsOf(p predicate) interval {
	open := interval{math.MinInt64, math.MaxInt64}
	switch p := p.(type) {
	case *timeTest:
		return hull(p.intervals)
	case intersection:
		for _, part := range p.parts {
			s := boundsOf(part)
			open = interval{max(open.from, s.from), min(open.to, s.to)}
		}
	case union:
		var intervals []interval
		for _, part := range p.parts {
			intervals = append(intervals, boundsOf(part))
		}
		return hull(intervals)
	}
	return open
}

// hull returns the smallest interval that contains all of them.
func hull(intervals []interval) interval {
	all := interval{math.MaxInt64, math.MinInt64}
	for _, s := range intervals {
		if s.from <= s.to {
			all = interval{min(all.from, s.from), max(all.to, s.to)}
		}
	}
	return all
}
