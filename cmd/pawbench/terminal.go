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

// patience bounds every wait.
const patience = 5 * time.Minute

// terminal runs a program on a pseudo terminal and keeps its screen.
type terminal struct{ *ptytest.Terminal }

// watched lets the program run in a folder with more of an environment, and say on w what else it would say on the terminal.
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

// press sends keys; a program that ended is seen on its screen.
func (t *terminal) press(keys string) { _ = t.Press(keys) }

// resize tells the program another size, at most that of the beginning. The emulator keeps its own: it fails when a program still
// scrolls rows that are gone, as may happen while a terminal shrinks.
func (t *terminal) resize(cols, rows int) { _ = t.Resize(cols, rows) }

// wait waits until the screen is as it should be.
func (t *terminal) wait(ctx context.Context, ok func(screen string) bool) error {
	deadline := time.NewTimer(patience)
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

// abort lets a program that hangs tell what its goroutines do, and waits until it ended.
func (t *terminal) abort() {
	_ = t.Cmd.Process.Signal(syscall.SIGABRT) // it may have ended
	select {
	case <-t.Ended():
	case <-time.After(restTime):
	}
}

// close ends the program, and gives the time it took of the processors and the most memory it had. Again it does nothing.
func (t *terminal) close() (cpu time.Duration, rss int64) {
	t.Close()
	if r, ok := t.Cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		rss = r.Maxrss << 10
	}
	return t.Cmd.ProcessState.UserTime() + t.Cmd.ProcessState.SystemTime(), rss
}
