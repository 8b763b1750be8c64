package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// startPipe runs the program with a log, and a command on its rows.
func startPipe(t *testing.T, log, command string) *terminal {
	t.Helper()
	x := startOn(t, terminalOptions{cols: 120, rows: 40, env: []string{"PAGER=cat >pager.out"}}, nil, log)
	x.waitForRows()
	x.typeKeys("!")
	x.waitForText(" to: cat >pager.out")
	x.typeKeys("\x15" + command)
	x.waitForText(" to: " + command)
	x.typeKeys("\r")
	return x
}

// placeOfCursor is the place of the cursor among the rows, in the footer.
var placeOfCursor = regexp.MustCompile(`\d/[\d,]+ *$`)

// waitForRows waits until the list shows its rows.
func (x *terminal) waitForRows() {
	x.t.Helper()
	x.waitFor("the rows", func(s string) bool { return placeOfCursor.MatchString(strings.TrimRight(s, "\n")) })
}

// goBack presses enter behind the output of a command.
func (x *terminal) goBack() {
	x.t.Helper()
	x.waitForText("enter goes back to pawprint")
	x.typeKeys("\r")
}

func TestACommandReadsTheRowsAsPrintableJSONLines(t *testing.T) {
	for _, log := range []string{story, "../../testdata/damaged.jsonl"} {
		out := filepath.Join(t.TempDir(), "rows")
		x := startPipe(t, log, "cat >"+out+"; exit 3")
		x.goBack()
		x.waitForText("exit status 3")
		x.typeKeys("q")
		x.waitForExit(0)
		text, err := os.ReadFile(out)
		if err != nil || len(text) == 0 {
			t.Fatalf("the command read %d bytes, %v", len(text), err)
		}
		for line := range strings.Lines(string(text)) {
			if log == story && !json.Valid([]byte(line)) { // a line that is not an event need not be JSON
				t.Errorf("this is not JSON: %q", line)
			}
			if i := strings.IndexFunc(strings.TrimSuffix(line, "\n"), func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e }); i >= 0 {
				t.Errorf("the line has %q", line[i:])
			}
		}
	}
}

func TestACommandThatStopsReadingIsNoError(t *testing.T) {
	x := startPipe(t, story, "head -c 10 >/dev/null")
	x.goBack()
	x.waitForText("2,000 events")
	x.typeKeys("f")
	x.waitForText("127 shown")
	if s := x.screen(); strings.Contains(s, "did not get") || strings.Contains(s, "exit status") {
		t.Errorf("an error is said:\n%s", s)
	}
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestTheTerminalComesBackWhateverACommandDoes(t *testing.T) {
	for _, c := range []struct{ name, command, says string }{
		{"it leaves the terminal raw", "stty raw -echo </dev/tty; exit 4", "exit status 4"},
		{"it stops itself", "kill -STOP $$; exit 5", "exit status 5"},
		{"it is killed", "kill -9 $$", "ended by a signal"},
		{"it is not there", "no-such-command", "exit status 127"},
		{"it ends by ^C", "printf 'it %s\\n' runs; exec sleep 100", "ended by a signal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := startPipe(t, story, c.command)
			if strings.HasSuffix(c.command, "sleep 100") {
				x.waitFor("what the command says", func(s string) bool { return strings.Contains(s, "it runs") && !strings.Contains(s, "2,000 events") })
				x.typeKeys("\x03")
			}
			x.goBack()
			x.waitForText(c.says)
			x.typeKeys("f")
			x.waitForText("127 shown")
			x.typeKeys("q")
			x.waitForExit(0)
		})
	}
}

func TestASignalEndsTheProgramWhileACommandHasTheTerminal(t *testing.T) {
	x := startPipe(t, story, "trap '' TERM; sleep 100")
	x.waitFor("the main screen", func(s string) bool { return !strings.Contains(s, "2,000 events") })
	if err := x.Cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	x.waitForExit(143)
}

func TestAPagerGetsTheMarkedRowsAsText(t *testing.T) {
	out := filepath.Join(t.TempDir(), "pager")
	x := startOn(t, terminalOptions{cols: 120, rows: 40, env: []string{"PAGER=cat >" + out}}, nil, story)
	x.waitForRows()
	x.typeKeys("mkm!")
	x.waitForText("2 marked to: ")
	x.typeKeys("\r")
	x.waitFor("the list again", func(s string) bool { return strings.Contains(s, "2,000 events") && fileHas(out) })
	x.typeKeys("f")
	x.waitForText("127 shown")
	x.typeKeys("q")
	x.waitForExit(0)
	text, err := os.ReadFile(out)
	if lines := strings.Split(strings.TrimSpace(string(text)), "\n"); err != nil || len(lines) != 3 || strings.Contains(lines[0], "{") {
		t.Errorf("the pager read %q, %v", text, err)
	}
}

// fileHas reports whether a file has a text.
func fileHas(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}
