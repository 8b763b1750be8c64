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
	l := model.NewLog()
	if err := (&loader.Reader{Label: "-", From: strings.NewReader(text)}).Load(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	s := l.Snapshot()
	copies, err := s.Copies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for r := range s.Rows() {
		if got, want := copies.Rows(0).Has(r), r == 2; got != want {
			t.Errorf("row %d is a copy: %v, want %v", r, got, want)
		}
	}
	if copies.Unnamed() != 7 {
		t.Errorf("%d events without an id, want 7", copies.Unnamed())
	}
}
