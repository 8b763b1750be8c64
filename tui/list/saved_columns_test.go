package list

import (
	"slices"
	"strings"
	"testing"

	"pawprint/model/query"
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

func TestAViewBringsItsColumnsAndTheUsersComeBack(t *testing.T) {
	r := newListRig(t, kittest.LoadText(t, "x", kittest.Events(4)), 140, 20)
	show := func(filter string) string {
		view, _ := (*query.Library)(nil).ViewOf(kit.MustParse(filter))
		r.list.ShowColumnsFor(view)
		return strings.Join(r.list.Columns.Names()[firstFree:], " ")
	}
	r.press("c space esc") // hides the action
	own := show("")
	if own != "actor target ip error" {
		t.Fatalf("the user's columns are %s", own)
	}
	signIns := show("view:new-sign-ins")
	if !strings.HasPrefix(signIns, "actor ip userAgent") {
		t.Errorf("sign-ins have the columns %s", signIns)
	}
	for _, narrower := range []string{"view:new-sign-ins actor:x", "is:failed view:new-sign-ins"} {
		if got := show(narrower); got != signIns {
			t.Errorf("%s has the columns %s, want %s", narrower, got, signIns)
		}
	}
	if got := show("view:roles"); got == signIns || !strings.HasPrefix(got, "actor target param.role") {
		t.Errorf("roles have the columns %s", got)
	}
	for _, filter := range []string{"", "-view:roles", "view:roles OR is:failed", "view:roles,users"} {
		if got := show(filter); got != own {
			t.Errorf("%q has the columns %s, want those of the user, %s", filter, got, own)
		}
	}
	show("view:new-sign-ins")
	r.press("c space esc")
	changed := strings.Join(r.list.Columns.Names()[firstFree:], " ")
	show("")
	if got := show("view:new-sign-ins"); got != changed || got == signIns {
		t.Errorf("the view comes back with the columns %s, want %s", got, changed)
	}
	r.press("c R esc")
	if got := show("view:new-sign-ins"); got != signIns {
		t.Errorf("reset, the view has the columns %s, want its own, %s", got, signIns)
	}
}
