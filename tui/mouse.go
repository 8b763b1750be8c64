package tui

import tea "charm.land/bubbletea/v2"

// wheelRows is the number of rows that one notch of the wheel scrolls.
const wheelRows = 3

// clicked passes a click to what is under the mouse: a pane, a chip or the filter.
func (a *App) clicked(m tea.Mouse) wish {
	if m.Button != tea.MouseLeft || len(a.modals) > 0 {
		return wish{}
	}
	if w, ok := a.panes.click(m.X, m.Y); ok {
		return w
	}
	l := &a.panes.layout
	switch {
	case l.chips.holds(m.X, m.Y):
		s := a.scene()
		return a.chips.click(m.X, &s)
	case l.filter.holds(m.X, m.Y) && !a.bar.typing:
		return wish{typing: typingBegins}
	}
	return wish{}
}

// wheeled scrolls the modal on top, or the pane under the mouse.
func (a *App) wheeled(m tea.Mouse) wish {
	n, c := wheelRows, cmdDown
	switch m.Button {
	case tea.MouseWheelUp:
		n, c = -n, cmdUp
	case tea.MouseWheelDown:
	default:
		return wish{}
	}
	if len(a.modals) > 0 {
		return a.modals.press(c, "")
	}
	s := a.scene()
	return a.panes.wheel(m.X, m.Y, n, &s)
}
