package model

import (
	"bytes"
	"context"
	"math/rand/v2"
	"runtime"
	"testing"
)

// copiesOf returns the copies of a snapshot.
func copiesOf(t *testing.T, s Snapshot) *Copies {
	t.Helper()
	c, err := s.Copies(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheFirstOfCopiesIsTheOriginalInWhateverOrderTheyCome(t *testing.T) {
	l, r := NewLog(), rand.New(rand.NewPCG(8, 8))
	ids := []SourceID{l.AddSource(NewText("a")), l.AddSource(NewText("b"))}
	type event struct {
		id     RowID
		nanos  int64
		source SourceID
		reject bool
	}
	var events []event
	for len(events) < SegmentRows+5000 {
		b := &Batch{Source: ids[r.IntN(2)], Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
		withIDs := r.IntN(4) > 0
		for range 1 + r.IntN(700) {
			e := event{nanos: r.Int64N(3000), source: b.Source}
			if withIDs {
				e.id = RowID{r.Uint64N(3), r.Uint64N(6000)} // much alike, some of them zero
			}
			if r.IntN(10) == 0 {
				e.reject, e.id = true, RowID{}
			}
			record := RowRecord{Nanos: e.nanos, ID: e.id}
			if e.reject {
				record.Flags = FlagReject
			}
			b.AddRow(&record)
			events = append(events, e)
		}
		l.Append(b)
		if r.IntN(4) > 0 && len(events) < SegmentRows {
			continue
		}
		snap := l.Snapshot()
		copies := copiesOf(t, snap)
		first, unnamed, bySource := map[RowID]int{}, int64(0), map[SourceID]int64{}
		for i, e := range events {
			if k, ok := first[e.id]; !ok || snap.Before(Row(i), Row(k)) {
				first[e.id] = i
			}
			if !e.reject && e.id == (RowID{}) {
				unnamed++
			}
		}
		for i, e := range events {
			want := e.id != (RowID{}) && first[e.id] != i
			if got := copies.Rows(i / SegmentRows).Has(i % SegmentRows); got != want {
				t.Fatalf("row %d of %d: a copy is %v, want %v", i, len(events), got, want)
			}
			if want {
				bySource[e.source]++
			}
		}
		a, b2 := bySource[ids[0]], bySource[ids[1]]
		if copies.In(ids[0]) != a || copies.In(ids[1]) != b2 || copies.Len() != a+b2 || copies.Unnamed() != unnamed {
			t.Fatalf("%d and %d copies, %d in all, %d without an id; want %d, %d, %d, %d",
				copies.In(ids[0]), copies.In(ids[1]), copies.Len(), copies.Unnamed(), a, b2, a+b2, unnamed)
		}
	}
}

func TestABatchMayGoToSeveralLogs(t *testing.T) {
	b := &Batch{Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
	b.AddRow(&RowRecord{ID: RowID{1, 2}})
	a, c := NewLog(), NewLog()
	a.AddSource(NewText("a"))
	c.AddSource(NewText("a"))
	a.Append(b)
	a.Append(b)
	c.Append(b)
	if got := copiesOf(t, c.Snapshot()).Len(); got != 0 {
		t.Errorf("%d copies of another log count here", got)
	}
	if got := copiesOf(t, a.Snapshot()).Len(); got != 1 {
		t.Errorf("%d copies, want 1", got)
	}
	b.Reset()
	b.AddRow(&RowRecord{})
	c.Append(b)
	if got := copiesOf(t, c.Snapshot()).Unnamed(); got != 1 {
		t.Errorf("Reset leaves ids: %d rows without one, want 1", got)
	}
}

func TestCopiesAreKnownOnlyOnceSomebodyAsked(t *testing.T) {
	l := NewLog()
	b := &Batch{Source: l.AddSource(NewText("a")), Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
	b.AddRow(&RowRecord{ID: RowID{1, 2}})
	b.AddRow(&RowRecord{ID: RowID{1, 2}})
	l.Append(b)
	snap := l.Snapshot()
	if got := snap.KnownCopies(); got != nil || got.Len() != 0 || got.In(0) != 0 {
		t.Errorf("KnownCopies = %v before anybody asked", got)
	}
	copiesOf(t, snap)
	if again := l.Snapshot(); again.KnownCopies().In(0) != 1 {
		t.Errorf("%d copies are known, want 1", again.KnownCopies().In(0))
	}
}

func TestATableOfRowsStaysSmall(t *testing.T) {
	l := NewLog()
	source := l.AddSource(NewText("a"))
	const n = 20 * SegmentRows
	for from := 0; from < n; from += SegmentRows {
		b := &Batch{Source: source, Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
		for i := range uint64(SegmentRows) {
			b.AddRow(&RowRecord{ID: RowID{uint64(from) + i + 1, 7}})
		}
		l.Append(b)
	}
	snap := l.Snapshot()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var table rowTable
	for r := range Row(n) {
		if _, ok := table.add(&snap, r); ok {
			t.Fatalf("row %d is taken for an earlier one", r)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if got := float64(after.HeapAlloc-before.HeapAlloc) / n; got > 8 {
		t.Errorf("%.1f bytes a row, want at most 8", got)
	}
	for r := range Row(n) {
		if known, ok := table.add(&snap, r); !ok || *known != r {
			t.Fatalf("row %d is not found again", r)
		}
	}
}

func TestClearFrom(t *testing.T) {
	for _, from := range []int{0, 1, 63, 64, 65, 1000, SegmentRows - 1, SegmentRows} {
		var b Bitmap
		b.SetRange(0, SegmentRows)
		b.ClearFrom(from)
		if b.Count() != from || b.Next(from%SegmentRows) >= 0 && from < SegmentRows {
			t.Errorf("ClearFrom(%d) leaves %d marks", from, b.Count())
		}
	}
}
