package model_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pawprint/model"
	"pawprint/model/logtest"
)

func TestRowsInOrderAreInTheOrderOfTheirTimes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	for name, step := range logtest.EachStep() {
		for range 40 {
			now, from := int64(1e18), int64(math.MinInt64)
			if r.IntN(2) == 0 {
				from = now + r.Int64N(4e12) - 2e12
			}
			times := make([]int64, 1+r.IntN(3000))
			for i := range times {
				now = step(r, now)
				times[i] = now
			}
			l := model.InOrderOf(times, from)
			last, first, n := int64(math.MinInt64), int64(math.MaxInt64), 0
			for i, at := range times {
				if l.Late != nil && l.Late.Has(i) {
					continue
				}
				if at < last {
					t.Fatalf("%s: row %d is in order behind a later one", name, i)
				}
				last, first = at, min(first, at)
				n++
			}
			if n > 0 && (l.First != first || l.Last != last) || n == 0 && l.First <= l.Last {
				t.Fatalf("%s: in order from %d to %d, want %d to %d", name, l.First, l.Last, first, last)
			}
			if name == "sorted" && n < len(times) && from <= times[0] {
				t.Fatalf("%d of %d sorted rows are late", len(times)-n, len(times))
			}
		}
	}
}

func TestOneTimeFarAheadMakesNoOtherRowLate(t *testing.T) {
	times := []int64{1, 2, 900, 3, 4, 5, 6, 5, 7}
	l := model.InOrderOf(times, math.MinInt64)
	var late []int
	for i := range times {
		if l.Late.Has(i) {
			late = append(late, i)
		}
	}
	if len(late) != 2 || late[0] != 2 || l.Last != 7 {
		t.Errorf("rows %v are late, to %d; want row 2 and one of 6 and 7, to 7", late, l.Last)
	}
}

func TestOrderStartsAnewBehindATimeFarAhead(t *testing.T) {
	times := make([]int64, 1000)
	for i := range times {
		times[i] = int64(i)
	}
	if l := model.InOrderOf(times, 1e9); l.Late != nil || l.First != 0 || l.Last != 999 {
		t.Errorf("in order from %d to %d, late %v; want all rows", l.First, l.Last, l.Late != nil)
	}
	if l := model.InOrderOf(times, 10); l.Late == nil || l.Late.Count() != 10 || l.First != 10 {
		t.Errorf("in order from %d; want it to go on from 10", l.First)
	}
}
