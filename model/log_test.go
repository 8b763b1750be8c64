package model

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

func TestSnapshotsNeverChangeWhileTheLogGrows(t *testing.T) {
	l := NewLog()
	id := l.AddSource(NewText("a"))
	var wg sync.WaitGroup
	const batches, rows = 400, 97
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				s := l.Snapshot()
				for r := range s.Rows() {
					e := s.Event(Row(r))
					if want := fmt.Sprintf("ACTION_%d", r%rows); e.Action.Raw() != want || e.Nanos != int64(r) {
						t.Errorf("row %d: action %v at %d, want %s", r, e.Action, e.Nanos, want)
						return
					}
				}
				if s.Rows() == batches*rows {
					return
				}
			}
		}()
	}
	for k := range batches {
		var batch []testRow
		for i := range rows {
			batch = append(batch, testRow{nanos: int64(k*rows + i), action: fmt.Sprintf("ACTION_%d", i), result: "SUCCEEDED"})
		}
		appendRows(l, id, int64(k*rows+1), batch...)
	}
	wg.Wait()
}

func TestLogKeepsEveryColumnAcrossSegments(t *testing.T) {
	l := NewLog()
	a, b := l.AddSource(NewText("a")), l.AddSource(NewText("b"))
	random := rand.New(rand.NewPCG(1, 2))
	var want []testRow
	var origins []Origin
	lines := map[SourceID]int64{a: 1, b: 1}
	for len(want) < 3*SegmentRows {
		id := []SourceID{a, b}[random.IntN(2)]
		var batch []testRow
		for range 1 + random.IntN(5000) {
			batch = append(batch, testRow{nanos: random.Int64N(1e15), action: fmt.Sprintf("A%d", random.IntN(70_000)),
				result: []string{"SUCCEEDED", "FAILED", "PARTIALLY_FAILED", "ODD"}[random.IntN(4)], actor: []string{"", "homer", "ci"}[random.IntN(3)]})
			origins = append(origins, Origin{Source: id, Line: lines[id]})
			lines[id]++
		}
		appendRows(l, id, lines[id]-int64(len(batch)), batch...)
		want = append(want, batch...)
	}
	s := l.Snapshot()
	if s.Rows() != len(want) {
		t.Fatalf("%d rows, want %d", s.Rows(), len(want))
	}
	for i, w := range want {
		e := s.Event(Row(i))
		if e.Nanos != w.nanos || e.Action.Raw() != w.action || e.Outcome.Raw() != w.result || e.Actor.Name.Raw() != w.actor ||
			e.Origin.Source != origins[i].Source || e.Origin.Line != origins[i].Line {
			t.Fatalf("row %d = %+v, want %+v from %+v", i, e, w, origins[i])
		}
	}
	for _, r := range []Row{0, SegmentRows - 1, SegmentRows, Row(len(want) - 1)} {
		line, err := s.Raw(r)
		if err != nil || !strings.Contains(line.Raw(), `"`+want[r].action+`"`) {
			t.Errorf("Raw(%d) = %v, %v; want the action %s", r, line, err, want[r].action)
		}
	}
	if r := s.Result(1); r.word() != want[1].result && r != UnknownResult {
		t.Errorf("Result(1) = %v, want %v", r, want[1].result)
	}
}

func TestRowsWithoutATimeStandWhereTheRowBeforeStands(t *testing.T) {
	l := NewLog()
	id := l.AddSource(NewText("a"))
	appendRows(l, id, 1, testRow{flags: FlagReject | FlagNoTime}, testRow{nanos: 50}, testRow{flags: FlagNoTime}, testRow{nanos: 70})
	appendRows(l, id, 5, testRow{flags: FlagNoTime}, testRow{nanos: 60})
	s := l.Snapshot()
	var got []int64
	for r := range s.Rows() {
		got = append(got, s.Nanos(Row(r)))
	}
	if want := []int64{50, 50, 50, 70, 70, 60}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("times = %v, want %v", got, want)
	}
	if p := s.Problems(0); len(p) != 1 || p[0].Code != NotJSON || p[0].Offset != 3 || p[0].Severity() != Error {
		t.Errorf("problems of the reject: %+v", p)
	}
}

func TestBooksBalance(t *testing.T) {
	l := NewLog()
	id := l.AddSource(NewText("a"))
	appendRows(l, id, 1, testRow{nanos: 1}, testRow{flags: FlagReject | FlagNoTime}, testRow{nanos: 3})
	l.Append(&Batch{Source: id, Lines: 2, Blanks: 2, Length: 2, Vocabulary: NewVocabulary()})
	s := l.Snapshot()
	b := s.Books()
	if b.Lines != 5 || b.Events != 2 || b.Rejects != 1 || b.Blanks != 2 || b.Errors != 1 {
		t.Errorf("books = %+v", b)
	}
	if s.Sources()[id].Books != b {
		t.Errorf("books of the source = %+v, want %+v", s.Sources()[id].Books, b)
	}
}

// changing is a source whose bytes were overwritten.
type changing struct {
	b     []byte
	reads int
}

func (c *changing) ReadAt(p []byte, off int64) (int, error) {
	c.reads++
	return copy(p, c.b[off:]), nil
}

func TestRawRefusesBytesThatChanged(t *testing.T) {
	l := NewLog()
	id := l.AddSource(NewText("a"))
	raw := &changing{b: []byte("{\"a\":1}\n")}
	b := &Batch{Source: id, Raw: raw, Line: 1, Lines: 1, Length: 8, Summed: 8, Sum: Checksum(raw.b), Vocabulary: NewVocabulary()}
	b.AddRow(&RowRecord{Length: 7})
	l.Append(b)
	s := l.Snapshot()
	if line, err := s.Raw(0); err != nil || line.Raw() != `{"a":1}` {
		t.Fatalf("Raw = %v, %v", line, err)
	}
	raw.b[5] = '2'
	if _, err := s.Raw(0); !errors.Is(err, ErrChanged) {
		t.Errorf("Raw after a change: %v, want ErrChanged", err)
	}
}

// A batch that changed is read once, and not again for each of its rows.
func TestABatchThatChangedIsReadOnce(t *testing.T) {
	l := NewLog()
	id := l.AddSource(NewText("a"))
	raw := &changing{b: []byte(strings.Repeat("{}\n", 100))}
	b := &Batch{Source: id, Raw: raw, Line: 1, Lines: 100, Length: 300, Summed: 300, Sum: Checksum(raw.b), Vocabulary: NewVocabulary()}
	for i := range 100 {
		b.AddRow(&RowRecord{Offset: uint32(3 * i), Length: 2})
	}
	l.Append(b)
	s := l.Snapshot()
	raw.b[5] = '2'
	reader := NewRawReader(&s)
	for r := range Row(100) {
		if _, err := reader.Line(r); !errors.Is(err, ErrChanged) {
			t.Fatalf("row %d: %v, want ErrChanged", r, err)
		}
	}
	if raw.reads != 1 {
		t.Errorf("the batch was read %d times", raw.reads)
	}
}

func TestWaitReturnsAtAChangeOrAtTheEndOfItsContext(t *testing.T) {
	l := NewLog()
	s := l.Snapshot()
	done := make(chan error)
	go func() { done <- l.Wait(context.Background(), s.Revision()) }()
	l.AddSource(NewText("a"))
	if err := <-done; err != nil {
		t.Errorf("Wait = %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s = l.Snapshot()
	if err := l.Wait(ctx, s.Revision()); !errors.Is(err, context.Canceled) {
		t.Errorf("Wait with an ended context = %v", err)
	}
}
