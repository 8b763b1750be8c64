//go:build engines

package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// realDatabase sends a statement to the real engine, and returns its answer; see .ci/engines.
func realDatabase(t *testing.T, statement string) string {
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
	text, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", statement, text)
	}
	return string(text)
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
	out, errs, code := realOutcome(args...)
	if code > 1 {
		t.Errorf("pawprint %q: %s", args, errs)
	}
	lines = strings.SplitAfter(out, "\n")
	slices.Sort(lines)
	return lines, code
}

func realOutcome(args ...string) (stdout, stderr string, code int) {
	cmd := exec.Command(os.Getenv("PAWPRINT_PROGRAM"), args...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run() // the exit code is in the result
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// someCommands are compared on each kind of source, the others on two tables.
var someCommands = [][]string{
	{"query", "--rows", "0", "is:failed rule"},
	{"query", "--rows", "0", "--since", "2026-11-15", "--until", "2026-11-16T12:00", "is:read"},
	{"query", "--rows", "0", "--since", "2026-11-15T10:30", "--until", "2026-11-15T10:59", ""},
	{"query", "-c", "rule or errors>1"},
	{"stats", "--every", "1h", "--since", "2026-11-10", "--until", "2026-11-22"},
	{"stats", "--compare", "3d", "--by", "actor"},
}

var allCommands = append(slices.Clone(someCommands), [][]string{
	{"query", "--rows", "0", ""},
	{"query", "--rows", "0", "ip:198.51.100.0/24 since:2026-11-20"},
	{"query", "--rows", "0", "--since", "2026-11-15", "--until", "2026-11-16T12:00", "actor:ci-token"},
	{"query", "--rows", "0", "-o", "csv", "--fields", "time,actor,action,error", "action:/^DELETE/"},
	{"query", "-c", ""},
	{"query", "-c", "is:failed"},
	{"query", "-c", "-q", "-is:failed", "version<1.113 -actor:terraform"},
	{"stats", "--by", "action,result"},
	{"stats", "--by", "actor.id,ua", "-q", "is:write"},
	{"stats", "--every", "1d", "--by", "result", "--tz", "Europe/Zurich", "-q", "rule", "--since", "2026-11-01"},
	{"stats", "--every", "1d", "--by", "actor", "--distinct", "ip,action", "--since", "2026-11-01"},
	{"stats", "--by", "ip,actor.type"},
	{"stats", "--by", "actor,class", "--sort", "-last", "--min", "2", "-q", "is:write or rule"},
	{"stats", "--by", "identity,email,version", "--top", "7"},
	{"stats", "--by", "actor", "--distinct", "ip,ua,class"},
	{"stats", "--compare", "1w", "-q", "is:failed or rule"},
	{"stats", "--compare", "2026-11-10..2026-11-11", "--by", "ip,action", "--sort", "share"},
	{"stats", "--compare", "2026-11-10 vs 2026-11-12", "--by", "class"},
	{"stats"},
	{"stats", "-q", "is:failed -rule", "--top", "3"},
}...)

// TestRealClickHouseAnswersCommandsAsFilesDo compares what commands print of tables, objects and files of the server with what they print
// of the file.
func TestRealClickHouseAnswersCommandsAsFilesDo(t *testing.T) {
	shared, demo, server := "../../testdata/audit.jsonl", os.Getenv("PAWPRINT_DEMO"), "clickhouse://"+os.Getenv("PAWPRINT_CLICKHOUSE")
	timed := realTable(t, "timed", demo)
	realDatabase(t, "ALTER TABLE files.timed ADD COLUMN at Nullable(DateTime64(3)) MATERIALIZED parseDateTime64BestEffortOrNull(JSONExtractString(line, 'timestamp'), 3, 'UTC') + INTERVAL 50 MINUTE")
	realDatabase(t, "DROP NAMED COLLECTION IF EXISTS shared")
	realDatabase(t, "CREATE NAMED COLLECTION shared AS access_key_id = 'testkey', secret_access_key = 'testsecret123'")
	objects := server + "/?s3=" + os.Getenv("PAWPRINT_OBJECTS")
	hours := "year=*/month=*/day=*/hour=*/*.json"
	bucket, _, _ := strings.Cut(os.Getenv("PAWPRINT_OBJECTS"), "/logs/")
	for _, source := range []struct {
		url, file string
		commands  [][]string
	}{
		{realTable(t, "damaged", "../../testdata/damaged.jsonl"), "../../testdata/damaged.jsonl", allCommands},
		{realTable(t, "shared", shared), shared, allCommands},
		{realTable(t, "demo", demo), demo, someCommands},
		{timed + "?time=at", demo, someCommands},
		{objects, shared, someCommands},
		{objects + "&collection=shared", shared, someCommands[:1]},
		{server + "/?s3=" + bucket + "/hours/logs/" + hours, os.Getenv("PAWPRINT_HOURS") + ".jsonl", someCommands},
		{server + "/?file=" + os.Getenv("PAWPRINT_HOURS") + "/logs/" + hours, os.Getenv("PAWPRINT_HOURS") + ".jsonl", someCommands},
	} {
		began := time.Now()
		for _, args := range source.commands {
			want, wantCode := linesPrinted(t, append(slices.Clone(args), source.file)...)
			got, code := linesPrinted(t, append(slices.Clone(args), source.url)...)
			if args[0] == "stats" { // the books of all lines are not known
				want = slices.DeleteFunc(want, func(l string) bool { return strings.HasPrefix(l, "all ") || strings.HasPrefix(l, "sources,") })
			}
			if !slices.Equal(got, want) || code != wantCode {
				t.Errorf("pawprint %q of %s prints %d lines, want %d; exits %d, want %d", args, source.url, len(got), len(want), code, wantCode)
			}
		}
		t.Logf("%s: %v", source.url, time.Since(began).Round(time.Second))
	}
}

// TestRealClickHouseOpensNoObjectOfAnotherHour reads an hour of objects, among others that cannot be unpacked.
func TestRealClickHouseOpensNoObjectOfAnotherHour(t *testing.T) {
	folder := filepath.Join(os.Getenv("PAWPRINT_HOURS"), "broken")
	for hour, text := range map[string]string{"08": "no gzip", "12": "no gzip"} {
		path := filepath.Join(folder, "year=2026", "month=11", "day=15", "hour="+hour)
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, "a.json.gz"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	for _, hour := range []string{"09", "10", "11"} {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		fmt.Fprintf(w, `{"timestamp":"2026-11-15T%s:30:00Z","actionName":"GET_RULE","actionResult":"FAILED"}`+"\n", hour)
		w.Close()
		path := filepath.Join(folder, "year=2026", "month=11", "day=15", "hour="+hour)
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, "a.json.gz"), packed.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	bucket, _, _ := strings.Cut(os.Getenv("PAWPRINT_OBJECTS"), "/logs/")
	url := "clickhouse://" + os.Getenv("PAWPRINT_CLICKHOUSE") + "/?s3=" + bucket + "/hours/broken/year=*/month=*/day=*/hour=*/*.json.gz"
	for _, args := range [][]string{
		{"query", "--rows", "0"}, {"query", "-c"}, {"stats", "--by", "action", "-q"}, {"stats", "--every", "1h", "-q"},
	} {
		args = append(args, "is:failed", "--since", "2026-11-15T10:00", "--until", "2026-11-15T10:59", url)
		if lines, code := linesPrinted(t, args...); code != 0 || len(lines) < 2 {
			t.Errorf("pawprint %q exits %d with %q", args, code, lines)
		}
	}
	out, errs, code := realOutcome("query", "-c", "is:failed", "--since", "2026-11-15T08:00", url)
	if out != "" || code != 2 || !strings.Contains(errs, "an object is damaged") {
		t.Errorf("with a damaged object in question it exits %d, prints %q and says %q", code, out, errs)
	}
}

// TestRealClickHouseEndsTheQueryOfAProgramThatIsInterrupted interrupts the program while an answer without end comes.
func TestRealClickHouseEndsTheQueryOfAProgramThatIsInterrupted(t *testing.T) {
	realDatabase(t, "CREATE DATABASE IF NOT EXISTS files")
	realDatabase(t, "CREATE VIEW IF NOT EXISTS files.endless AS SELECT concat('no event ', toString(number)) AS line FROM numbers(1000000000000)")
	host := os.Getenv("PAWPRINT_CLICKHOUSE")
	cmd := exec.Command(os.Getenv("PAWPRINT_PROGRAM"), "stats", "--by", "action", "clickhouse://"+host+"/files.endless")
	var out strings.Builder
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	id := waitForRunning(t, host, "endless")
	if !strings.HasPrefix(id, "pawprint-") {
		t.Fatalf("the query %q runs", id)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 || out.String() != "" {
		t.Errorf("it exits %d and prints %q", code, out.String())
	}
	// The next query must wait until that one has ended.
	if n := realDatabase(t, "SELECT count() FROM system.processes"); n != "1\n" {
		t.Errorf("%s queries run", n)
	}
	if all := said(t, "http://"+host+"/ended"); !strings.Contains(all, id) {
		t.Errorf("%s is not among those that were ended: %s", id, all)
	}
}

// waitForRunning waits, for a minute at most, until a server runs a query that holds a word, and returns its id. It runs those of other tests, too.
func waitForRunning(t *testing.T, host, word string) (id string) {
	t.Helper()
	for range 600 {
		if id = said(t, "http://"+host+"/running?of="+word); id != "" {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return id
}

// said returns what a server says.
func said(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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
