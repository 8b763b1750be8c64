package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model/field"
	"pawprint/model/query"
)

// inProcess runs a command in this process and returns its standard output.
func inProcess(t *testing.T, args ...string) (string, error) {
	t.Helper()
	folder := t.TempDir()
	out, err := os.Create(filepath.Join(folder, "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	notes, err := os.Create(filepath.Join(folder, "err"))
	if err != nil {
		t.Fatal(err)
	}
	defer notes.Close()
	std := &streams{in: os.Stdin, out: newOutlet(out), err: newOutlet(notes)}
	failed := command(t.Context(), args, std, new(ending))
	text, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(text), failed
}

const damagedLog = "../../testdata/damaged.jsonl"

// plainText is the text of a JSON value, or the JSON of any other, with the same escapes however it was written; null is absent.
func plainText(raw json.RawMessage) string {
	if raw == nil || string(raw) == "null" {
		return "absent"
	}
	text := string(raw)
	if json.Unmarshal(raw, &text) == nil && text == "null" {
		return "absent" // the null in a list of errors
	}
	if json.Valid([]byte(text)) {
		var same any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if d.Decode(&same) == nil {
			plain, _ := json.Marshal(same)
			return string(plain)
		}
	}
	return text
}

// printedValues counts the values of a field that query prints: of events, and for reject of all lines.
func printedValues(t *testing.T, name string) (counts map[string]int, present int) {
	t.Helper()
	out, err := inProcess(t, "query", "", "--fields", name, "-o", "jsonl", damagedLog)
	if out == "" {
		t.Fatal(err)
	}
	counts = map[string]int{}
	for line := range strings.Lines(out) {
		var row map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row[name] != nil && string(row[name]) != "null" {
			present++
		}
		if row["reject"] == nil || name == "reject" {
			counts[plainText(row[name])]++
		}
	}
	return counts, present
}

// countedValues are the counts of stats by a field.
func countedValues(t *testing.T, name string) map[string]int {
	t.Helper()
	out, err := inProcess(t, "stats", "--by", name, "-o", "json", damagedLog)
	var rows []map[string]json.RawMessage
	if json.Unmarshal([]byte(out), &rows) != nil {
		t.Fatalf("stats --by %s: %v, %.200s", name, err, out)
	}
	counts := map[string]int{}
	for _, row := range rows {
		n, err := strconv.Atoi(string(row["count"]))
		if err != nil {
			t.Fatal(err)
		}
		counts[plainText(row[name])] += n
	}
	return counts
}

// distinctValues is how many different values of a field stats counts.
func distinctValues(t *testing.T, name string) int {
	t.Helper()
	out, err := inProcess(t, "stats", "--distinct", name, "-o", "json", damagedLog)
	var rows []map[string]json.RawMessage
	if json.Unmarshal([]byte(out), &rows) != nil || len(rows) != 1 {
		t.Fatalf("stats --distinct %s: %v, %.200s", name, err, out)
	}
	n, err := strconv.Atoi(string(rows[0]["different "+name]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// matches returns how many rows have a value of the field.
func matches(t *testing.T, name string) int {
	t.Helper()
	out, err := inProcess(t, "query", name+":*", "--count", damagedLog)
	n, notNumber := strconv.Atoi(strings.TrimSpace(out))
	if notNumber != nil {
		t.Fatalf("query %s:*: %v, %.200s", name, err, out)
	}
	return n
}

// TestEveryNameWorksEverywhere asks for each name in a query, as a field to print and to count, and in completion: they agree, or the
// error says what to write instead.
func TestEveryNameWorksEverywhere(t *testing.T) {
	for _, n := range field.Names() {
		t.Run(n.Name, func(t *testing.T) {
			_, _, options := query.Complete(n.Name, len(n.Name), query.Data{})
			if !slices.ContainsFunc(options, func(o query.Completion) bool { return field.Same(o.Text, n.Name+":") }) && n.Kind != field.Condition {
				t.Errorf("completion offers %v", options)
			}
			switch {
			case n.Kind == field.Condition:
				refused(t, "write it in a query, as in "+n.Name+":", []string{"query", "", "--fields", n.Name}, []string{"stats", "--by", n.Name}, []string{"stats", "--distinct", n.Name})
				return
			case n.Kind == field.Time:
				refused(t, "--every 1h", []string{"stats", "--by", n.Name}, []string{"stats", "--distinct", n.Name})
				return
			}
			printed, present := printedValues(t, n.Name)
			if n.Name != "ip" && n.Name != "sourceIP" { // their addresses are counted one by one and however they are written
				if diff := cmp.Diff(printed, countedValues(t, n.Name)); diff != "" {
					t.Errorf("stats counts other values than query prints (-query +stats):\n%s", diff)
				}
				different := len(printed)
				if printed["absent"] > 0 {
					different--
				}
				if d := distinctValues(t, n.Name); d < different || d > different && !replaced(printed) && n.Kind != field.Message {
					t.Errorf("stats finds %d different values, query prints %d", d, different)
				}
			}
			if m := matches(t, n.Name); m != present && n.Kind != field.Message {
				t.Errorf("a query finds %d rows with a value, %d are printed with one", m, present)
			}
		})
	}
}

// replaced reports whether JSON could not hold the bytes of a value, so that different values can look the same.
func replaced(values map[string]int) bool {
	for v := range values {
		if strings.ContainsRune(v, '\ufffd') || strings.Contains(v, `\ufffd`) {
			return true
		}
	}
	return false
}

// refused checks that each command fails with an error that says what to write instead.
func refused(t *testing.T, want string, commands ...[]string) {
	t.Helper()
	for _, args := range commands {
		if out, err := inProcess(t, append(args, damagedLog)...); err == nil || !strings.Contains(err.Error(), want) || out != "" {
			t.Errorf("%q: %v, want %s", args, err, want)
		}
	}
}
