package main

import (
	"os/exec"
	"strings"
	"testing"
)

// An answer about all rows is never made of the newest ones alone, unless the user says that these will do. Nothing is sent before that.
func TestAPartOfTheRowsIsNotCountedAsTheWhole(t *testing.T) {
	t.Parallel()
	const url, needs = "clickhouse://127.0.0.1:1/logs.audit", "--rows 0 reads all of them"
	for _, c := range []struct {
		args []string
		err  string
	}{
		{[]string{"stats", "-q", "is:duplicate", url}, needs}, {[]string{"stats", "--by", "actor,target", url}, needs}, {[]string{"stats", "--by", "ip", "--distinct", "param.x", url}, needs}, {[]string{"check", url}, needs},
		{[]string{"query", "-c", "is:first-seen", url}, needs}, {[]string{"query", "-c", "is:failed", url}, "127.0.0.1:1"}, {[]string{"stats", "--by", "action", url}, "127.0.0.1:1"},
		{[]string{"stats", "--by", "target", "--rows", "10", url}, "127.0.0.1:1"}, {[]string{"check", "--rows", "0", url}, "127.0.0.1:1"}, {[]string{"query", "is:failed", url}, "127.0.0.1:1"},
		{[]string{"query", "--rows", "-1", "", url}, "--rows"}, {[]string{"query", "--rows", "many", "", url}, "0 stands for all"},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			t.Parallel() // a server that is not there is asked again, with pauses
			cmd := exec.Command(program(t), c.args...)
			var errs strings.Builder
			cmd.Stderr = &errs
			_ = cmd.Run() // the exit code is checked below
			if code := cmd.ProcessState.ExitCode(); code != 2 || !strings.Contains(errs.String(), c.err) || c.err != needs && strings.Contains(errs.String(), needs) {
				t.Errorf("pawprint exits %d and says %q, want %q", code, errs.String(), c.err)
			}
		})
	}
}
