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
