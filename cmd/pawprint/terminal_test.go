package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pawprint/tui/ptytest"

	"golang.org/x/term"
)

// stacksFolder is the environment variable that names a folder. At SIGUSR1 a program under test, or its keeper, writes the stacks of its
// goroutines into a file there, named by its process id. The report of a crash would not do: there may be no room for it.
const stacksFolder = "PAWPRINT_TEST_STACKS"

// maxWait is the limit of every wait. Only tests that fail reach it.
const maxWait = 2 * time.Minute

// terminal runs the program on a real pseudo terminal and keeps its screen.
type terminal struct {
	*ptytest.Terminal
	t      *testing.T
	before *term.State
	mu     sync.Mutex
	raw    bytes.Buffer
	state  string     // state folder of the program
	held   sync.Mutex // while it is locked, the terminal takes only a few bytes

	stacksIn string // the folder for stacks
}

// terminalOptions describes a terminal to run the program on, and changes to its environment.
type terminalOptions struct {
	cols, rows int
	env        []string
	under      []string // a command to run the program under; nil for none
}

// ourselves returns a path under which the test binary acts as the program.
func ourselves(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "pawprint") // with this name the test binary acts as the program
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// start runs pawprint with the arguments on a terminal of 120 by 40 cells.
func start(t *testing.T, in io.Reader, args ...string) *terminal {
	t.Helper()
	return startOn(t, terminalOptions{cols: 120, rows: 40}, in, args...)
}

// startOn runs pawprint with the arguments on a terminal.
func startOn(t *testing.T, o terminalOptions, in io.Reader, args ...string) *terminal {
	t.Helper()
	command := append(append([]string{}, o.under...), append([]string{ourselves(t)}, args...)...)
	pt, err := ptytest.Open(o.cols, o.rows, ptytest.NewScreen(min(o.cols, 500), min(o.rows, 200))) // of a huge terminal, only a corner is kept
	if err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(int(pt.TTY.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	x := &terminal{Terminal: pt, t: t, before: before, state: t.TempDir(), stacksIn: t.TempDir()}
	pt.KeepTTY, pt.BeforeRead, pt.Output = true, x.waitWhileHeld, x.record
	c := exec.Command(command[0], command[1:]...)
	c.Stdin = in
	own := []string{"XDG_STATE_HOME=" + x.state, "XDG_CONFIG_HOME=" + t.TempDir(), stacksFolder + "=" + x.stacksIn} // unless the test sets them
	c.Env = append(ptytest.Env(append(own, os.Environ()...)), o.env...)
	if err := pt.Start(c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pt.Close)
	return x
}

// waitWhileHeld waits while the terminal takes no bytes.
func (x *terminal) waitWhileHeld() {
	x.held.Lock()
	defer x.held.Unlock()
}

func (x *terminal) record(p []byte) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.raw.Write(p)
}

// forget drops the output so far.
func (x *terminal) forget() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.raw.Reset()
}

func (x *terminal) screen() string { return x.Text() }

// waitFor waits until the screen satisfies a condition, while the program runs.
func (x *terminal) waitFor(what string, ok func(screen string) bool) {
	x.t.Helper()
	x.waitUntil(what, x.Exited(), func() bool { return ok(x.screen()) })
}

// waitUntil waits for a condition that only output can make true, until over is closed. If it does not become true, it shows the stacks of
// the program, if that still runs.
func (x *terminal) waitUntil(what string, over <-chan struct{}, ok func() bool) {
	x.t.Helper()
	deadline := time.After(maxWait)
	for !ok() {
		select {
		case <-x.Changed():
		case <-over:
			x.t.Fatalf("the program ended while waiting for %s:\n%s", what, x.screen())
		case <-deadline:
			x.t.Fatalf("no %s:\n%s\n%s", what, x.screen(), x.stacks())
		}
	}
}

func (x *terminal) waitForText(text string) {
	x.t.Helper()
	x.waitFor(text, func(s string) bool { return strings.Contains(s, text) })
}

func (x *terminal) typeKeys(keys string) {
	x.t.Helper()
	if err := x.Press(keys); err != nil {
		x.t.Fatal(err)
	}
}

