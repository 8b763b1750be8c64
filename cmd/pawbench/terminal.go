package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience bounds every wait.
const patience = 5 * time.Minute

// terminal runs a program on a pseudo terminal and keeps its screen.
type terminal struct {
	cmd   *exec.Cmd
	pty   *os.File
	emu   *vt.SafeEmulator
	grew  chan struct{}
	bytes atomic.Int64
	ended chan struct{}
	pumps sync.WaitGroup
	once  sync.Once
}

// watched lets the program run in a folder with more of an environment, and say on w what else it would say on the terminal.
func watched(w io.Writer, dir string, env []string) func(*exec.Cmd) {
	return func(c *exec.Cmd) { c.Stderr, c.Dir, c.Env = w, dir, append(c.Env, env...) }
}

func openTerminal(program string, args []string, cols, rows int, more ...func(*exec.Cmd)) (*terminal, error) {
	t := &terminal{cmd: exec.Command(program, args...), emu: vt.NewSafeEmulator(cols, rows), grew: make(chan struct{}, 1), ended: make(chan struct{})}
	t.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8")
	for _, change := range more {
		change(t.cmd)
	}
	p, err := pty.StartWithSize(t.cmd, &pty.Winsize{Rows: uint16(rows), Cols: uint16(cols)})
	if err != nil {
		return nil, fmt.Errorf("starting %s on a terminal: %w", program, err)
	}
	t.pty = p
	t.pumps.Add(1)
	go t.pump()
	go func() { _, _ = io.Copy(p, t.emu) }() // the terminal's answers, until both are closed
	return t, nil
}

// pump copies what the program writes to the screen until the program ends.
func (t *terminal) pump() {
	defer t.pumps.Done()
	defer close(t.ended)
	buf := make([]byte, 64<<10)
	for {
		n, err := t.pty.Read(buf)
		if err != nil {
			return
		}
		_, _ = t.emu.Write(buf[:n])
		t.bytes.Add(int64(n))
		select {
		case t.grew <- struct{}{}:
		default:
		}
	}
}

// written is how many bytes the program wrote so far.
func (t *terminal) written() int64 { return t.bytes.Load() }

func (t *terminal) press(keys string) { _, _ = t.pty.WriteString(keys) }

// resize tells the program another size, at most that of the beginning. The emulator keeps its own: it fails when a program still
// scrolls rows that are gone, as may happen while a terminal shrinks.
func (t *terminal) resize(cols, rows int) {
	_ = pty.Setsize(t.pty, &pty.Winsize{Rows: uint16(rows), Cols: uint16(cols)}) // a program that ended is seen elsewhere
}

// screen is what is shown, as text alone.
func (t *terminal) screen() string { return ansi.Strip(t.emu.Render()) }

// wait waits until the screen is as it should be.
func (t *terminal) wait(ctx context.Context, ok func(screen string) bool) error {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for !ok(t.screen()) {
		select {
		case <-t.grew:
		case <-t.ended:
			return fmt.Errorf("the program ended; its last screen was\n%s", t.screen())
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
	_ = t.cmd.Process.Signal(syscall.SIGABRT) // it may have ended
	select {
	case <-t.ended:
	case <-time.After(restTime):
	}
}

// close ends the program, and gives the time it took of the processors and the most memory it had. Again it does nothing.
func (t *terminal) close() (cpu time.Duration, rss int64) {
	t.once.Do(func() {
		_ = t.cmd.Process.Kill()
		_ = t.cmd.Wait() // it was killed
		_ = t.pty.Close()
		t.pumps.Wait()
	})
	if r, ok := t.cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		rss = r.Maxrss << 10
	}
	return t.cmd.ProcessState.UserTime() + t.cmd.ProcessState.SystemTime(), rss
}
