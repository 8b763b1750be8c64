package model

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A silence is a time without any event between two that follow each other in the order of events, of all sources together. It counts as
// one if it is longer than an hour and than SilenceTimes the median of all such times, so that a log which says little is not full of them.
// Only events with a time of their own count.
const (
	LeastSilence = time.Hour
	SilenceTimes = 20
)

// Silence is a time without any event.
type Silence struct {
	Before, After Row // the events before and after it
	Length        time.Duration
}

// Silences are the silences of a snapshot. It never changes.
type Silences struct {
	standing Standing
	least    time.Duration
	median   time.Duration // 0 if it is so short that it does not matter
	waits    []Silence     // of at least leastWait, in the order of events
	marks    []*Bitmap     // by segment: the events behind the silences
}

// leastWait is the shortest time between two events that is kept. A median below it makes no silence longer than an hour.
const leastWait = time.Minute

// Standing tells these answers from others about the same log: with more events the median can change, and a silence can end.
func (s *Silences) Standing() Standing { return s.standing }

// Least is the length that a silence must exceed.
func (s *Silences) Least() time.Duration { return s.least }

// Median is the median of the times between events where Least rests on it, else 0.
func (s *Silences) Median() time.Duration {
	if s.least == LeastSilence {
		return 0
	}
	return s.median
}

// Rows marks the events of segment k that are the first behind a silence. The caller must not change it.
func (s *Silences) Rows(k int) *Bitmap { return s.marks[k] }

// Longer lists the times without an event that are longer than least, in the order of events. least is at least a minute.
func (s *Silences) Longer(least time.Duration) (long []Silence) {
	for _, w := range s.waits {
		if w.Length > max(least, leastWait) {
			long = append(long, w)
		}
	}
	return long
}

// timedEvents matches the events that have a time of their own.
type timedEvents struct{}

// Narrow implements Matcher.
func (timedEvents) Narrow(_ context.Context, _ *Snapshot, seg *Segment, rows *Bitmap) error {
	if seg.anyFlags&(FlagReject|FlagNoTime) == 0 {
		return nil
	}
	for i, f := range seg.flags {
		if f&(FlagReject|FlagNoTime) != 0 {
			rows.Clear(i)
		}
	}
	return nil
}

// silenceFinder finds the silences of a log. The zero value has found none.
type silenceFinder struct {
	mu     sync.Mutex
	events *Selection // of the last snapshot
	last   *Silences
}

// upTo returns the silences of s.
func (f *silenceFinder) upTo(ctx context.Context, s *Snapshot) (*Silences, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.events != nil && f.events.snap.rows > s.rows {
		return new(silenceFinder).upTo(ctx, s)
	}
	events, err := Select(ctx, *s, timedEvents{}, f.events)
	if err != nil {
		return nil, err
	}
	found, err := silencesOf(ctx, events)
	if err != nil {
		return nil, err
	}
	if found.standing = newStanding(); f.last != nil && found.says(f.last, f.events.snap.rows) {
		found.standing = f.last.standing
	}
	f.events, f.last = events, found
	return found, nil
}

// silencesOf finds the silences between events, which have times of their own.
func silencesOf(ctx context.Context, events *Selection) (*Silences, error) {
	found := &Silences{marks: make([]*Bitmap, len(events.parts))}
	for k := range found.marks {
		found.marks[k] = new(Bitmap)
	}
	var before Row
	var last int64
	n := 0
	err := events.each(ctx, func(r Row, nanos int64) {
		if wait := time.Duration(nanos - last); n > 0 && (wait >= leastWait || wait < 0) {
			if wait < 0 { // more than 292 years
				wait = 1<<63 - 1
			}
			found.waits = append(found.waits, Silence{before, r, wait})
		}
		before, last = r, nanos
		n++
	})
	if err != nil {
		return nil, err
	}
	found.median = medianWait(found.waits, n-1)
	found.least = LeastSilence
	if found.median > LeastSilence/SilenceTimes {
		found.least = SilenceTimes * min(found.median, (1<<63-1)/SilenceTimes)
	}
	for _, s := range found.Longer(found.least) {
		found.marks[s.After/SegmentRows].Set(int(s.After % SegmentRows))
	}
	return found, nil
}

// medianWait returns the median of n times of which only those of at least leastWait are listed, or 0 if it is shorter: the lower one of
// two in the middle.
func medianWait(waits []Silence, n int) time.Duration {
	at := (n-1)/2 - (n - len(waits)) // among those that are listed
	if n < 1 || at < 0 {
		return 0
	}
	lengths := make([]time.Duration, len(waits))
	for i, w := range waits {
		lengths[i] = w.Length
	}
	slices.Sort(lengths)
	return lengths[at]
}

// says reports whether s says the same as an earlier one about the first rows of the log.
func (s *Silences) says(earlier *Silences, rows int) bool {
	for k, marks := range earlier.marks {
		now := *s.marks[k]
		now.ClearFrom(rows - k*SegmentRows)
		if now != *marks {
			return false
		}
	}
	return true
}

// each calls visit for the rows of a selection, in the order of events.
func (s *Selection) each(ctx context.Context, visit func(r Row, nanos int64)) error {
	if s.order != nil {
		for i, r := range s.order {
			if i%SegmentRows == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			visit(r, s.snap.Nanos(r))
		}
		return nil
	}
	for k, p := range s.parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		seg := s.snap.Segment(k)
		for i := p.bits.Next(0); i >= 0; i = p.bits.After(i) {
			visit(seg.base+Row(i), seg.times.At(i))
		}
	}
	return nil
}

// StepBack is an event whose time is before that of the event above it in the same source.
type StepBack struct {
	Above, Row Row
	By         time.Duration
}

// StepsBack lists the events of a source whose times go back, in the order of its lines. Events without a time of their own do not count.
func (s *Snapshot) StepsBack(ctx context.Context, source SourceID) (steps []StepBack, err error) {
	var above Row
	var last int64
	begun := false
	for k := range s.Segments() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		seg := s.Segment(k)
		seg.EachSource(func(from, to int, id SourceID) {
			for i := from; i < to && id == source; i++ {
				if seg.flags[i]&(FlagReject|FlagNoTime) != 0 {
					continue
				}
				nanos := seg.times.At(i)
				if begun && nanos < last {
					by := time.Duration(last - nanos)
					if by < 0 {
						by = 1<<63 - 1
					}
					steps = append(steps, StepBack{above, seg.base + Row(i), by})
				}
				above, last, begun = seg.base+Row(i), nanos, true
			}
		})
	}
	return steps, nil
}
