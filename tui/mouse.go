package tui

import tea "charm.land/bubbletea/v2"

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

// clicked puts the cursor, or the focus, where the mouse is.
func (a *App) clicked(m tea.Mouse) tea.Cmd {
	if m.Button != tea.MouseLeft || len(a.modals) > 0 {
		return nil
	}
	l := &a.layout
	switch {
	case l.list.holds(m.X, m.Y):
		if place := a.list.top + m.Y - l.list.y; place < a.list.len() {
			a.list.moveTo(place)
		}
		a.focus(listPane)
	case l.detail.holds(m.X, m.Y):
		a.detail.click(m.Y - l.detail.y)
		a.focus(detailPane)
	case l.filter.holds(m.X, m.Y) && !a.bar.typing:
		a.bar.begin()
	}
	return nil
}

// wheeled scrolls what is under the mouse, wherever the focus is.
func (a *App) wheeled(m tea.Mouse) tea.Cmd {
	n := wheelRows
	switch m.Button {
	case tea.MouseWheelUp:
		n = -n
	case tea.MouseWheelDown:
	default:
		return nil
	}
	switch {
	case len(a.modals) > 0:
		c := cmdDown
		if n < 0 {
			c = cmdUp
		}
		a.modals[len(a.modals)-1].command(c)
	case a.layout.detail.holds(m.X, m.Y):
		a.detail.scroll(n)
	case n < 0 && a.feed.previewing && a.list.top == 0:
		a.needWholeLog()
	default:
		a.list.scroll(n)
	}
	return nil
}
