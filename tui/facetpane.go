package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/count"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// facetPane shows how often the values of some attributes occur among the rows of the list, and how many of those events
// failed. The user can filter by a value, or by several of a group at once.
type facetPane struct {
	display       *display
	width, height int

	counting  slot
	requested facetOrder // what the running job counts, or the last one counted
	order     facetOrder // what facets were counted for
	facets    *count.Facets
	groups    [maxFacets]facetCounts
	events    int
	err       error // why the last job failed

	filter filterText // the filter that sets the signs of the values …
	terms  facetTerms // … and its terms
	depths facetDepths
	folds  [maxFacets]bool // true if the user folded or unfolded the group
	picked map[value]bool  // picked to filter by together; all of one group
	lines  []facetLine
	at     int // the line under the cursor
	top    int // the first visible line
}

func newFacetPane(disp *display) *facetPane { return &facetPane{display: disp} }

// facetLine is a line of the pane: the head of a group, a value, or the number of further values.
type facetLine struct {
	kind  facetKind
	group int
	value value
	index int // index of the value in its group
}

type facetKind uint8

const (
	facetHead facetKind = iota
	facetValue
	facetMore
)

// same reports whether two lines show the same thing. The index of a value does not matter, as the order changes with the counts.
func (l facetLine) same(o facetLine) bool {
	return l.kind == o.kind && l.group == o.group && l.value == o.value
}

func (p *facetPane) setSize(w, h int) {
	p.width, p.height = w, h
	p.reveal()
}

// work starts counting if the rows changed or the user wants more values of a group.
func (p *facetPane) work(ctx context.Context, s *scene) tea.Cmd {
	if p.terms == nil || p.filter != s.filter.filterText {
		p.filter, p.terms = s.filter.filterText, newFacetTerms(s.filter.expr)
	}
	order := facetOrder{s.sel, p.depths}
	if s.sel == nil || p.width <= 0 || order == p.requested {
		return nil
	}
	if p.counting.busy() && order.depths == p.requested.depths && continues(s.sel, p.requested.sel) {
		return nil // newer rows are counted when this job is done
	}
	before := p.facets
	if before == nil || !continues(s.sel, p.order.sel) {
		before = newFacets()
	}
	p.requested = order
	ctx, job := p.counting.start(ctx, p)
	return safely(func() tea.Msg { return countFacets(ctx, job, order, before) })
}

func (p *facetPane) take(msg tea.Msg) wish {
	m, ok := msg.(facetsCounted)
	if !ok {
		return wish{}
	}
	if p.err = m.err; m.err != nil {
		return wish{} // keep showing the counts from before
	}
	p.facets, p.order, p.groups, p.events = m.facets, m.order, m.groups, m.events
	p.arrange()
	return wish{}
}

// folded reports whether only the head of a group is shown.
func (p *facetPane) folded(group int) bool { return facetSpecs[group].folded != p.folds[group] }

// arrange rebuilds the lines. The cursor stays on its line, or at its position if that line is gone.
func (p *facetPane) arrange() {
	was := p.line()
	p.lines = p.lines[:0]
	for g := range facetSpecs {
		p.addGroup(g)
	}
	if i := slices.IndexFunc(p.lines, was.same); i >= 0 {
		p.at = i
	}
	p.moveTo(p.at)
}

// addGroup adds the lines of a group. It leaves out a group without values, and the sources if there is only one.
func (p *facetPane) addGroup(g int) {
	counts := &p.groups[g]
	if len(counts.top) == 0 || counts.len == 1 && (counts.top[0].Values[0].Absent || facetSpecs[g].name == "source") {
		return
	}
	p.lines = append(p.lines, facetLine{kind: facetHead, group: g})
	if p.folded(g) {
		return
	}
	for i, c := range counts.top {
		v := value{facetSpecs[g].name, c.Values[0].Text, c.Values[0].Absent}
		p.lines = append(p.lines, facetLine{kind: facetValue, group: g, value: v, index: i})
	}
	if counts.len > len(counts.top) {
		p.lines = append(p.lines, facetLine{kind: facetMore, group: g})
	}
}

// line returns the line under the cursor; an empty head if there are no lines.
func (p *facetPane) line() facetLine {
	if p.at >= len(p.lines) {
		return facetLine{}
	}
	return p.lines[p.at]
}

// moveTo moves the cursor to a line, or to the nearest one that exists.
func (p *facetPane) moveTo(line int) {
	p.at = max(0, min(line, len(p.lines)-1))
	p.reveal()
}

// rows returns the number of lines for the groups. The last line of the pane shows more about the line under the cursor.
func (p *facetPane) rows() int {
	if p.height < facetFootFrom {
		return p.height
	}
	return p.height - 1
}

