package condition

import (
	"math"
	"testing"
)

var (
	failed = In{[]string{"actionResult"}, []string{"FAILED"}}
	rule   = Holds{"rule"}
	odd    = Unsettled{Path: []string{"actor", "id"}, Text: true}
)

func TestConditionsAreSimplified(t *testing.T) {
	for _, test := range []struct {
		got  Condition
		want string
	}{
		{And(), "every line"},
		{Or(), "no line"},
		{And(failed), `actionResult in ["FAILED"]`},
		{And(failed, Const(true)), `actionResult in ["FAILED"]`},
		{And(failed, Const(false)), "no line"},
		{Or(failed, Const(true)), "every line"},
		{Or(failed, Const(false)), `actionResult in ["FAILED"]`},
		{And(failed, rule, failed), `(actionResult in ["FAILED"] and line holds "rule")`},
		{And(failed, And(rule, odd)), `(actionResult in ["FAILED"] and line holds "rule" and actor.id is unsettled or not text)`},
		{Or(failed, Or(rule, Untimed{})), `(actionResult in ["FAILED"] or line holds "rule" or no certain time)`},
		{Or(failed, And(rule, Untimed{})), `(actionResult in ["FAILED"] or (line holds "rule" and no certain time))`},
		{Negate(Negate(failed)), `actionResult in ["FAILED"]`},
		{Negate(Const(true)), "no line"},
		{Negate(Or(failed, rule)), `not (actionResult in ["FAILED"] or line holds "rule")`},
		{And(failed, Negate(failed)), "no line"},
		{Or(Negate(rule), failed, rule), "every line"},
		{Time{0, math.MaxInt64}, "time >= 1970-01-01T00:00:00Z"},
		{Time{0, 1_500_000_000}, "time >= 1970-01-01T00:00:00Z and time < 1970-01-01T00:00:01.5Z"},
		{Time{math.MinInt64, math.MaxInt64}, "any time"},
		{Unsettled{}, "line is unsettled"},
		{Unsettled{Path: []string{"errors"}}, "errors is unsettled"},
		{And(Present{[]string{"sourceIP"}}, Filled{[]string{"errors"}}), "(sourceIP is there and errors is not empty)"},
	} {
		if got := test.got.String(); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
}

func TestPathsThatDifferAreWrittenDifferently(t *testing.T) {
	known := map[string][]string{}
	for _, path := range [][]string{{"a", "b"}, {"a.b"}, {"a", "", "b"}, {"a", `"b"`}, {"a", "b", ""}, {`a"."b`}, {`"a`, `b"`}, {"a\\x2eb"}, {"", "a", "b"}, {""}, {"", ""}} {
		text := Present{path}.String()
		if known[text] != nil {
			t.Errorf("%q and %q are both written %s", known[text], path, text)
		}
		known[text] = path
	}
	if kept := And(Present{[]string{"a.b"}}, Present{[]string{"a", "b"}}); len(kept.(All)) != 2 {
		t.Errorf("two paths become %s", kept)
	}
}

func TestTextsOfTheLogAreQuotedInAConditionsText(t *testing.T) {
	c := Or(Holds{"\x1b[2J"}, In{[]string{"actor", "name"}, []string{"a\" b\u202e", ""}})
	if got, want := c.String(), `(line holds "\x1b[2J" or actor.name in ["a\" b\u202e" ""])`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
