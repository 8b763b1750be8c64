package model

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
)

// failing matches rows that failed, the plain way.
type failing struct{ calls *atomic.Int64 }

func (f failing) Narrow(_ context.Context, _ *Snapshot, seg *Segment, rows *Bitmap) error {
	for i := range seg.Rows() {
		if rows.Has(i) {
			f.calls.Add(1)
			if !resultOf(seg.IDs(ColResult).At(i)).Bad() {
				rows.Clear(i)
			}
		}
	}
	return nil
}

// naive gives what a selection must hold: the rows that match, by time, equal times as appended.
func naive(s *Snapshot, match func(Row) bool) []Row {
	var rows []Row
	for r := range Row(s.Rows()) {
		if match(r) {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		switch ta, tb := s.Nanos(a), s.Nanos(b); {
		case ta < tb:
			return -1
		case ta > tb:
			return 1
		}
		return 0
	})
	return rows
}

func TestSelectionFollowsAGrowingLogInTheOrderOfTimes(t *testing.T) {
	for name, step := range steps {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(3, 4))
			l := NewLog()
			id := l.AddSource(NewText("a"))
			var all, failed *Selection
			now, line := int64(0), int64(1)
			var calls atomic.Int64
			for l.Snapshot().rows < 3*SegmentRows {
				var batch []testRow
				for range 1 + r.IntN(6000) {
					now = step(r, now)
					batch = append(batch, testRow{nanos: now, action: "A", result: []string{"SUCCEEDED", "FAILED", "PARTIALLY_FAILED"}[r.IntN(3)]})
				}
				appendRows(l, id, line, batch...)
				line += int64(len(batch))
				snap := l.Snapshot()
				before, older := calls.Load(), failed
				all, failed = extend(t, snap, nil, all), extend(t, snap, failing{&calls}, failed)
				if looked := calls.Load() - before; looked > int64(len(batch)) {
					t.Fatalf("%d rows were looked at for %d new ones", looked, len(batch))
				}
				checkSelection(t, all, naive(&snap, func(Row) bool { return true }))
				checkSelection(t, failed, naive(&snap, func(r Row) bool { return snap.Result(r).Bad() }))
				for r := Row(snap.rows - len(batch)); older != nil && int(r) < snap.rows; r++ {
					if older.Place(r) != older.Len() || older.Has(r) {
						t.Fatalf("a selection of %d places row %d, which came later, at %d", older.Len(), r, older.Place(r))
					}
				}
			}
		})
	}
}

func extend(t *testing.T, snap Snapshot, m Matcher, previous *Selection) *Selection {
	t.Helper()
	s, err := Select(context.Background(), snap, m, previous)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func checkSelection(t *testing.T, s *Selection, want []Row) {
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
	l := NewLog()
	appendRows(l, l.AddSource(NewText("a")), 1, testRow{nanos: 1})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Select(ctx, l.Snapshot(), nil, nil); err == nil {
		t.Error("a cancelled selection gave no error")
	}
}

func TestSelectionOfNothingIsEmpty(t *testing.T) {
	s := extend(t, NewLog().Snapshot(), nil, nil)
	if s.Len() != 0 || s.Place(0) != 0 || s.PlaceOfTime(0) != 0 {
		t.Errorf("Len %d, Place %d", s.Len(), s.Place(0))
	}
}

func TestRadixSortKeepsTheOrderOfEqualTimes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{0, 1, 255, 256, 5000} {
		rows := make([]timedRow, n)
		for i := range rows {
			rows[i] = timedRow{r.Int64N(2000) - 1000, Row(i)}
		}
		want := slices.Clone(rows)
		slices.SortStableFunc(want, func(a, b timedRow) int { return int(a.nanos - b.nanos) })
		radixSort(rows)
		if !slices.Equal(rows, want) {
			t.Errorf("%d rows: sorted wrongly", n)
		}
	}
}
