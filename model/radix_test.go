package model

import (
	"math/rand/v2"
	"slices"
	"testing"
)

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
