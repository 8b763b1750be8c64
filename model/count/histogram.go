package count

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"sort"
	"sync"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
)

// Histogram counts the events of a selection in each bucket of time. It leaves out rejects, and events without a time of their own
// are in no bucket. It never changes; Extend returns a new one.
type Histogram struct {
	step    clock.Step
	edges   []int64
	counts  []bucketCount // by bucket; edges has one more
	noTime  bucketCount
	before  bucketCount // before the first bucket …
	after   bucketCount // … and after the last one
	log     model.LogID
	matcher model.Matcher
	rows    int // rows of the log that have been read
}

type bucketCount struct{ events, failed int }

// Bucket is a span of time with the number of events in it.
type Bucket struct {
	Start, End int64 // Unix nanoseconds, End excluded
	Events     int
	Failed     int // events that FAILED or PARTIALLY_FAILED
}

// MaxBuckets is how many buckets a histogram may have.
const MaxBuckets = 1_000_000

// ErrTooManyBuckets means that a step is too short for the time that the events span.
var ErrTooManyBuckets = errors.New("too many buckets")

// NewHistogram makes a histogram of a fixed step that has counted nothing yet.
func NewHistogram(step clock.Step) *Histogram { return &Histogram{step: step} }

// Window is a part of time in buckets of a step: from the bucket of From to that of To, both in Unix nanoseconds.
type Window struct {
	Step     clock.Step
	From, To int64
}

// Extend returns the histogram of sel, from its first event to its last one; see Within.
func (h *Histogram) Extend(ctx context.Context, sel *model.Selection) (*Histogram, error) {
	first, last, _ := Span(sel)
	return h.Within(ctx, sel, Window{h.step, first, last})
}

// Within returns the histogram of sel in a window; events outside are counted apart. Without an event that has a time there are no
// buckets. If h counted an earlier selection of the same log with the same matcher and step, and every event that it counted
// keeps its place, it reads only newer rows; else it counts all rows. It works on all cores and stops early with the error of
// ctx, or with one that wraps ErrTooManyBuckets.
func (h *Histogram) Within(ctx context.Context, sel *model.Selection, w Window) (*Histogram, error) {
	next := &Histogram{step: w.Step, log: sel.Snapshot().Log(), matcher: sel.Matcher(), rows: sel.Snapshot().Rows()}
	from := 0
	_, _, timed := Span(sel)
	if h.log == next.log && sameMatcher(h.matcher, next.matcher) && h.rows <= next.rows && h.step == next.step && h.fits(w, timed) {
		from, next.edges, next.counts = h.rows, slices.Clone(h.edges), slices.Clone(h.counts)
		next.noTime, next.before, next.after = h.noTime, h.before, h.after
	}
	if timed {
		if err := next.reach(w.From, w.To); err != nil {
			return nil, err
		}
	}
	if err := next.count(ctx, sel, from); err != nil {
		return nil, err
	}
	return next, nil
}

// Beside returns the histogram of sel in a window, and of events that were counted elsewhere, of each group of which all are in one bucket or
// outside of the window. It stops early as Within does, and cannot be extended.
func Beside(ctx context.Context, sel *model.Selection, w Window, elsewhere []Bucket) (*Histogram, error) {
	h := &Histogram{step: w.Step}
	if err := h.reach(w.From, w.To); err != nil {
		return nil, err
	}
	if err := h.count(ctx, sel, 0); err != nil {
		return nil, err
	}
	n := bucketCounter{edges: h.edges, counts: h.counts}
	for _, b := range elsewhere {
		n.find(b.Start)
		n.at.add(bucketCount{b.Events, b.Failed})
	}
	h.before.add(n.before)
	h.after.add(n.after)
	return h, nil
}

// fits reports whether h has the buckets of a window, or gets them by adding empty ones.
func (h *Histogram) fits(w Window, timed bool) bool {
	if !timed || len(h.edges) == 0 {
		return !timed || h.before.events+h.after.events == 0
	}
	start, _ := w.Step.Bounds(w.From)
	_, end := w.Step.Bounds(w.To)
	first, last := h.edges[0], h.edges[len(h.edges)-1]
	return (start == first || start < first && h.before.events == 0) && (end == last || end > last && h.after.events == 0)
}

