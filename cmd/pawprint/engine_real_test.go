//go:build engines

package main

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// realDatabase sends a statement that writes to the real engine; see .ci/engines.
func realDatabase(t *testing.T, statement string) {
	t.Helper()
	host := os.Getenv("PAWPRINT_CLICKHOUSE")
	if host == "" {
		t.Fatal("PAWPRINT_CLICKHOUSE is not set: it names the server to test with")
	}
	answer, err := http.Post("http://"+host+"/", "text/plain", strings.NewReader(statement))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", statement, text)
	}
}

// realTable fills a table with the lines of a file, and returns its URL.
func realTable(t *testing.T, name, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	realDatabase(t, "CREATE DATABASE IF NOT EXISTS files")
	realDatabase(t, "DROP TABLE IF EXISTS files."+name)
	realDatabase(t, "CREATE TABLE files."+name+" (line String) ENGINE = MergeTree ORDER BY tuple()")
	realDatabase(t, "INSERT INTO files."+name+" SELECT line FROM file('"+path+"', 'LineAsString', 'line String')")
	return "clickhouse://" + os.Getenv("PAWPRINT_CLICKHOUSE") + "/files." + name
}

// linesPrinted runs the program and returns the lines that it prints, sorted, and its exit code.
func linesPrinted(t *testing.T, args ...string) (lines []string, code int) {
	t.Helper()
	cmd := exec.Command(os.Getenv("PAWPRINT_PROGRAM"), args...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run() // the exit code is compared
	if code = cmd.ProcessState.ExitCode(); code > 1 {
		t.Errorf("pawprint %q: %s", args, errs.String())
	}
	lines = strings.SplitAfter(out.String(), "\n")
	slices.Sort(lines)
	return lines, code
}

// TestRealClickHouseAnswersCommandsAsFilesDo compares what commands print of a table and of objects with what they print of the file.
func TestRealClickHouseAnswersCommandsAsFilesDo(t *testing.T) {
	shared, demo := "../../testdata/audit.jsonl", os.Getenv("PAWPRINT_DEMO")
	objects := "clickhouse://" + os.Getenv("PAWPRINT_CLICKHOUSE") + "/?s3=" + os.Getenv("PAWPRINT_OBJECTS")
	for _, source := range []struct{ url, file string }{
		{realTable(t, "damaged", "../../testdata/damaged.jsonl"), "../../testdata/damaged.jsonl"},
		{realTable(t, "demo", demo), demo},
		{objects, shared},
	} {
		for _, args := range [][]string{
			{"query", "--rows", "0", ""},
			{"query", "--rows", "0", "is:failed rule"},
			{"query", "--rows", "0", "ip:198.51.100.0/24 since:2026-11-20"},
			{"query", "--rows", "0", "--since", "2026-11-15", "--until", "2026-11-16T12:00", "actor:ci-token"},
			{"query", "--rows", "0", "-o", "csv", "--fields", "time,actor,action,error", "action:/^DELETE/"},
			{"query", "-c", ""},
			{"query", "-c", "is:failed"},
			{"query", "-c", "rule or errors>1"},
			{"query", "-c", "-q", "-is:failed", "version<1.113 -actor:terraform"},
			{"stats", "--by", "action,result"},
			{"stats", "--by", "actor.id,ua", "-q", "is:write"},
			{"stats", "--every", "1h", "--since", "2026-11-10", "--until", "2026-11-22"},
			{"stats", "--every", "1d", "--by", "result", "--tz", "Europe/Zurich", "-q", "rule", "--since", "2026-11-01"},
			{"stats", "--every", "1d", "--by", "actor", "--distinct", "ip,action", "--since", "2026-11-01"},
			{"stats", "--by", "ip,actor.type"},
			{"stats", "--by", "actor,class", "--sort", "-last", "--min", "2", "-q", "is:write or rule"},
			{"stats", "--by", "identity,email,version", "--top", "7"},
			{"stats", "--by", "actor", "--distinct", "ip,ua,class"},
			{"stats", "--distinct", "actor"},
			{"stats", "--compare", "3d", "--by", "actor"},
			{"stats", "--compare", "1w", "-q", "is:failed or rule"},
			{"stats", "--compare", "2026-11-10..2026-11-11", "--by", "ip,action", "--sort", "share"},
			{"stats", "--compare", "2026-11-10 vs 2026-11-12", "--by", "class"},
			{"stats"},
			{"stats", "-q", "is:failed -rule", "--top", "3"},
		} {
			want, wantCode := linesPrinted(t, append(slices.Clone(args), source.file)...)
			got, code := linesPrinted(t, append(slices.Clone(args), source.url)...)
			if args[0] == "stats" { // the books of all lines are not known
				want = slices.DeleteFunc(want, func(l string) bool { return strings.HasPrefix(l, "all ") || strings.HasPrefix(l, "sources,") })
			}
			if !slices.Equal(got, want) || code != wantCode {
				t.Errorf("pawprint %q of %s prints %d lines, want %d; exits %d, want %d", args, source.url, len(got), len(want), code, wantCode)
			}
		}
	}
}

// TestRealClickHouseGivesTheNewestRows compares the newest rows of a table with the last ones of the file.
func TestRealClickHouseGivesTheNewestRows(t *testing.T) {
	demo := os.Getenv("PAWPRINT_DEMO")
	url := realTable(t, "newest", demo)
	for _, rows := range []string{"1", "1000"} {
		want, _ := linesPrinted(t, "query", "--sort", "-time", "-n", rows, "", demo)
		if got, _ := linesPrinted(t, "query", "--rows", rows, "", url); !slices.Equal(got, want) {
			t.Errorf("--rows %s prints %d lines, want %d", rows, len(got), len(want))
		}
	}
}
