package model_test

import (
	"context"
	"sync/atomic"
	"testing"

	"pawprint/model"
	"pawprint/model/logtest"
)

func TestSelectionFollowsAGrowingLogInTheOrderOfTimes(t *testing.T) {
	for name, step := range logtest.EachStep() {
		t.Run(name, func(t *testing.T) {
			s := logtest.NewSampler(step)
			var all, failed *model.Selection
			var calls atomic.Int64
			for s.Rows() < 3*model.SegmentRows {
				n := 1 + s.IntN(6000)
				s.Add(n)
				snap := s.Log.Snapshot()
				before, older := calls.Load(), failed
				all, failed = logtest.Select(t, snap, nil, all), logtest.Select(t, snap, logtest.Failing{Calls: &calls}, failed)
				if looked := calls.Load() - before; looked > int64(n) {
					t.Fatalf("%d rows were looked at for %d new ones", looked, n)
				}
				checkSelection(t, all, logtest.Match(&snap, func(model.Row) bool { return true }))
				checkSelection(t, failed, logtest.Match(&snap, func(r model.Row) bool { return snap.Result(r).Bad() }))
				for r := model.Row(snap.Rows() - n); older != nil && int(r) < snap.Rows(); r++ {
					if older.Place(r) != older.Len() || older.Has(r) {
						t.Fatalf("a selection of %d places row %d, which came later, at %d", older.Len(), r, older.Place(r))
					}
				}
			}
		})
	}
}

func checkSelection(t *testing.T, s *model.Selection, want []model.Row) {
	t.Helper()
	if s.Len() != len(want) {
		t.Fatalf("Len = %d, want %d", s.Len(), len(want))
	}
	for k, r := range want {
		if got := s.At(k); got != r {
			t.Fatalf("At(%d) = %d, want %d", k, got, r)
		}
		if k%37 == 0 && (s.Place(r) != k || !s.Has(r)) {
			t.Fatalf("Place(%d) = %d, want %d", r, s.Place(r), k)
		}
	}
}

func TestSelectStopsWhenItIsCancelled(t *testing.T) {
	s := logtest.NewSampler(logtest.Steps["sorted"])
	s.Add(1)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := model.Select(ctx, s.Log.Snapshot(), nil, nil); err == nil {
		t.Error("a cancelled selection gave no error")
	}
}

func TestSelectionOfNothingIsEmpty(t *testing.T) {
	s := logtest.Select(t, model.NewLog().Snapshot(), nil, nil)
	if s.Len() != 0 || s.Place(0) != 0 || s.PlaceOfTime(0) != 0 {
		t.Errorf("Len %d, Place %d", s.Len(), s.Place(0))
	}
}
