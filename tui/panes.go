package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// namedPane is a pane with its name.
type namedPane struct {
	id paneID
	pane
}

// panes are the panes side by side on the screen: which are shown, where, and which has the focus.
type panes struct {
	all     []namedPane // in the order in which they are drawn
	detail  divided
	display *display
	layout  layout
	shown   shownPanes
	chips   func() (some, needed bool) // see shownPanes
}

// divided is a pane that draws the line between the list and itself.
type divided interface {
	drawDivider(f *paint.Frame, r rect, focused bool)
}

// newPanes returns the panes, with the focus on the list.
func newPanes(disp *display, l *list, d *detail) panes {
	p := panes{
		display: disp,
		detail:  d,
		shown:   shownPanes{focus: listPane},
		all:     []namedPane{{timelinePane, newTimeline(disp)}, {facetsPane, newFacetPane(disp)}, {listPane, l}, {detailPane, d}},
	}
	for _, id := range sidePanes {
		p.shown.sides[id] = true
	}
	return p
}

// of returns the pane with a name.
func (p *panes) of(id paneID) pane {
	for _, named := range p.all {
		if named.id == id {
			return named.pane
		}
	}
	return nil
}

// focused returns the pane with the focus.
func (p *panes) focused() pane { return p.of(p.shown.focus) }

// resize lays out the panes for a new size of the terminal.
func (p *panes) resize(w, h int) {
	p.layout.width, p.layout.height = w, h
	p.arrange()
}

// arrange lays out the panes for the current size and the panes that the user wants to see.
func (p *panes) arrange() {
	p.shown.chips, p.shown.needed = p.chips()
	p.layout = arrange(p.layout.width, p.layout.height, p.shown)
	for _, named := range p.all {
		r := p.layout.of(named.id)
		named.setSize(r.w, r.h)
	}
}

// work starts the jobs that the visible panes need. begun reports whether one began to read what it is about to show.
func (p *panes) work(ctx context.Context, s *scene) (cmd tea.Cmd, begun bool) {
	var cmds []tea.Cmd
	before := p.reads()
	for _, named := range p.all {
		if p.working(named.id) {
			cmds = append(cmds, named.work(ctx, s))
		}
	}
	return tea.Batch(cmds...), p.reads() != before
}

// working reports whether a pane needs its jobs: it is on the screen, or is read before it covers the list.
func (p *panes) working(id paneID) bool {
	switch id {
	case listPane:
		return true
	case detailPane:
		return p.shown.detail
	}
	return !p.layout.of(id).empty()
}

// reads counts the reads that the panes have begun for the screen.
func (p *panes) reads() (n int) {
	for _, named := range p.all {
		if r, ok := named.pane.(reader); ok {
			n += r.reads()
		}
	}
	return n
}

// waits reports whether a pane is reading what the next frame would show.
func (p *panes) waits(s *scene) bool {
	for _, named := range p.all {
		if r, ok := named.pane.(reader); ok && p.working(named.id) && r.waits(s) {
			return true
		}
	}
	return false
}

// draw draws the panes, and the lines between them.
func (p *panes) draw(f *paint.Frame) {
	l := &p.layout
	for _, named := range p.all {
		if r := l.of(named.id); !r.empty() {
			named.draw(f, r, p.shown.focus == named.id)
		}
	}
	if !l.wall.empty() {
		p.drawWall(f, l.wall)
	}
	if !l.detail.empty() {
		p.detail.drawDivider(f, l.divider, p.shown.focus == detailPane)
	}
}

// drawWall draws the line beside the facets.
func (p *panes) drawWall(f *paint.Frame, r rect) {
	wall := p.display.line()
	wall.Add(p.display.style(frame), p.display.glyphs.wall)
	for y := range r.h {
		f.Put(r.x, r.y+y, 1, wall)
	}
}

// drawTooSmall draws "too small", as far as it fits.
func (p *panes) drawTooSmall(f *paint.Frame) {
	l := p.display.line()
	l.AddWidth(p.display.style(muted), termsafe.Const("too small"), p.layout.width, paint.Center)
	f.Put(0, (p.layout.height-1)/2, p.layout.width, l)
}
