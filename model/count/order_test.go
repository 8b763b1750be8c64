package count

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/logtest"
)

func TestSortedOrdersRowsByAnyKey(t *testing.T) {
	t.Parallel()
	for name, step := range logtest.EachStep() {
		s := logtest.NewSampler(step)
		s.Add(model.SegmentRows + 300)
		snap := s.Log.Snapshot()
		var calls atomic.Int64
		for _, sel := range []*model.Selection{logtest.Select(t, snap, nil, nil), logtest.Select(t, snap, logtest.Failing{Calls: &calls}, nil)} {
			rows := logtest.Match(&snap, sel.Has)
			for _, key := range []Key{{}, ByColumn(model.ColAction), ByColumn(model.ColUserAgent), ByActor(), ByIdentity(), ByClass(), ByLine(roleValue), ByNumber(tenthLine), ByReject(), ByStep(clock.Step{Length: time.Hour})} {
				values := valuesOf(&snap, rows, key)
				for _, descending := range []bool{false, true} {
					got, err := Sorted(context.Background(), sel, Order{By: key, Descending: descending})
					if err != nil {
						t.Fatal(err)
					}
					if want := naiveOrder(rows, values, key, descending); !slices.Equal(got, want) {
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

// valuesOf returns what each of the rows is sorted by, or nothing.
func valuesOf(s *model.Snapshot, rows []model.Row, key Key) []string {
	values := make([]string, s.Rows())
	for _, r := range rows {
		e := s.Event(r)
		if v, ok := keyOf(s, r, &e, key); ok && (!e.Reject() || key.kind == keyReject) {
			if values[r] = v; key.kind == keyNumber {
				values[r] = padded(v)
			}
		}
	}
	return values
}

func naiveOrder(rows []model.Row, values []string, key Key, descending bool) []model.Row {
	rows = slices.Clone(rows)
	if key.kind == keyNothing {
		if descending {
			slices.Reverse(rows)
		}
		return rows
	}
	slices.SortStableFunc(rows, func(a, b model.Row) int {
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

// padded makes numbers compare as texts do.
func padded(digits string) string { return strings.Repeat("0", 20-len(digits)) + digits }

func TestSortedStopsWhenItIsCancelled(t *testing.T) {
	s := logtest.NewSampler(logtest.Steps["sorted"])
	s.Add(100)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, o := range []Order{{}, {By: ByActor()}} {
		if _, err := Sorted(ctx, logtest.Select(t, s.Log.Snapshot(), nil, nil), o); !errors.Is(err, context.Canceled) {
			t.Errorf("Sorted = %v, want context.Canceled", err)
		}
	}
}

func BenchmarkSorted(b *testing.B) {
	const rows = 1_000_000
	sel, err := model.Select(context.Background(), logtest.Big(rows, logtest.Steps["nearly sorted"]).Snapshot(), nil, nil)
	if err != nil {
		b.Fatal(err)
	}
	for name, o := range map[string]Order{"action": {By: ByColumn(model.ColAction)}, "actor": {By: ByActor(), Descending: true}} {
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
