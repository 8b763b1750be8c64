package model_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"pawprint/model"
	"pawprint/model/logtest"
)

func TestLateEventsAreTheNewOnesThatAreOlderThanTheLast(t *testing.T) {
	for name, step := range logtest.EachStep() {
		t.Run(name, func(t *testing.T) {
			s, m := logtest.NewSampler(step), logtest.Failing{Calls: new(atomic.Int64)}
			before := logtest.Select(t, s.Log.Snapshot(), m, nil)
			for range 8 {
				s.Add(3000)
				now := logtest.Select(t, s.Log.Snapshot(), m, before)
				snap := now.Snapshot()
				want := logtest.Match(snap, func(r model.Row) bool {
					return before.Len() > 0 && int(r) >= before.Snapshot().Rows() && now.Has(r) && snap.Flags(r)&model.FlagNoTime == 0 &&
						snap.Nanos(r) < snap.Nanos(before.At(before.Len()-1))
				})
				if got := now.Late(before); !slices.Equal(got, want) {
					t.Fatalf("%d events are late, want %d", len(got), len(want))
				}
				before = now
			}
		})
	}
}
