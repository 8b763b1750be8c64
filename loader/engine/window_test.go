package engine

import (
	"context"
	"testing"
	"time"

	"pawprint/model/condition"
)

func TestWhatIsKnownWithoutAskingIsNotAsked(t *testing.T) {
	of := Span{10, 20}
	action := condition.In{Path: []string{"actionName"}, Values: []string{"GET_RULE"}}
	for name, c := range map[string]struct {
		w    Window
		none bool
	}{
		"all rows":                    {Window{Span: of, Is: condition.Const(true)}, false},
		"no rows":                     {Window{Span: of, Is: condition.Const(false)}, true},
		"a term":                      {Window{Span: of, Is: action}, false},
		"another time":                {Window{Span: of, Is: condition.And(action, condition.Time{From: 20, To: 30})}, true},
		"rows without a time":         {Window{Span: of, Is: condition.Untimed{}}, true},
		"a time without a time":       {Window{Span: of, Unclear: true, Is: condition.Time{From: 10, To: 20}}, true},
		"another time, or without":    {Window{Span: of, Unclear: true, Is: condition.Or(action, condition.Untimed{})}, false},
		"both":                        {Window{Span: of, Both: true, Is: action}, false},
		"both, but those of the span": {Window{Span: of, Both: true, Is: condition.And(condition.Negate(condition.Or(condition.Time{From: 10, To: 20}, condition.Untimed{})))}, true},
	} {
		if got := c.w.none(&answering{}); got != c.none {
			t.Errorf("%s: %v, want %v", name, got, c.none)
		}
		// Rows in the folder of an hour, or with a time of their own, are asked for by that one.
		if got, want := c.w.none(&answering{margin: time.Hour}), c.w.Is == condition.Condition(condition.Const(false)); got != want {
			t.Errorf("%s, by another clock: %v, want %v", name, got, want)
		}
	}
	var at answering
	for _, is := range []condition.Condition{action, condition.Const(false), condition.And(action, condition.Negate(action))} {
		n, err := Sparing(&at).Count(t.Context(), of, is)
		groups, ok, err2 := Sparing(&at).Groups(t.Context(), of, is, Grouping{})
		if want := is.String() == action.String(); n == 7 != want || len(groups) == 1 != want || !ok || err != nil || err2 != nil {
			t.Errorf("%s: %d rows, %v, %v, %v, %v", is, n, groups, ok, err, err2)
		}
	}
	if at != (answering{asked: 2}) {
		t.Errorf("asked is %d times, want 2", at.asked)
	}
}

// answering is an engine that counts seven rows.
type answering struct {
	Counting
	margin time.Duration
	asked  int
}

func (a *answering) Margin() time.Duration { return a.margin }

func (a *answering) Count(context.Context, Span, condition.Condition) (int64, error) {
	a.asked++
	return 7, nil
}

func (a *answering) Groups(context.Context, Span, condition.Condition, Grouping) ([]Group, bool, error) {
	a.asked++
	return []Group{{Rows: 7}}, true, nil
}