// waitForExit waits for the end of the program, and checks the exit code and that the terminal was restored.
func (x *terminal) waitForExit(code int) {
	x.t.Helper()
	select {
	case <-x.Exited():
	case <-time.After(endTime * 2 / 3):
		x.t.Logf("the end takes long:\n%s", x.stacks()) // later it may be ended by force
	}
	select {
	case <-x.Exited():
	case <-time.After(maxWait):
		x.t.Fatalf("the program does not end:\n%s\n%s", x.screen(), x.stacks())
	}
	if got := x.Cmd.ProcessState.ExitCode(); got != code {
		x.t.Errorf("exit code %d, want %d:\n%s\n%s", got, code, x.screen(), strings.Join(x.reports(), "\n"))
	}
	after, err := term.GetState(int(x.TTY.Fd()))
	if err != nil || *after != *x.before {
		x.t.Errorf("the terminal's settings changed: %v", err)
	}
	x.waitUntil("the screen given back", nil, x.givenBack)
}

// reports returns the texts of the crash reports that the program kept.
func (x *terminal) reports() (all []string) {
	x.t.Helper()
	paths, err := filepath.Glob(filepath.Join(x.state, "pawprint", "crash-*"))
	if err != nil {
		x.t.Fatal(err)
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			x.t.Errorf("%s: mode %v, %v", path, info.Mode(), err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			x.t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// waitForLastWords waits until the screen has all that a program that has ended wrote to it.
func (x *terminal) waitForLastWords() {
	x.t.Helper()
	if _, err := x.TTY.WriteString("\r\nall is read\r\n"); err != nil {
		x.t.Fatal(err)
	}
	x.waitUntil("the last words", nil, func() bool { return strings.Contains(x.screen(), "all is read") })
}

// givenBack reports whether every mode that was switched on was switched off again.
func (x *terminal) givenBack() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := x.raw.String()
	for _, pair := range [][2]string{{"\x1b[?1049h", "\x1b[?1049l"}, {"\x1b[?25l", "\x1b[?25h"}, {"\x1b[?2004h", "\x1b[?2004l"},
		{"\x1b[?1002h", "\x1b[?1002l"}, {"\x1b[?1006h", "\x1b[?1006l"}, {"\x1b[?2026h", "\x1b[?2026l"}, {"\x1b[?2027h", "\x1b[?2027l"}, {"\x1b[>1u", "\x1b[<1u"}} {
		if strings.LastIndex(out, pair[0]) > strings.LastIndex(out, pair[1]) {
			return false
		}
	}
	return true
}

// drawn returns how many bytes came from the program.
func (x *terminal) drawn() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.Len()
}

const story = "../../testdata/audit.jsonl"

func TestTheMainJobOnATerminal(t *testing.T) {
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	x.typeKeys("f")
	x.waitForText("127 shown")
	x.typeKeys("e")
	x.typeKeys("\r")
	x.waitFor("the error message in the detail", func(s string) bool {
		_, detail, ok := strings.Cut(s, " failed to ")
		return ok && strings.Contains(detail, "Errors") && strings.Index(detail, "Errors") < strings.Index(detail, "Actor")
	})
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestHostileTextReachesTheTerminalAsTextOnly(t *testing.T) {
	const damaged = "../../testdata/damaged.jsonl"
	rows := strings.TrimSpace(pawprint(t, "query", "-c", "", damaged))
	x := start(t, nil, damaged)
	x.waitForText(" " + rows + "/" + rows) // the title may come before the rows
	x.typeKeys("g")
	x.waitForText(" 1/" + rows)
	for range 40 {
		x.typeKeys("\x1b[6~")
	}
	x.waitForText(rows + "/" + rows)
	x.typeKeys("\r")
	x.waitForText("Provenance")
	x.typeKeys("q")
	x.waitForExit(0)
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, bad := range []string{"\x1b]52", "\x1b]8;", "\x1bP", "\x1b_", "\x1b^", "\u202e", "\x07"} {
		if bytes.Contains(x.raw.Bytes(), []byte(bad)) && !allowedSequence(x.raw.Bytes(), bad) {
			t.Errorf("%q reached the terminal", bad)
		}
	}
}

// allowedSequence allows the bell that ends the program's own window title and colour query.
func allowedSequence(out []byte, bad string) bool {
	if bad != "\x07" {
		return false
	}
	for i, c := range out {
		if c == 7 && bytes.LastIndex(out[:i], []byte("\x1b]2;")) < 0 && bytes.LastIndex(out[:i], []byte("\x1b]1")) < 0 {
			return false
		}
	}
	return true
}

func TestSignalsEndTheProgramAndRestoreTheTerminal(t *testing.T) {
	for signal, code := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGHUP: 129, syscall.SIGQUIT: 131} {
		t.Run(signal.String(), func(t *testing.T) {
			x := start(t, nil, story)
			x.waitForText("2,000 events")
			if err := x.Cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			x.waitForExit(code)
		})
	}
}

func TestALogFromAPipeIsBrowsedWithTheKeysOfTheTerminal(t *testing.T) {
	f, err := os.Open(story)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	x := start(t, f)
	x.waitForText("2,000 events")
	x.typeKeys("f")
	x.waitForText("127 shown")
	x.typeKeys("q")
	x.waitForExit(0)
}

// event is a line of a live log.
func event(action, result string) string {
	return `{"actionName":"` + action + `","actionResult":"` + result + `","actor":{"id":"u","type":"USER","name":"ann"},"errors":[],"timestamp":"2026-11-22T21:00:00Z","pantherVersion":"1.113.160"}` + "\n"
}

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAFollowedLogIsOnTheScreenAsItGrowsAndAfterARotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.jsonl")
	appendTo(t, path, event("GET_FIRST", "SUCCEEDED"))
	x := start(t, nil, "-f", path)
	x.waitForText("GET_FIRST")
	for _, action := range []string{"GET_SECOND", "DELETE_THIRD"} {
		begin := time.Now()
		appendTo(t, path, event(action, "SUCCEEDED"))
		x.waitForText(action)
		t.Logf("%s was on the screen after %v", action, time.Since(begin).Round(time.Millisecond))
	}
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path+".1", event("LATE_FOURTH", "SUCCEEDED"))
	appendTo(t, path, event("GET_FIFTH", "SUCCEEDED"))
	x.waitForText("GET_FIFTH")
	x.waitForText("LATE_FOURTH")
	x.waitForText("5 events")
	x.waitForText("live.jsonl was rotated at ")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestAFollowedFileThatIsCutIsSaidInTheFooterAndInTheSources(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.jsonl")
	appendTo(t, path, event("GET_FIRST", "SUCCEEDED")+event("GET_SECOND", "SUCCEEDED"))
	x := startOn(t, terminalOptions{cols: 80, rows: 24}, nil, "-f", path)
	x.waitForText("GET_SECOND")
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	x.waitForText("live.jsonl was cut at ")
	x.waitForText(": read again from the start")
	appendTo(t, path, event("GET_THIRD", "SUCCEEDED"))
	x.waitForText("GET_THIRD")
	x.typeKeys("Bj")
	x.waitForText("the file was cut at 20")
	x.typeKeys("qq")
	x.waitForExit(0)
}

func TestQueryFollowPrintsMatchesAsTheyCome(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.jsonl")
	appendTo(t, path, event("GET_FIRST", "SUCCEEDED")+event("DELETE_SECOND", "FAILED"))
	x := start(t, nil, "query", "-f", "-o", "jsonl", "is:failed", path)
	x.waitForText("DELETE_SECOND")
	appendTo(t, path, event("GET_THIRD", "SUCCEEDED")+event("DELETE_FOURTH", "FAILED"))
	x.waitForText("DELETE_FOURTH")
	if s := x.screen(); strings.Contains(s, "GET_FIRST") || strings.Contains(s, "GET_THIRD") {
		t.Errorf("events that did not fail were printed:\n%s", s)
	}
	if err := x.Cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	x.waitForExit(130)
}

func TestALimitEndsAFollowedPipeThatStaysOpen(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer out.Close()
	x := start(t, in, "query", "-f", "-o", "jsonl", "-n", "1", "")
	if _, err := io.WriteString(out, event("GET_FIRST", "SUCCEEDED")); err != nil {
		t.Fatal(err)
	}
	x.waitUntil("GET_FIRST", nil, func() bool { return strings.Contains(x.screen(), "GET_FIRST") })
	x.waitForExit(0)
}
