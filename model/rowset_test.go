package model

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"testing"
)

func TestDuplicatesAreTheLaterOnesInAnySource(t *testing.T) {
	l, r := NewLog(), rand.New(rand.NewPCG(8, 8))
	ids := []SourceID{l.AddSource(NewText("a")), l.AddSource(NewText("b"))}
	seen := map[RowID]bool{}
	var want []bool
	duplicates := map[SourceID]int64{}
	for len(want) < SegmentRows+5000 {
		b := &Batch{Source: ids[r.IntN(2)], Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
		withIDs := r.IntN(4) > 0
		for range 1 + r.IntN(700) {
			record := RowRecord{}
			id := RowID{r.Uint64N(3), r.Uint64N(6000)} // much alike, some of them zero
			if r.IntN(10) == 0 {
				record.Flags, id = FlagReject|FlagNoTime, RowID{}
			}
			b.AddRow(&record)
			if !withIDs {
				want = append(want, false)
				continue
			}
			b.RowIDs = append(b.RowIDs, id)
			want = append(want, id != RowID{} && seen[id])
			if want[len(want)-1] {
				duplicates[b.Source]++
			}
			seen[id] = true
		}
		l.Append(b)
	}
	snap := l.Snapshot()
	for i, w := range want {
		if got := snap.Flags(Row(i))&FlagDuplicate != 0; got != w {
			t.Fatalf("row %d: duplicate is %v, want %v", i, got, w)
		}
	}
	for _, id := range ids {
		if got := snap.Sources()[id].Books.Duplicates; got != duplicates[id] || got == 0 {
			t.Errorf("source %d: %d duplicates, want %d", id, got, duplicates[id])
		}
	}
	if got := snap.Books().Duplicates; got != duplicates[ids[0]]+duplicates[ids[1]] {
		t.Errorf("%d duplicates in all, want the sum", got)
	}
}

func TestABatchMayGoToSeveralLogs(t *testing.T) {
	b := &Batch{Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
	b.AddRow(&RowRecord{})
	b.RowIDs = []RowID{{1, 2}}
	a, c := NewLog(), NewLog()
	a.AddSource(NewText("a"))
	c.AddSource(NewText("a"))
	a.Append(b)
	a.Append(b)
	c.Append(b)
	s := c.Snapshot()
	if s.Flags(0)&FlagDuplicate != 0 || s.Books().Duplicates != 0 {
		t.Error("a duplicate of another log counts here")
	}
	b.Reset()
	if len(b.RowIDs) != 0 {
		t.Errorf("Reset leaves %d row ids", len(b.RowIDs))
	}
}

func TestRowSetStaysSmall(t *testing.T) {
	var set rowSet
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	const n = 500_000
	for i := range uint64(n) {
		if !set.add(RowID{i + 1, 7}) {
			t.Fatalf("id %d is taken for an earlier one", i)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if got := float64(after.HeapAlloc-before.HeapAlloc) / n; got > 32 {
		t.Errorf("%.1f bytes an id, want at most 32", got)
	}
	for i := range uint64(n) {
		if set.add(RowID{i + 1, 7}) {
			t.Fatalf("id %d is taken for a new one", i)
		}
	}
}
