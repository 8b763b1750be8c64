package athena

import (
	"strings"
	"testing"

	"pawprint/loader/engine"
	"pawprint/model/condition"
)

// TestRowsAreCountedThere checks what is asked to count, and that an answer which is none is said.
func TestRowsAreCountedThere(t *testing.T) {
	of, is := window(1).Span, condition.In{Path: []string{"actionName"}, Values: []string{"GET_RULE"}}
	s := newService(t, "42")
	e := s.engine(t)
	if n, err := e.Count(t.Context(), of, is); n != 42 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if values, ok, err := e.Values(t.Context(), of, is.Path, 1, 2); !ok || err != nil || len(values) != 1 || values[0] != "42" {
		t.Errorf("%q, %v, %v", values, ok, err)
	}
	if _, ok, err := e.Values(t.Context(), of, is.Path, 1, 1); ok || err != nil {
		t.Errorf("values of too many bytes: %v, %v", ok, err)
	}
	if _, ok, err := e.Values(t.Context(), of, is.Path, 0, 10); ok || err != nil {
		t.Errorf("too many values: %v, %v", ok, err)
	}
	if _, _, err := e.Groups(t.Context(), of, is, engine.Grouping{Marked: is, Most: 9}); err == nil || !strings.Contains(err.Error(), "cannot be understood") {
		t.Errorf("groups: %v", err)
	}
	for i, want := range []string{"SELECT count(*) FROM ", "SELECT DISTINCT coalesce(x_text_actionName, '') FROM ", "SELECT DISTINCT ", "SELECT DISTINCT ", `SELECT '' AS "c0", count(*) AS "c1"`} {
		if !strings.HasPrefix(s.started[i], comment+want) || !strings.Contains(s.started[i], `"hour" <= '10'`) {
			t.Errorf("sent is %s", s.started[i])
		}
	}
	if _, err := e.Count(t.Context(), engine.Always, is); err == nil || !strings.Contains(err.Error(), "--since") {
		t.Errorf("without an earliest time: %v", err)
	}
	s.lines = []string{"many"}
	if _, err := e.Count(t.Context(), of, is); err == nil || !strings.Contains(err.Error(), "cannot be understood") {
		t.Errorf("count: %v", err)
	}
}
