package model

import (
	"context"
	"math"
	"slices"
)

// Background is what a log knows about the time before its events. It affects which events are the first of their kind.
type Background struct {
	Cut      int64     // events before this time were left out when reading, in Unix nanoseconds; 0 if none were
	Span     string    // the time before Cut that is read for first-seen alone, as the user wrote it; empty for none
	Baseline *Baseline // the events of that time; nil until they have been read
}

// Baseline is the events of a time before a log, as far as who is first rests on them. They are not in the log. It never changes.
type Baseline struct {
	Books     Books
	Err       Text // why some events are missing; empty if none are
	addresses map[string]int64
	actions   map[string]int64
	days      []int64 // on which it has events
	begin     int64   // the time of its earliest event, if it has days
}

// NewBaseline makes the baseline of the events of snap that are before a time, in Unix nanoseconds.
func NewBaseline(ctx context.Context, snap *Snapshot, until int64) (*Baseline, error) {
	firsts, err := snap.Firsts(ctx)
	if err != nil {
		return nil, err
	}
	b := &Baseline{Books: snap.Books(), days: firsts.days, begin: firsts.history.Begin}
	b.addresses = snap.firstTimes(ColSourceIP, firsts.addresses, until)
	b.actions = snap.firstTimes(ColAction, firsts.actions, until)
	return b, nil
}

// SetBackground says what is known of the time before the events of the log.
func (l *Log) SetBackground(b Background) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.background, l.found = b, nil
	l.publish()
}

// Background is what is known of the time before the events.
func (s *Snapshot) Background() Background { return s.background }

// NewDays is the number of days with events that must come before an event for it to be notable as the first of its kind: in the first days of
// a log nearly everything is new.
const NewDays = 7

// History says how far back the events go that decide which events are first, including the baseline.
type History struct {
	Begin   int64 // the time of the earliest event, in Unix nanoseconds
	Settled int64 // events from this time on have NewDays days with events before their own, in UTC; math.MaxInt64 for none
	Timed   bool  // whether any event has a time; else Begin and Settled mean nothing
}

// New reports whether a time is in the first days of the log.
func (h History) New(nanos int64) bool { return nanos < h.Settled }

const dayNanos = 24 * 60 * 60 * 1e9

// dayOf returns the number of a day in UTC.
func dayOf(nanos int64) int64 {
	day := nanos / dayNanos
	if nanos < day*dayNanos {
		day--
	}
	return day
}

// dayCounter notes the days on which there are events.
type dayCounter struct {
	days  map[int64]bool
	last  int64 // the day noted last; it saves most of the work
	begin int64
}

func (c *dayCounter) add(nanos int64) {
	day := dayOf(nanos)
	if c.days == nil {
		c.days, c.begin = map[int64]bool{}, nanos
	} else if day == c.last {
		c.begin = min(c.begin, nanos)
		return
	}
	c.days[day], c.last, c.begin = true, day, min(c.begin, nanos)
}

// sorted lists the days.
func (c *dayCounter) sorted() []int64 {
	days := make([]int64, 0, len(c.days))
	for d := range c.days {
		days = append(days, d)
	}
	slices.Sort(days)
	return days
}

// historyOf returns the history of the sorted days.
func historyOf(begin int64, days []int64) History {
	h := History{Begin: begin, Settled: math.MaxInt64, Timed: len(days) > 0}
	if len(days) > NewDays {
		h.Settled = days[NewDays] * dayNanos
	}
	return h
}
