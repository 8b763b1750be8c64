package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"pawprint/cmd/internal/config"
	"pawprint/loader/demo/damaged"
)

// programs are what the test binary acts as, by the name that it is run with.
var programs = map[string]func(){"pawprint": faulty}

func TestMain(m *testing.M) { testscript.Main(m, programs) }

// TestScripts runs the command lines in testdata/script. In them DATA is the folder of the shared logs, and LINES, EVENTS, REJECTS,
// BLANKS and ROWS are the counts of its damaged log.
func TestScripts(t *testing.T) {
	data, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join(data, "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("DATA", data)
			for name, count := range damagedBooks() {
				e.Setenv(name, strconv.Itoa(count))
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// damagedBooks counts what the cases of the damaged log say of themselves.
func damagedBooks() map[string]int {
	var events, rejects, blanks int
	for _, c := range damaged.Cases() {
		switch c.Kind {
		case damaged.Event:
			events++
		case damaged.Recovered:
			events += len(c.Found)
		case damaged.Reject:
			rejects++
		case damaged.Blank:
			blanks++
		}
	}
	return map[string]int{"LINES": events + rejects + blanks, "EVENTS": events, "REJECTS": rejects, "BLANKS": blanks, "ROWS": events + rejects}
}

// exits runs a command and checks its exit code: exits CODE COMMAND… With < FILE at the end, the file is its standard input.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	command := exec.Command(args[1], args[2:]...)
	if n := len(args); n > 3 && args[n-2] == "<" {
		command = exec.Command(args[1], args[2:n-2]...)
		in, err := os.Open(ts.MkAbs(args[n-1]))
		ts.Check(err)
		defer in.Close()
		command.Stdin = in
	}
	command.Dir = ts.MkAbs(".")
	command.Env = os.Environ()
	for _, name := range []string{"PATH", "HOME", "XDG_CONFIG_HOME", config.Variable, themeVariable} {
		command.Env = append(command.Env, name+"="+ts.Getenv(name))
	}
	var out, errs strings.Builder
	command.Stdout, command.Stderr = &out, &errs
	_ = command.Run() // the exit code is checked below
	ts.Logf("[stdout]\n%s[stderr]\n%s", out.String(), errs.String())
	ts.Check(os.WriteFile(ts.MkAbs("out"), []byte(out.String()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("err"), []byte(errs.String()), 0o600))
	if got := command.ProcessState.String(); got != "exit status "+args[0] {
		ts.Fatalf("%s, want exit status %s", got, args[0])
	}
}
