package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
)

// wheelRows is the number of rows that one notch of the wheel scrolls.
const wheelRows = 3

// clicked passes a click to what is under the mouse: a pane, a chip or the filter.
func (a *App) clicked(m tea.Mouse) kit.Wish {
	if m.Button != tea.MouseLeft || len(a.modals) > 0 {
		return kit.Wish{}
	}
	if w, ok := a.panes.click(m.X, m.Y); ok {
		return w
	}
	l := &a.panes.layout
	switch {
	case l.chips.Holds(m.X, m.Y):
		s := a.scene()
		return a.chips.Click(m.X, &s)
	case l.filter.Holds(m.X, m.Y) && !a.bar.Typing:
		return kit.Wish{Typing: kit.TypingBegins}
	}
	return kit.Wish{}
}

// wheeled scrolls the modal on top, or the pane under the mouse.
func (a *App) wheeled(m tea.Mouse) kit.Wish {
	n, c := wheelRows, kit.CmdDown
	switch m.Button {
	case tea.MouseWheelUp:
		n, c = -n, kit.CmdUp
	case tea.MouseWheelDown:
	default:
		return kit.Wish{}
	}
	if len(a.modals) > 0 {
		return a.modals.Press(c, "")
	}
	s := a.scene()
	return a.panes.wheel(m.X, m.Y, n, &s)
}
