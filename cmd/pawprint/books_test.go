package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheBooksAreToldThoughNobodyReadsWhatIsPrinted reads a line of a long output and goes.
func TestTheBooksAreToldThoughNobodyReadsWhatIsPrinted(t *testing.T) {
	t.Parallel()
	program, dir := ourselves(t), t.TempDir()
	long := strings.Repeat(event("GET_RULE", "SUCCEEDED"), 2000) + "no event\n"
	if err := os.WriteFile(filepath.Join(dir, "long.jsonl"), []byte(long), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"query", ""}, {"query", "--raw", ""}, {"query", "-o", "json", ""}, {"query", "-o", "csv", "", "none.jsonl"}} {
		cmd := exec.Command(program, append(args, "long.jsonl")...)
		cmd.Dir = dir
		var said bytes.Buffer
		cmd.Stderr = &said
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(out, make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		out.Close()
		_ = cmd.Wait() // the exit code is checked below
		lines := strings.Split(strings.TrimSpace(said.String()), "\n")
		if last := lines[len(lines)-1]; !strings.HasPrefix(last, "pawprint: 2001 lines = 2000 events + 1 rejects + 0 blanks") {
			t.Errorf("%q ends standard error with %q", args, last)
		}
		if strings.Contains(said.String(), "broken pipe") || cmd.ProcessState.ExitCode() != 141 {
			t.Errorf("%q ends with %d and says %s", args, cmd.ProcessState.ExitCode(), &said)
		}
	}
}
