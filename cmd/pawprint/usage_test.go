package main

import (
	"bytes"
	"os/exec"
	"testing"
)

func TestErrorsOfTheCommandLineSayWhatToWrite(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"query"}, "pawprint: query needs an expression, such as is:failed; '' stands for all events\n"},
		{[]string{"query", "-n", "x", ""}, "pawprint: reading --limit: \"x\" is not a number\n"},
		{[]string{"query", "--failed=x", ""}, "pawprint: reading --failed: \"x\" is not true or false\n"},
		{[]string{"check", "--max-memory", "big", "-"}, "pawprint: reading --max-memory: \"big\" is not a size: try 512M or 2G\n"},
		{[]string{"query", "--nope", ""}, "pawprint: unknown flag: --nope\n"},
		{[]string{"query", "", "missing.jsonl"}, "pawprint: missing.jsonl: no such file\n"},
	} {
		cmd := exec.Command(program(t), c.args...)
		var said bytes.Buffer
		cmd.Stderr = &said
		_ = cmd.Run() // the exit code is checked below
		if cmd.ProcessState.ExitCode() != exitError || said.String() != c.want {
			t.Errorf("%q: exit %d, %q, want %q", c.args, cmd.ProcessState.ExitCode(), said.String(), c.want)
		}
	}
}