// reveal scrolls the cursor into the window and keeps the window full.
func (p *facetPane) reveal() {
	rows := max(p.rows(), 1)
	p.top = max(min(p.top, p.at), p.at-rows+1)
	p.top = max(0, min(p.top, len(p.lines)-rows))
}

// command implements sidePane.
func (p *facetPane) command(c command, _ *scene) (wish, bool) {
	if len(p.lines) == 0 {
		return wish{}, false
	}
	switch c {
	case cmdUp:
		p.moveTo(p.at - 1)
	case cmdDown:
		p.moveTo(p.at + 1)
	case cmdHalfUp, cmdPageUp:
		p.moveTo(p.at - max(1, p.rows()-1))
	case cmdHalfDown, cmdPageDown:
		p.moveTo(p.at + max(1, p.rows()-1))
	case cmdTop:
		p.moveTo(0)
	case cmdBottom:
		p.moveTo(len(p.lines) - 1)
	case cmdLeft, cmdRight:
		p.fold(c == cmdLeft)
	case cmdEnter:
		return p.enter(), true
	case cmdToggle:
		return p.pick(), true
	case cmdFilterFor, cmdFilterOut:
		return p.filterBy(c == cmdFilterFor)
	case cmdBack:
		if len(p.picked) == 0 {
			return wish{focus: listPane}, true
		}
		clear(p.picked)
	default:
		return wish{}, false
	}
	return wish{}, true
}

// fold folds or unfolds the group under the cursor; the cursor goes to its head.
func (p *facetPane) fold(folded bool) {
	g := p.line().group
	if p.folded(g) == folded {
		return
	}
	p.folds[g] = !p.folds[g]
	p.at = slices.IndexFunc(p.lines, facetLine{kind: facetHead, group: g}.same)
	p.arrange()
}

// enter filters by the value under the cursor, shows more values, or folds the group.
func (p *facetPane) enter() wish {
	switch l := p.line(); l.kind {
	case facetHead:
		p.fold(!p.folded(l.group))
		return wish{}
	case facetMore:
		return p.more(l.group)
	}
	a, _ := p.filterBy(true)
	return a
}

// more shows more values of a group.
func (p *facetPane) more(group int) wish {
	if p.depths[group] == len(facetLimits)-1 {
		return wish{toast: termsafe.Const("these are the most frequent ones; narrow the filter to see others")}
	}
	p.depths[group]++
	return wish{}
}

// click moves the cursor to a line, or does what enter does if it is there already.
func (p *facetPane) click(_, y int) wish {
	i := p.top + y
	if y < 0 || y >= p.rows() || i >= len(p.lines) {
		return wish{}
	}
	again := i == p.at
	p.moveTo(i)
	if again || p.lines[i].kind != facetValue {
		return p.enter()
	}
	return wish{}
}

// drag does nothing.
func (p *facetPane) drag(int, int) wish { return wish{} }

// wheel scrolls, and moves the cursor just enough to keep it visible.
func (p *facetPane) wheel(n int, _ *scene) wish {
	rows := p.rows()
	p.top = max(0, min(p.top+n, len(p.lines)-rows))
	p.moveTo(max(p.top, min(p.at, p.top+rows-1)))
	return wish{}
}

// focused returns the value under the cursor.
func (p *facetPane) focused() (v value, ok bool) {
	l := p.line()
	return l.value, l.kind == facetValue
}

// draw draws the lines in the window and the last line of the pane.
func (p *facetPane) draw(f *paint.Frame, r rect, focused bool) {
	if r.empty() {
		return
	}
	if len(p.lines) == 0 {
		p.drawEmpty(f, r)
		return
	}
	for y := range min(p.rows(), len(p.lines)-p.top) {
		g := onScreen
		if p.top+y == p.at {
			if g = onRest; focused {
				g = onCursor
			}
		}
		f.Put(r.x, r.y+y, r.w, p.drawLine(p.lines[p.top+y], g))
	}
	if p.rows() < r.h {
		f.Put(r.x, r.y+r.h-1, r.w, p.foot())
	}
}

// drawEmpty draws why there are no values.
func (p *facetPane) drawEmpty(f *paint.Frame, r rect) {
	words := p.display.own("counting …")
	switch {
	case p.err != nil:
		words = p.display.own(p.err.Error())
	case p.facets != nil:
		words = termsafe.Const("no values")
	}
	l := p.display.line()
	l.AddWidth(p.display.style(muted), words, r.w, paint.Center)
	f.Put(r.x, r.y+(r.h-1)/3, r.w, l)
}
