package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Run shows the interface until the user quits, and leaves the terminal as it was on every way out. Signals are the
// caller's: cancelling ctx ends the program, and then the error is that of ctx. A panic anywhere in the interface is
// returned as a *PanicError.
func Run(ctx context.Context, o Options, input io.Reader, output io.Writer, extra ...tea.ProgramOption) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	app := New(ctx, o)
	keys, endKeys, err := keyboard(ctx, input)
	if err != nil {
		return err
	}
	defer endKeys()
	options := append([]tea.ProgramOption{tea.WithContext(ctx), tea.WithOutput(output), tea.WithoutSignalHandler()}, keys...)
	options = append(options, extra...)
	_, err = tea.NewProgram(app, options...).Run()
	stopped, within := ctx.Err(), finishTime
	if stopped != nil {
		within = finishSoon
	}
	cancel()
	lost := app.finish(within)
	switch {
	case app.Err() != nil:
		return app.Err()
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
