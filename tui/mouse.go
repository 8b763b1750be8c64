package tui

import (
	tea "charm.land/bubbletea/v2"

	"pawprint/tui/kit"
)

// wheelRows is the number of rows that one notch of the wheel scrolls.
const wheelRows = 3

// clicked passes a click to what is under the mouse: a pane or the filter.
func (a *App) clicked(m tea.Mouse) kit.Wish {
	if m.Button != tea.MouseLeft || len(a.modals) > 0 {
		return kit.Wish{}
	}
	if w, ok := a.panes.click(m.X, m.Y); ok {
		return w
	}
	if !a.panes.layout.filter.Holds(m.X, m.Y) {
		return kit.Wish{}
	}
	s := a.scene()
	return a.bar.Click(m.X, &s)
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

// click focuses the pane under the mouse and passes the click to it; ok is false if there is no pane.
func (p *panes) click(x, y int) (w kit.Wish, ok bool) {
	for _, named := range p.all {
		if r := p.layout.of(named.id); r.Holds(x, y) {
			p.focus(named.id)
			return named.Click(x-r.X, y-r.Y), true
		}
	}
	return kit.Wish{}, false
}

// drag passes a move of the mouse with the button down to the pane, if that has the focus.
func (p *panes) drag(x, y int) kit.Wish {
	if r := p.layout.of(p.shown.focus); r.Holds(x, y) {
		return p.focused().Drag(x-r.X, y-r.Y)
	}
	return kit.Wish{}
}

// wheel scrolls the pane under the mouse, whether focused or not; outside of all panes it scrolls the list.
func (p *panes) wheel(x, y, n int, s *kit.Scene) kit.Wish {
	for _, named := range p.all {
		if p.layout.of(named.id).Holds(x, y) {
			return named.Wheel(n, s)
		}
	}
	return p.of(kit.ListPane).Wheel(n, s)
}
