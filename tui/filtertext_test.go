package tui

import (
	"testing"

	"pawprint/model"
	"pawprint/model/query"
)

// Two conditions that exclude each other find nothing: the new one takes the place of the old one.
func TestOppositeConditionsReplaceEachOther(t *testing.T) {
	for _, tt := range []struct {
		name string
		f    filterText
		add  string
		want filterText
	}{
		{"out after in", filterText{text: "actor=ann is:write"}, "-actor=ann", filterText{text: "is:write -actor=ann"}},
		{"in after out", filterText{text: "-actor=ann is:write"}, "actor=ann", filterText{text: "is:write actor=ann"}},
		{"in words", filterText{text: "NOT (a OR b)"}, "(a OR b)", filterText{text: "a OR b"}},
		{"unequal", filterText{text: "actor!=ann"}, "actor=ann", filterText{text: "actor=ann"}},
		{"another value", filterText{text: "actor=ann"}, "-actor=ben", filterText{text: "actor=ann -actor=ben"}},
		{"switched off", filterText{text: "a -b", off: "-b\n"}, "b", filterText{text: "a b"}},
		{"failures only", filterText{failedOnly: true}, "-is:failed", filterText{text: "-is:failed"}},
		{"hidden reads", filterText{hideReads: true, text: "a"}, "is:read", filterText{text: "a is:read"}},
	} {
		if got := tt.f.with(mustParse(tt.add)); got != tt.want {
			t.Errorf("%s: %+v with %s is %+v, want %+v", tt.name, tt.f, tt.add, got, tt.want)
		}
	}
	for _, tt := range []struct {
		f    filterText
		do   command
		want filterText
	}{
		{filterText{text: "a -is:failed"}, cmdFailedOnly, filterText{text: "a", failedOnly: true}},
		{filterText{text: "is:read"}, cmdHideReads, filterText{hideReads: true}},
		{filterText{text: "-is:failed", failedOnly: true}, cmdFailedOnly, filterText{text: "-is:failed"}},
	} {
		if got, ok := tt.f.switched(tt.do); !ok || got != tt.want {
			t.Errorf("%+v switched by %d is %+v, want %+v", tt.f, tt.do, got, tt.want)
		}
	}
}

func TestEditedChipStandsAtTheEndOfTheSameFilter(t *testing.T) {
	for _, text := range []string{"a", "is:failed since:7d", "a OR b", "since:2 weeks ago x -(y OR z)", `is:failed actor=ci-token -(action:delete OR action:create) since:7d "cannot delete" ua:curl`, `time:"2026-11-02 10:00" "5 days"`} {
		f, err := filterText{text: text}.parse()
		if err != nil {
			t.Fatal(err)
		}
		for i := range f.chips {
			got, ok := f.editing(i)
			if !ok {
				t.Fatalf("chip %d of %q cannot be edited", i, text)
			}
			e, err := query.Parse(got)
			if err != nil {
				t.Fatalf("editing chip %d of %q gives %q: %v", i, text, got, err)
			}
			terms := query.Terms(e)
			if len(terms) != len(f.chips) || terms[len(terms)-1].String() != f.chips[i].text {
				t.Errorf("editing chip %d of %q gives %q", i, text, got)
			}
		}
	}
	if _, ok := (filterText{text: "a"}).editing(1); ok {
		t.Error("a chip that is not there can be edited")
	}
}

func TestFiltersOfHostileValuesRoundTrip(t *testing.T) {
	for _, text := range []string{"a b", `"`, `\`, "*", "a*b", "/x/", "(", ")", "-x", "x,y", "AND", "a:b", "\n\t\x1b[31m", "\u202e", "", " ", "\xff", "since:2 weeks", "=", "é家"} {
		for _, name := range []string{"action", "actor", "param.x", ".a b", "actor.id"} {
			v := value{name: name, text: model.NewText(text)}
			for _, e := range []query.Expr{v.expr(), query.Not(v.expr())} {
				f := filterText{text: "is:failed", failedOnly: true}.with(e)
				back, err := query.Parse(f.text)
				if err != nil {
					t.Errorf("%q: %v", f.text, err)
					continue
				}
				if got := back.String(); got != f.text {
					t.Errorf("Parse(%q).String() = %q", f.text, got)
				}
				off, err := f.toggled(2).parse()
				if err != nil || len(off.chips) != 3 || !off.chips[2].off {
					t.Errorf("%q cannot be switched off: %v %+v", f.text, err, off.chips)
				}
				if got := f.without(2).text; got != "is:failed" {
					t.Errorf("without the term %q is %q", f.text, got)
				}
			}
		}
	}
}
