package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model/field/fieldtest"
)

// printedValue is a value as a command prints it in JSON; nil if it is absent.
func printedValue(t *testing.T, raw json.RawMessage) *string {
	t.Helper()
	text := string(raw)
	switch {
	case text == "null":
		return nil
	case text[0] == '"':
		if err := json.Unmarshal(raw, &text); err != nil {
			t.Fatal(err)
		}
	}
	return &text
}

// printedRows runs a command that prints a JSON list, and returns the values of a member.
func printedRows(t *testing.T, member string, args ...string) []*string {
	t.Helper()
	var rows []map[string]json.RawMessage
	if err := json.Unmarshal([]byte(pawprint(t, args...)), &rows); err != nil {
		t.Fatal(err)
	}
	var out []*string
	for _, row := range rows {
		raw, ok := row[member]
		if !ok {
			t.Fatalf("a row of %q has no %s", args, member)
		}
		for range eventsOf(row) {
			out = append(out, printedValue(t, raw))
		}
	}
	return out
}

// eventsOf returns how many events a row counts.
func eventsOf(row map[string]json.RawMessage) int {
	n := 1
	_ = json.Unmarshal(row["count"], &n)
	return n
}

func TestCommandsPrintAndCountTheValuesOfEveryShape(t *testing.T) {
	lines, values := map[string][]string{}, map[string][]*string{}
	for _, s := range fieldtest.Shapes {
		lines[s.Field] = append(lines[s.Field], s.Line)
		value := &s.Value
		if s.Texts == nil {
			value = nil
		}
		values[s.Field] = append(values[s.Field], value)
	}
	for name, want := range values {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "audit.jsonl")
			if err := os.WriteFile(path, []byte(strings.Join(lines[name], "\n")), 0o600); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, printedRows(t, name, "query", "-o", "json", "--fields", name, "", path)); diff != "" {
				t.Errorf("query --fields %s (-want +got):\n%s", name, diff)
			}
			got := printedRows(t, name, "stats", "-o", "json", "--by", name, path)
			if diff := cmp.Diff(inOrder(want), inOrder(got)); diff != "" {
				t.Errorf("stats --by %s (-want +got):\n%s", name, diff)
			}
		})
	}
}

// inOrder sorts values, the absent ones first.
func inOrder(values []*string) []string {
	var out []string
	for _, v := range values {
		if v == nil {
			out = append(out, "absent")
			continue
		}
		out = append(out, "= "+*v)
	}
	slices.Sort(out)
	return out
}
