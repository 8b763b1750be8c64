package tui

import (
	"slices"
	"testing"
)

func TestSavedColumnsComeBackAsTheyWere(t *testing.T) {
	r := newListRig(t, loadText(t, "x", events(4)), 140, 20)
	all := &r.list.columns.all
	*all = append(*all, newColumn("param.id", false))
	(*all)[firstFree].set, (*all)[firstFree+1].hidden = 20, true
	other := newListRig(t, loadText(t, "x", events(4)), 140, 20)
	if !other.list.restoreColumns(r.list.columns.saved()) {
		t.Fatal("the columns are said to be invalid")
	}
	same := func(a, b columnSpec) bool {
		return a.name == b.name && a.set == b.set && a.hidden == b.hidden && a.kind == b.kind
	}
	if !slices.EqualFunc(*all, other.list.columns.all, same) {
		t.Errorf("%+v come back as %+v", *all, other.list.columns.all)
	}
}

func TestInvalidColumnsChangeNothing(t *testing.T) {
	for _, saved := range [][]SavedColumn{{{Name: ""}}, {{Name: "ip", Hidden: true}}} {
		r := newListRig(t, loadText(t, "x", events(4)), 140, 20)
		if before := r.list.columns.names(); r.list.restoreColumns(saved) || !slices.Equal(r.list.columns.names(), before) {
			t.Errorf("%+v shows the columns %q", saved, r.list.columns.names())
		}
	}
}