// Span returns the times of the first and the last event with a time of its own; ok is false if there is none.
func Span(sel *model.Selection) (first, last int64, ok bool) {
	const none = model.FlagReject | model.FlagNoTime
	snap := sel.Snapshot()
	a, b := 0, sel.Len()-1
	for a <= b && snap.Flags(sel.At(a))&none != 0 {
		a++
	}
	if a > b {
		return 0, 0, false
	}
	for snap.Flags(sel.At(b))&none != 0 {
		b--
	}
	return snap.Nanos(sel.At(a)), snap.Nanos(sel.At(b)), true
}

// reach adds empty buckets until the first and the last time have one.
func (h *Histogram) reach(first, last int64) error {
	if uint64(last-first)/uint64(h.step.Length) >= MaxBuckets {
		return fmt.Errorf("%w: %v from %s to %s", ErrTooManyBuckets, h.step.Length, date(first), date(last))
	}
	if len(h.edges) == 0 {
		start, end := h.step.Bounds(first)
		h.edges, h.counts = []int64{start, end}, make([]bucketCount, 1)
	}
	var front []int64
	for edge := h.edges[0]; first < edge; {
		edge, _ = h.step.Bounds(edge - 1)
		front = append(front, edge)
	}
	if len(front) > 0 {
		slices.Reverse(front)
		h.edges = append(front, h.edges...)
		h.counts = append(make([]bucketCount, len(front)), h.counts...)
	}
	for end := h.edges[len(h.edges)-1]; last >= end; {
		_, end = h.step.Bounds(end)
		h.edges = append(h.edges, end)
		h.counts = append(h.counts, bucketCount{})
	}
	return nil
}

func date(nanos int64) string { return time.Unix(0, nanos).UTC().Format(time.DateOnly) }

// count adds the events from row from on.
func (h *Histogram) count(ctx context.Context, sel *model.Selection, from int) error {
	var mu sync.Mutex
	return eachSegment(ctx, from/model.SegmentRows, sel.Snapshot().Segments(), func() (work func(int) error, finish func()) {
		var c segmentEvents
		n := bucketCounter{edges: h.edges, counts: make([]bucketCount, len(h.counts))}
		work = func(k int) error {
			c.read(ctx, sel, k, max(0, from-k*model.SegmentRows))
			n.count(&c)
			return nil
		}
		return work, func() {
			mu.Lock()
			defer mu.Unlock()
			for i, b := range n.counts {
				h.counts[i].add(b)
			}
			h.noTime.add(n.noTime)
			h.before.add(n.before)
			h.after.add(n.after)
		}
	})
}

func (b *bucketCount) add(other bucketCount) {
	b.events += other.events
	b.failed += other.failed
}

// bucketCounter counts segments on one goroutine.
type bucketCounter struct {
	edges         []int64
	counts        []bucketCount
	noTime        bucketCount
	before, after bucketCount
	at            *bucketCount // the count of the last time
	start, end    int64        // the bounds of its bucket; empty outside of the buckets
}

func (b *bucketCounter) count(c *segmentEvents) {
	times := c.seg.Times()
	for k, w := range &c.timed {
		for ; w != 0; w &= w - 1 {
			i := bits.TrailingZeros64(w)
			if t := times.At(k<<6 + i); t < b.start || t >= b.end {
				b.find(t)
			}
			b.at.events++
			b.at.failed += int(c.failed[k] >> i & 1)
		}
	}
	if c.hasUntimed {
		b.noTime.add(bucketCount{c.untimed.Count(), c.untimed.CountBoth(&c.failed)})
	}
}

// find sets at to the count of a time.
func (b *bucketCounter) find(t int64) {
	i := sort.Search(len(b.edges), func(i int) bool { return b.edges[i] > t }) - 1
	b.start, b.end = 0, 0
	switch {
	case i < 0:
		b.at = &b.before
	case i == len(b.counts):
		b.at = &b.after
	default:
		b.at, b.start, b.end = &b.counts[i], b.edges[i], b.edges[i+1]
	}
}

// Step is the step of the buckets.
func (h *Histogram) Step() clock.Step { return h.step }

// Len is the number of buckets, from that of the first event to that of the last one.
func (h *Histogram) Len() int { return len(h.counts) }

// Bucket returns bucket i. Empty buckets between others are included.
func (h *Histogram) Bucket(i int) Bucket {
	return Bucket{h.edges[i], h.edges[i+1], h.counts[i].events, h.counts[i].failed}
}

// NoTime returns the number of events that have no time of their own, and how many of them failed.
func (h *Histogram) NoTime() (events, failed int) { return h.noTime.events, h.noTime.failed }

// Outside returns the number of events before the first bucket and after the last one.
func (h *Histogram) Outside() (before, after int) { return h.before.events, h.after.events }
