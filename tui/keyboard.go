package tui

import (
	"context"
	"errors"
	"io"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/keyguard"
)

// keyboard puts the guard of the keys between a terminal and the library. Keys are read no more as soon as the program
// leaves the terminal to somebody else; end waits for that. An input that is not a file is read as it is, and so is any on
// a system that the guard does not know.
func keyboard(ctx context.Context, input io.Reader) (options []tea.ProgramOption, end func(), err error) {
	unguarded := []tea.ProgramOption{tea.WithInput(input)}
	file, ok := input.(keyguard.File)
	if !ok {
		return unguarded, func() {}, nil
	}
	keys, err := keyguard.New(file)
	if errors.Is(err, errors.ErrUnsupported) {
		return unguarded, func() {}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	leaving := func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.QuitMsg, tea.SuspendMsg:
			keys.Interrupt()
		}
		return msg
	}
	stop := context.AfterFunc(ctx, keys.Interrupt)
	end = func() {
		stop()
		_ = keys.Close()
	}
	return []tea.ProgramOption{tea.WithInput(keys), tea.WithFilter(leaving)}, end, nil
}
