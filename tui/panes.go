package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/query"
	"pawprint/tui/detail"
	"pawprint/tui/kit"
	"pawprint/tui/list"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// namedPane is a pane with its name.
type namedPane struct {
	id kit.PaneID
	kit.Pane
}

// panes are the panes side by side on the screen: which are shown, where, and which has the focus.
type panes struct {
	all     []namedPane // in the order in which they are drawn
	detail  divided
	display *kit.Display
	layout  layout
	shown   shownPanes
}

// divided is a pane that draws the line between the list and itself.
type divided interface {
	DrawDivider(f *paint.Frame, r kit.Rect, focused bool)
}

// newPanes returns the panes, with the focus on the list.
func newPanes(disp *kit.Display, l *list.List, d *detail.Detail) panes {
	p := panes{
		display: disp,
		detail:  d,
		shown:   shownPanes{focus: kit.ListPane},
		all:     []namedPane{{kit.ListPane, l}, {kit.DetailPane, d}},
	}
	for i := range sidePanes {
		p.shown.sides[i] = true
		p.all = append(p.all, namedPane{sideID(i), sidePanes[i].make(disp)})
	}
	return p
}

// of returns the pane with a name.
func (p *panes) of(id kit.PaneID) kit.Pane {
	for _, named := range p.all {
		if named.id == id {
			return named.Pane
		}
	}
	return nil
}

// focused returns the pane with the focus.
func (p *panes) focused() kit.Pane { return p.of(p.shown.focus) }

// resize lays out the panes for a new size of the terminal.
func (p *panes) resize(w, h int) {
	p.layout.width, p.layout.height = w, h
	p.arrange()
}

// arrange lays out the panes for the current size and the panes that the user wants to see.
func (p *panes) arrange() {
	p.layout = arrange(p.layout.width, p.layout.height, p.shown)
	p.display.Columns = p.layout.width
	for _, named := range p.all {
		r := p.layout.of(named.id)
		named.SetSize(r.W, r.H)
	}
}

// work starts the jobs that the visible panes need. begun reports whether one began to read what it is about to show.
func (p *panes) work(ctx context.Context, s *kit.Scene) (cmd tea.Cmd, begun bool) {
	p.fitLeft()
	var cmds []tea.Cmd
	before := p.Reads()
	for _, named := range p.all {
		if p.working(named.id) {
			cmds = append(cmds, named.Work(ctx, s))
		}
	}
	return tea.Batch(cmds...), p.Reads() != before
}

// countingPane is a pane whose fields the user chooses.
type countingPane interface {
	Fields() []string
	Takes(names []string) bool
	ShowFields(names []string)
}

// counting returns the pane whose fields the user chooses; nil if there is none.
func (p *panes) counting() countingPane {
	for _, named := range p.all {
		if c, ok := named.Pane.(countingPane); ok {
			return c
		}
	}
	return nil
}

// wide is a side pane that needs some cells for what must not be cut in it.
type wide interface{ Needs() int }

// fitLeft lays out the panes again if one at the left needs more cells than before.
func (p *panes) fitLeft() {
	for i := range sidePanes {
		if w, ok := p.of(sideID(i)).(wide); ok && sidePanes[i].lines == 0 && w.Needs() > p.shown.left {
			p.shown.left = w.Needs()
			p.arrange()
		}
	}
}

// working reports whether a pane needs its jobs: it is on the screen, or is read before it covers the list.
func (p *panes) working(id kit.PaneID) bool {
	switch id {
	case kit.ListPane:
		return true
	case kit.DetailPane:
		return p.shown.detail
	}
	return !p.layout.of(id).Empty()
}

// Reads counts the reads that the panes have begun for the screen.
func (p *panes) Reads() (n int) {
	for _, named := range p.all {
		if r, ok := named.Pane.(kit.Reader); ok {
			n += r.Reads()
		}
	}
	return n
}

// Waits reports whether a pane is reading what the next frame would show.
func (p *panes) Waits(s *kit.Scene) bool {
	for _, named := range p.all {
		if r, ok := named.Pane.(kit.Reader); ok && p.working(named.id) && r.Waits(s) {
			return true
		}
	}
	return false
}

// draw draws the panes, and the lines between them. No pane has the band if something over them has it.
func (p *panes) draw(f *paint.Frame, covered bool) {
	l := &p.layout
	for _, named := range p.all {
		if r := l.of(named.id); !r.Empty() {
			named.Draw(f, r, !covered && p.shown.focus == named.id)
		}
	}
	if !l.wall.Empty() {
		p.drawWall(f, l.wall)
	}
	if !l.detail.Empty() {
		p.detail.DrawDivider(f, l.divider, !covered && p.shown.focus == kit.DetailPane)
	}
}

// drawWall draws the line beside the facets.
func (p *panes) drawWall(f *paint.Frame, r kit.Rect) {
	wall := p.display.Line()
	wall.Add(p.display.Style(kit.Frame), p.display.Glyphs.Wall)
	for y := range r.H {
		f.Put(r.X, r.Y+y, 1, wall)
	}
}

// drawTooSmall draws "too small", as far as it fits.
func (p *panes) drawTooSmall(f *paint.Frame) {
	l := p.display.Line()
	l.AddWidth(p.display.Style(kit.Muted), termsafe.Const("too small"), p.layout.width, paint.Center)
	f.Put(0, (p.layout.height-1)/2, p.layout.width, l)
}

// filterBy filters for the value under the cursor of the pane with the focus, or excludes it. The pane may do that in its own way.
func (p *panes) filterBy(c kit.Command, s *kit.Scene) kit.Wish {
	if wanted, ok := p.focused().Command(c, s); ok {
		return wanted
	}
	v, ok := p.focused().Focused()
	if !ok {
		return kit.Wish{Toast: termsafe.Const("no value under the cursor to filter by")}
	}
	if c == kit.CmdFilterOut {
		return kit.Wish{With: query.Not(v.Expr())}
	}
	return kit.Wish{With: v.Expr()}
}
