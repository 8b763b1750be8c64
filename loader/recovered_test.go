package loader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pawprint/loader"
	"pawprint/loader/demo/damaged"
	"pawprint/model"
	"pawprint/model/query"
)

// recoveredCases are the damaged lines that hold whole events.
func recoveredCases() []damaged.Case {
	return slices.DeleteFunc(damaged.Cases(), func(c damaged.Case) bool { return c.Kind != damaged.Recovered })
}

// recoveredText is all of them as one text, with an ordinary event and a blank line between any two.
func recoveredText() []byte {
	var text []byte
	for _, c := range recoveredCases() {
		text = append(append(text, c.Line...), "\n\n{}\n"...)
	}
	return text
}

// describedRows describes all rows of a log: where they are, what they are, and their lines.
func describedRows(t *testing.T, s *model.Snapshot) (out []string) {
	t.Helper()
	for r := range model.Row(s.Rows()) {
		e := s.Event(r)
		line, err := s.Raw(r)
		if err != nil {
			t.Fatal(err)
		}
		var problems []string
		for _, p := range s.Problems(r) {
			problems = append(problems, fmt.Sprintf("%d %s", p.Offset, p.Message()))
		}
		out = append(out, fmt.Sprintf("%+v %b %d %v %q %q", e.Origin, e.Flags, e.Nanos, e.Agent, line.Raw(), problems))
	}
	return out
}

func TestRecoveredEventsAreTheSameHoweverTheTextIsRead(t *testing.T) {
	text := recoveredText()
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	logs := map[string]loader.Source{
		"a file":           &loader.File{Path: path, Workers: 3},
		"a pipe":           &loader.Reader{Label: path, From: bytes.NewReader(text)},
		"a pipe, bytewise": &loader.Reader{Label: path, From: iotest.OneByteReader(bytes.NewReader(text))},
		"a packed pipe":    &loader.Reader{Label: path, From: bytes.NewReader(gzipped(t, text))},
	}
	var want []string
	for name, source := range logs {
		l := model.NewLog()
		if err := source.Load(context.Background(), l); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s := l.Snapshot()
		got := describedRows(t, &s)
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: other rows", name)
		}
		if b := s.Books(); b.Lines != b.Events+b.Rejects+b.Blanks || b.Rejects != 0 || b.Recovered != b.Events-int64(len(recoveredCases())) || b.Bytes != int64(len(text)) {
			t.Errorf("%s: books %+v", name, b)
		}
	}
}

func TestRecoveredEventsAreTheSameInEveryForm(t *testing.T) {
	for _, c := range recoveredCases() {
		for form, text := range map[string]string{"JSON lines": "{}\n{}\n%s\n{}\n", "pretty JSON": "{\n\"a\":1\n}\n{\n\"a\":2\n}\n%s\n{\n}"} {
			l := model.NewLog()
			if err := (&loader.Reader{Label: "x", From: strings.NewReader(fmt.Sprintf(text, c.Line))}).Load(context.Background(), l); err != nil {
				t.Fatal(err)
			}
			s := l.Snapshot()
			if s.Rows() != 3+len(c.Found) || s.Books().Rejects != 0 {
				t.Errorf("%s as %s: %d rows, books %+v", c.Name, form, s.Rows(), s.Books())
				continue
			}
			for i, f := range c.Found {
				line, err := s.Raw(model.Row(2 + i))
				if err != nil || line.Raw() != string(f.Text) {
					t.Errorf("%s as %s: %v, %v", c.Name, form, line, err)
				}
				if recovered := s.Flags(model.Row(2+i))&model.FlagRecovered != 0; !recovered && len(c.Found) == 1 && c.Name != "in a page of Records" && !strings.Contains(c.Name, "record separator") {
					t.Errorf("%s as %s: it is not marked", c.Name, form)
				}
			}
		}
	}
}

func TestRecoveredEventsAreFoundByWhatTheySay(t *testing.T) {
	l := model.NewLog()
	if err := (&loader.Reader{Label: "x", From: bytes.NewReader(recoveredText())}).Load(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	for text, want := range map[string]int{
		`is:recovered`:                     int(s.Books().Recovered),
		`is:recovered action:GET_ALERT`:    int(s.Books().Recovered),
		`"in docker's log"`:                4, // of these, one behind a header, one with a line end, one behind a colour
		`"in a message, with escapes"`:     1,
		`"curl \"8\" \\ é 🔥"`:              1,
		`desc:"in a page, second"`:         2,
		`desc:"in a message, pretty"`:      1,
		`stdout`:                           1, // what stands around an event is none of it
		`_source`:                          0,
		`"the second of two"`:              1,
		`offset>0 desc:/^behind a colour/`: 2,
	} {
		e, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		sel, err := model.Select(context.Background(), s, query.Compile(e, query.Env{}), nil)
		if err != nil {
			t.Fatal(err)
		}
		if sel.Len() != want {
			t.Errorf("%s finds %d rows, want %d", text, sel.Len(), want)
		}
	}
}

func TestRecoveredEventsOfAFileThatChangedAreNotShown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	text := recoveredText()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	l := model.NewLog()
	if err := (&loader.File{Path: path}).Load(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	for r := range model.Row(s.Rows()) {
		line, err := s.Raw(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := loader.CheckPlace(&model.SourceState{Place: model.NewText(path)}, s.Origin(r).Offset, []byte(line.Raw())); err != nil {
			t.Errorf("%v at %+v: %v", line, s.Origin(r), err)
		}
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(text, []byte("GET_ALERT"), []byte("PUT_ALERT")), 0o600); err != nil {
		t.Fatal(err)
	}
	for r := range model.Row(s.Rows()) {
		if _, err := s.Raw(r); !errors.Is(err, model.ErrChanged) {
			t.Fatalf("row %d: %v", r, err)
		}
	}
}

func TestWhatStandsAroundARecoveredEventCanBeRead(t *testing.T) {
	for _, c := range recoveredCases() {
		l := model.NewLog()
		text := append(append([]byte("{}\n"), c.Line...), "\n{}\n"...)
		if err := (&loader.Reader{Label: "x", From: bytes.NewReader(text)}).Load(context.Background(), l); err != nil {
			t.Fatal(err)
		}
		s := l.Snapshot()
		for i := range c.Found {
			row := model.Row(1 + i)
			a, err := model.NewRawReader(&s).Around(row)
			if err != nil {
				t.Fatal(err)
			}
			o := s.Origin(row)
			whole := string(a.Before) + string(text[o.Offset:o.Offset+o.Length]) + string(a.After)
			if alone := len(c.Found) == 1; alone && strings.Trim(string(c.Line), " \t\r") != strings.Trim(whole, " \t\r") {
				t.Errorf("%s: around it stand %q and %q", c.Name, a.Before, a.After)
			}
			if !strings.Contains(string(c.Line), whole) {
				t.Errorf("%s: %q is not on the line", c.Name, whole)
			}
		}
	}
}
