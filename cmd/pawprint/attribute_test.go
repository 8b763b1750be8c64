package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pawprint/model"
)

// attributes returns the rows of the schema that describe a single key.
func attributes() (out []model.FieldInfo) {
	for _, f := range model.Schema() {
		if f.Field != model.FieldLake {
			out = append(out, f)
		}
	}
	return out
}

// TestAnAttributeOfTheSchemaAppearsInTheCommands checks each command against the schema: a new row is checked, printed and listed.
func TestAnAttributeOfTheSchemaAppearsInTheCommands(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log.jsonl")
	pawprint(t, "demo", "--write", log, "--events", "1000")
	var names []string
	for _, f := range attributes() {
		names = append(names, f.Name)
	}
	rows, err := csv.NewReader(strings.NewReader(pawprint(t, "query", "", log, "--fields", strings.Join(names, ","), "-o", "csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table, _, _ := strings.Cut(pawprint(t, "query", "", log, "--fields", strings.Join(names, ","), "-o", "table"), "\n")
	listed := pawprint(t, "fields")
	for i, f := range attributes() {
		values := map[string]bool{}
		for _, row := range rows[1:] {
			values[row[i]] = true
		}
		if rows[0][i] != f.Name || len(values) == 1 && values[""] {
			t.Errorf("column %s of the CSV has no value", rows[0][i])
		}
		if title := strings.ToUpper(f.Name); !strings.Contains(table, title[:min(len(title), f.Width-1)]) {
			t.Errorf("the table has no heading for %s: %s", f.Name, table)
		}
		if !strings.Contains(listed, "\n"+f.Name+" ") || !strings.Contains(listed, strings.Join(f.Values, " ")) {
			t.Errorf("fields does not list %s", f.Name)
		}
		if f.Column != model.NoColumn && strings.Count(pawprint(t, "stats", log, "--by", f.Name), "\n") < 2 {
			t.Errorf("nothing is counted by %s", f.Name)
		}
	}
}

// TestAnAttributeOfTheSchemaIsChecked gives each attribute that has a type a value of another one, and each enumeration an unknown word.
func TestAnAttributeOfTheSchemaIsChecked(t *testing.T) {
	var lines, want []string
	add := func(f *model.FieldInfo, value string) {
		lines = append(lines, nested(f.Name, value))
		want = append(want, fmt.Sprintf("error: %s: ", f.Name))
	}
	for _, f := range attributes() {
		if f.Untyped() {
			continue
		}
		add(&f, "17")
		if f.Type == model.TypeEnumeration {
			add(&f, `"bogus"`)
		}
	}
	file := filepath.Join(t.TempDir(), "wrong.jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command(ourselves(t), "check", file).Output() // the problems are its exit code
	for i, line := range lines {
		found := slices.ContainsFunc(strings.Split(string(out), "\n"), func(said string) bool {
			return strings.HasPrefix(said, fmt.Sprintf("%s:%d:", file, i+1)) && strings.Contains(said, want[i]) && !strings.Contains(said, "absent")
		})
		if !found {
			t.Errorf("check has no %q for %s:\n%s", want[i], line, out)
		}
	}
}

// nested returns a line with a value at a path.
func nested(path, value string) string {
	keys := strings.Split(path, ".")
	for i := len(keys) - 1; i >= 0; i-- {
		if value = `{"` + keys[i] + `":` + value + "}"; i > 0 && keys[i-1] == "errors" {
			value = "[" + value + "]"
		}
	}
	return value
}
