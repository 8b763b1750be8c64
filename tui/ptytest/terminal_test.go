package ptytest

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// until waits for a text on the screen.
func until(t *testing.T, x *Terminal, text string) {
	t.Helper()
	limit := time.NewTimer(30 * time.Second) // only for a test that fails
	defer limit.Stop()
	for !strings.Contains(x.Text(), text) {
		select {
		case <-x.Changed():
		case <-limit.C:
			t.Fatalf("no %q on the screen:\n%s", text, x.Text())
		}
	}
}

func startShell(t *testing.T, script string, change func(*Terminal)) *Terminal {
	t.Helper()
	x, err := Open(40, 10, NewScreen(40, 10))
	if err != nil {
		t.Fatal(err)
	}
	change(x)
	c := exec.Command("/bin/sh", "-c", script)
	c.Env = Env(os.Environ())
	if err := x.Start(c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return x
}

func TestAProgramIsSeenAndCanBeTypedTo(t *testing.T) {
	var out strings.Builder
	x := startShell(t, `stty -echo; printf 'on %s' "$TERM"; read a; stty size; read b; exit 3`, func(x *Terminal) {
		x.Output = func(p []byte) { out.Write(p) }
	})
	until(t, x, "on xterm-256color")
	if err := x.Resize(30, 7); err != nil {
		t.Fatal(err)
	}
	if err := x.Press("a\n"); err != nil {
		t.Fatal(err)
	}
	until(t, x, "7 30")
	if err := x.Press("b\n"); err != nil {
		t.Fatal(err)
	}
	<-x.Exited()
	<-x.Ended()
	if code := x.Cmd.ProcessState.ExitCode(); code != 3 {
		t.Errorf("exit code %d, want 3", code)
	}
	if got := out.String(); !strings.Contains(got, "on xterm-256color") || int64(len(got)) != x.Written() {
		t.Errorf("%d bytes were written, and %q was told", x.Written(), got)
	}
}

// The screen answers what a program asks of a terminal: here, where its cursor is.
func TestTheTerminalAnswers(t *testing.T) {
	x := startShell(t, `stty raw -echo; printf '\033[6n'; head -c 6 | od -An -c; read a`, func(*Terminal) {})
	until(t, x, "033   [   1   ;   1   R")
}

func TestCloseEndsAProgramThatIsHeldUp(t *testing.T) {
	for name, keep := range map[string]bool{"the terminal is the program's alone": false, "the terminal stays open": true} {
		t.Run(name, func(t *testing.T) {
			x := startShell(t, `while :; do echo more; done`, func(x *Terminal) { x.KeepTTY = keep })
			until(t, x, "more")
			x.Close()
			x.Close()
			<-x.Exited()
			<-x.Ended()
			if x.Cmd.ProcessState.Success() {
				t.Error("the program ended by itself")
			}
		})
	}
}

func TestAProgramThatIsNotThereIsAnError(t *testing.T) {
	x, err := Open(40, 10, NewScreen(40, 10))
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Start(exec.Command("/nowhere/at/all")); err == nil || !strings.Contains(err.Error(), "starting /nowhere/at/all on a terminal") {
		t.Errorf("Start = %v", err)
	}
}
