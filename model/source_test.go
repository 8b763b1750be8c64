package model

import (
	"bytes"
	"fmt"
	"testing"
)

func TestSnapshotsKeepTheirSources(t *testing.T) {
	l := NewLog()
	a := l.AddSource(NewText("a"))
	first := l.Snapshot()
	b := l.AddSource(NewText("b"))
	l.UpdateSource(a, func(s *SourceState) { s.Phase, s.Books.Lines = Loading, 99 })
	second := l.Snapshot()
	appendRows(l, a, 1, testRow{action: "A"})
	l.UpdateSource(b, func(s *SourceState) { s.Damaged = true })
	third := l.Snapshot()
	if s := first.Sources(); len(s) != 1 || s[0].Phase != Waiting {
		t.Errorf("first: %+v", s)
	}
	if s := second.Sources(); len(s) != 2 || s[0].Phase != Loading || s[0].Books != (Books{}) || s[1].Damaged {
		t.Errorf("second: %+v", s)
	}
	if s := third.Sources(); s[0].Books.Events != 1 || !s[1].Damaged {
		t.Errorf("third: %+v", s)
	}
}

func TestBehindCountsPackedBytes(t *testing.T) {
	for _, c := range []struct {
		state SourceState
		want  int64
	}{
		{SourceState{Size: -1}, 0},
		{SourceState{Size: 100, Books: Books{Bytes: 30}}, 70},
		{SourceState{Size: 100, Stored: 40, Books: Books{Bytes: 900}}, 60},
		{SourceState{Size: 100, Stored: 100, Books: Books{Bytes: 900}}, 0},
	} {
		if got := c.state.Behind(); got != c.want {
			t.Errorf("Behind of %+v = %d, want %d", c.state, got, c.want)
		}
	}
}

func TestManySourcesHaveIDsOfTheirOwn(t *testing.T) {
	l := NewLog()
	const n = 70_000
	for i := range n {
		l.AddSource(NewText(fmt.Sprint(i)))
	}
	appendRows(l, n-1, 1, testRow{action: "A"})
	s := l.Snapshot()
	if o := s.Origin(0); o.Source != n-1 || s.Sources()[o.Source].Name.Raw() != fmt.Sprint(n-1) {
		t.Errorf("origin %+v", o)
	}
}

// BenchmarkManySources appends one small batch to each of many sources: a batch must not cost more because there are many.
func BenchmarkManySources(b *testing.B) {
	for _, n := range []int{20, 2_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			l := NewLog()
			for range n {
				l.AddSource(NewText("a"))
			}
			batch := &Batch{Raw: bytes.NewReader(nil), Lines: 2, Vocabulary: NewVocabulary()}
			for range 2 {
				batch.AddRow(&RowRecord{})
			}
			for i := 0; b.Loop(); i++ {
				batch.Source = SourceID(i % n)
				l.Append(batch)
				l.UpdateSource(batch.Source, func(s *SourceState) { s.Phase = Loading })
			}
		})
	}
}
