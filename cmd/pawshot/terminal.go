package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"pawprint/tui/ptytest"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// launch says which program to run, and on what kind of terminal.
type launch struct {
	program    string
	args       []string
	dir        string   // "" is the current folder
	env        []string // nil is that of pawshot
	cols, rows int
	light      bool
	timeout    time.Duration // limit of every wait
	quiet      time.Duration // how long a screen must stay the same to be at rest
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
	*ptytest.Terminal
	cursor cursor // written by the emulator's callbacks, so guarded by Use
}

// openTerminal starts a program. Call Close in the end. The program is killed when ctx ends.
func openTerminal(ctx context.Context, l launch) (*terminal, error) {
	pt, err := ptytest.Open(l.cols, l.rows, ptytest.NewScreen(l.cols, l.rows))
	if err != nil {
		return nil, err
	}
	t := &terminal{launch: l, Terminal: pt, cursor: cursor{shown: true}}
	t.Use(func(emu *vt.Emulator) {
		emu.SetDefaultForegroundColor(l.colors().fg)
		emu.SetDefaultBackgroundColor(l.colors().bg)
		emu.SetCallbacks(vt.Callbacks{
			CursorVisibility: func(shown bool) { t.cursor.shown = shown },
			CursorStyle:      func(form vt.CursorStyle, _ bool) { t.cursor.form = form },
		})
	})
	c := exec.CommandContext(ctx, l.program, l.args...)
	c.Dir, c.Env = l.dir, environment(l.env)
	if err := t.Start(c); err != nil {
		return nil, err
	}
	return t, nil
}

// foreign lists variables of the user's terminal that would change how a program looks on ours.
var foreign = []string{"TERM", "COLORTERM", "LANG", "LANGUAGE", "TZ", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORFGBG",
	"TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TMUX", "STY", "VTE_VERSION", "WT_SESSION", "SSH_TTY", "SSH_CONNECTION", "COLUMNS", "LINES"}

// environment returns env without the foreign variables, and with those of our terminal.
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
	return append(ptytest.Env(out), "TZ=UTC")
}

func isForeign(name string) bool {
	for _, f := range foreign {
		if name == f {
			return true
		}
	}
	return strings.HasPrefix(name, "LC_")
}

// screen returns the current screen.
func (t *terminal) screen() *screen {
	s := &screen{cols: t.cols, rows: t.rows, cells: make([]uv.Cell, 0, t.cols*t.rows)}
	t.Use(func(emu *vt.Emulator) {
		s.cursor = t.cursor
		at := emu.CursorPosition()
		s.cursor.x, s.cursor.y = at.X, at.Y
		for y := range t.rows {
			for x := range t.cols {
				c := uv.EmptyCell
				if cell := emu.CellAt(x, y); cell != nil {
					c = *cell
				}
				s.cells = append(s.cells, c)
			}
		}
	})
	return s
}

// press sends keys to the program, as a keyboard would.
func (t *terminal) press(keys string) error {
	select {
	case <-t.Ended():
		return t.failure(fmt.Errorf("pressing %q: the program has ended", keys))
	default:
	}
	if err := t.Press(keys); err != nil {
		return t.failure(err)
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
		case <-t.Changed():
		case <-t.Ended():
			ended = true
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", waiting, ctx.Err())
		case <-limit.C:
			return t.failure(fmt.Errorf("%s: it did not come within %v", waiting, t.timeout))
		}
	}
	return nil
}

// settle waits until the screen has not changed for a while, or the program has ended. An empty screen is not at rest, because the
// program has not drawn yet.
func (t *terminal) settle(ctx context.Context) (*screen, error) {
	limit, rest := time.NewTimer(t.timeout), time.NewTimer(t.quiet)
	defer limit.Stop()
	defer rest.Stop()
	last := t.screen()
	for {
		select {
		case <-t.Changed():
			if now := t.screen(); !now.equal(last) {
				last = now
				rest.Reset(t.quiet)
			}
		case <-rest.C:
			if last.text() != "" {
				return last, nil
			}
		case <-t.Ended():
			return t.screen(), nil
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for a screen at rest: %w", ctx.Err())
		case <-limit.C:
			return nil, t.failure(fmt.Errorf("waiting for a screen at rest: there was none within %v", t.timeout))
		}
	}
}

// failure adds the screen to an error, because it usually shows what went wrong.
func (t *terminal) failure(err error) error {
	text := t.screen().text()
	if text == "" {
		return fmt.Errorf("%w; the screen is empty", err)
	}
	return fmt.Errorf("%w; the last screen was\n%s", err, text)
}
