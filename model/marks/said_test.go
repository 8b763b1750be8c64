package marks_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
	"pawprint/model/marks"
)

func TestTagsAndVerdictsAreCountedInTheRowsOfTheLog(t *testing.T) {
	mark := func(v marks.Verdict, tags ...string) *marks.Mark {
		return &marks.Mark{Words: marks.Words{Verdict: v, Tags: tags}}
	}
	here, there := mark(marks.Malicious, "exfil", "b"), mark("odd", "Exfil", "away", "")
	rows := marks.Rows{}.With(marks.Place{Row: 1, Mark: here}, marks.Place{Row: 7, Mark: here}, marks.Place{Row: model.Row(8), Mark: mark("", "b")})
	got := marks.SaidOf(slices.Values([]*marks.Mark{there, here}), rows.All())
	want := marks.Said{Tags: []marks.Word{{"b", 3}, {"Exfil", 2}, {"away", 0}}, Verdicts: []marks.Word{{"malicious", 2}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
