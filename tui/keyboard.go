package tui

import (
	"context"
	"io"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/keyguard"
)

// keyboard puts the guard of the keys between a terminal and the library. Keys are read no more as soon as the program
// leaves the terminal to somebody else; end waits for that. What is no file, or a system that the guard does not know, is
// read as it is.
func keyboard(ctx context.Context, input io.Reader) (options []tea.ProgramOption, end func()) {
	file, ok := input.(keyguard.File)
	if !ok {
		return []tea.ProgramOption{tea.WithInput(input)}, func() {}
	}
	keys, err := keyguard.New(file)
	if err != nil {
		return []tea.ProgramOption{tea.WithInput(input)}, func() {}
	}
	leaving := func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.QuitMsg, tea.SuspendMsg:
			keys.Interrupt()
		}
		return msg
	}
	stop := context.AfterFunc(ctx, keys.Interrupt)
	return []tea.ProgramOption{tea.WithInput(keys), tea.WithFilter(leaving)}, func() {
		stop()
		_ = keys.Close()
	}
}
