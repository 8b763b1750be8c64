package clickhouse

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"pawprint/loader/engine"
	"pawprint/model/condition"
)

func TestConditionsAreWritten(t *testing.T) {
	at := &table{}
	for _, test := range []struct {
		is   condition.Condition
		want string
	}{
		{condition.Const(true), "1"},
		{condition.Const(false), "0"},
		{condition.All{}, "1"},
		{condition.Any{}, "0"},
		{condition.All{condition.Holds{Text: "Rule's"}, condition.Const(true)}, `(positionCaseInsensitive(line, 'Rule\x27s') > 0) AND (1)`},
		{condition.Any{condition.Holds{Text: "é"}, condition.Const(true)}, `(position(line, '\xC3\xA9') > 0) OR (1)`},
		{condition.Not{Part: condition.Untimed{}}, "NOT (moment IS NULL)"},
		{condition.Time{From: 1, To: math.MaxInt64}, "ifNull(moment >= 1, 0)"},
		{condition.Time{From: -1, To: 2}, "ifNull(moment >= -1 AND moment < 2, 0)"},
		{condition.Time{From: math.MinInt64, To: math.MaxInt64}, "ifNull(moment IS NOT NULL, 0)"},
		{condition.In{Path: []string{"actor", "id"}, Values: []string{"a", ""}}, "JSONExtractString(line, 'actor', 'id') IN ('a', '') AND JSONType(line, 'actor', 'id') = 'String'"},
		{condition.In{Path: []string{"actor"}}, "0"},
		{condition.Present{Path: []string{"x"}}, "JSONType(line, 'x') != 'Null'"},
		{condition.Filled{Path: []string{"x"}}, "JSONType(line, 'x') != 'Null' AND NOT (JSONType(line, 'x') = 'Array' AND JSONLength(line, 'x') = 0)"},
		{condition.Unsettled{}, `position(line, '\\u') > 0 OR NOT isValidUTF8(line) OR NOT isValidJSON(line) OR JSONType(line) != 'Object'`},
		{condition.Unsettled{Path: []string{"actor", "i d"}, Text: true}, `position(line, '\\u') > 0 OR NOT isValidUTF8(line) OR NOT isValidJSON(line) OR JSONType(line) != 'Object'` +
			` OR (countSubstrings(line, '\x22actor\x22') > 1 AND countEqual(JSONExtractKeys(line), 'actor') > 1)` +
			` OR (countEqual(JSONExtractKeys(line, 'actor'), 'i d') > 1) OR JSONType(line, 'actor') NOT IN ('Object', 'Null')` +
			` OR JSONType(line, 'actor', 'i d') NOT IN ('String', 'Null')`},
	} {
		if got := at.write(test.is); got != test.want {
			t.Errorf("%s is written as\n%s, want\n%s", test.is, got, test.want)
		}
	}
	if got := (&table{clock: "source.`at`"}).write(condition.Untimed{}); !strings.Contains(got, "JSONExtractString(line, 'timestamp')") {
		t.Errorf("with a column of times the time of the line is %s", got)
	}
}

func TestGroupsAreWritten(t *testing.T) {
	at := &table{from: "t AS source", line: "source.line"}
	by := engine.Grouping{Paths: [][]string{{"actor", "id"}}, Edges: []int64{-5, 7}, Marked: condition.Const(false), Most: 10}
	got := at.groups(engine.Span{From: 1, To: 2}, condition.Const(true), by)
	for _, want := range []string{"SELECT roundDown(assumeNotNull(moment), CAST([-5,7], 'Array(Int64)')) AS edge, (JSONType(line, 'actor', 'id') != 'Null') AS there0, JSONExtractString(line, 'actor', 'id') AS value0, count(), countIf(0), min(moment), max(moment) FROM",
		"WHERE (moment IS NULL OR moment IS NOT NULL AND moment >= 1 AND moment < 2) AND (1) GROUP BY edge, there0, value0 LIMIT 11"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	row := []string{"7", "1", "a", "0", "", "3", "1", "-2", "9"}
	g, ok := groupOf(row, 2)
	if want := (engine.Group{Edge: 7, Values: []engine.Value{{Text: "a"}, {Absent: true}}, Rows: 3, Marked: 1, First: -2, Last: 9}); !ok || !reflect.DeepEqual(g, want) {
		t.Errorf("a row is %+v, %v", g, ok)
	}
	for _, odd := range [][]string{row[1:], append([]string{"x"}, row[1:]...)} {
		if _, ok := groupOf(odd, 2); ok {
			t.Errorf("%q is a group", odd)
		}
	}
}
