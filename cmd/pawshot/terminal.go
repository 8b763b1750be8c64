package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// launch says what to run on a terminal, and on what terminal.
type launch struct {
	program    string
	args       []string
	dir        string   // "" is the one we are in
	env        []string // nil is our own
	cols, rows int
	light      bool
	timeout    time.Duration // of every wait
	quiet      time.Duration // after which an unchanged screen has come to rest
}

func (l *launch) colors() colors {
	if l.light {
		return lightColors
	}
	return darkColors
}

// terminal runs a program on a pseudo terminal and keeps its screen. Its methods are for one goroutine.
type terminal struct {
	launch
	cmd     *exec.Cmd
	pty     *os.File
	changed chan struct{} // something was written
	ended   chan struct{} // closed when nothing more will be written
	work    sync.WaitGroup

	mu     sync.Mutex // for what follows
	emu    *vt.Emulator
	cursor cursor
}

// openTerminal starts a program; close must be called. The program is killed when ctx ends.
func openTerminal(ctx context.Context, l launch) (*terminal, error) {
	t := &terminal{launch: l, cmd: exec.CommandContext(ctx, l.program, l.args...), emu: vt.NewEmulator(l.cols, l.rows),
		changed: make(chan struct{}, 1), ended: make(chan struct{}), cursor: cursor{shown: true}}
	t.emu.SetDefaultForegroundColor(l.colors().fg)
	t.emu.SetDefaultBackgroundColor(l.colors().bg)
	t.emu.SetCallbacks(vt.Callbacks{
		CursorVisibility: func(shown bool) { t.cursor.shown = shown },
		CursorStyle:      func(form vt.CursorStyle, _ bool) { t.cursor.form = form },
	})
	t.cmd.Dir = l.dir
	t.cmd.Env = environment(l.env)
	p, err := pty.StartWithSize(t.cmd, &pty.Winsize{Rows: uint16(l.rows), Cols: uint16(l.cols)})
	if err != nil {
		return nil, fmt.Errorf("starting %s on a terminal: %w", l.program, err)
	}
	t.pty = p
	t.work.Go(t.pump)
	t.work.Go(t.answer)
	return t, nil
}

// foreign are variables that would make a program look different on another terminal than ours.
var foreign = []string{"TERM", "COLORTERM", "LANG", "LANGUAGE", "TZ", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORFGBG",
	"TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "STY", "VTE_VERSION", "WT_SESSION", "SSH_TTY", "SSH_CONNECTION", "COLUMNS", "LINES"}

// environment makes an environment one of our terminal.
func environment(env []string) []string {
	if env == nil {
		env = os.Environ()
	}
	var out []string
	for _, v := range env {
		if name, _, _ := strings.Cut(v, "="); !isForeign(name) {
			out = append(out, v)
		}
	}
	return append(out, "TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "TZ=UTC")
}

func isForeign(name string) bool {
	for _, f := range foreign {
		if name == f {
			return true
		}
	}
	return strings.HasPrefix(name, "LC_")
}

// pump brings what the program writes to the screen, until the program has ended.
func (t *terminal) pump() {
	defer close(t.ended)
	buf := make([]byte, 64<<10)
	for {
		n, err := t.pty.Read(buf)
		t.mu.Lock()
		_, _ = t.emu.Write(buf[:n])
		t.mu.Unlock()
		select {
		case t.changed <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// answer brings the answers of the terminal to the program. It goes on reading when the program no longer does: pump would
// wait for it.
func (t *terminal) answer() {
	buf := make([]byte, 4<<10)
	for {
		n, err := t.emu.Read(buf)
		if err != nil {
			return
		}
		_, _ = t.pty.Write(buf[:n])
	}
}

// screen is what is to be seen now.
func (t *terminal) screen() *screen {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &screen{cols: t.cols, rows: t.rows, cells: make([]uv.Cell, 0, t.cols*t.rows), cursor: t.cursor}
	at := t.emu.CursorPosition()
	s.cursor.x, s.cursor.y = at.X, at.Y
	for y := range t.rows {
		for x := range t.cols {
			c := uv.EmptyCell
			if cell := t.emu.CellAt(x, y); cell != nil {
				c = *cell
			}
			s.cells = append(s.cells, c)
		}
	}
	return s
}

// press sends what a keyboard would send.
func (t *terminal) press(keys string) error {
	select {
	case <-t.ended:
		return t.failure(fmt.Errorf("pressing %q: the program has ended", keys))
	default:
	}
	if _, err := t.pty.WriteString(keys); err != nil {
		return t.failure(fmt.Errorf("pressing %q: %w", keys, err))
	}
	return nil
}

// see waits until a text is on the screen.
func (t *terminal) see(ctx context.Context, text string) error {
	waiting := fmt.Sprintf("waiting for %q", text)
	limit := time.NewTimer(t.timeout)
	defer limit.Stop()
	for ended := false; !strings.Contains(t.screen().text(), text); {
		if ended {
			return t.failure(fmt.Errorf("%s: the program has ended", waiting))
		}
		select {
		case <-t.changed:
		case <-t.ended:
			ended = true
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", waiting, ctx.Err())
		case <-limit.C:
			return t.failure(fmt.Errorf("%s: it did not come within %v", waiting, t.timeout))
		}
	}
	return nil
}

// settle waits until the screen has not changed for a while, or the program has ended. An empty screen is not at rest: the
// program has not come to draw it.
func (t *terminal) settle(ctx context.Context) (*screen, error) {
	limit, rest := time.NewTimer(t.timeout), time.NewTimer(t.quiet)
	defer limit.Stop()
	defer rest.Stop()
	last := t.screen()
	for {
		select {
		case <-t.changed:
			if now := t.screen(); !now.equal(last) {
				last = now
				rest.Reset(t.quiet)
			}
		case <-rest.C:
			if last.text() != "" {
				return last, nil
			}
		case <-t.ended:
			return t.screen(), nil
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for a screen at rest: %w", ctx.Err())
		case <-limit.C:
			return nil, t.failure(fmt.Errorf("waiting for a screen at rest: there was none within %v", t.timeout))
		}
	}
}

// failure adds the screen to an error: mostly it tells what went wrong.
func (t *terminal) failure(err error) error {
	text := t.screen().text()
	if text == "" {
		return fmt.Errorf("%w; the screen is empty", err)
	}
	return fmt.Errorf("%w; the last screen was\n%s", err, text)
}

// close ends the program and everything of the terminal.
func (t *terminal) close() error {
	_ = t.cmd.Process.Kill()
	_ = t.cmd.Wait() // it was killed, or its end was seen on the screen
	if in, ok := t.emu.InputPipe().(io.Closer); ok {
		_ = in.Close() // ends answer, and Write can no longer wait for it
	}
	err := t.pty.Close()
	t.work.Wait()
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
