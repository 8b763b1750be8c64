package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"pawprint/tui/ptytest"
)

// maxWait bounds every wait.
const maxWait = 5 * time.Minute

// terminal runs a program on a pseudo terminal and keeps its screen.
type terminal struct{ *ptytest.Terminal }

// watched returns an option that runs the program in a folder, with additions to its environment, and with w as its standard error.
func watched(w io.Writer, dir string, env []string) func(*exec.Cmd) {
	return func(c *exec.Cmd) { c.Stderr, c.Dir, c.Env = w, dir, append(c.Env, env...) }
}

func openTerminal(program string, args []string, cols, rows int, more ...func(*exec.Cmd)) (*terminal, error) {
	t, err := ptytest.Open(cols, rows, ptytest.NewScreen(cols, rows))
	if err != nil {
		return nil, err
	}
	c := exec.Command(program, args...)
	c.Env = ptytest.Env(os.Environ())
	for _, change := range more {
		change(c)
	}
	if err := t.Start(c); err != nil {
		return nil, err
	}
	return &terminal{t}, nil
}

// press sends keys. It ignores errors, because wait notices if the program has ended.
func (t *terminal) press(keys string) { _ = t.Press(keys) }

// resize tells the program a new size, at most the first one. The emulator keeps its size: it would fail if the program still scrolled
// rows that are gone, which can happen while a terminal shrinks.
func (t *terminal) resize(cols, rows int) { _ = t.Resize(cols, rows) }

// wait waits until the screen satisfies ok.
func (t *terminal) wait(ctx context.Context, ok func(screen string) bool) error {
	deadline := time.NewTimer(maxWait)
	defer deadline.Stop()
	for !ok(t.Text()) {
		select {
		case <-t.Changed():
		case <-t.Ended():
			return fmt.Errorf("the program ended; its last screen was\n%s", t.Text())
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline.C:
			return errors.New("it did not come")
		}
	}
	return nil
}

// abort makes a program that hangs write the stacks of its goroutines, and waits a moment for its end.
func (t *terminal) abort() {
	_ = t.Cmd.Process.Signal(syscall.SIGABRT) // it may have ended
	select {
	case <-t.Ended():
	case <-time.After(restTime):
	}
}

// close ends the program, and returns its processor time and its greatest resident set in bytes. It may be called again.
func (t *terminal) close() (cpu time.Duration, rss int64) {
	t.Close()
	return t.Cmd.ProcessState.UserTime() + t.Cmd.ProcessState.SystemTime(), resident(t.Cmd.ProcessState)
}
