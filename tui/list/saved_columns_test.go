package list

import (
	"slices"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/kit/kittest"
)

func TestSavedColumnsComeBackAsTheyWere(t *testing.T) {
	r := newListRig(t, kittest.LoadText(t, "x", kittest.Events(4)), 140, 20)
	all := &r.list.Columns.all
	*all = append(*all, newColumn("param.id", false))
	(*all)[firstFree].set, (*all)[firstFree+1].hidden = 20, true
	other := newListRig(t, kittest.LoadText(t, "x", kittest.Events(4)), 140, 20)
	if !other.list.RestoreColumns(r.list.Columns.Saved()) {
		t.Fatal("the columns are said to be invalid")
	}
	same := func(a, b columnSpec) bool {
		return a.name == b.name && a.set == b.set && a.hidden == b.hidden && a.kind == b.kind
	}
	if !slices.EqualFunc(*all, other.list.Columns.all, same) {
		t.Errorf("%+v come back as %+v", *all, other.list.Columns.all)
	}
}

func TestInvalidColumnsChangeNothing(t *testing.T) {
	for _, saved := range [][]kit.SavedColumn{{{Name: ""}}, {{Name: "ip", Hidden: true}}} {
		r := newListRig(t, kittest.LoadText(t, "x", kittest.Events(4)), 140, 20)
		if before := r.list.Columns.Names(); r.list.RestoreColumns(saved) || !slices.Equal(r.list.Columns.Names(), before) {
			t.Errorf("%+v shows the columns %q", saved, r.list.Columns.Names())
		}
	}
}
