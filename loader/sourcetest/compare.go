package sourcetest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"testing"

	"pawprint/model"
)

// Rows lists the events and rejects of a log in the order of their times, without the fields that depend on where they were read.
func Rows(s *model.Snapshot) []model.Event {
	events := make([]model.Event, 0, s.Rows())
	for r := range model.Row(s.Rows()) {
		e := s.Event(r)
		e.Row, e.Origin = 0, model.Origin{}
		e.Flags &^= model.FlagEscapes // a table rewrites its strings
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b model.Event) int { return cmp.Compare(a.Nanos, b.Nanos) })
	return events
}

func compareEvents(t *testing.T, gotLog, wantLog *model.Snapshot) {
	t.Helper()
	got, want := Rows(gotLog), Rows(wantLog)
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("event %d is\n%+v, want\n%+v", i, got[i], want[i])
			break
		}
	}
	if len(got) != len(want) {
		t.Errorf("there are %d events, want %d", len(got), len(want))
	}
}

func compareBooks(t *testing.T, got, want *model.Snapshot, converted bool) {
	t.Helper()
	checkBalance(t, got.Books())
	var sum model.Books
	for _, state := range got.Sources() {
		b := state.Books
		sum.Lines, sum.Events, sum.Bytes = sum.Lines+b.Lines, sum.Events+b.Events, sum.Bytes+b.Bytes
	}
	books, all := got.Books(), want.Books()
	if sum.Lines != books.Lines || sum.Events != books.Events || sum.Bytes != books.Bytes {
		t.Errorf("the books of the sources add up to %+v, those of the log are %+v", sum, books)
	}
	if converted {
		books.Bytes = all.Bytes
	}
	if books != all {
		t.Errorf("the books are %+v, want %+v", books, all)
	}
}

func checkBalance(t *testing.T, b model.Books) {
	t.Helper()
	if b.Lines != b.Events+b.Rejects+b.Blanks {
		t.Errorf("the books do not balance: %+v", b)
	}
}

// checkOrder checks that the rows of each source are in the order of their lines.
func checkOrder(t *testing.T, s *model.Snapshot) {
	t.Helper()
	last := make([]model.Row, len(s.Sources()))
	for r := range model.Row(s.Rows()) {
		o := s.Origin(r)
		if before := last[o.Source]; before > 0 {
			b := s.Origin(before - 1)
			if s.Nanos(r) <= s.Nanos(before-1) || o.Offset < b.Offset+b.Length || o.Line > 0 && o.Line <= b.Line {
				t.Fatalf("row %d, at line %d, byte %d, comes behind that at line %d, byte %d", r, o.Line, o.Offset, b.Line, b.Offset)
			}
		}
		last[o.Source] = r + 1
	}
}

// CheckRaw checks that the raw line of every row can be read and is JSON, except a line in which following ended.
func CheckRaw(t *testing.T, s *model.Snapshot) {
	t.Helper()
	raw := model.NewRawReader(s)
	for r := range model.Row(s.Rows()) {
		line, err := raw.Line(r)
		if s.Flags(r)&model.FlagCut != 0 && err == nil {
			continue // where following ended
		}
		if err != nil || !json.Valid(bytes.ReplaceAll(line, []byte("\t"), []byte(" "))) {
			t.Fatalf("row %d is %q, %v", r, line, err)
		}
	}
}
