package kit

import (
	"slices"
	"testing"

	"pawprint/model"
	"pawprint/model/query"
)

// Two conditions that exclude each other find nothing: the new one takes the place of the old one.
func TestOppositeConditionsReplaceEachOther(t *testing.T) {
	for _, tt := range []struct {
		name string
		f    FilterText
		add  string
		want FilterText
	}{
		{"out after in", FilterText{Text: "actor=ann is:write"}, "-actor=ann", FilterText{Text: "is:write -actor=ann"}},
		{"in after out", FilterText{Text: "-actor=ann is:write"}, "actor=ann", FilterText{Text: "is:write actor=ann"}},
		{"in words", FilterText{Text: "NOT (a OR b)"}, "(a OR b)", FilterText{Text: "a OR b"}},
		{"unequal", FilterText{Text: "actor!=ann"}, "actor=ann", FilterText{Text: "actor=ann"}},
		{"another value", FilterText{Text: "actor=ann"}, "-actor=ben", FilterText{Text: "actor=ann -actor=ben"}},
		{"switched off", FilterText{Text: "a -b", Off: "-b\n"}, "b", FilterText{Text: "a b"}},
		{"failures only", FilterText{FailedOnly: true}, "-is:failed", FilterText{Text: "-is:failed"}},
		{"hidden reads", FilterText{HideReads: true, Text: "a"}, "is:read", FilterText{Text: "a is:read"}},
	} {
		if got := tt.f.With(MustParse(tt.add)); got != tt.want {
			t.Errorf("%s: %+v with %s is %+v, want %+v", tt.name, tt.f, tt.add, got, tt.want)
		}
	}
	for _, tt := range []struct {
		f    FilterText
		do   Command
		want FilterText
	}{
		{FilterText{Text: "a -is:failed"}, CmdFailedOnly, FilterText{Text: "a", FailedOnly: true}},
		{FilterText{Text: "is:read"}, CmdHideReads, FilterText{HideReads: true}},
		{FilterText{Text: "-is:failed", FailedOnly: true}, CmdFailedOnly, FilterText{Text: "-is:failed"}},
	} {
		if got, ok := tt.f.Switched(tt.do); !ok || got != tt.want {
			t.Errorf("%+v switched by %d is %+v, want %+v", tt.f, tt.do, got, tt.want)
		}
	}
}

func TestEditedChipStandsAtTheEndOfTheSameFilter(t *testing.T) {
	for _, text := range []string{"a", "is:failed since:7d", "a OR b", "since:2 weeks ago x -(y OR z)", `is:failed actor=ci-token -(action:delete OR action:create) since:7d "cannot delete" ua:curl`, `time:"2026-11-02 10:00" "5 days"`} {
		f, err := FilterText{Text: text}.Parse()
		if err != nil {
			t.Fatal(err)
		}
		for i := range f.Chips {
			got, ok := f.Editing(i)
			if !ok {
				t.Fatalf("chip %d of %q cannot be edited", i, text)
			}
			e, err := query.Parse(got)
			if err != nil {
				t.Fatalf("editing chip %d of %q gives %q: %v", i, text, got, err)
			}
			terms := query.Terms(e)
			if len(terms) != len(f.Chips) || terms[len(terms)-1].String() != f.Chips[i].Text {
				t.Errorf("editing chip %d of %q gives %q", i, text, got)
			}
		}
	}
	if _, ok := (FilterText{Text: "a"}).Editing(1); ok {
		t.Error("a chip that is not there can be edited")
	}
}

