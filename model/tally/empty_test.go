package tally

import (
	"testing"

	"pawprint/model"
)

func TestOnlyASourceWithNothingInItIsEmpty(t *testing.T) {
	for _, c := range []struct {
		name   string
		source model.SourceState
		want   string
	}{
		{"a file", model.SourceState{Phase: model.Complete}, "is empty"},
		{"a packed file", model.SourceState{Phase: model.Complete, Stored: 20}, "is empty: nothing is packed in it"},
		{"a blank line", model.SourceState{Phase: model.Complete, Books: model.Books{Lines: 1, Blanks: 1, Bytes: 1}}, "has only a blank line"},
		{"blank lines", model.SourceState{Phase: model.Complete, Books: model.Books{Lines: 2, Blanks: 2, Bytes: 2}}, "has only 2 blank lines"},
		{"no record", model.SourceState{Phase: model.Complete, Books: model.Books{Bytes: 2}}, "has no record in it"},
		{"a reject", model.SourceState{Phase: model.Complete, Books: model.Books{Lines: 1, Rejects: 1, Bytes: 2}}, ""},
		{"a copy", model.SourceState{Phase: model.Complete, Copy: true}, ""},
		{"a packed copy", model.SourceState{Phase: model.Complete, Copy: true, Stored: 20}, ""},
		{"a prefix or a folder", model.SourceState{Phase: model.Complete, Listing: true}, ""},
		{"a damaged file", model.SourceState{Phase: model.Complete, Damaged: true}, ""},
		{"a broken file", model.SourceState{Phase: model.Broken}, ""},
		{"a file that is followed", model.SourceState{Phase: model.Following}, ""},
	} {
		if got := Emptiness(&c.source); got != c.want {
			t.Errorf("%s: Emptiness = %q, want %q", c.name, got, c.want)
		}
	}
}
