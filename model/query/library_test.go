package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
)

// ownViews is a library with views of every kind: plain, with blanks in the name, using others, and wrong.
func ownViews() *Library {
	return NewLibrary([]View{
		{Name: "ann", Query: "actor:ann"}, {Name: "Ann at night", Query: "view:ann is:read OR view:failed"},
		{Name: "everything"}, {Name: `odd "name", (with) -signs`, Query: "-view:ann"}, {Name: "wrong", Query: "actor:("},
		{Name: "a", Query: "view:b is:read"}, {Name: "b", Query: "-(view:c OR x)"}, {Name: "c", Query: "view:a"},
		{Name: "lost", Query: "view:gone"}, {Name: "failed", Query: "actor:ben"}, {Name: "upper", Query: "actor:ann"}, {Name: "UPPER", Query: "actor:ben"},
	})
}

func TestOwnViewsAreTermsThatStandForTheirQuery(t *testing.T) {
	for text, want := range map[string]string{
		"view:ann": "actor:ann", "VIEW:ANN is:read": "actor:ann is:read", "-view:ann": "-actor:ann", "view!=ann": "-actor:ann",
		`view:"Ann at night" x`:              "(actor:ann is:read OR view:failed) x",
		"view:ann,tokens y":                  "(actor:ann OR view:tokens) y",
		"view:(ann OR everything)":           "",
		"view:everything":                    "",
		"view:failed":                        "view:failed",
		"view:upper view:UPPER":              "actor:ann actor:ben",
		`view:"odd \"name\", (with) -signs"`: "-actor:ann",
	} {
		e, err := ownViews().Parse(text)
		if err != nil {
			t.Errorf("Parse(%q): %v", text, err)
			continue
		}
		got, err := ownViews().Unfold(e)
		if err != nil || got.String() != want {
			t.Errorf("%s stands for %v, %v, want %s", text, got, err, want)
		}
	}
}

func TestViewsThatCannotBeUsedAreErrorsThatSayWhy(t *testing.T) {
	for text, want := range map[string]string{
		"x view:an":      "no view is called an; did you mean ann? (at byte 8)",
		"view:wrong":     "the query of the view wrong is wrong: ",
		"view:lost":      "no view is called gone; there are ann, ",
		"view:a":         "the view a uses itself: a, b, c, a",
		"ann view:ann,b": "the view b uses itself: b, c, a, b (at byte 14)",
		"view:ann*":      "view: takes names of views, not patterns",
	} {
		if e, err := ownViews().Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) = %v, %v, want %s", text, e, err, want)
		}
		e, err := Parse(text)
		if err != nil {
			continue
		}
		if got, err := ownViews().Unfold(e); err == nil {
			t.Errorf("Unfold(%q) = %v, want an error", text, got)
		}
	}
}

// A view that nobody unfolded must not look like a view that finds nothing.
func TestAViewThatIsNotKnownHereFails(t *testing.T) {
	log := newLog(t, []string{`{"actionName":"X","actor":{"name":"ann"}}`})
	e, err := Parse("view:ann OR is:reject")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := model.Select(t.Context(), log.Snapshot(), Compile(e, Env{}), nil); err == nil || !strings.Contains(err.Error(), "no view is called ann here") {
		t.Errorf("Select says %v", err)
	}
	if e, err = ownViews().Unfold(e); err != nil {
		t.Fatal(err)
	}
	if got := selected(t, log, Compile(e, Env{})); !slices.Equal(got, []int{0}) {
		t.Errorf("found are %v", got)
	}
}

// Views come from files that others wrote: a few that use each other twice each must not unfold without bounds.
func TestViewsDoNotUnfoldWithoutBounds(t *testing.T) {
	double, chain := []View{{Name: "v0", Query: "x"}}, []View{{Name: "v0", Query: "x"}}
	for i := range 30 {
		double = append(double, View{Name: fmt.Sprint("v", i+1), Query: fmt.Sprintf("view:v%d view:v%d", i, i)})
		chain = append(chain, View{Name: fmt.Sprint("v", i+1), Query: fmt.Sprintf("view:v%d", i)})
	}
	for _, c := range []struct {
		views []View
		text  string
		want  string
	}{
		{double, "view:v5", ""}, {double, "view:v15", "more than 10000 terms"}, {double, "-(y OR view:v19)", "more than 10000 terms"},
		{chain, "view:v19", ""}, {chain, "view:v20", "more than 20 views use each other"},
		{[]View{{Name: "x", Query: strings.Repeat("a ", 4000)}}, "view:x view:x view:x", "more than 10000 terms"},
	} {
		l := NewLibrary(c.views)
		e, err := l.Parse(c.text)
		if err == nil {
			_, err = l.Unfold(e)
		}
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.text, err, c.want)
		}
	}
}

func TestOwnViewsAreCompletedInQuotes(t *testing.T) {
	data := Data{Views: ownViews().Own()}
	for text, want := range map[string]string{"view:an": `view:ann view:"Ann at night"`, `view:"ann a`: `view:"Ann at night"`, "view:tok": "view:tokens"} {
		_, _, options := Complete(text, len(text), data)
		var got []string
		for _, o := range options {
			got = append(got, o.Text)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s is completed to %s, want %s", text, s, want)
		}
	}
}

func TestOwnViewsDoNotImply(t *testing.T) {
	narrow, err := Parse("view:ann is:read")
	if err != nil {
		t.Fatal(err)
	}
	if wide, err := Parse("view:ann"); err != nil || Implies(narrow, wide) {
		t.Errorf("a view that may have changed is taken for the same, %v", err)
	}
}
