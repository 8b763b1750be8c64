package tui

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
)

// Run shows the interface until the user quits, and leaves the terminal as it was on every way out. Signals are the
// caller's: cancelling ctx ends the program, and then the error is that of ctx. A panic anywhere in the interface is
// returned as a *PanicError.
func Run(ctx context.Context, o Options, input io.Reader, output io.Writer, extra ...tea.ProgramOption) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	app := New(ctx, o)
	keys, endKeys := keyboard(ctx, input)
	defer endKeys()
	options := append([]tea.ProgramOption{tea.WithContext(ctx), tea.WithOutput(output), tea.WithoutSignalHandler()}, keys...)
	options = append(options, extra...)
	_, err := tea.NewProgram(app, options...).Run()
	switch {
	case app.Err() != nil:
		return app.Err()
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, tea.ErrProgramKilled) || err != nil:
		return fmt.Errorf("running the interface: %w", err)
	}
	return nil
}
