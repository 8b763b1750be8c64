package engine

import (
	"slices"
	"testing"
	"time"
)

func TestTheLengthOfATimeTellsItsBucket(t *testing.T) {
	at := func(text string) int64 {
		nanos, err := momentOf(text)
		if err != nil {
			t.Fatal(err)
		}
		return nanos
	}
	for _, c := range []struct {
		edges []string
		want  int
	}{
		{nil, 0}, {[]string{"2026-11-02 00:00:00", "2026-11-03 00:00:00"}, 10}, {[]string{"2026-11-02 23:00:00"}, 13}, {[]string{"2026-11-02 00:00:00", "2026-11-02 23:30:00"}, 16},
		{[]string{"2026-11-02T23:30:01"}, 19}, {[]string{"2026-11-02 23:30:01.5"}, 29},
	} {
		by := Grouping{}
		for _, e := range c.edges {
			by.Edges = append(by.Edges, at(e))
		}
		if got := by.Moment(); got != c.want {
			t.Errorf("%q need %d characters, want %d", c.edges, got, c.want)
		}
	}
}

func TestGroupsOfOneBucketAreAddedUp(t *testing.T) {
	hour := func(h int) int64 { return time.Date(2026, 11, 2, h, 0, 0, 0, time.UTC).UnixNano() }
	by := Grouping{Paths: [][]string{{"actionName"}}, Edges: []int64{hour(0), hour(12)}}
	rows := [][]string{
		{"2026-11-02T01", "1", "x", "2", "1", "2026-11-02T01:00:00.000000000", "2026-11-02T01:30:00.000000000"},
		{"2026-11-02T03", "1", "x", "3", "0", "2026-11-02 03:00:00.000", "2026-11-02 03:00:00.001"},
		{"2026-11-02T03", "0", "", "1", "0", "2026-11-02 03:00:00.000", "2026-11-02 03:00:00.000"},
		{"2026-11-02T13", "1", "x", "4", "4", "2026-11-02 13:00:00.000", "2026-11-02 13:00:00.000"},
	}
	groups, ok := by.Groups(rows)
	if !ok || len(groups) != 3 {
		t.Fatalf("%+v, %v", groups, ok)
	}
	first := groups[0]
	if first.Edge != hour(0) || first.Rows != 5 || first.Marked != 1 || first.First != hour(1) || first.Last != hour(3)+int64(time.Millisecond) || !slices.Equal(first.Values, []Value{{Text: "x"}}) {
		t.Errorf("%+v", first)
	}
	if !groups[1].Values[0].Absent || groups[2].Edge != hour(12) || groups[2].Marked != 4 {
		t.Errorf("%+v", groups[1:])
	}
	for _, bad := range [][]string{{"x"}, {"", "1", "x", "many", "0", "2026-11-02 13:00:00", "2026-11-02 13:00:00"}, {"", "1", "x", "1", "0", "now", "2026-11-02 13:00:00"}, {"", "1", "x", "1", "0", "2025-11-02 13:00:00", "2026-11-02 13:00:00"}} {
		if groups, ok := by.Groups([][]string{bad}); ok {
			t.Errorf("%q are %+v", bad, groups)
		}
	}
}
