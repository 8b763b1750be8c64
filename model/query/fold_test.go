package query

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model/condition"
	"pawprint/model/query/querytest"
)

// fixedValues are dictionaries with fixed values.
type fixedValues map[string][]string

func (l fixedValues) Values(path []string) ([]string, bool) {
	values, ok := l[strings.Join(path, ".")]
	return values, ok
}

func TestFoldSaysWhatAnEngineIsAsked(t *testing.T) {
	const (
		unsure = "actionName is unsettled or not text or not actionName is there"
		sure   = "not actionName is unsettled or not text and actionName is there and not line is unsettled"
	)
	values := fixedValues{"actionName": {"GET_RULE", "DELETE_RULE", "SIGN_IN", "a\tRULE", "b\x01RULE", "c\xffRULE"}, "sourceIP": {"192.0.2.7", "192.0.2.70", "198.51.100.1"}}
	for _, test := range []struct{ query, cover, core string }{
		{"", "every line", "(not line is unsettled and actionName is there)"},
		{"action=X", `(actionName in ["X"] or ` + unsure + `)`, `(actionName in ["X"] and ` + sure + `)`},
		{"action:rule", `(actionName in ["GET_RULE" "DELETE_RULE"] or ` + unsure + ` or line holds "\\t" or line holds "\\u0001")`, `(actionName in ["GET_RULE" "DELETE_RULE"] and ` + sure + `)`},
		{"-action=X", `not (actionName in ["X"] and not actionName is unsettled or not text and actionName is there)`,
			`(not (actionName in ["X"] or ` + unsure + `) and not line is unsettled and actionName is there)`},
		{"action:*", "every line", "(actionName is there and not actionName is unsettled or not text and not line is unsettled)"},
		{"time:2026-11-12", `(time >= 2026-11-12T00:00:00Z and time < 2026-11-13T00:00:00Z or no certain time)`,
			`(time >= 2026-11-12T00:00:00Z and time < 2026-11-13T00:00:00Z and not line is unsettled and actionName is there)`},
		{"crown_jewels", `(line holds "crown_jewels" or line holds "\\u" or line holds "\u017f")`, "no line"},
		{"kiosk", `(line holds "kiosk" or line holds "\\u" or line holds "\u212a" or line holds "\u017f")`, "no line"},
		{"version>=1.110", "every line", "no line"},
		{"ua:curl", `(line holds "curl" or line holds "\\u")`, "no line"},
		{"line:7", "every line", "no line"},
		{"time:11-12", "every line", "no line"}, // of the year in which the log ends, which is not known yet
		{"-time:11-12", "every line", "no line"},
	} {
		cover, core, _ := Fold(mustParse(t, test.query), foldEnv, values)
		if cover.String() != test.cover || core.String() != test.core {
			t.Errorf("%s:\ncover %s\nwant  %s\ncore  %s\nwant  %s", test.query, cover, test.cover, core, test.core)
		}
	}
}

func TestFoldNamesItsParts(t *testing.T) {
	_, _, parts := Fold(mustParse(t, "action=X -(rule OR -is:first-seen) version>1 -is:failed"), foldEnv, nil)
	want := []Part{
		{"action=X", PushedExactly, false}, {"-rule", PushedPartly, false}, {"is:first-seen", NotPushed, true},
		{"version>1", NotPushed, false}, {"-is:failed", PushedExactly, false},
	}
	if diff := cmp.Diff(want, parts); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

// TestUsualLinesAreCountedByTheEngine checks on a usual log that what is asked exactly is, and how much of each query is pushed.
func TestUsualLinesAreCountedByTheEngine(t *testing.T) {
	raw, err := os.ReadFile("../../testdata/audit.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	log := newFoldedLog(t, strings.Split(strings.TrimSpace(string(raw)), "\n"))
	values := &engineValues{read: log.read[0], known: map[string][]string{}}
	for _, q := range querytest.Queries() {
		cover, core, parts := Fold(mustParse(t, q.Text), foldEnv, values)
		switch q.Kind {
		case querytest.Times, querytest.Columns, querytest.Classes:
			if parts[0].Pushed != PushedExactly {
				t.Errorf("%s is not asked exactly", q.Text)
			}
			for i, line := range log.read[0] {
				if line.True(cover) != line.True(core) {
					t.Errorf("%s: line %d is in doubt", q.Text, i+1)
					break
				}
			}
		case querytest.Addresses, querytest.Texts, querytest.Expressions, querytest.Wide:
			if parts[0].Loaded {
				t.Errorf("%s rests on what is loaded", q.Text)
			}
		case querytest.Loaded:
			if parts[0].Pushed != NotPushed || !parts[0].Loaded {
				t.Errorf("%s is asked: %+v", q.Text, parts[0])
			}
		}
		if q.Kind == querytest.Loaded && cover != condition.Condition(condition.Const(true)) {
			t.Errorf("%s leaves lines out", q.Text)
		}
	}
}

func TestADictionaryIsAskedForTheColumnsOfTheQueryOnly(t *testing.T) {
	var asked []string
	Fold(mustParse(t, "action:rule -ip:192.0.2.0/24 actor.id=a is:failed time:2026"), foldEnv, asking(func(path string) { asked = append(asked, path) }))
	if want := []string{"actionName", "sourceIP"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %v, want %v", asked, want)
	}
}

type asking func(path string)

func (a asking) Values(path []string) ([]string, bool) {
	a(strings.Join(path, "."))
	return nil, false
}
