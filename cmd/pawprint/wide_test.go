package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pawprint/tui/termsafe"
)

// tableLog has events of all results, with times that have more than seconds.
const tableLog = `{"actionName":"UPDATE_DETECTION_STATE","actionResult":"FAILED","actor":{"type":"USER","id":"1","name":"ann"},"sourceIP":"192.0.2.1","timestamp":"2026-11-01T09:00:00.123456Z","pantherVersion":"1.113.138","errors":[{"message":"denied by a policy whose name is longer than the terminal is wide"}]}
{"actionName":"BULK_UPLOAD_DETECTIONS","actionResult":"PARTIALLY_FAILED","actor":{"type":"TOKEN","id":"2","name":"ci"},"sourceIP":"192.0.2.2","timestamp":"2026-11-02T09:00:00.5Z","pantherVersion":"1.113.138","errors":[{"message":"no"}]}
{"actionName":"SIGN_IN","actionResult":"SUCCEEDED","actor":{"type":"USER","id":"1","name":"ann"},"sourceIP":"192.0.2.1","timestamp":"2026-11-03T09:00:00.25Z","pantherVersion":"1.113.138"}
`

// onTerminal returns what the program prints on a terminal of a width.
func onTerminal(t *testing.T, cols int, env []string, args ...string) string {
	t.Helper()
	p := printAt(t, cols, env, t.TempDir(), args...)
	if p.code != exitFound {
		t.Errorf("%v: exit %d, %q", args, p.code, p.err)
	}
	return string(p.out)
}

// piped returns what the program prints in a pipe.
func piped(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(program(t), args...).Output()
	if err != nil {
		t.Errorf("%v: %v", args, err)
	}
	return string(out)
}

func tablesLog(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.jsonl")
	if err := os.WriteFile(path, []byte(tableLog), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTablesFitTheTerminal(t *testing.T) {
	log := tablesLog(t)
	plain := []string{"NO_COLOR=1"}
	for _, c := range []struct {
		args        []string
		want, lacks []string
	}{
		{[]string{"query", "", log}, []string{"TIME (UTC) ", "2026-11-01 09:00:00 ", " UPDATE_DETECTION_STATE ", "192.0.2.1 denied by", "not shown: target (-w shows all)"}, []string{".123", ".500"}},
		{[]string{"query", "--fields", "time,action,result", "", log}, []string{"TIME (UTC) ", "2026-11-02 09:00:00 ", "UPDATE_DETECTION_STATE ", "PARTIALLY_FAILED\n"}, []string{"not shown", ".5"}},
		{[]string{"query", "--tz", "Europe/Zurich", "", log}, []string{"TIME (Europe/Zurich) ", "2026-11-01 10:00:00 "}, nil},
		{[]string{"stats", "--by", "action", log}, []string{"FIRST (UTC) ", "LAST (UTC)", "UPDATE_DETECTION_STATE ", " 2026-11-01 09:00:00"}, []string{"…", ".123"}},
		{[]string{"stats", "--every", "1d", "--tz", "+02:00", log}, []string{"TIME (+02:00) ", "2026-11-01 00:00:00"}, nil},
		{[]string{"fields"}, []string{"actor.attributes.emailVerified ", "not shown: required, short, values (-w shows all)"}, nil},
		{[]string{"views"}, []string{"detections-deleted ", "…"}, nil},
		{[]string{"views", log}, []string{"COUNT"}, nil},
	} {
		got := onTerminal(t, 80, plain, c.args...)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%v lacks %q:\n%s", c.args, want, got)
			}
		}
		for _, bad := range c.lacks {
			if strings.Contains(got, bad) {
				t.Errorf("%v has %q:\n%s", c.args, bad, got)
			}
		}
		for line := range strings.Lines(got) {
			if n := new(termsafe.Widther).Width(termsafe.Clean(strings.TrimSuffix(line, "\n"), termsafe.Options{Drawing: true})); n > 80 {
				t.Errorf("%v: %d cells: %q", c.args, n, line)
			}
		}
	}
}

// With -w a table is on the terminal what it is in a pipe.
func TestWideTablesAreThoseOfAPipe(t *testing.T) {
	log := tablesLog(t)
	for _, args := range [][]string{{"query", "", log}, {"stats", log}, {"stats", "--by", "action,ip", log}, {"fields"}, {"views", log}} {
		args = append(args, "-o", "table")
		wide := onTerminal(t, 40, []string{"NO_COLOR=1"}, append(args, "--wide")...)
		pipe := piped(t, args...)
		if wide != pipe || strings.Contains(pipe, "…") || args[0] == "query" && !strings.Contains(pipe, "longer than the terminal is wide") {
			t.Errorf("%v: with -w\n%s in a pipe\n%s", args, wide, pipe)
		}
	}
}

func TestTablesAreColouredByResultAsTheFlagSays(t *testing.T) {
	log := tablesLog(t)
	const red, yellow = "\x1b[0;1;31m", "\x1b[0;33m"
	for _, c := range []struct {
		color, noColor string
		coloured       bool
	}{
		{"auto", "", true}, {"auto", "1", false}, {"always", "1", true}, {"never", "", false},
	} {
		for _, args := range [][]string{{"query", "", log}, {"query", "--fields", "result", "", log}, {"stats", "--by", "result", log}} {
			got := onTerminal(t, 120, []string{"NO_COLOR=" + c.noColor}, append(args, "--color", c.color)...)
			failed, partly := strings.Contains(got, red+"FAILED"), strings.Contains(got, yellow+"PARTIALLY_FAILED")
			if failed != c.coloured || partly != c.coloured || !c.coloured && strings.Contains(got, "\x1b[") {
				t.Errorf("%v with --color %s and NO_COLOR=%s: %q", args, c.color, c.noColor, got)
			}
		}
	}
	if got := piped(t, "query", "-o", "table", "", log); strings.Contains(got, "\x1b") {
		t.Errorf("a pipe has colours: %q", got)
	}
	if got := piped(t, "query", "-o", "table", "--color", "always", "", log); !strings.Contains(got, red+"FAILED") {
		t.Errorf("--color always has none in a pipe: %q", got)
	}
}
