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

	unkept error // see Unkept
}

// NewProgram returns the interface for a terminal; Run takes the terminal over. The caller handles signals and changes of the
// size, see Resize. Cancelling ctx ends the program.
func NewProgram(ctx context.Context, o Options, input io.Reader, output io.Writer, extra ...tea.ProgramOption) (*Program, error) {
	app := New(ctx, o)
	keys, err := newKeyboard(app.ctx, input)
	if err != nil {
		app.abort()
		return nil, err
	}
	if told := app.options.Painted; told != nil {
		painted := &paintedOutput{Writer: output, told: told}
		app.options.Painted, output = func() { painted.drawn.Store(true) }, painted
	}
	p := &Program{ctx: ctx, app: app, keys: keys}
	options := append([]tea.ProgramOption{
		tea.WithContext(app.ctx), tea.WithInput(p.keys.from), tea.WithOutput(output), tea.WithoutSignalHandler(),
		tea.WithoutCatchPanics(), // it would print the value
		tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg { return p.filtered(msg, o.Suspend) }),
	}, extra...)
	p.tea = tea.NewProgram(app, options...)
	app.screen.flusher = newFlusher(p.tea)
	return p, nil
}

// filtered changes or drops a message before Bubble Tea sees it. It clamps sizes, as a terminal may report any size, before
// memory is allocated for them.
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

// ClampSize limits the size of a terminal, in cells, to what is drawn. The rest of a larger terminal stays empty.
func ClampSize(width, height int) (int, int) {
	return min(max(width, 0), maxWidth), min(max(height, 0), maxHeight)
}

// Run shows the interface until the user quits, and restores the terminal. If ctx ended it, Run returns the error of ctx. It
// returns a panic of the interface as a *fault.Error.
func (p *Program) Run() error {
	defer p.keys.close()
	defer p.app.abort()
	err := fault.Safely(func() error {
		_, err := p.tea.Run()
		return err
	})
	if e := fault.In(err); e != nil { // the library has not restored the terminal
		p.app.crash(e)
		p.app.abort()
		err = fault.Safely(func() error { p.tea.Kill(); return err })
	}
	stopped, within := p.ctx.Err(), finishTime
	if stopped != nil {
		within = finishSoon
	}
	p.app.abort()
	lost := p.finish(within)
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

// finish keeps the marks, the views and the session that are not kept yet, each for as long as within. It gives up on stores that hang,
// because the program must be able to end.
func (p *Program) finish(within time.Duration) error {
	type outcome struct{ lost, unkept error }
	finished := make(chan outcome, 1)
	fault.Go(func() {
		o := outcome{lost: errors.Join(p.app.list.Marks.Finish(within), p.app.saved.Finish(within))}
		if p.app.Err() == nil {
			o.unkept = finishSession(p.app, within/2)
		}
		finished <- o
	}, func(e *fault.Error) { finished <- outcome{lost: e} })
	select {
	case o := <-finished:
		p.unkept = o.unkept
		return o.lost
	case <-time.After(3 * within): // longer than all these waits together
		return errHung
	}
}

var errHung = errors.New("the state folder does not answer, so the last marks, views or filters may be lost; pawprint state names the folder")

// Unkept returns why the session was not kept, that is, where the user was when Run ended; nil if it was, or if the user was told.
func (p *Program) Unkept() error { return p.unkept }

// How long the end of the program waits for marks and views that are still being saved: after a signal there is little time.
const (
	finishTime = 2 * time.Second
	finishSoon = 400 * time.Millisecond
)

// Resize sets the size of the terminal, in cells. It blocks until the program runs, and does nothing once it has ended.
func (p *Program) Resize(width, height int) {
	p.tea.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Release restores the terminal while the program keeps running, until Restore.
func (p *Program) Release() error {
	p.keys.leave()
	if err := p.tea.ReleaseTerminal(); err != nil {
		return fmt.Errorf("giving the terminal back: %w", err)
	}
	return nil
}

// Restore takes the terminal over again and redraws.
func (p *Program) Restore() error {
	if err := p.tea.RestoreTerminal(); err != nil {
		return fmt.Errorf("taking the terminal again: %w", err)
	}
	return nil
}
