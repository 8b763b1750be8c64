package model

import "math"

// InOrder is the rows of a segment that stand in the order of their times. Most logs are in that order but for some rows, which are
// late: knowing those makes it cheap to sort and to count all others. The rows in order of one segment after another go on in the
// order of time as long as the log does.
type InOrder struct {
	Late        *Bitmap // the rows that are not in order; nil for none. Nobody may change it
	First, Last int64   // the times of the first and the last row in order; First is later than Last if there is none
}

// end returns the time that the rows in order of the next segment go on from; from is the one that these went on from.
func (o *InOrder) end(from int64) int64 {
	if o.First > o.Last {
		return from
	}
	return o.Last
}

// inOrderOf finds rows of times that are in order and go on from a time, that of the last row in order before, unless that would
// make most rows late: then they start anew.
func inOrderOf(times []int64, from int64) InOrder {
	best, late := inOrderFrom(times, from)
	if 4*late > len(times) && from > math.MinInt64 {
		if anew, n := inOrderFrom(times, math.MinInt64); 4*n < 3*late {
			return anew
		}
	}
	return best
}

// inOrderFrom finds rows in order of which none is before from, and counts the rows that are late.
func inOrderFrom(times []int64, from int64) (o InOrder, late int) {
	o = InOrder{First: math.MaxInt64, Last: math.MinInt64}
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
		o.First, from = min(o.First, t), t
		o.Last = t
	}
	o.Late = marks
	return o, late
}
