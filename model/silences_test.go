package model

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func silencesIn(t *testing.T, s *Snapshot) *Silences {
	t.Helper()
	found, err := s.Silences(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// plainSilences finds the silences of a snapshot the plain way.
func plainSilences(s *Snapshot) (least time.Duration, behind []Row) {
	var rows []Row
	for r := range Row(s.rows) {
		if s.Flags(r)&(FlagReject|FlagNoTime) == 0 {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if s.Before(a, b) {
			return -1
		}
		return 1
	})
	var waits []time.Duration
	for i := 1; i < len(rows); i++ {
		waits = append(waits, time.Duration(s.Nanos(rows[i])-s.Nanos(rows[i-1])))
	}
	sorted := slices.Clone(waits)
	slices.Sort(sorted)
	least = time.Hour
	if n := len(sorted); n > 0 {
		least = max(least, 20*sorted[(n-1)/2])
	}
	for i, w := range waits {
		if w > least {
			behind = append(behind, rows[i+1])
		}
	}
	return least, behind
}

// TestSilencesAreFoundInWhateverOrderEventsCome compares the silences of a growing log with those found the plain way, for logs that say
// much and for some that say little.
func TestSilencesAreFoundInWhateverOrderEventsCome(t *testing.T) {
	for seed, usual := range []time.Duration{time.Second, time.Minute, 4 * time.Minute, 3 * time.Hour} {
		l, r := NewLog(), rand.New(rand.NewPCG(3, uint64(seed)))
		ids := []SourceID{l.AddSource(NewText("a")), l.AddSource(NewText("b"))}
		now, found := int64(0), 0
		var earlier *Silences
		for rows := 0; rows < SegmentRows+3000; {
			b := &Batch{Source: ids[r.IntN(2)], Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
			for range 1 + r.IntN(900) {
				record := RowRecord{Nanos: now + r.Int64N(int64(usual))}
				switch r.IntN(300) {
				case 0:
					now += int64(time.Hour) + r.Int64N(int64(100*usual))
				case 1:
					record.Flags = FlagReject
				case 2:
					record.Flags = FlagNoTime
				case 3:
					record.Nanos -= r.Int64N(int64(10 * time.Hour))
				}
				now += r.Int64N(int64(usual))
				b.AddRow(&record)
				rows++
			}
			l.Append(b)
			snap := l.Snapshot()
			got := silencesIn(t, &snap)
			least, behind := plainSilences(&snap)
			var marked []Row
			for k := range snap.Segments() {
				marked = got.Rows(k).appendTo(marked, Row(k*SegmentRows))
			}
			slices.Sort(behind)
			if got.Least() != least || !slices.Equal(marked, behind) {
				t.Fatalf("usual %v, %d rows: more than %v behind %v, want %v behind %v", usual, rows, got.Least(), marked, least, behind)
			}
			if n := len(got.Longer(least)); n != len(behind) {
				t.Fatalf("%d are listed, want %d", n, len(behind))
			}
			if earlier != nil && earlier.Standing() == got.Standing() {
				for k, marks := range earlier.marks {
					for i := marks.Next(0); i >= 0; i = marks.After(i) {
						if !got.Rows(k).Has(i) {
							t.Fatalf("the standing is the same, though row %d is not behind a silence any more", k*SegmentRows+i)
						}
					}
				}
			}
			earlier, found = got, found+len(behind)
		}
		if found == 0 {
			t.Errorf("usual %v: no silence was ever found", usual)
		}
	}
}

// TestTimesFarApartAreSilences has times that are farther apart than a length can say, and too few events for any.
func TestTimesFarApartAreSilences(t *testing.T) {
	for _, tt := range []struct {
		nanos []int64
		want  int
	}{{nil, 0}, {[]int64{5}, 0}, {[]int64{-1 << 63, 1<<63 - 1, 1<<63 - 1, 1<<63 - 1}, 1}, {[]int64{0, int64(time.Hour), int64(time.Hour)}, 0}, {[]int64{0, int64(time.Hour) + 1, int64(time.Hour) + 2, int64(time.Hour) + 3}, 1}} {
		l := NewLog()
		b := &Batch{Source: l.AddSource(NewText("a")), Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
		for _, n := range tt.nanos {
			b.AddRow(&RowRecord{Nanos: n})
		}
		l.Append(b)
		snap := l.Snapshot()
		found := silencesIn(t, &snap)
		if got := len(found.Longer(found.Least())); got != tt.want {
			t.Errorf("%v: %d silences of more than %v, want %d", tt.nanos, got, found.Least(), tt.want)
		}
	}
}

// TestStepsBackAreThoseOfOneSource interleaves two sources whose batches alternate.
func TestStepsBackAreThoseOfOneSource(t *testing.T) {
	l := NewLog()
	a, b := l.AddSource(NewText("a")), l.AddSource(NewText("b"))
	add := func(source SourceID, flags Flags, seconds ...int64) {
		batch := &Batch{Source: source, Raw: bytes.NewReader(nil), Vocabulary: NewVocabulary()}
		for _, s := range seconds {
			batch.AddRow(&RowRecord{Nanos: s * int64(time.Second), Flags: flags})
		}
		l.Append(batch)
	}
	add(a, 0, 100, 200)
	add(b, 0, 50, 40)
	add(a, FlagNoTime, 1)
	add(a, 0, 190, 300)
	snap := l.Snapshot()
	for source, want := range map[SourceID][]StepBack{a: {{1, 5, 10 * time.Second}}, b: {{2, 3, 10 * time.Second}}} {
		got, err := snap.StepsBack(context.Background(), source)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("source %d: %v, %v, want %v", source, got, err, want)
		}
	}
}
