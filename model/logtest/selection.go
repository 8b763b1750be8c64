package logtest

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"pawprint/model"
)

// Failing matches rows that failed, with simple code, and counts the rows that it checks.
type Failing struct{ Calls *atomic.Int64 }

// Narrow implements model.Matcher.
func (f Failing) Narrow(_ context.Context, _ *model.Snapshot, seg *model.Segment, rows *model.Bitmap) error {
	for i := range seg.Rows() {
		if rows.Has(i) {
			f.Calls.Add(1)
			if !model.ResultOf(seg.IDs(model.ColResult).At(i)).Bad() {
				rows.Clear(i)
			}
		}
	}
	return nil
}

// Match lists the rows that a selection must hold: those that match, by time, and by row for equal times.
func Match(s *model.Snapshot, match func(model.Row) bool) []model.Row {
	var rows []model.Row
	for r := range model.Row(s.Rows()) {
		if match(r) {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b model.Row) int {
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

// Select is model.Select for tests.
func Select(t testing.TB, snap model.Snapshot, m model.Matcher, previous *model.Selection) *model.Selection {
	t.Helper()
	s, err := model.Select(context.Background(), snap, m, previous)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Rows lists the rows of a selection.
func Rows(sel *model.Selection) []model.Row {
	var out []model.Row
	for k := range sel.Len() {
		out = append(out, sel.At(k))
	}
	return out
}
