package model

import "math"

// A line is rows of a segment that stand in the order of their times. Most logs are in that order but for some rows, which are
// late: knowing those makes it cheap to sort and to count all others. Lines of one segment after another go on in the order of
// time as long as the log does.
type line struct {
	late        *Bitmap // the rows that are not in line; nil for none
	first, last int64   // the times of the first and the last row in line; first is later than last if there is none
}

// end gives the time that the next line goes on from; from is the one that this line went on from.
func (l *line) end(from int64) int64 {
	if l.first > l.last {
		return from
	}
	return l.last
}

// lineOf finds a line in times that goes on from a time, that of the last row in line before, unless that would make most rows
// late: then it begins anew.
func lineOf(times []int64, from int64) line {
	best, late := lineFrom(times, from)
	if 4*late > len(times) && from > math.MinInt64 {
		if anew, n := lineFrom(times, math.MinInt64); 4*n < 3*late {
			return anew
		}
	}
	return best
}

// lineFrom finds a line of times that are not before from, and counts the rows that are not in it.
func lineFrom(times []int64, from int64) (l line, late int) {
	l = line{first: math.MaxInt64, last: math.MinInt64}
	var marks *Bitmap
	for i, t := range times {
		// A single time far ahead must not make all that follow late.
		if t < from || i+1 < len(times) && times[i+1] < t && times[i+1] >= from {
			if marks == nil {
				marks = new(Bitmap)
			}
			marks.Set(i)
			late++
			continue
		}
		l.first, from = min(l.first, t), t
		l.last = t
	}
	l.late = marks
	return l, late
}

// inLine gives the line of the segment.
func (s *Segment) inLine() *line {
	if !s.sealed {
		s.lining.Do(func() { s.line = lineOf(s.times.nanos[:s.rows], s.lineFrom) })
	}
	return &s.line
}
