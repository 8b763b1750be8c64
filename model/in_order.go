package model

import "math"

// InOrder describes the rows of a segment that are in the order of their times. In most logs only some rows are late: knowing
// those makes it cheap to sort and to count all others. As long as the log is in order, the first row in order of a segment is not
// before the last one of the segment before.
type InOrder struct {
	Late        *Bitmap // the rows that are not in order; nil for none. Read-only
	First, Last int64   // the times of the first and the last row in order; First is later than Last if there is none
}

// end returns the time of the last row in order so far; from is that time before this segment.
func (o *InOrder) end(from int64) int64 {
	if o.First > o.Last {
		return from
	}
	return o.Last
}

// inOrderOf finds the rows that are in order and not before from, the time of the last row in order before them. If that would
// make many rows late, it ignores from.
func inOrderOf(times []int64, from int64) InOrder {
	best, late := inOrderFrom(times, from)
	if 4*late > len(times) && from > math.MinInt64 {
		if anew, n := inOrderFrom(times, math.MinInt64); 4*n < 3*late {
			return anew
		}
	}
	return best
}

// inOrderFrom finds the rows in order, none of them before from, and counts the late rows.
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
