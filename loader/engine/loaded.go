package engine

import (
	"math"
	"slices"
	"sync"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/condition"
)

// Part says which of the requested rows are read, if some were read before.
type Part uint8

// The parts.
const (
	Missing Part = iota // those that were not read yet, the newest first
	Older               // of these, those that are no newer than the oldest window with the same condition
	Newer               // those since the newest window began: new ones, and those that came into that window late
)

// Loaded records what was read from an engine into one log, so that the sources that share it read each row once. The zero value is for a
// log without rows. Only one of the sources may load at a time; the other methods may be called from any goroutine.
//
// Rows have no identity, so there are two ways not to load one twice. If a window was read whole, the next query leaves out the rows that
// the earlier one asked for. If a limit cut the window, its rows are asked for again, and as many lines are dropped as were read before
// with the same bytes: rows of the same bytes are the same event. Lines are dropped in any case, as an engine may return more rows than it
// was asked for.
type Loaded struct {
	sink  loader.Sink // of the first load
	areas []area
	first condition.Condition // what the first load asked for

	mu      sync.Mutex
	whole   *loader.Announced // the source that stands for the whole of it
	outcome Outcome
}

// Outcome is what the last load has read.
type Outcome struct {
	Rows int64 // lines that were not read before
	More bool  // there may be more rows that match
	// Total says how many rows match, loaded ones included, if that was counted.
	Total model.Total
}

// area is a window that was read.
type area struct {
	Window
	whole bool  // all of its rows were read
	lines []sum // that were read
}

// Begun reports whether a load has begun, so that a further one has a log to add to.
func (l *Loaded) Begun() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.whole != nil
}

// Last returns what the last load has read.
func (l *Loaded) Last() Outcome {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.outcome
}

// ended notes what a load has read.
func (l *Loaded) ended(o Outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.outcome = o
}

// begin notes the sink of the first load and what it asks for. Later loads get the source that stands for the whole.
func (l *Loaded) begin(sink loader.Sink, name model.Text) (into loader.Sink, to loader.Announced) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.whole == nil {
		announced := loader.Announce(sink, name)
		l.sink, l.whole = sink, &announced
	}
	return l.sink, *l.whole
}

// span is the part of a span that is read.
func (l *Loaded) span(of Span, part Part, is condition.Condition) Span {
	switch part {
	case Older:
		if oldest := l.oldest(is); oldest != nil {
			of.To = min(of.To, oldest.To)
		}
	case Newer:
		from := int64(math.MinInt64)
		for i := range l.areas {
			if a := &l.areas[i]; !a.Unclear {
				from = max(from, a.From)
			}
		}
		of.From = max(of.From, from)
	}
	return of
}

// oldest is the oldest window of a question, or else of one for all rows; nil if there is none.
func (l *Loaded) oldest(is condition.Condition) (oldest *area) {
	for _, want := range []condition.Condition{is, condition.Const(true)} {
		for i := range l.areas {
			if a := &l.areas[i]; !a.Unclear && a.Is.String() == want.String() && (oldest == nil || a.From < oldest.From) {
				oldest = a
			}
		}
		if oldest != nil {
			break
		}
	}
	return oldest
}

// fit cuts a window at the borders of what was read, so that all of it was read by the same questions. A window that reaches into one that was
// cut by a limit becomes that one.
func (l *Loaded) fit(w Window) Window {
	for i := range l.areas {
		if a := &l.areas[i]; !a.Unclear {
			for _, border := range []int64{a.From, a.To} {
				if w.From < border && border < w.To {
					w.From = border
				}
			}
		}
	}
	for i := range l.areas {
		if a := &l.areas[i]; !a.Unclear && !a.whole && a.From < w.To && w.From < a.To {
			w.From, w.To = a.From, a.To
		}
	}
	return w
}

// missing returns what to ask for in a window that fits, and the lines that were read of it. again asks for the rows anew that came into a
// window after it was read.
func (l *Loaded) missing(w Window, again bool) (rest Window, known lines) {
	known = lines{}
	parts := []condition.Condition{w.Is}
	for i := range l.areas {
		a := &l.areas[i]
		if !a.holds(w) {
			continue
		}
		known.add(a.lines)
		if a.whole && !again {
			parts = append(parts, condition.Negate(a.Is))
		} else if w.Newest > 0 {
			w.Newest += int64(len(a.lines))
		}
	}
	w.Is = condition.And(parts...)
	return w, known
}

// holds reports whether all rows of a window that fits are rows of the area.
func (a *area) holds(w Window) bool {
	return a.Unclear == w.Unclear && (w.Unclear || a.From <= w.From && w.To <= a.To)
}

// add notes that a window was read by a question: whole, or up to a limit.
func (l *Loaded) add(w Window, whole bool, read []sum) {
	now := area{w, whole, read}
	l.areas = slices.DeleteFunc(l.areas, func(a area) bool {
		same := a.Unclear == w.Unclear && (w.Unclear || a.Span == w.Span) && a.Is.String() == w.Is.String()
		if same {
			now.lines, now.whole = append(now.lines, a.lines...), now.whole || a.whole
		}
		return same
	})
	l.areas = append(l.areas, now)
}

// unclear reports whether rows without a clear time were read.
func (l *Loaded) unclear() bool {
	return slices.ContainsFunc(l.areas, func(a area) bool { return a.Unclear })
}
