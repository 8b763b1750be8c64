package tui

// click focuses the pane under the mouse and passes the click to it; ok is false if there is no pane.
func (p *panes) click(x, y int) (w wish, ok bool) {
	for _, named := range p.all {
		if r := p.layout.of(named.id); r.holds(x, y) {
			p.focus(named.id)
			return named.click(x-r.x, y-r.y), true
		}
	}
	return wish{}, false
}

// drag passes a move of the mouse with the button down to the pane, if that has the focus.
func (p *panes) drag(x, y int) wish {
	if r := p.layout.of(p.shown.focus); r.holds(x, y) {
		return p.focused().drag(x-r.x, y-r.y)
	}
	return wish{}
}

// wheel scrolls the pane under the mouse, whether focused or not; outside of all panes it scrolls the list.
func (p *panes) wheel(x, y, n int, s *scene) wish {
	for _, named := range p.all {
		if p.layout.of(named.id).holds(x, y) {
			return named.wheel(n, s)
		}
	}
	return p.of(listPane).wheel(n, s)
}
