package main

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// sourcesDir is a folder with one good log, a folder without logs and an empty one.
func sourcesDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	err := errors.Join(
		os.WriteFile(filepath.Join(dir, "good.jsonl"), []byte(event("GET_GOOD", "FAILED")), 0o600),
		os.Mkdir(filepath.Join(dir, "other"), 0o700),
		os.WriteFile(filepath.Join(dir, "other", "README"), nil, 0o600),
		os.Mkdir(filepath.Join(dir, "empty"), 0o700),
	)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSourcesWithNothingInThemAreNamed(t *testing.T) {
	t.Parallel()
	program, dir := ourselves(t), sourcesDir(t)
	for _, source := range []string{"none*.jsonl", "none?.log", "[xyz].jsonl", "{a,b}.jsonl", "none/{a,b*}/*.gz", "**/*.none", "**/none/**", "none.jsonl", "empty", "other",
		"empty/*", "broken[.jsonl", "broken{a,b.jsonl"} {
		for _, command := range [][]string{{"query", "-c", ""}, {"query", "-o", "jsonl", ""}, {"query", "-o", "csv", ""}, {"stats", "--by", "action"}, {"check"}} {
			for _, with := range [][]string{nil, {"good.jsonl"}} {
				args := append(append(append([]string{}, command...), source), with...)
				cmd := exec.Command(program, args...)
				cmd.Dir = dir
				var said bytes.Buffer
				cmd.Stderr = &said
				out, _ := cmd.Output() // the exit code is checked below
				if code := cmd.ProcessState.ExitCode(); code != exitError {
					t.Errorf("%q ends with %d, want %d", args, code, exitError)
				}
				if command[0] == "check" { // the report names them
					said.Write(out)
				}
				if !strings.Contains(said.String(), source) {
					t.Errorf("%q does not name the source: %s", args, said.String())
				}
				if with != nil && !strings.Contains(string(out), "GET_GOOD") && strings.TrimSpace(string(out)) != "1" && command[0] != "check" {
					t.Errorf("%q does not print what could be read: %s", args, out)
				}
			}
		}
	}
}

func TestFollowingSaysWhatItWaitsFor(t *testing.T) {
	t.Parallel()
	program, dir := ourselves(t), sourcesDir(t)
	for source, named := range map[string]string{"none*.jsonl": "none*.jsonl", "{a,b}*.jsonl": "{a,b}*.jsonl", "{a,b}.jsonl": "a.jsonl", "none.jsonl": "none.jsonl",
		"empty": "empty", "none/**/*.log": "none/**/*.log"} {
		cmd := exec.Command(program, "query", "-f", "", source, "good.jsonl")
		cmd.Dir = dir
		errs, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(errs).ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "pawprint: "+named+": waiting: ") {
			t.Errorf("following %s says %q, %v", source, line, err)
		}
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
	}
}
