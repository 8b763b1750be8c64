package marks_test

import (
	"testing"

	"pawprint/model"
	"pawprint/model/marks"
)

func TestTheMarkOfAnotherCopyIsFoundByTheIDOfTheEvent(t *testing.T) {
	first := logOf(t, at(1, `"p_row_id":"a"`), at(1, `"p_row_id":"a","p_log_type":"x"`), at(2))
	other := logOf(t, at(1, `"p_row_id":"\u0061","p_source_label":"lake"`), at(3, `"p_row_id":"b"`), at(4), at(5, `"p_row_id":""`))
	silent, noted, unnamed := markOf(t, first, 0), markOf(t, first, 1), markOf(t, first, 2)
	noted.Note = "ask marge"
	var c marks.Copies
	want := func(when string, want ...*marks.Mark) {
		t.Helper()
		for r, m := range want {
			if got := c.Of(other.RowID(model.Row(r))); got != m {
				t.Errorf("%s the mark for row %d is %v, want %v", when, r, got, m)
			}
		}
	}
	want("without any", nil, nil, nil, nil)
	c.Put(silent)
	c.Put(unnamed)
	want("with one", silent, nil, nil, nil)
	c.Put(noted)
	want("with two", noted, nil, nil, nil)
	edited := *noted
	edited.Note = "asked"
	c.Put(&edited)
	want("after an edit", &edited, nil, nil, nil)
	c.Drop(edited.Sum, edited.RowID)
	want("when one is gone", silent, nil, nil, nil)
	c.Drop(silent.Sum, silent.RowID)
	c.Drop(unnamed.Sum, unnamed.RowID)
	want("when all are gone", nil, nil, nil, nil)
}
