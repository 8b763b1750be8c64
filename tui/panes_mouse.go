package tui

import "pawprint/tui/kit"

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
