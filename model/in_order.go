package model

import "math"

// InOrder describes the rows of a segment that are in the order of events. In most logs only some rows are late: knowing those
// makes it cheap to sort and to count all others. As long as the log is in order, the first row in order of a segment is not before
// the last one of the segment before.
type InOrder struct {
	Late        *Bitmap // the rows that are not in order; nil for none. Read-only
	First, Last int64   // the times of the first and the last row in order; First is later than Last if there is none

	first, last SourceID // of those rows
}

// orderEnd is the place of a row in the order of events: a row of the same source at the same time continues it.
type orderEnd struct {
	nanos  int64
	source SourceID
}

// noEnd precedes all rows.
var noEnd = orderEnd{nanos: math.MinInt64}

// bars reports whether a row of source comes before e if both have the same time.
func (e orderEnd) bars(source SourceID, ranks ranks) bool {
	return ranks.of(source) < ranks.of(e.source)
}

// end returns the last row in order so far; from is that row before this segment.
func (o *InOrder) end(from orderEnd) orderEnd {
	if o.First > o.Last {
		return from
	}
	return orderEnd{o.Last, o.last}
}

// continues reports whether the rows in order go on from a row before them.
func (o *InOrder) continues(from orderEnd, ranks ranks) bool {
	return o.First > from.nanos || o.First == from.nanos && !from.bars(o.first, ranks)
}

// timedRuns are the rows of a segment, for finding those in order.
type timedRuns struct {
	times []int64
	runs  []run
	ranks ranks
}

// inOrder finds the rows that are in order and not before from, the last row in order before them. If that would make many rows
// late, it ignores from.
func (t timedRuns) inOrder(from orderEnd) InOrder {
	best, late := t.inOrderFrom(from)
	if 4*late > len(t.times) && from.nanos > math.MinInt64 {
		if anew, n := t.inOrderFrom(noEnd); 4*n < 3*late {
			return anew
		}
	}
	return best
}

// inOrderFrom finds the rows in order, none of them before from, and counts the late rows.
func (t timedRuns) inOrderFrom(from orderEnd) (o InOrder, late int) {
	o = InOrder{First: math.MaxInt64, Last: math.MinInt64}
	var marks *Bitmap
	for k := range t.runs {
		source, end := t.runs[k].source, len(t.times)
		if k+1 < len(t.runs) {
			end = int(t.runs[k+1].first)
		}
		barred := from.bars(source, t.ranks)
		for i := int(t.runs[k].first); i < end; i++ {
			at := t.times[i]
			// A single time far ahead must not make all that follow late.
			if at < from.nanos || barred && at == from.nanos || i+1 < len(t.times) && t.times[i+1] < at && t.times[i+1] >= from.nanos {
				if marks == nil {
					marks = new(Bitmap)
				}
				marks.Set(i)
				late++
				continue
			}
			if from, barred = (orderEnd{at, source}), false; o.First > o.Last {
				o.First, o.first = at, source
			}
			o.Last, o.last = at, source
		}
	}
	o.Late = marks
	return o, late
}
