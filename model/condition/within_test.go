package condition

import (
	"math"
	"testing"
)

func TestAConditionIsSimplifiedForATime(t *testing.T) {
	action := In{Path: []string{"actionName"}, Values: []string{"GET_RULE"}}
	for _, c := range []struct {
		of                  Condition
		within, theTimeless string
	}{
		{Untimed{}, "no line", "every line"},
		{Time{10, 20}, "every line", "no line"},
		{Time{math.MinInt64, math.MaxInt64}, "every line", "no line"},
		{Time{11, 20}, Time{11, 20}.String(), "no line"},
		{Time{20, 30}, "no line", "no line"},
		{Time{0, 10}, "no line", "no line"},
		{Time{0, 11}, Time{0, 11}.String(), "no line"},
		{Or(Time{0, 100}, Untimed{}), "every line", "every line"},
		{And(Or(Time{0, 100}, Untimed{}), action), action.String(), action.String()},
		{Not{Time{0, 100}}, "no line", "every line"},
		{Not{And(Time{0, 15}, action)}, Negate(And(Time{0, 15}, action)).String(), "every line"},
		{action, action.String(), action.String()},
	} {
		if got := Within(c.of, 10, 20).String(); got != c.within {
			t.Errorf("%s is %s within the span, want %s", c.of, got, c.within)
		}
		if got := Timeless(c.of).String(); got != c.theTimeless {
			t.Errorf("%s is %s without a time, want %s", c.of, got, c.theTimeless)
		}
	}
}

func TestWhatIsAskedForTwiceIsNotRuledOut(t *testing.T) {
	a, b := In{Path: []string{"actionName"}, Values: []string{"GET_RULE"}}, Holds{Text: "rule"}
	for _, c := range []struct {
		of, out Condition
		want    string
	}{
		{a, a, "no line"},
		{And(a, b), And(b, a), "no line"},
		{And(a, b), a, "no line"},
		{a, And(a, b), And(a, Not{b}).String()},
		{And(a, Untimed{}), And(a, b), And(a, Untimed{}, Not{b}).String()},
		{a, Const(false), a.String()},
		{a, Const(true), "no line"},
		{Const(true), a, Not{a}.String()},
		{Const(false), a, "no line"},
		{Or(a, b), a, And(Or(a, b), Not{a}).String()},
	} {
		if got := Without(c.of, c.out).String(); got != c.want {
			t.Errorf("%s without %s is %s, want %s", c.of, c.out, got, c.want)
		}
	}
}
