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
		{[]string{"query", "--nope", ""}, "pawprint: --nope is not a flag: pawprint query --help lists them\n"},
		{[]string{"stats", "--zone", "UTC"}, "pawprint: --zone is not a flag: did you mean --tz?\n"},
		{[]string{"query", "--qury", ""}, "pawprint: --qury is not a flag: did you mean --query?\n"},
		{[]string{"query", "-Q", ""}, "pawprint: -Q is not a flag: pawprint query --help lists them\n"},
		{[]string{"query", "", "-q"}, "pawprint: --query needs a value: pawprint query --help says which\n"},
		{[]string{"query", "-n", "-3", ""}, "pawprint: reading --limit: -3 is negative: write 0 or more\n"},
		{[]string{"query", "-C", "-3", ""}, "pawprint: reading --context: -3 is negative: write 0 or more\n"},
		{[]string{"stats", "--top", "-3"}, "pawprint: reading --top: -3 is negative: write 0 or more\n"},
		{[]string{"stats", "--by", "ip", "--min", "-3"}, "pawprint: reading --min: -3 is negative: write 0 or more\n"},
		{[]string{"demo", "--events", "-3"}, "pawprint: reading --events: -3 is negative: write 0 or more\n"},
		{[]string{"query", "--rows", "-3", ""}, "pawprint: reading --rows: \"-3\" is not a number of rows; 0 stands for all\n"},
		{[]string{"query", "--since", "2026-11-20", "--until", "2026-11-10", ""}, "pawprint: reading --until: \"2026-11-10\" ends before --since \"2026-11-20\" begins, so nothing can match\n"},
		{[]string{"stats", "--since", "5d", "--until", "1w"}, "pawprint: reading --until: \"1w\" ends before --since \"5d\" begins, so nothing can match\n"},
		{[]string{"report", "--out", "case.pdf"}, "pawprint: reading --out: a report is HTML or Markdown: end the name case.pdf in .html or .md, or choose with -o html or -o md\n"},
		{[]string{"completion", "tcsh"}, "pawprint: completion does not take \"tcsh\": write pawprint completion bash, zsh, fish or powershell\n"},
		{[]string{"verify"}, "pawprint: verify needs an argument: write pawprint verify [flags] MANIFEST|REPORT [SOURCE …]\n"},
		{[]string{"athena", "ddl", "a.b"}, "pawprint: ddl needs 2 arguments: write pawprint athena ddl DATABASE.TABLE FOLDER [flags]\n"},
		{[]string{"fields", "x"}, "pawprint: fields does not take \"x\": write pawprint fields [flags]\n"},
		{[]string{"help", "nothing"}, "pawprint: nothing is not a command: pawprint --help lists them\n"},
		{[]string{"help", "qeury"}, "pawprint: qeury is not a command: did you mean pawprint query?\n"},
		{[]string{"help", "views", "exprot"}, "pawprint: exprot is not a command: did you mean pawprint views export?\n"},
		{[]string{"help", "query", "is:failed"}, "pawprint: query has no commands of its own, such as is:failed: pawprint query --help is its help\n"},
		{[]string{"usage_tset.go"}, "pawprint: usage_tset.go: no such file; did you mean usage_test.go?\n"},
		{[]string{"../pawprint/usage_tset.go"}, "pawprint: ../pawprint/usage_tset.go: no such file; did you mean ../pawprint/usage_test.go?\n"},
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
