package panther

import (
	"strings"
	"testing"

	"pawprint/loader/engine"
	"pawprint/model/condition"
)

// TestRowsAreCountedThere checks what is asked to count, and that a table whose columns are not all known is not counted.
func TestRowsAreCountedThere(t *testing.T) {
	of := engine.Span{From: base.UnixNano(), To: engine.Always.To}
	is := condition.In{Path: []string{"actionName"}, Values: []string{"GET_RULE"}}
	by := engine.Grouping{Paths: [][]string{is.Path}, Marked: is, Most: 9}
	in := newInstance(t, `{"c0":42,"c1":1,"c2":"GET_RULE","c3":7,"c4":2,"c5":"2026-11-02 10:00:00.000","c6":"2026-11-02 11:00:00.000"}`)
	in.columns = `{"columns":[{"name":"actionName","type":"string"},{"name":"timestamp","type":"timestamp"}]}`
	c, _ := in.client(t)
	e := &Engine{client: c, table: ownTable}
	if n, err := e.Count(t.Context(), of, is); n != 42 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if values, ok, err := e.Values(t.Context(), of, is.Path, 1, 2); !ok || err != nil || values[0] != "42" {
		t.Errorf("%q, %v, %v", values, ok, err)
	}
	groups, ok, err := e.Groups(t.Context(), of, is, by)
	if !ok || err != nil || len(groups) != 1 || groups[0].Rows != 7 || groups[0].Marked != 2 || groups[0].Values[0].Text != "GET_RULE" {
		t.Errorf("%+v, %v, %v", groups, ok, err)
	}
	for i, want := range []string{`SELECT count(*) AS "c0" FROM (`, `SELECT DISTINCT actionName AS "c0" FROM (`, `SELECT '' AS "c0", CASE WHEN actionName IS NULL`} {
		if !strings.HasPrefix(in.started[i], "/* pawprint */ "+want) || !strings.Contains(in.started[i], "p_event_time >= TO_TIMESTAMP_NTZ('2026-11-02 10:00") {
			t.Errorf("sent is %s", in.started[i])
		}
	}
	in.rows = []string{`{"c0":null}`}
	if _, err := e.Count(t.Context(), of, is); err == nil || !strings.Contains(err.Error(), "cannot be understood") {
		t.Errorf("count: %v", err)
	}
	in.columns = `{"columns":[{"name":"actionName","type":"geography"}]}`
	e = &Engine{client: c, table: ownTable}
	if _, err := e.Count(t.Context(), of, is); err == nil || !strings.Contains(err.Error(), "a type that this version does not know") {
		t.Errorf("an unknown type: %v", err)
	}
	if _, ok, err := e.Values(t.Context(), of, is.Path, 1, 9); ok || err != nil {
		t.Errorf("values of an unknown type: %v, %v", ok, err)
	}
}
