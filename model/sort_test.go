package model_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"pawprint/model"
	"pawprint/model/logtest"
)

// everySo matches one row in so many.
type everySo int

func (e everySo) Narrow(_ context.Context, _ *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	for i := range seg.Rows() {
		if (int(seg.Base())+i)%int(e) != 0 {
			rows.Clear(i)
		}
	}
	return nil
}

func TestSelectionAtOnceIsInTheOrderOfTimes(t *testing.T) {
	for name, step := range logtest.EachStep() {
		t.Run(name, func(t *testing.T) {
			s := logtest.NewSampler(step)
			s.Add(2*model.SegmentRows + 500)
			// A few times far away must not count as disorder for the other rows.
			now := s.Now
			for _, s.Now = range []int64{-1 << 62, 1 << 62, now, 0, now - 1e9, 5, 4, now} {
				s.Add(30)
			}
			s.Add(model.SegmentRows)
			snap := s.Log.Snapshot()
			for _, so := range []int{1, 3, 100} {
				sel := logtest.Select(t, snap, everySo(so), nil)
				want := logtest.Match(&snap, func(r model.Row) bool { return int(r)%so == 0 })
				if got := logtest.Rows(sel); !slices.Equal(got, want) {
					t.Errorf("one row in %d: %d rows in another order than %d", so, len(got), len(want))
				}
			}
		})
	}
}

// fading is a context that ends after it was looked at so many times.
type fading struct {
	context.Context
	looks, left atomic.Int64
}

func fadingAfter(looks int64) *fading {
	f := &fading{Context: context.Background()}
	f.left.Store(looks)
	return f
}

func (f *fading) Err() error {
	f.looks.Add(1)
	if f.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func TestSelectionThatIsCancelledWhileItIsSortedEndsSo(t *testing.T) {
	for name, step := range logtest.EachStep() {
		s := logtest.NewSampler(step)
		s.Add(5 * model.SegmentRows)
		snap := s.Log.Snapshot()
		whole := fadingAfter(1 << 40)
		if _, err := model.Select(whole, snap, nil, nil); err != nil {
			t.Fatal(err)
		}
		looks := whole.looks.Load()
		if segments := int64(snap.Segments()); !snap.Sorted() && looks < 2*segments {
			t.Errorf("%s: looked %d times whether to go on, for %d segments", name, looks, segments)
		}
		for k := range looks {
			if sel, err := model.Select(fadingAfter(k), snap, nil, nil); !errors.Is(err, context.Canceled) || sel != nil {
				t.Errorf("%s: cancelled at look %d of %d: %v", name, k, looks, err)
			}
		}
	}
}

// BenchmarkSelectInOrder measures what the order of times adds to a selection: a sorted log is the floor.
func BenchmarkSelectInOrder(b *testing.B) {
	const rows = 1_000_000
	for _, log := range []string{"sorted", "nearly sorted", "in files", "in files of many", "random"} {
		l := logtest.Big(rows, logtest.Steps[log])
		snap := l.Snapshot()
		for name, m := range map[string]model.Matcher{"all": nil, "one in 20": everySo(20)} {
			b.Run(log+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if _, err := model.Select(context.Background(), snap, m, nil); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed())/float64(b.N)/rows, "ns/event")
			})
		}
	}
}
