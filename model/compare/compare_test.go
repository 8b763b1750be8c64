package compare

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/clock"
	"pawprint/model/count"
)

// counted is the count of one value; "-" is not a value.
func counted(text string, events, failed int) count.Count {
	return count.Count{Values: []count.Value{{Text: model.NewText(strings.TrimPrefix(text, "-")), Absent: text == "-"}}, Events: events, Failed: failed}
}

func lines(changes []Change) string {
	var out []string
	for _, c := range changes {
		word := ""
		switch {
		case c.New():
			word = " new"
		case c.Gone():
			word = " gone"
		}
		out = append(out, fmt.Sprintf("%s %d/%d %d/%d %+d%s", c.Values[0].Text.Raw(), c.Before.Events, c.Before.Failed, c.After.Events, c.After.Failed, c.Difference(), word))
	}
	return strings.Join(out, "\n")
}

func TestCountsAreJoinedByValueAndSortedByDifference(t *testing.T) {
	before := []count.Count{counted("both", 5, 1), counted("gone", 3, 0), counted("same", 2, 2), counted("twice", 1, 0), counted("twice", 2, 1), counted("", 1, 0)}
	after := []count.Count{counted("new", 3, 3), counted("both", 9, 0), counted("same", 2, 0), counted("twice", 3, 0), counted("-", 1, 0)}
	changes := Join(before, after)
	for _, tt := range []struct {
		order Order
		want  string
	}{
		{Order{}, "both 5/1 9/0 +4\nnew 0/0 3/3 +3 new\ngone 3/0 0/0 -3 gone\n 0/0 1/0 +1 new\n 1/0 0/0 -1 gone\nsame 2/2 2/0 +0\ntwice 3/1 3/0 +0"},
		{Order{By: ByFailed}, "new 0/0 3/3 +3 new\n 1/0 0/0 -1 gone\ngone 3/0 0/0 -3 gone\n 0/0 1/0 +1 new\nboth 5/1 9/0 +4\ntwice 3/1 3/0 +0\nsame 2/2 2/0 +0"},
		{Order{By: ByShare, Events: [2]int{14, 140}}, "both 5/1 9/0 +4\ngone 3/0 0/0 -3 gone\ntwice 3/1 3/0 +0\nsame 2/2 2/0 +0\n 1/0 0/0 -1 gone\nnew 0/0 3/3 +3 new\n 0/0 1/0 +1 new"},
		{Order{By: ByNews}, "new 0/0 3/3 +3 new\n 0/0 1/0 +1 new\ngone 3/0 0/0 -3 gone\n 1/0 0/0 -1 gone\nboth 5/1 9/0 +4\nsame 2/2 2/0 +0\ntwice 3/1 3/0 +0"},
		{Order{By: ByValue, Reversed: true}, " 0/0 1/0 +1 new\ntwice 3/1 3/0 +0\nsame 2/2 2/0 +0\nnew 0/0 3/3 +3 new\ngone 3/0 0/0 -3 gone\nboth 5/1 9/0 +4\n 1/0 0/0 -1 gone"},
	} {
		Sort(changes, tt.order)
		if got := lines(changes); got != tt.want {
			t.Errorf("in the order %+v the changes are\n%s\nwant\n%s", tt.order, got, tt.want)
		}
	}
}

// TestNothingIsLostInAJoin draws events at random, and compares the changes with what two maps count.
func TestNothingIsLostInAJoin(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		var naive [2]map[string]int
		var counts [2][]count.Count
		for side := range naive {
			naive[side] = map[string]int{}
			for range random.IntN(30) {
				naive[side][fmt.Sprint(random.IntN(20))]++
			}
			for v, n := range naive[side] {
				counts[side] = append(counts[side], counted(v, n, 0))
			}
		}
		changes := Join(counts[0], counts[1])
		Sort(changes, Order{})
		for i, c := range changes {
			v := c.Values[0].Text.Raw()
			if c.Before.Events != naive[0][v] || c.After.Events != naive[1][v] {
				t.Fatalf("%s is %d and %d, want %d and %d", v, c.Before.Events, c.After.Events, naive[0][v], naive[1][v])
			}
			delete(naive[0], v)
			delete(naive[1], v)
			if i > 0 && new(Order).Compare(&changes[i-1], &c) >= 0 {
				t.Fatalf("%s does not come after %s", v, changes[i-1].Values[0].Text.Raw())
			}
		}
		if len(naive[0])+len(naive[1]) > 0 {
			t.Fatalf("%v are missing", naive)
		}
	}
}

func TestPeriodsOfOneLengthTouchAndDoNotOverlap(t *testing.T) {
	end := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	week, _ := clock.ParseLength("7d")
	for name, p := range map[string]Periods{
		"recent":  Recent(end, week),
		"up to":   UpTo(clock.Span{From: end.Add(-time.Hour), To: end}),
		"shifted": Recent(end, week).Shifted(-3),
	} {
		if p.Longer() != 0 || Length(p.Before) != Length(p.After) || !p.Before.To.Equal(p.After.From) {
			t.Errorf("%s: %v", name, p)
		}
	}
	if p := Recent(end, week); !p.After.To.After(end) || p.After.To.Add(-1).After(end) || !p.Shifted(-1).After.To.Equal(p.After.From) {
		t.Errorf("the last week is %v, want it to include its end and to touch the one before", p)
	}
	p := Periods{Before: clock.Span{From: end, To: end.Add(time.Hour)}, After: clock.Span{From: end, To: end.Add(3 * time.Hour)}}
	if p.Longer() != 2*time.Hour {
		t.Errorf("it is longer by %v, want 2h", p.Longer())
	}
}
