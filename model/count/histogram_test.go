package count

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/logtest"
)

// naiveBuckets counts the slow way, by the begin of the bucket.
func naiveBuckets(sel *model.Selection, step clock.Step) (buckets map[int64]bucketCount, noTime bucketCount) {
	buckets = map[int64]bucketCount{}
	for k := range sel.Len() {
		e := sel.Snapshot().Event(sel.At(k))
		if e.Reject() {
			continue
		}
		n := bucketCount{events: 1}
		if e.Result.Bad() {
			n.failed = 1
		}
		if e.Flags&model.FlagNoTime != 0 {
			noTime.add(n)
			continue
		}
		start, _ := step.Bounds(e.Nanos)
		n.add(buckets[start])
		buckets[start] = n
	}
	return buckets, noTime
}

func extendHistogram(t *testing.T, h *Histogram, sel *model.Selection) *Histogram {
	t.Helper()
	next, err := h.Extend(context.Background(), sel)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// fitHistogram extends a histogram with the step that fits the events of sel into width buckets.
func fitHistogram(t testing.TB, h *Histogram, sel *model.Selection, width int, zone *time.Location) *Histogram {
	t.Helper()
	first, last, _ := Span(sel)
	next, err := h.Within(context.Background(), sel, Window{clock.FitStep(first, last, width, zone), first, last})
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func checkHistogram(t *testing.T, h *Histogram, sel *model.Selection) {
	t.Helper()
	want, noTime := naiveBuckets(sel, h.Step())
	for i := range h.Len() {
		b := h.Bucket(i)
		if start, end := h.Step().Bounds(b.Start); start != b.Start || end != b.End || i > 0 && h.Bucket(i-1).End != b.Start {
			t.Fatalf("bucket %d is [%d, %d), that of its begin [%d, %d)", i, b.Start, b.End, start, end)
		}
		if got := (bucketCount{b.Events, b.Failed}); got != want[b.Start] {
			t.Fatalf("bucket %d = %+v, want %+v", i, got, want[b.Start])
		}
		if b.Events == 0 && (i == 0 || i == h.Len()-1) {
			t.Errorf("bucket %d of %d is empty", i, h.Len())
		}
		delete(want, b.Start)
	}
	if len(want) > 0 {
		t.Errorf("%d buckets are missing", len(want))
	}
	if events, failed := h.NoTime(); (bucketCount{events, failed}) != noTime {
		t.Errorf("without a time %d, %d failed, want %+v", events, failed, noTime)
	}
}

func TestHistogramsOfAGrowingLogCountWhatIsThere(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	for name, step := range logtest.EachStep() {
		t.Run(name, func(t *testing.T) {
			s := logtest.NewSampler(step)
			fixed, fitted, failed := NewHistogram(clock.Step{Length: time.Hour, Zone: zurich}), new(Histogram), new(Histogram)
			var allRows, failedRows *model.Selection
			var calls atomic.Int64
			for s.Rows() < model.SegmentRows+3000 {
				s.Add(1 + s.IntN(9000))
				snap := s.Log.Snapshot()
				allRows, failedRows = logtest.Select(t, snap, nil, allRows), logtest.Select(t, snap, logtest.Failing{Calls: &calls}, failedRows)
				before, was := fixed, bucketCount{}
				if before.Len() > 0 {
					was = before.counts[0]
				}
				fixed, fitted, failed = extendHistogram(t, fixed, allRows), fitHistogram(t, fitted, allRows, 40, zurich), fitHistogram(t, failed, failedRows, 7, nil)
				checkHistogram(t, fixed, allRows)
				checkHistogram(t, fitted, allRows)
				checkHistogram(t, failed, failedRows)
				if before.Len() > 0 && before.counts[0] != was {
					t.Fatal("the histogram changed when it was extended")
				}
				if fitted.Len() > 40 || failed.Len() > 7 {
					t.Fatalf("%d and %d buckets in 40 and 7", fitted.Len(), failed.Len())
				}
			}
		})
	}
}

func TestHistogramOfNothingHasNoBuckets(t *testing.T) {
	sel := logtest.Select(t, model.NewLog().Snapshot(), nil, nil)
	for _, h := range []*Histogram{extendHistogram(t, NewHistogram(clock.Step{Length: time.Second}), sel), fitHistogram(t, new(Histogram), sel, 10, nil)} {
		if h.Len() != 0 {
			t.Errorf("%d buckets", h.Len())
		}
	}
}

func TestEventsOutsideOfAWindowAreCountedApart(t *testing.T) {
	s := logtest.NewSampler(logtest.Steps["nearly sorted"])
	h, step := new(Histogram), clock.Step{Length: time.Hour}
	var sel *model.Selection
	var from, to int64
	for round := range 12 {
		s.Add(2000)
		sel = logtest.Select(t, s.Log.Snapshot(), nil, sel)
		first, last, _ := Span(sel)
		if round%3 == 0 { // in between, the window stays, or grows by what is new
			from, to = first+(last-first)/4, last-(last-first)/3
		} else if round%3 == 2 {
			to = last
		}
		var err error
		if h, err = h.Within(context.Background(), sel, Window{step, from, to}); err != nil {
			t.Fatal(err)
		}
		start, _ := step.Bounds(from)
		_, end := step.Bounds(to)
		var before, after, inside int
		buckets, _ := naiveBuckets(sel, step)
		for at, n := range buckets {
			switch {
			case at < start:
				before += n.events
			case at >= end:
				after += n.events
			default:
				inside += n.events
			}
		}
		got := 0
		for i := range h.Len() {
			b := h.Bucket(i)
			if want := buckets[b.Start]; b.Events != want.events || b.Failed != want.failed {
				t.Errorf("round %d: bucket %d has %d events, %d failed; want %+v", round, i, b.Events, b.Failed, want)
			}
			got += b.Events
		}
		if b, a := h.Outside(); b != before || a != after || got != inside || h.Bucket(0).Start != start || h.Bucket(h.Len()-1).End != end {
			t.Errorf("round %d: %d before, %d inside, %d after; want %d, %d, %d", round, b, got, a, before, inside, after)
		}
	}
}

func TestHistogramRefusesTooManyBuckets(t *testing.T) {
	s := logtest.NewSampler(func(_ *rand.Rand, now int64) int64 { return now + 1e18 })
	s.Odd = 1 << 30
	s.Add(2)
	_, err := NewHistogram(clock.Step{Length: time.Second}).Extend(context.Background(), logtest.Select(t, s.Log.Snapshot(), nil, nil))
	if !errors.Is(err, ErrTooManyBuckets) {
		t.Errorf("Extend = %v, want ErrTooManyBuckets", err)
	}
}

func BenchmarkHistogram(b *testing.B) {
	const rows = 1_000_000
	for _, log := range []string{"sorted", "nearly sorted"} {
		sel, err := model.Select(context.Background(), logtest.Big(rows, logtest.Steps[log]).Snapshot(), nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(log, func(b *testing.B) {
			for range b.N {
				fitHistogram(b, new(Histogram), sel, 100, nil)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/rows, "ns/event")
		})
	}
}
