package conditiontest

import (
	"math"
	"testing"

	"pawprint/model/condition"
)

func path(keys ...string) []string { return keys }

func TestEnginesAnswerConditions(t *testing.T) {
	const line = `{"actionName":"GET_RULE","actor":{"id":"a1","name":""},"errors":[],"more":[1],"sourceIP":null,"n":5,"timestamp":"2026-11-02T10:00:00.5Z"}`
	const at = 1793613600_500_000_000
	type c = condition.Condition
	for _, test := range []struct {
		line string
		c    c
		want bool
	}{
		{line, condition.Const(true), true},
		{line, condition.Const(false), false},
		{line, condition.In{Path: path("actionName"), Values: []string{"X", "GET_RULE"}}, true},
		{line, condition.In{Path: path("actor", "id"), Values: []string{"a1"}}, true},
		{line, condition.In{Path: path("actor", "name"), Values: []string{""}}, true},
		{line, condition.In{Path: path("userAgent"), Values: []string{""}}, false},
		{line, condition.In{Path: path("n"), Values: []string{"5"}}, false},
		{line, condition.Present{Path: path("actor", "id")}, true},
		{line, condition.Present{Path: path("sourceIP")}, false},
		{line, condition.Filled{Path: path("errors")}, false},
		{line, condition.Filled{Path: path("more")}, true},
		{line, condition.Filled{Path: path("sourceIP")}, false},
		{line, condition.Holds{Text: "get_rule"}, true},
		{line, condition.Holds{Text: "put"}, false},
		{line, condition.Time{From: at, To: math.MaxInt64}, true},
		{line, condition.Time{From: math.MinInt64, To: at}, false},
		{line, condition.Untimed{}, false},
		{line, condition.Unsettled{}, false},
		{line, condition.Unsettled{Path: path("actor", "id"), Text: true}, false},
		{line, condition.Unsettled{Path: path("sourceIP"), Text: true}, false},
		{line, condition.Unsettled{Path: path("n"), Text: true}, true},
		{line, condition.Unsettled{Path: path("n")}, false},
		{line, condition.Unsettled{Path: path("actionName", "x"), Text: true}, true},
		{line, condition.And(condition.Const(true), condition.Not{Part: condition.Untimed{}}), true},
		{`{"a":1,"a":2}`, condition.Unsettled{Path: path("a")}, true},
		{`{"a":1,"a":2}`, condition.Unsettled{Path: path("b")}, false},
		{`{"b":{"a":1,"a":2}}`, condition.Unsettled{Path: path("b", "a")}, true},
		{`{"a":"\u0041"}`, condition.Unsettled{}, true},
		{`{"a":1} {"b":2}`, condition.Unsettled{}, true},
		{`[1]`, condition.Unsettled{}, true},
		{``, condition.Unsettled{}, true},
		{"{\"a\":\"\xff\"}", condition.Unsettled{}, true},
		{`{"timestamp":"2026-11-02T10:00:00"}`, condition.Untimed{}, false},
		{`{"timestamp":"2026-11-02 10:00:00+02:00"}`, condition.Untimed{}, false},
		{`{"timestamp":"yesterday"}`, condition.Untimed{}, true},
		{`{"timestamp":"2026-11-02T10:00:60Z"}`, condition.Untimed{}, true},
		{`{"timestamp":"2026-11-02T10:00:00.1234567891Z"}`, condition.Untimed{}, true},
		{`{"timestamp":1793613600}`, condition.Untimed{}, true},
		{`{"timestamp":"2026-11-02T10:00:00Z","timestamp":"2026-11-02T10:00:00Z"}`, condition.Untimed{}, true},
	} {
		if got := (Engine{}).True(test.c, []byte(test.line)); got != test.want {
			t.Errorf("%s of %s is %v, want %v", test.c, test.line, got, test.want)
		}
	}
}

func TestEnginesDiffer(t *testing.T) {
	in := condition.In{Path: path("a"), Values: []string{"A"}}
	for _, test := range []struct {
		engine Engine
		line   string
		want   bool
	}{
		{Engine{}, `{"a":"B","a":"A"}`, true},
		{Engine{First: true}, `{"a":"B","a":"A"}`, false},
		{Engine{}, `{"a":"\u0041"}`, true},
		{Engine{Raw: true}, `{"a":"\u0041"}`, false},
		{Engine{}, `{"a":"A","b`, false},
		{Engine{Loose: true}, `{"a":"A","b`, true},
		{Engine{Loose: true}, `{"a":"A"} more`, true},
	} {
		if got := test.engine.True(in, []byte(test.line)); got != test.want {
			t.Errorf("%+v: %s of %s is %v, want %v", test.engine, in, test.line, got, test.want)
		}
	}
	kelvin := []byte("{\"a\":\"\u212a\"}")
	if !(Engine{Wide: true}).True(condition.Holds{Text: "k"}, kelvin) || (Engine{}).True(condition.Holds{Text: "k"}, kelvin) {
		t.Error("only a wide engine takes the Kelvin sign as a k")
	}
}
