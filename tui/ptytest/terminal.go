package ptytest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"

	"github.com/creack/pty"
)

// Env adds the variables that describe this terminal to an environment.
func Env(base []string) []string {
	return append(base, "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8")
}

// Terminal is a pseudo terminal with a screen. Between Open and Start the caller may change its exported fields.
type Terminal struct {
	*Screen
	Cmd *exec.Cmd // since Start
	PTY *os.File  // the end of the keyboard and the screen
	TTY *os.File  // the end of the program

	KeepTTY    bool         // TTY stays open until Close, so that its settings can be looked at after the program ended
	BeforeRead func()       // is called before each read of what the program wrote, and may hold it up
	Output     func([]byte) // is called with what the program wrote after it is on the screen

	ended, exited chan struct{}
	pumps         sync.WaitGroup
	once          sync.Once
}

// Open opens a terminal. The screen may be smaller: then it is a corner.
func Open(cols, rows int, screen *Screen) (*Terminal, error) {
	p, tty, err := pty.Open()
	if err != nil {
		return nil, fmt.Errorf("opening a terminal: %w", err)
	}
	t := &Terminal{Screen: screen, PTY: p, TTY: tty, ended: make(chan struct{}), exited: make(chan struct{})}
	if err := t.Resize(cols, rows); err != nil {
		return nil, errors.Join(err, p.Close(), tty.Close())
	}
	return t, nil
}

// Start runs a command on the terminal, which becomes each of its standard files that is not set. After it, Close must be called.
func (t *Terminal) Start(cmd *exec.Cmd) error {
	if cmd.Stdin == nil {
		cmd.Stdin = t.TTY
	}
	if cmd.Stdout == nil {
		cmd.Stdout = t.TTY
	}
	if cmd.Stderr == nil {
		cmd.Stderr = t.TTY
	}
	cmd.SysProcAttr = controlling()
	if err := cmd.Start(); err != nil {
		return errors.Join(fmt.Errorf("starting %s on a terminal: %w", cmd.Path, err), t.PTY.Close(), t.TTY.Close())
	}
	t.Cmd = cmd
	if !t.KeepTTY {
		_ = t.TTY.Close() // the program has its own
	}
	t.pumps.Go(t.pump)
	go t.Answer(func(p []byte) { _, _ = t.PTY.Write(p) }) // it goes on when the program has stopped reading, as Write would block
	go func() {
		_ = cmd.Wait() // the result is in Cmd.ProcessState
		close(t.exited)
	}()
	return nil
}

// pump draws what the program writes, until no process has the terminal open.
func (t *Terminal) pump() {
	defer close(t.ended)
	buf := make([]byte, 64<<10)
	for {
		if t.BeforeRead != nil {
			t.BeforeRead()
		}
		n, err := t.PTY.Read(buf)
		if t.Output != nil {
			t.Output(buf[:n])
		}
		_, _ = t.Write(buf[:n])
		if err != nil {
			return
		}
	}
}

// Ended is closed when all that will ever be written is on the screen. With KeepTTY that is after Close.
func (t *Terminal) Ended() <-chan struct{} { return t.ended }

// Exited is closed when the program has ended.
func (t *Terminal) Exited() <-chan struct{} { return t.exited }

// Press sends keys as a keyboard would.
func (t *Terminal) Press(keys string) error {
	if _, err := t.PTY.WriteString(keys); err != nil {
		return fmt.Errorf("pressing %q: %w", keys, err)
	}
	return nil
}

// Resize tells the program another size. The screen keeps its own: see Screen.Resize.
func (t *Terminal) Resize(cols, rows int) error {
	if err := pty.Setsize(t.PTY, &pty.Winsize{Rows: uint16(rows), Cols: uint16(cols)}); err != nil {
		return fmt.Errorf("changing the size of a terminal: %w", err)
	}
	return nil
}

// Close kills the program and closes the terminal. Further calls do nothing.
func (t *Terminal) Close() {
	t.once.Do(func() {
		_ = t.Cmd.Process.Kill()
		<-t.exited
		_ = t.TTY.Close()
		t.Screen.Close()
		_ = t.PTY.Close()
		t.pumps.Wait()
	})
}
