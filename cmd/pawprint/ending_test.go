//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// vanish closes the terminal, as closing its window does.
func (x *terminal) vanish() {
	x.t.Helper()
	x.held.Lock()
	defer x.held.Unlock()
	x.typeKeys("g") // a blocked read returns with the frame of this key, so that closing can finish
	x.PTY.Close()   // no goroutine reads from it now
}

func TestARunThatWasCancelledSaysWhy(t *testing.T) {
	odd, cancelled := errors.New("an odd error"), fmt.Errorf("running: %w", context.Canceled)
	for _, c := range []struct{ err, cause, want error }{
		{nil, nil, nil},
		{odd, nil, odd},
		{cancelled, nil, cancelled},
		{cancelled, context.Canceled, cancelled},
		{cancelled, odd, odd},
		{cancelled, fmt.Errorf("stopping: %w", stopped{syscall.SIGHUP}), cancelled},
		{nil, odd, nil},
	} {
		if got := whyEnded(c.err, c.cause); got != c.want {
			t.Errorf("whyEnded(%v, %v) = %v, want %v", c.err, c.cause, got, c.want)
		}
	}
}

// Something may hang that holds whatever the end needs: here it is the lock.
func TestARunThatHangsIsEndedByForce(t *testing.T) {
	t.Parallel()
	ended := make(chan int, 1)
	e := &ending{exit: func(code int) { ended <- code }, over: make(chan struct{})}
	e.mu.Lock()
	defer e.mu.Unlock()
	go e.force(stopped{syscall.SIGTERM})
	select {
	case code := <-ended:
		if code != 143 {
			t.Errorf("exit code %d, want 143", code)
		}
	case <-time.After(maxWait):
		t.Fatal("the program does not end")
	}
}

func TestARunThatDoesNotEndAfterItsInterfaceIsCancelled(t *testing.T) {
	for name, over := range map[string]bool{"it hangs": false, "it has ended": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancelCause(t.Context())
				e := &ending{cancel: cancel, over: make(chan struct{})}
				if e.endSoon(); over {
					close(e.over)
				}
				time.Sleep(endTime + 1)
				synctest.Wait()
				if over != (context.Cause(ctx) == nil) || !over && context.Cause(ctx) != errStuck {
					t.Errorf("the run was cancelled because %v", context.Cause(ctx))
				}
				cancel(nil)
			})
		})
	}
}

func TestTheProgramEndsWithItsTerminal(t *testing.T) {
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	x.vanish()
	select {
	case <-x.Exited():
	case <-time.After(maxWait):
		t.Fatal("the program lives on without a terminal")
	}
	if code := x.Cmd.ProcessState.ExitCode(); code != 129 {
		t.Errorf("exit code %d, want 129", code)
	}
}

// stopInShell starts the program in a shell, stops it, and waits for the shell.
func stopInShell(t *testing.T, stop func(x *terminal)) *terminal {
	t.Helper()
	story, err := filepath.Abs(story)
	if err != nil {
		t.Fatal(err)
	}
	shell := []string{"sh", "-c", `export PAWPRINT="$0" STORY="$1" PS1='ready> ' ENV=; exec sh -i`}
	x := startOn(t, terminalOptions{cols: 120, rows: 40, under: shell}, nil, story)
	x.waitForText("ready>")
	x.typeKeys("\"$PAWPRINT\" \"$STORY\"\n")
	x.waitForText("2,000 events")
	stop(x)
	x.waitFor("the shell", func(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), "ready>") && x.givenBack() })
	return x
}

// signalJob sends a signal to the program that a shell runs in the foreground.
func (x *terminal) signalJob(s syscall.Signal) {
	x.t.Helper()
	group, err := unix.IoctlGetInt(int(x.PTY.Fd()), unix.TIOCGPGRP)
	if err != nil {
		x.t.Fatal(err)
	}
	if err := syscall.Kill(group, s); err != nil { // only the leader
		x.t.Fatal(err)
	}
}

func TestAStoppedProgramGivesTheTerminalBackUntilItIsContinued(t *testing.T) {
	for name, stop := range map[string]func(x *terminal){
		"by the key":   func(x *terminal) { x.typeKeys("\x1a") },
		"from outside": func(x *terminal) { x.signalJob(syscall.SIGTSTP) },
	} {
		t.Run(name, func(t *testing.T) {
			x := stopInShell(t, stop)
			for range 2 { // and again
				x.typeKeys("fg\n")
				x.waitFor("the interface again", func(s string) bool { return strings.Contains(s, "2,000 events") && !x.givenBack() })
				stop(x)
				x.waitFor("the shell again", func(s string) bool { return !strings.Contains(s, "2,000 events") && x.givenBack() })
			}
			x.typeKeys("fg\n")
			x.waitForText("2,000 events")
			x.typeKeys("f")
			x.waitForText("127 shown")
			x.typeKeys("q")
			x.waitFor("the shell at the end", func(string) bool { return x.givenBack() })
			x.typeKeys("exit\n")
			x.waitForExit(0)
		})
	}
}

func TestAProgramThatWasStoppedOutrightDrawsAgainWhenItIsContinued(t *testing.T) {
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	for _, s := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGCONT} {
		x.forget()
		if err := x.Cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
	x.waitFor("a whole frame", func(string) bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		return strings.Contains(x.raw.String(), "\x1b[?1049h") && strings.Contains(x.raw.String(), "events")
	})
	x.typeKeys("f")
	x.waitForText("127 shown")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestAProgramThatNobodyCouldContinueIsNotStopped(t *testing.T) {
	for name, stop := range map[string]func(x *terminal){
		"by the key":   func(x *terminal) { x.typeKeys("\x1a") },
		"from outside": func(x *terminal) { _ = x.Cmd.Process.Signal(syscall.SIGTSTP) },
	} {
		t.Run(name, func(t *testing.T) {
			x := start(t, nil, story) // without a shell the program is the session leader
			x.waitForText("2,000 events")
			stop(x)
			x.waitFor("the terminal given back", func(string) bool { return x.givenBack() })
			x.waitFor("the interface again", func(string) bool { return !x.givenBack() })
			x.typeKeys("f")
			x.waitForText("127 shown")
			x.typeKeys("q")
			x.waitForExit(0)
		})
	}
}

func TestASuspendedProgramReadsNothing(t *testing.T) {
	x := start(t, nil, story)
	x.waitForText("2,000 events")
	x.typeKeys("\x1a")
	x.waitUntil("the screen given back", x.Exited(), x.givenBack)
	for deadline := time.Now().Add(maxWait); ; time.Sleep(time.Millisecond) {
		if state, err := term.GetState(int(x.TTY.Fd())); err == nil && *state == *x.before {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the terminal stays raw")
		}
	}
	x.typeKeys("typed for the shell\n")
	if got := x.readLine(); got != "typed for the shell\n" {
		t.Errorf("the shell reads %q", got)
	}
	if err := x.Cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	x.typeKeys("f")
	x.waitForText("127 shown")
	x.quit()
}
