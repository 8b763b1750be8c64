package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// damagedSource is a source of two events in which something else was not read as a line.
type damagedSource struct {
	name, says, reject string // reject is empty if the bytes are there, so that some formats print them
	write              func(t *testing.T, path string, events []byte)
}

var damagedSources = []damagedSource{
	{"long.jsonl", "is longer than 64 MiB", "line too long", func(t *testing.T, path string, events []byte) {
		t.Helper()
		write(t, path, events)
		if err := os.Truncate(path, int64(len(events))+64<<20+1); err != nil { // a line of NULs
			t.Fatal(err)
		}
	}},
	{"behind.gz", "10 bytes after the end of the gzip data", "after the end of the compressed data", func(t *testing.T, path string, events []byte) {
		t.Helper()
		write(t, path, append(zipped(string(events)), "{\"more\":1}"...))
	}},
	{"list.behind.gz", "3 bytes after the end of the gzip data", "after the end of the compressed data", func(t *testing.T, path string, events []byte) {
		t.Helper()
		write(t, path, append(zipped(string(listed(events, "]"))), 0, 0, 0))
	}},
	{"cut.gz", "the data are cut off", "cut: the source ends early", func(t *testing.T, path string, events []byte) {
		t.Helper()
		whole := zipped(string(events))
		write(t, path, whole[:len(whole)-8]) // all lines are there, but not the checksum
	}},
	{"cut.json", "the list of records has no end", "cut: the source ends early", func(t *testing.T, path string, events []byte) {
		t.Helper()
		write(t, path, listed(events, ""))
	}},
	{"cut.records.json", "the list of records has no end", "", func(t *testing.T, path string, events []byte) {
		t.Helper()
		write(t, path, append([]byte(`{"Records":`), listed(events, `,{"actionName":"GE`)...))
	}},
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// listed makes a JSON array of lines, with end behind the last of them.
func listed(events []byte, end string) []byte {
	return []byte("[" + strings.ReplaceAll(strings.TrimSpace(string(events)), "\n", ",\n") + end)
}

func TestEveryCommandTellsDamageAndExportsSayWhatItIs(t *testing.T) {
	t.Parallel()
	program, dir := ourselves(t), t.TempDir()
	events := []byte(event("GET_ONE", "SUCCEEDED") + event("GET_TWO", "FAILED"))
	for _, d := range damagedSources {
		path := filepath.Join(dir, d.name)
		d.write(t, path, events)
		for _, c := range []struct {
			args    []string
			rejects bool // the output holds the reject
			piped   bool
		}{
			{[]string{"query", "-o", "jsonl", ""}, true, false},
			{[]string{"query", "-o", "json", ""}, true, true},
			{[]string{"query", "-o", "csv", ""}, true, false},
			{[]string{"query", "-c", "is:failed"}, false, false},
			{[]string{"stats", "--by", "action"}, false, true},
			{[]string{"check"}, true, false},
		} {
			if d.name == "long.jsonl" && !c.piped && c.args[0] != "check" {
				continue // it is long
			}
			cmd := exec.Command(program, append(c.args, path)...)
			if c.piped {
				cmd = exec.Command(program, append(c.args, "-")...)
				file, err := os.Open(path)
				if err != nil {
					t.Fatal(err)
				}
				defer file.Close()
				cmd.Stdin = file
			}
			var said bytes.Buffer
			cmd.Stderr = &said
			out, _ := cmd.Output() // the exit code is checked below
			if code := cmd.ProcessState.ExitCode(); code != exitError {
				t.Errorf("%s: %q ends with %d, want %d", d.name, c.args, code, exitError)
			}
			if got := said.String(); !strings.Contains(got, d.says) || !strings.HasSuffix(got, "3 lines = 2 events + 1 rejects + 0 blanks; the source is damaged\n") {
				t.Errorf("%s: %q says %s", d.name, c.args, got)
			}
			if d.reject != "" && c.rejects && bytes.Count(out, []byte(d.reject)) != 1 {
				t.Errorf("%s: %q prints %.1000s", d.name, c.args, out)
			}
		}
	}
}
