//go:build engines

package main

import (
	"path/filepath"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui"
)

// linesThatMatch counts the lines of a log that match.
func linesThatMatch(t *testing.T, log *model.Log, e query.Expr) map[string]int {
	t.Helper()
	snap := log.Snapshot()
	found, err := model.Select(t.Context(), snap, query.Compile(e, query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	out, raw := map[string]int{}, model.NewRawReader(&snap)
	for _, r := range found.InSourceOrder() {
		line, err := raw.Line(r)
		if err != nil {
			t.Fatal(err)
		}
		out[string(line)]++
	}
	return out
}

// TestRealClickHouseIsAskedForEachRowOnce asks for the rows of filters until there are no more, and compares them with those of the file.
func TestRealClickHouseIsAskedForEachRowOnce(t *testing.T) {
	for name, path := range map[string]string{"more": filepath.Join("..", "..", "testdata", "audit.jsonl"), "moredamaged": filepath.Join("..", "..", "testdata", "damaged.jsonl")} {
		whole := model.NewLog()
		if err := loader.Load(t.Context(), whole, &loader.File{Path: path}); err != nil {
			t.Fatal(err)
		}
		log, asker := askedLog(t, realTable(t, name, path), "150")
		if name == "more" {
			log, asker = askedLog(t, realTable(t, name, path), "900")
		}
		for _, text := range []string{"is:failed actor:terraform", "-is:failed rule", ""} {
			e, err := query.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			total := int64(0)
			for _, n := range linesThatMatch(t, whole, e) {
				total += int64(n)
			}
			for asked := 0; ; asked++ {
				got, ok, err := asker.Ask(t.Context(), tui.Asking{Expr: e, Text: text})
				if err != nil || !ok || asked > 100 {
					t.Fatalf("%s: %+v, %v", text, got, err)
				}
				counted := got.Total.Known() && (text != "" || name == "more") // without a filter, rows are counted that hold several events
				if counted && got.Total != (model.Total{Least: total, Most: total}) {
					t.Errorf("%q: %+v match, which are %d", text, got.Total, total)
				}
				if !got.More {
					break
				}
			}
			want, got := linesThatMatch(t, whole, e), linesThatMatch(t, log, e)
			for line, n := range want {
				if got[line] != n {
					t.Errorf("%s, %q: %.100q is there %d times, want %d", name, text, line, got[line], n)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%s, %q: %d lines, want %d", name, text, len(got), len(want))
			}
		}
	}
}

// TestRealClickHouseCountsEverything compares figures of all rows with those of the file.
func TestRealClickHouseCountsEverything(t *testing.T) {
	path := filepath.Join("..", "..", "testdata", "damaged.jsonl")
	whole := model.NewLog()
	if err := loader.Load(t.Context(), whole, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	_, asker := askedLog(t, realTable(t, "all", path), "50")
	for _, text := range []string{"", "ip:10.0.0.0/8 OR rule"} {
		checkEverything(t, whole, asker, text, 0, 3)
	}
}
