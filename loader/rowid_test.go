package loader_test

import (
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
)

func TestCopiesAreToldByTheIDOfTheRow(t *testing.T) {
	lines := []string{
		`{"actionName":"A","p_row_id":"one"}`,
		`{"actionName":"B","p_row_id":"two"}`,
		`{"actionName":"A","p_row_id":"\u006fne"}`, // one
		`{"actionName":"C"}`,
		`{"actionName":"D","p_row_id":""}`,
		`{"actionName":"D","p_row_id":""}`,
		`{"actionName":"E","p_row_id":7}`,
		`{"actionName":"E","p_row_id":7}`,
		`{"p_row_id":"two"`, // a reject
		`{"actionName":"C"}`,
		``,
		`{"x":{"p_row_id":"one"}}`,
	}
	text := strings.Join(lines, "\n")
	for _, on := range []bool{false, true} {
		l := model.NewLog()
		if err := (&loader.Reader{Label: "-", From: strings.NewReader(text), Limits: loader.Limits{RowIDs: on}}).Load(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		s := l.Snapshot()
		for r := range model.Row(s.Rows()) {
			if got, want := s.Flags(r)&model.FlagDuplicate != 0, on && r == 2; got != want {
				t.Errorf("with %v, row %d is a copy: %v, want %v", on, r, got, want)
			}
		}
	}
}