func TestFiltersOfHostileValuesRoundTrip(t *testing.T) {
	for _, text := range []string{"a b", `"`, `\`, "*", "a*b", "/x/", "(", ")", "-x", "x,y", "AND", "a:b", "\n\t\x1b[31m", "\u202e", "", " ", "\xff", "since:2 weeks", "=", "é家"} {
		for _, name := range []string{"action", "actor", "param.x", ".a b", "actor.id"} {
			v := Value{Name: name, Text: model.NewText(text)}
			for _, e := range []query.Expr{v.Expr(), query.Not(v.Expr())} {
				f := FilterText{Text: "is:failed", FailedOnly: true}.With(e)
				back, err := query.Parse(f.Text)
				if err != nil {
					t.Errorf("%q: %v", f.Text, err)
					continue
				}
				if got := back.String(); got != f.Text {
					t.Errorf("Parse(%q).String() = %q", f.Text, got)
				}
				off, err := f.Toggled(2).Parse()
				if err != nil || len(off.Chips) != 3 || !off.Chips[2].Off {
					t.Errorf("%q cannot be switched off: %v %+v", f.Text, err, off.Chips)
				}
				if got := f.Without(2).Text; got != "is:failed" {
					t.Errorf("without the term %q is %q", f.Text, got)
				}
			}
		}
	}
}

// A saved view is one chip; the text of the filter, and what removing and switching off do to it, stay the same.
func TestTheConditionsOfASavedViewAreOneChip(t *testing.T) {
	view := &SavedView{Name: "mine", Query: "action:delete actor:ci"}
	for _, tt := range []struct {
		f       FilterText
		chips   []string
		without FilterText // the chip of the view, or the first
		toggled FilterText
	}{
		{FilterText{Text: "action:delete actor:ci"}, []string{"mine"}, FilterText{}, FilterText{Text: "action:delete actor:ci", Off: "action:delete\nactor:ci\n"}},
		{FilterText{Text: "x action:delete actor:ci y", FailedOnly: true}, []string{"is:failed", "x", "mine", "y"},
			FilterText{Text: "x y", FailedOnly: true}, FilterText{Text: "x action:delete actor:ci y", FailedOnly: true, Off: "action:delete\nactor:ci\n"}},
		{FilterText{Text: "action:delete actor:ci", Off: "action:delete\nactor:ci\n"}, []string{"mine"}, FilterText{}, FilterText{Text: "action:delete actor:ci"}},
		{FilterText{Text: "action:delete actor:ci", Off: "actor:ci\n"}, []string{"action:delete", "actor:ci"},
			FilterText{Text: "actor:ci", Off: "actor:ci\n"}, FilterText{Text: "action:delete actor:ci", Off: "action:delete\nactor:ci\n"}},
		{FilterText{Text: "actor:ci action:delete"}, []string{"actor:ci", "action:delete"}, FilterText{Text: "action:delete"}, FilterText{Text: "actor:ci action:delete", Off: "actor:ci\n"}},
	} {
		f, err := tt.f.Parse()
		if err != nil {
			t.Fatal(err)
		}
		before := f.Expr.String()
		f = f.Named(view)
		var chips []string
		at := 0
		for i, c := range f.Chips {
			if name := c.View; name != "" {
				chips, at = append(chips, name), i
				continue
			}
			chips = append(chips, c.Text)
		}
		if !slices.Equal(chips, tt.chips) || f.FilterText != tt.f || f.Expr.String() != before {
			t.Errorf("the chips of %+v are %q, want %q", tt.f, chips, tt.chips)
		}
		if got := f.Without(at); got != tt.without {
			t.Errorf("%+v without chip %d is %+v, want %+v", tt.f, at, got, tt.without)
		}
		if got := f.Toggled(at); got != tt.toggled {
			t.Errorf("%+v with chip %d switched is %+v, want %+v", tt.f, at, got, tt.toggled)
		}
		if n := len(f.Chips); f.Without(n) != tt.f || f.Without(-1) != tt.f || f.Toggled(n) != tt.f {
			t.Errorf("a chip that is not there changes %+v", tt.f)
		}
	}
	f, err := FilterText{Text: "since:7d actor=x y"}.Parse()
	if err != nil {
		t.Fatal(err)
	}
	f = f.Named(&SavedView{Name: "week", Query: "since:7d actor=x"})
	if got := f.Terms(AboutTime).String(); got != "since:7d" {
		t.Errorf("about the time is %q, want since:7d", got)
	}
}
