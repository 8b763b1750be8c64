package side

import (
	"math"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// timelineZoom is the time that the user wants to see. The zero value is that of the bulk of the events.
type timelineZoom struct {
	on       bool
	from, to int64 // Unix nanoseconds, to excluded
}

// allOfTime is the zoom from the first event to the last one, outliers included.
var allOfTime = timelineZoom{true, math.MinInt64, math.MaxInt64}

// window returns the time that an order shows.
func (o timelineOrder) window() count.Window {
	first, last, ok := count.Span(o.sel)
	if !ok {
		return count.Window{}
	}
	if o.zoom == (timelineZoom{}) {
		first, last = bulk(o.sel, first, last)
	}
	return o.fit(first, last)
}

// fit returns the window of the events from the first to the last, or that of the zoom.
func (o timelineOrder) fit(from, to int64) count.Window {
	switch {
	case o.zoom == allOfTime:
	case o.zoom.on:
		from, to = o.zoom.from, o.zoom.to-1
	}
	step := clock.FitStep(from, to, o.columns, o.zone)
	if o.narrow < o.columns {
		step = clock.FitStepUpTo(clock.FitStep(from, to, o.narrow, o.zone).Length, from, to, o.columns, o.zone)
	}
	return count.Window{Step: step, From: from, To: to}
}

const (
	bulkFrom   = 20  // rows from which some can be outliers
	bulkPart   = 100 // the outer rows are one in so many, at each end
	bulkRounds = 5   // so at most some 5 % are taken for outliers at each end
	bulkMargin = 10  // events no further from the bulk than one in so many of its length belong to it
)

// bulk returns the time of the events that are no outliers; first and last are the times of the first and the last event. There
// are outliers if the rows before the 1st and after the 99th percentile take more than half of the time. Where several lie far
// from each other, what is left can have outliers again.
func bulk(sel *model.Selection, first, last int64) (from, to int64) {
	for range bulkRounds {
		from, to = trim(sel, first, last)
		if from == first && to == last {
			break
		}
		first, last = from, to
	}
	return first, last
}

// trim is one round of bulk.
func trim(sel *model.Selection, first, last int64) (from, to int64) {
	at := func(k int) int64 { return sel.Snapshot().Nanos(sel.At(max(0, min(k, sel.Len()-1)))) }
	a, n := sel.PlaceOfTime(first), sel.Len()
	if last < math.MaxInt64 {
		n = sel.PlaceOfTime(last + 1)
	}
	if n -= a; n < bulkFrom {
		return first, last
	}
	outer := max(1, n/bulkPart)
	low, high := at(a+outer), at(a+n-1-outer)
	if low < first || high > last || uint64(high-low) > uint64(last-first)/2 {
		return first, last
	}
	margin := uint64(high-low) / bulkMargin
	if uint64(low-first) > margin {
		first = at(sel.PlaceOfTime(low - int64(margin)))
	}
	if uint64(last-high) > margin {
		last = at(sel.PlaceOfTime(high+int64(margin)+1) - 1)
	}
	return first, last
}

// zoom is the zoom in use.
func (t *Timeline) zoom() timelineZoom {
	if len(t.zooms) == 0 {
		return timelineZoom{}
	}
	return t.zooms[len(t.zooms)-1]
}

// closerParts is how many times closer one step looks.
const closerParts = 4

// closer shows the time of the brush, or a quarter of the bars around the cursor.
func (t *Timeline) closer() kit.Wish {
	at, n := t.cursor(), t.len()
	first, last := t.brushedBars()
	if !t.brushed {
		part := max(1, n/closerParts)
		first = max(0, min(at-part/2, n-part))
		last = first + part - 1
	}
	if t.counted.Step().Length <= time.Second && last-first+1 == n {
		return kit.Wish{Toast: termsafe.Const("this is the closest zoom: a bar is one second")}
	}
	t.at, t.placed, t.brushed, t.brushing = t.counted.Bucket(at).Start, true, false, false
	t.zooms = append(t.zooms, timelineZoom{true, t.counted.Bucket(first).Start, t.counted.Bucket(last).End})
	return kit.Wish{}
}

// wider takes back the last step closer. Without one it shows the outliers too.
func (t *Timeline) wider() kit.Wish {
	if n := len(t.zooms); n > 0 && t.zooms[n-1] != allOfTime {
		t.zooms = t.zooms[:n-1]
		return kit.Wish{}
	}
	if before, after := t.counted.Outside(); before+after > 0 {
		t.zooms = []timelineZoom{allOfTime}
		return kit.Wish{}
	}
	return kit.Wish{Toast: termsafe.Const("the timeline shows the whole time")}
}

// pan moves a zoom by half of its time, towards where there are more events. It returns false if there are none, or no zoom.
func (t *Timeline) pan(later bool) bool {
	z := t.zoom()
	before, after := t.counted.Outside()
	if !z.on || z == allOfTime || later && after == 0 || !later && before == 0 {
		return false
	}
	half, edge := (z.to-z.from+1)/2, z.to
	if !later {
		half, edge = -half, z.from-1
	}
	t.zooms[len(t.zooms)-1] = timelineZoom{true, z.from + half, z.to + half}
	t.at, t.placed = edge, true
	return true
}

// outsideWords says how many events are before and after the bars, the longest form first; nothing if all are in them.
func (t *Timeline) outsideWords() []termsafe.Safe {
	before, after := t.counted.Outside()
	left, right := termsafe.Const("‹"), termsafe.Const("›")
	if t.display.Widther.ASCII {
		left, right = termsafe.Const("<"), termsafe.Const(">")
	}
	earlier := termsafe.Concat(left, termsafe.Int(int64(before)), termsafe.Const(" earlier"))
	later := termsafe.Concat(termsafe.Int(int64(after)), termsafe.Const(" later"), right)
	switch {
	case before+after == 0:
		return nil
	case after == 0:
		return []termsafe.Safe{earlier}
	case before == 0:
		return []termsafe.Safe{later}
	}
	sum := termsafe.Concat(termsafe.Int(int64(before+after)), termsafe.Const(" outside"))
	return []termsafe.Safe{termsafe.Concat(earlier, termsafe.Repeat(" ", legendGap), later), sum}
}

// joined returns each of left beside each of right, if there is a left, and then left alone.
func joined(left, right []termsafe.Safe) []termsafe.Safe {
	if len(left) == 0 {
		return right
	}
	var out []termsafe.Safe
	for _, a := range left {
		for _, b := range right {
			out = append(out, termsafe.Concat(a, termsafe.Repeat(" ", legendGap), b))
		}
	}
	return append(out, left...)
}
