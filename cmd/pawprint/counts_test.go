package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/loader/demo/damaged"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/tally"
)

// TestEveryPlaceCountsByTheSameWordsAndNumbers compares the title, the problems, the report of check, the statistics, standard error and
// what queries find.
func TestEveryPlaceCountsByTheSameWordsAndNumbers(t *testing.T) {
	t.Parallel()
	made := filepath.Join(t.TempDir(), "made.jsonl")
	write(t, made, damaged.File())
	for _, path := range []string{"../../testdata/damaged.jsonl", "../../testdata/audit.jsonl", made} {
		log := model.NewLog()
		if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
			t.Fatal(err)
		}
		snap := log.Snapshot()
		b := snap.Books()
		prints := func(args ...string) (out, said string) { return saidBy(t, append(args, path)...) }

		screen := startOn(t, terminalOptions{cols: 200, rows: 50}, nil, path)
		for _, k := range []tally.Kind{tally.Rejects, tally.Recovered, tally.Errors, tally.Warnings} {
			one, many := k.Words()
			if n := k.Of(b); n > 0 {
				screen.waitForText(" · " + amount.Of(n, one, many))
			}
		}
		screen.typeKeys("p")
		severities := amount.Of(b.Errors, "error", "errors") + ", " + amount.Of(b.Warnings, "warning", "warnings")
		screen.waitForText(amount.Of(b.Rejects, "reject", "rejects") + " + " + amount.Of(b.Blanks, "blank", "blanks") + "; " + severities)
		screen.typeKeys("\x03")
		screen.waitForExit(0)

		report, said := prints("check")
		sum := tally.Sum(b)
		if want := fmt.Sprintf("%s; %s; %d bytes\n", sum, tally.Problems(b), b.Bytes); !strings.HasSuffix(report, want) {
			t.Errorf("%s: check ends with %.200s, want %s", path, report[max(0, len(report)-200):], want)
		}
		if want := "pawprint: " + sum + "\n"; strings.HasSuffix(said, want) != (b.Rejects > 0) {
			t.Errorf("%s: check says %q, want %q", path, said, want)
		}
		errors, warnings := strings.Count(report, ": error: "), strings.Count(report, ": warning: ")
		if int64(errors) != b.Errors || int64(warnings) != b.Warnings {
			t.Errorf("%s: check lists %d errors and %d warnings, want %d and %d", path, errors, warnings, b.Errors, b.Warnings)
		}
		report, _ = prints("check", "-o", "json")
		var last struct{ Summary map[string]any }
		if err := json.Unmarshal([]byte(report[strings.LastIndexByte(strings.TrimSpace(report), '\n')+1:]), &last); err != nil {
			t.Fatal(err)
		}
		table, _ := prints("stats")
		for _, k := range tally.All() {
			n := k.Of(b)
			if got, ok := last.Summary[k.String()]; ok && got != float64(n) || !ok && n > 0 {
				t.Errorf("%s: the summary has %v %s, want %d", path, got, k, n)
			}
			if want := fmt.Sprintf("\nall %s,,%d,", k, n); n > 0 && !strings.Contains(table, want) {
				t.Errorf("%s: stats has no %q", path, want)
			}
		}
		rows := 0
		for range snap.ProblemRows(0) {
			rows++
		}
		for query, want := range map[string]int64{"is:reject": b.Rejects, "has:problem": int64(rows), "is:recovered": b.Recovered, "": b.Events + b.Rejects} {
			if out, _ := prints("query", "-c", query); out != fmt.Sprintln(want) {
				t.Errorf("%s: %q finds %s, want %d", path, query, out, want)
			}
		}
	}
}

func TestTheMiddleOfTheScreenSaysWhyNothingIsThere(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, filepath.Join(dir, "empty.jsonl"), nil)
	write(t, filepath.Join(dir, "blank.jsonl"), []byte("\n\n"))
	write(t, filepath.Join(dir, "list.json"), []byte("[]"))
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "folder", ".DS_Store"), []byte("x"))
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"none.jsonl"}, []string{"Nothing was read", "none.jsonl: no such file"}},
		{[]string{"none*.jsonl"}, []string{"Nothing was read", "no file matches", "name a file"}},
		{[]string{"folder"}, []string{"Nothing was read", "1 left out", "hidden 1", "B shows the sources"}},
		{[]string{"empty.jsonl"}, []string{"No events: the log is empty", "empty.jsonl is empty"}},
		{[]string{"list.json", "empty.jsonl"}, []string{"No events", "list.json has no record in it", "empty.jsonl is empty"}},
		{[]string{"blank.jsonl"}, []string{"No events: 2 lines read, 2 of them blank", "blank.jsonl has only 2 blank lines"}},
		{[]string{"-f", "none.jsonl"}, []string{"Waiting: nothing was read yet", "none.jsonl: waiting: the file does not exist"}},
		{[]string{"-f", "empty.jsonl"}, []string{"Waiting: nothing was read yet", "there is nothing in it yet"}},
	} {
		x := start(t, nil, c.args...)
		for _, text := range c.want {
			x.waitFor(text, func(screen string) bool { return strings.Contains(strings.Join(strings.Fields(screen), " "), text) })
		}
		x.typeKeys("q")
		x.waitForExit(0)
	}
}
