package tui

import (
	"slices"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// focus gives a pane the focus.
func (p *panes) focus(id kit.PaneID) {
	p.shown.focus = id
	p.arrange()
}

// next moves the focus to the next pane that can have it, in the direction of step.
func (p *panes) next(step int) {
	order := tabOrder()
	at := slices.Index(order, p.shown.focus)
	for range order {
		at = (at + len(order) + step) % len(order)
		if p.reachable(order[at]) {
			p.focus(order[at])
			return
		}
	}
}

// reachable reports whether a pane can have the focus: it is on the screen, or the focus puts it there.
func (p *panes) reachable(id kit.PaneID) bool {
	switch id {
	case kit.ListPane:
		return true
	case kit.DetailPane:
		return p.shown.detail
	}
	i, _ := sideOf(id)
	return p.shown.sides[i]
}

// toggle shows the i-th side pane and focuses it, or hides it if it has the focus. If there is no space for it, it covers the list while
// focused, so that its key does the same on a screen of any size.
func (p *panes) toggle(i int) {
	id := sideID(i)
	p.shown.sides[i] = p.shown.focus != id
	if p.shown.focus == id {
		id = kit.ListPane
	}
	p.focus(id)
}

// zoom shows the focused pane alone, or all of them again. If that changes nothing on the screen, it says so.
func (p *panes) zoom() termsafe.Safe {
	before := p.layout
	p.shown.zoom = !p.shown.zoom
	if p.arrange(); p.layout != before {
		return termsafe.Safe{}
	}
	return termsafe.Const("this pane already fills the screen")
}

// openDetail opens the detail, and focuses it if it was open already or covers the list.
func (p *panes) openDetail() {
	again := p.shown.detail
	p.shown.detail = true
	p.arrange()
	if again || p.layout.detail.Empty() {
		p.focus(kit.DetailPane)
	}
}

// leaveDetail gives the list the focus. A detail that covered the list is closed.
func (p *panes) leaveDetail() {
	covered := p.layout.list.Empty() && !p.shown.zoom
	p.shown.zoom = false
	p.shown.detail = !covered
	p.focus(kit.ListPane)
}

// closeDetail closes the detail, and shows all panes again.
func (p *panes) closeDetail() {
	p.shown.detail, p.shown.zoom = false, false
	p.arrange()
}

// placeDetail moves the open detail to its next place on the screen, and says where that is.
func (p *panes) placeDetail() termsafe.Safe {
	before := p.layout.detail
	for range numDetailPlaces {
		p.shown.at = (p.shown.at + 1) % numDetailPlaces
		p.arrange()
		if p.layout.detail != before {
			break
		}
	}
	return [...]termsafe.Safe{
		termsafe.Const("the detail is where it fits"), termsafe.Const("the detail is below the list"),
		termsafe.Const("the detail is beside the list"), termsafe.Const("the detail is over the list"),
	}[p.shown.at]
}
