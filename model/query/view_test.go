package query

import (
	"slices"
	"strings"
	"testing"

	"pawprint/model/field"
)

// A view is a term like any other: it finds what its query finds, alone, negated, in lists, and in any case.
func TestAViewIsATerm(t *testing.T) {
	log := newLog(t, []string{
		`{"actionName":"DELETE_SAVED_DATA_LAKE_QUERY","actionResult":"SUCCEEDED"}`,
		`{"actionName":"CREATE_USER_ROLE","actionResult":"FAILED"}`,
		`{"actionName":"PUBLIC_API_UPDATE_USER","actionResult":"SUCCEEDED","actor":{"type":"TOKEN"}}`,
		`{"actionName":"GET_USER_ROLE","actionResult":"FAILED"}`,
		`{"actionName":"UPDATE_RULE","actionResult":"SUCCEEDED","actionParams":{"input":{"enabled":false}}}`,
		`no event`,
	})
	for text, want := range map[string][]int{
		`view:failed`: {1, 3}, `View:FAILED`: {1, 3}, `view=failed`: {1, 3}, `view:"failed"`: {1, 3},
		`-view:failed`: {0, 2, 4, 5}, `NOT view:failed -is:reject`: {0, 2, 4}, `view!=failed`: {0, 2, 4, 5},
		`view:roles`: {1}, `view:users`: {2}, `view:users,roles`: {1, 2}, `view:(users OR roles)`: {1, 2}, `view:failed view:roles`: {1},
		`view:detections-deleted`: {0, 4}, `view:by-token`: {2}, `.view:*`: {}, `"view:failed"`: {},
	} {
		e, err := Parse(text)
		if err != nil {
			t.Errorf("Parse(%q): %v", text, err)
			continue
		}
		if got := selected(t, log, Compile(e, Env{})); !slices.Equal(got, want) {
			t.Errorf("%s, as %s, finds %v, want %v", text, e, got, want)
		}
		if again, err := Parse(e.String()); err != nil || again.String() != e.String() {
			t.Errorf("%s is written %s, which reads as %v, %v", text, e, again, err)
		}
	}
}

func TestEveryViewIsAQueryWithAName(t *testing.T) {
	for _, v := range Views() {
		e, err := Parse(v.Query)
		if err != nil {
			t.Errorf("the query of %s: %v", v.Name, err)
			continue
		}
		term, err := Parse(v.Term())
		if err != nil || term.String() != v.Term() || viewExpr(v).String() != e.String() {
			t.Errorf("%s reads as %v, %v, want a term for %v", v.Term(), term, err, e)
		}
		if hints := Hints(e); len(hints) > 0 || v.Title == "" {
			t.Errorf("the view %s, called %q, gets the hints %q", v.Name, v.Title, hints)
		}
	}
}

func TestUnknownViewsGetASuggestion(t *testing.T) {
	for text, want := range map[string]string{
		`view:faild`:           "no view is called faild; did you mean failed?",
		`is:read view:tokns`:   "no view is called tokns; did you mean tokens?",
		`view:failed,detectns`: "no view is called detectns",
		`view:nothing-like-it`: "there are failed, detections-deleted, saml, users, roles",
		`view:*`:               "view: takes names of views, not patterns",
		`view:fail*`:           "view: takes names of views, not patterns",
		`view:""`:              "no view is called",
		`view>failed`:          "view can be compared with : only",
	} {
		_, err := (*Library)(nil).Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) says %v, want %s", text, err, want)
		}
	}
}

func TestViewsAreCompleted(t *testing.T) {
	_, _, got := Complete("is:user view:det", len("is:user view:det"), Data{})
	if len(got) != 1 || got[0].Text != "view:detections-deleted" || got[0].Doc != "Detections deleted or disabled" {
		t.Errorf("offered is %v", got)
	}
	if _, _, got := Complete("view:", len("view:"), Data{}); len(got) != len(Views()) {
		t.Errorf("%d of %d views are offered", len(got), len(Views()))
	}
}

// The six kinds of content that the vendor's own rule watches, in the names that the actions had over the years.
func TestDetectionsDeletedHoldsAllKindsOfContent(t *testing.T) {
	var lines []string
	for _, what := range []string{"DATA_MODEL", "DETECTION", "DETECTION_PACK_SOURCE", "GLOBAL_HELPER", "LOOKUP_TABLE", "SAVED_DATA_LAKE_QUERY",
		"DETECTION_PACK", "DETECTION_FILTER", "RULE", "RULE_V2", "POLICY", "SAVED_DATA_LAKE_QUERIES"} {
		for _, prefix := range []string{"DELETE_", "PUBLIC_API_DELETE_", "BULK_DELETE_"} {
			lines = append(lines, `{"actionName":"`+prefix+what+`","actionResult":"SUCCEEDED"}`)
		}
	}
	wanted := len(lines)
	for _, other := range []string{"GET_DETECTION", "LIST_LOOKUP_TABLES", "CREATE_RULE", "UPDATE_SAVED_DATA_LAKE_QUERY", "DELETE_USER", "DELETE_LOG_SOURCE"} {
		lines = append(lines, `{"actionName":"`+other+`","actionResult":"SUCCEEDED"}`)
	}
	e, err := Parse("view:detections-deleted")
	if err != nil {
		t.Fatal(err)
	}
	got := selected(t, newLog(t, lines), Compile(e, Env{}))
	if len(got) != wanted || got[len(got)-1] != wanted-1 {
		t.Errorf("found are %v, want the first %d", got, wanted)
	}
}

func TestViewOfIsTheViewThatAQueryNarrows(t *testing.T) {
	for text, want := range map[string]string{
		"view:roles": "roles", "is:failed VIEW:Roles actor:x": "roles", "view:users view:roles": "users",
		"": "", "roles": "", "-view:roles": "", "view:roles OR is:failed": "", "view:roles,users": "",
	} {
		e, err := Parse(text)
		if err != nil {
			t.Fatalf("Parse(%q): %v", text, err)
		}
		if v, ok := (*Library)(nil).ViewOf(e); v.Name != want || ok != (want != "") {
			t.Errorf("ViewOf(%q) = %q, %v, want %q", text, v.Name, ok, want)
		}
	}
}

func TestColumnsOfViewsAreNames(t *testing.T) {
	for _, v := range Views() {
		if v.Answer < 1 || v.Answer > len(v.Columns) {
			t.Errorf("%s: %d of %d columns hold the answer", v.Name, v.Answer, len(v.Columns))
		}
		for _, name := range v.Columns {
			if name == "first-seen" { // a column of the list shows what is:first-seen finds
				continue
			}
			if f := field.Of(name); f.Kind == field.Condition || !field.Known(name) && !strings.HasPrefix(name, "param.") {
				t.Errorf("%s has the column %q, which has no values", v.Name, name)
			}
		}
	}
}
