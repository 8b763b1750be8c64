package model

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/model/clock"
)

func TestSortedOrdersRowsByAnyKey(t *testing.T) {
	for name, step := range steps {
		s := newSampler(step)
		s.add(SegmentRows + 300)
		snap := s.log.Snapshot()
		var calls atomic.Int64
		for _, sel := range []*Selection{extend(t, snap, nil, nil), extend(t, snap, failing{&calls}, nil)} {
			for _, key := range []Key{{}, ByColumn(ColAction), ByColumn(ColUserAgent), ByActor(), ByClass(), ByLine(roleValue), ByStep(clock.Step{Length: time.Hour})} {
				for _, descending := range []bool{false, true} {
					got, err := Sorted(context.Background(), sel, Order{By: key, Descending: descending})
					if err != nil {
						t.Fatal(err)
					}
					if want := naiveOrder(sel, key, descending); !slices.Equal(got, want) {
						t.Fatalf("%s log, %d rows, key %d, descending %t: wrong order", name, sel.Len(), key.kind, descending)
					}
				}
			}
			got, err := Sorted(context.Background(), sel, Order{Appended: true})
			if err != nil || !slices.IsSorted(got) || len(got) != sel.Len() {
				t.Fatalf("%s log: %d rows as they were appended, want %d; %v", name, len(got), sel.Len(), err)
			}
		}
	}
}

func naiveOrder(sel *Selection, key Key, descending bool) []Row {
	rows := naive(&sel.snap, sel.Has)
	values := map[Row]string{}
	for _, r := range rows {
		if v, ok := keyOf(&sel.snap, r, key); ok && sel.snap.Flags(r)&FlagReject == 0 {
			values[r] = v
		}
	}
	if key.kind == keyNothing {
		if descending {
			slices.Reverse(rows)
		}
		return rows
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		x, y := values[a], values[b]
		switch {
		case x == "" && y == "":
			return 0
		case x == "":
			return 1
		case y == "":
			return -1
		case descending:
			return strings.Compare(y, x)
		}
		return strings.Compare(x, y)
	})
	return rows
}

func TestSortedStopsWhenItIsCancelled(t *testing.T) {
	s := newSampler(steps["sorted"])
	s.add(100)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, o := range []Order{{}, {By: ByActor()}} {
		if _, err := Sorted(ctx, extend(t, s.log.Snapshot(), nil, nil), o); !errors.Is(err, context.Canceled) {
			t.Errorf("Sorted = %v, want context.Canceled", err)
		}
	}
}

func BenchmarkSorted(b *testing.B) {
	const rows = 1_000_000
	sel, err := Select(context.Background(), bigLog(rows, steps["nearly sorted"]).Snapshot(), nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	for name, o := range map[string]Order{"action": {By: ByColumn(ColAction)}, "actor": {By: ByActor(), Descending: true}} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if _, err := Sorted(context.Background(), sel, o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/rows, "ns/event")
		})
	}
}
