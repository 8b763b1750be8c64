package query

import (
	"strings"
	"testing"

	"pawprint/model"
)

func TestHintsNameWhatIsProbablyMeant(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"actionResul:x", "did you mean actionResult?"}, {"actoin:x", "did you mean action?"}, {"pantherversion:1", ""}, {"arn:aws", "put the whole word in quotes"},
		{"param.x:1", ""}, {"extra.path:1", ""}, {"p_alert_id:1", ""}, {"is:failed", ""}, {".anything:1", ""}, {"-(x OR (targett:1))", "did you mean target?"},
	} {
		got := strings.Join(Hints(mustParse(t, c.query)), "\n")
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("Hints(%q) = %q, want %q", c.query, got, c.want)
		}
	}
}

func TestNamesAreAllKnown(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Names() {
		if !known(n.Name) || n.Doc == "" {
			t.Errorf("%s: known %v, doc %q", n.Name, known(n.Name), n.Doc)
		}
		if seen[strings.ToLower(n.Name)] {
			t.Errorf("%s stands twice", n.Name)
		}
		seen[strings.ToLower(n.Name)] = true
	}
	for _, f := range model.Schema() {
		if f.Field != model.FieldLake && !seen[strings.ToLower(f.Name)] {
			t.Errorf("%s of the schema is missing", f.Name)
		}
	}
}

func TestClassesParseAsTheyAreListed(t *testing.T) {
	for _, c := range Classes() {
		e := mustParse(t, c.Name)
		if e.String() != c.Name || c.Doc == "" {
			t.Errorf("%s prints as %q, doc %q", c.Name, e, c.Doc)
		}
		Compile(e, Env{})
	}
}
