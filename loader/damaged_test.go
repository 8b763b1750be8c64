package loader_test

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/loader/demo/damaged"
	"pawprint/model"
)

// reasons are the words that damaged.Case.Want uses for the kinds of problems.
var reasons = map[model.Code]string{
	model.NotJSON: "invalid", model.NotObject: "not an object", model.CutLine: "cut", model.NestedTooDeep: "too deep", model.NulBytes: "NUL bytes",
	model.Missing: "missing", model.IsNull: "missing", model.WrongType: "wrong type", model.NotInEnumeration: "unknown value",
	model.BadTime: "malformed", model.BadIP: "malformed", model.TimeOutOfRange: "out of range", model.TimeWithoutZone: "no zone",
	model.TimeFromLake: "from p_event_time", model.LeapSecond: "leap second", model.UnusualTime: "other form", model.FailedWithoutErrors: "failed without errors",
	model.UnknownField: "unknown field", model.DuplicateKey: "duplicate key", model.HiddenText: "hidden text", model.EmptyText: "empty",
	model.Surrounded: "recovered", model.Shared: "recovered", model.Enveloped: "recovered", model.ObjectInside: "object inside",
}

// words puts a problem into the words of damaged.Case.Want.
func words(p *model.Problem) string {
	field, reason := p.Field.String(), reasons[p.Code]
	switch {
	case p.Code >= model.Surrounded && p.Code <= model.ObjectInside:
		field = "line"
	case p.Code.Reject():
		field = "line"
		if strings.Contains(p.Message(), "after the end") {
			reason = "trailing data"
		}
	case p.Field == model.FieldLake || p.Field == model.FieldNone:
		field = p.Key.Raw()
	case p.Code == model.UnknownField:
		field += "." + p.Key.Raw()
	}
	return p.Severity().String() + " " + field + " " + reason
}

func TestEveryDamagedLineIsKeptAndItsProblemsAreNamed(t *testing.T) {
	text, err := os.ReadFile("../testdata/damaged.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	l := model.NewLog()
	if err := (&loader.File{Path: "../testdata/damaged.jsonl"}).Load(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	rows := map[int64][]model.Row{}
	for r := range model.Row(s.Rows()) {
		line := s.Origin(r).Line
		rows[line] = append(rows[line], r)
	}
	lines := int64(bytes.Count(text, []byte("\n")) + 1)
	for i, c := range damaged.Cases() {
		found := []damaged.Found{{Text: bytes.TrimPrefix(c.Line, []byte("\ufeff")), Want: c.Want}}
		switch c.Kind {
		case damaged.Blank:
			found = nil
		case damaged.Recovered:
			found = c.Found
			lines += int64(len(found) - 1)
		}
		if got := rows[int64(i+1)]; len(got) != len(found) {
			t.Errorf("%s: %d rows, want %d of a %v", c.Name, len(got), len(found), c.Kind)
			continue
		}
		for k, r := range rows[int64(i+1)] {
			if flags := s.Flags(r); flags&model.FlagReject != 0 != (c.Kind == damaged.Reject) || flags&model.FlagRecovered != 0 != (c.Kind == damaged.Recovered) {
				t.Errorf("%s: flags %b, want those of a %v", c.Name, flags, c.Kind)
			}
			checkProblems(t, &s, r, c.Name, found[k])
		}
	}
	books := s.Books()
	if books.Lines != lines || lines != books.Events+books.Rejects+books.Blanks || books.Bytes != int64(len(text)) {
		t.Errorf("books %+v of %d lines and %d bytes", books, lines, len(text))
	}
}

func checkProblems(t *testing.T, s *model.Snapshot, r model.Row, name string, c damaged.Found) {
	t.Helper()
	line, err := s.Raw(r)
	if want := string(c.Text); err != nil || line.Raw() != want {
		t.Errorf("%s: raw %v, %v; want %q", name, line, err, want)
	}
	var got []string
	for _, p := range s.Problems(r) {
		got = append(got, words(&p))
		if outside := p.Offset < p.Origin.Offset || p.Offset > p.Origin.Offset+p.Origin.Length; outside && p.Code != model.Surrounded && p.Code != model.Enveloped {
			t.Errorf("%s: %s is at %d, outside of the line", name, words(&p), p.Offset)
		}
	}
	want := slices.Clone(c.Want)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\ngot  %q\nwant %q", name, got, want)
	}
}

func TestTheStoryHasNoErrorsAndTheCountsOfItsText(t *testing.T) {
	text, err := os.ReadFile("../testdata/audit.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	l := model.NewLog()
	if err := (&loader.File{Path: "../testdata/audit.jsonl"}).Load(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	counts := map[model.Result]int{}
	for r := range model.Row(s.Rows()) {
		counts[s.Result(r)]++
	}
	for result, word := range map[model.Result]string{model.Succeeded: "SUCCEEDED", model.Failed: "FAILED", model.PartiallyFailed: "PARTIALLY_FAILED"} {
		if want := bytes.Count(text, []byte(`"actionResult":"`+word+`"`)); counts[result] != want {
			t.Errorf("%d events are %s, want %d", counts[result], word, want)
		}
	}
	if b := s.Books(); b.Errors != 0 || b.Rejects != 0 || b.Events != 2000 {
		t.Errorf("books %+v", b)
	}
}
