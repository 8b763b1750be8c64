package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/fault"
)

// Program is the interface on a terminal. Its methods may be called from any goroutine.
type Program struct {
	ctx  context.Context // the caller's
	app  *App
	keys keyboard
	tea  *tea.Program
}

// NewProgram makes the interface for a terminal, which Run takes. Signals and the size of the terminal are the caller's, see
// Resize; cancelling ctx ends the program.
func NewProgram(ctx context.Context, o Options, input io.Reader, output io.Writer, extra ...tea.ProgramOption) (*Program, error) {
	app := New(ctx, o)
	keys, err := newKeyboard(app.jobs.ctx, input)
	if err != nil {
		app.abort()
		return nil, err
	}
	p := &Program{ctx: ctx, app: app, keys: keys}
	options := append([]tea.ProgramOption{
		tea.WithContext(app.jobs.ctx), tea.WithInput(p.keys.from), tea.WithOutput(output), tea.WithoutSignalHandler(),
		tea.WithoutCatchPanics(), // it would print the value
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { return p.filtered(msg, o.Suspend) }),
	}, extra...)
	p.tea = tea.NewProgram(app, options...)
	return p, nil
}

// filtered changes a message before Bubble Tea sees it. A terminal may say that it has any size: that is bounded before anything
// is allocated for it.
func (p *Program) filtered(msg tea.Msg, suspend func()) tea.Msg {
	switch msg := msg.(type) {
	case tea.QuitMsg:
		p.keys.leave()
	case tea.WindowSizeMsg:
		msg.Width, msg.Height = ClampSize(msg.Width, msg.Height)
		return msg
	case tea.SuspendMsg:
		if suspend != nil {
			suspend()
			return nil
		}
		p.keys.leave()
	}
	return msg
}

// ClampSize bounds the size of a terminal, in cells, to what is drawn: the rest of a larger one stays empty.
func ClampSize(width, height int) (int, int) {
	return min(max(width, 0), maxWidth), min(max(height, 0), maxHeight)
}

// Run shows the interface until the user quits, and leaves the terminal as it was. If ctx ended it, the error is that of ctx. A
// panic of the interface is returned as a *fault.Error.
func (p *Program) Run() error {
	defer p.keys.close()
	defer p.app.abort()
	err := fault.Safely(func() error {
		_, err := p.tea.Run()
		return err
	})
	if e := fault.In(err); e != nil { // the library has not left the terminal
		p.app.crash(e)
		p.app.abort()
		err = fault.Safely(func() error { p.tea.Kill(); return err })
	}
	stopped, within := p.ctx.Err(), finishTime
	if stopped != nil {
		within = finishSoon
	}
	p.app.abort()
	lost := p.app.finish(within)
	switch {
	case p.app.Err() != nil:
		return p.app.Err()
	case stopped != nil:
		return errors.Join(stopped, lost)
	case errors.Is(err, tea.ErrProgramKilled) || err != nil:
		return fmt.Errorf("running the interface: %w", err)
	}
	return lost
}

// How long the end of the program waits for views that are still being saved: if a signal ended it, there is little time.
const (
	finishTime = 2 * time.Second
	finishSoon = 400 * time.Millisecond
)

// finish saves the views that no command got to. Call it when nothing updates the App any more.
func (a *App) finish(within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return a.saver.finish(ctx)
}

// Resize says how large the terminal is. It waits for the program to run, and does nothing when that has ended.
func (p *Program) Resize(width, height int) {
	p.tea.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Release gives the terminal back while the program goes on, until Restore.
func (p *Program) Release() error {
	p.keys.leave()
	if err := p.tea.ReleaseTerminal(); err != nil {
		return fmt.Errorf("giving the terminal back: %w", err)
	}
	return nil
}

// Restore takes the terminal again, and draws.
func (p *Program) Restore() error {
	if err := p.tea.RestoreTerminal(); err != nil {
		return fmt.Errorf("taking the terminal again: %w", err)
	}
	return nil
}
