package tui

import tea "charm.land/bubbletea/v2"

// wheelRows is the number of rows that one notch of the wheel scrolls.
const wheelRows = 3

// clicked focuses the pane under the mouse and passes the click to it.
func (a *App) clicked(m tea.Mouse) tea.Cmd {
	if m.Button != tea.MouseLeft || len(a.modals) > 0 {
		return nil
	}
	l := &a.layout
	for _, p := range a.panes {
		if r := l.of(p.id); r.holds(m.X, m.Y) {
			a.focus(p.id)
			return a.obey(p.click(m.X-r.x, m.Y-r.y))
		}
	}
	switch {
	case l.chips.holds(m.X, m.Y):
		a.clickChip(m.X)
	case l.filter.holds(m.X, m.Y) && !a.bar.typing:
		a.bar.begin(a.view(), a.cursorTime())
	}
	return nil
}

// dragged passes a move of the mouse with the button down to the pane.
func (a *App) dragged(m tea.Mouse) tea.Cmd {
	if m.Button != tea.MouseLeft || len(a.modals) > 0 {
		return nil
	}
	for _, p := range a.panes {
		if r := a.layout.of(p.id); p.id == a.shown.focus && r.holds(m.X, m.Y) {
			return a.obey(p.drag(m.X-r.x, m.Y-r.y))
		}
	}
	return nil
}

// wheeled scrolls the pane under the mouse, whether focused or not; outside of all panes it scrolls the list.
func (a *App) wheeled(m tea.Mouse) tea.Cmd {
	n := wheelRows
	switch m.Button {
	case tea.MouseWheelUp:
		n = -n
	case tea.MouseWheelDown:
	default:
		return nil
	}
	if len(a.modals) > 0 {
		c := cmdDown
		if n < 0 {
			c = cmdUp
		}
		return a.pressModal(c, "")
	}
	s := a.scene()
	for _, p := range a.panes {
		if a.layout.of(p.id).holds(m.X, m.Y) {
			return a.obey(p.wheel(n, &s))
		}
	}
	return a.obey(a.list.wheel(n, &s))
}
