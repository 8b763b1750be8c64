package side

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// FacetPane shows how often the values of some attributes occur among the rows of the list, and how many of those events
// failed. The user can filter by a value, or by several of a group at once. It implements kit.Pane.
type FacetPane struct {
	display       *kit.Display
	width, height int

	counting  kit.Slot
	requested facetOrder // what the running job counts, or the last one counted
	order     facetOrder // what facets were counted for
	facets    *count.Facets
	groups    [maxFacets]facetCounts
	events    int
	err       error // why the last job failed

	filter kit.FilterText // the filter that sets the signs of the values …
	terms  facetTerms     // … and its terms
	depths facetDepths
	folds  [maxFacets]bool    // true if the user folded or unfolded the group
	picked map[kit.Value]bool // picked to filter by together; all of one group
	lines  []facetLine

	countWidth, failWidth int // of the columns of all lines

	at  int // the line under the cursor
	top int // the first visible line
}

// NewFacetPane returns facets that have counted nothing yet.
func NewFacetPane(disp *kit.Display) *FacetPane { return &FacetPane{display: disp} }

// facetLine is a line of the pane: the head of a group, a value, or the number of further values.
type facetLine struct {
	kind  facetKind
	group int
	value kit.Value
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

// SetSize implements kit.Pane.
func (p *FacetPane) SetSize(w, h int) {
	p.width, p.height = w, h
	p.reveal()
}

// Work starts counting if the rows changed or the user wants more values of a group.
func (p *FacetPane) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	if p.terms == nil || p.filter != s.Filter.FilterText {
		p.filter, p.terms = s.Filter.FilterText, newFacetTerms(s.Filter.Expr)
	}
	order := facetOrder{s.Sel, p.depths}
	if s.Sel == nil || p.width <= 0 || order == p.requested {
		return nil
	}
	if p.counting.Busy() && order.depths == p.requested.depths && continues(s.Sel, p.requested.sel) {
		return nil // newer rows are counted when this job is done
	}
	before := p.facets
	if before == nil || !continues(s.Sel, p.order.sel) {
		before = newFacets()
	}
	p.requested = order
	ctx, job := p.counting.Start(ctx, p)
	return kit.Safely(func() tea.Msg { return countFacets(ctx, job, order, before) })
}

// Take implements kit.Taker.
func (p *FacetPane) Take(msg tea.Msg) kit.Wish {
	m, ok := msg.(facetsCounted)
	if !ok {
		return kit.Wish{}
	}
	if p.err = m.err; m.err != nil {
		return kit.Wish{} // keep showing the counts from before
	}
	p.facets, p.order, p.groups, p.events = m.facets, m.order, m.groups, m.events
	p.arrange()
	return kit.Wish{}
}

// folded reports whether only the head of a group is shown.
func (p *FacetPane) folded(group int) bool { return facetSpecs[group].folded != p.folds[group] }

// arrange rebuilds the lines. The cursor stays on its line, or at its position if that line is gone.
func (p *FacetPane) arrange() {
	was := p.line()
	p.lines = p.lines[:0]
	for g := range facetSpecs {
		p.addGroup(g)
	}
	p.measure()
	if i := slices.IndexFunc(p.lines, was.same); i >= 0 {
		p.at = i
	}
	p.moveTo(p.at)
}

// addGroup adds the lines of a group. It leaves out a group without values, and the sources if there is only one.
func (p *FacetPane) addGroup(g int) {
	counts := &p.groups[g]
	if len(counts.top) == 0 || counts.len == 1 && (counts.top[0].Values[0].Absent || facetSpecs[g].name == "source") {
		return
	}
	p.lines = append(p.lines, facetLine{kind: facetHead, group: g})
	if p.folded(g) {
		return
	}
	for i, c := range counts.top {
		v := kit.Value{Name: facetSpecs[g].name, Text: c.Values[0].Text, Absent: c.Values[0].Absent}
		p.lines = append(p.lines, facetLine{kind: facetValue, group: g, value: v, index: i})
	}
	if counts.len > len(counts.top) {
		p.lines = append(p.lines, facetLine{kind: facetMore, group: g})
	}
}

// line returns the line under the cursor; an empty head if there are no lines.
func (p *FacetPane) line() facetLine {
	if p.at >= len(p.lines) {
		return facetLine{}
	}
	return p.lines[p.at]
}

// moveTo moves the cursor to a line, or to the nearest one that exists.
func (p *FacetPane) moveTo(line int) {
	p.at = max(0, min(line, len(p.lines)-1))
	p.reveal()
}

// rows returns the number of lines for the groups. The last line of the pane shows more about the line under the cursor.
func (p *FacetPane) rows() int {
	if p.height < facetFootFrom {
		return p.height
	}
	return p.height - 1
}

// reveal scrolls the cursor into the window and keeps the window full.
func (p *FacetPane) reveal() {
	rows := max(p.rows(), 1)
	p.top = max(min(p.top, p.at), p.at-rows+1)
	p.top = max(0, min(p.top, len(p.lines)-rows))
}

// Command implements kit.Pane.
func (p *FacetPane) Command(c kit.Command, _ *kit.Scene) (kit.Wish, bool) {
	if len(p.lines) == 0 {
		return kit.Wish{}, false
	}
	switch c {
	case kit.CmdUp:
		p.moveTo(p.at - 1)
	case kit.CmdDown:
		p.moveTo(p.at + 1)
	case kit.CmdHalfUp, kit.CmdPageUp:
		p.moveTo(p.at - max(1, p.rows()-1))
	case kit.CmdHalfDown, kit.CmdPageDown:
		p.moveTo(p.at + max(1, p.rows()-1))
	case kit.CmdTop:
		p.moveTo(0)
	case kit.CmdBottom:
		p.moveTo(len(p.lines) - 1)
	case kit.CmdLeft, kit.CmdRight:
		p.fold(c == kit.CmdLeft)
	case kit.CmdEnter:
		return p.enter(), true
	case kit.CmdToggle:
		return p.pick(), true
	case kit.CmdFilterFor, kit.CmdFilterOut:
		return p.filterBy(c == kit.CmdFilterFor)
	case kit.CmdBack:
		if len(p.picked) == 0 {
			return kit.Wish{Focus: kit.ListPane}, true
		}
		clear(p.picked)
	default:
		return kit.Wish{}, false
	}
	return kit.Wish{}, true
}

// fold folds or unfolds the group under the cursor; the cursor goes to its head.
func (p *FacetPane) fold(folded bool) {
	g := p.line().group
	if p.folded(g) == folded {
		return
	}
	p.folds[g] = !p.folds[g]
	p.at = slices.IndexFunc(p.lines, facetLine{kind: facetHead, group: g}.same)
	p.arrange()
}

// enter filters by the value under the cursor, shows more values, or folds the group.
func (p *FacetPane) enter() kit.Wish {
	switch l := p.line(); l.kind {
	case facetHead:
		p.fold(!p.folded(l.group))
		return kit.Wish{}
	case facetMore:
		return p.more(l.group)
	}
	a, _ := p.filterBy(true)
	return a
}

// more shows more values of a group.
func (p *FacetPane) more(group int) kit.Wish {
	if p.depths[group] == len(facetLimits)-1 {
		return kit.Wish{Toast: termsafe.Const("these are the most frequent ones; narrow the filter to see others")}
	}
	p.depths[group]++
	return kit.Wish{}
}

// Click moves the cursor to a line, or does what enter does if it is there already.
func (p *FacetPane) Click(_, y int) kit.Wish {
	i := p.top + y
	if y < 0 || y >= p.rows() || i >= len(p.lines) {
		return kit.Wish{}
	}
	again := i == p.at
	p.moveTo(i)
	if again || p.lines[i].kind != facetValue {
		return p.enter()
	}
	return kit.Wish{}
}

// Drag implements kit.Pane. It does nothing.
func (p *FacetPane) Drag(int, int) kit.Wish { return kit.Wish{} }

// Wheel scrolls, and moves the cursor just enough to keep it visible.
func (p *FacetPane) Wheel(n int, _ *kit.Scene) kit.Wish {
	rows := p.rows()
	p.top = max(0, min(p.top+n, len(p.lines)-rows))
	p.moveTo(max(p.top, min(p.at, p.top+rows-1)))
	return kit.Wish{}
}

// Focused returns the value under the cursor; on another line only the name of its group.
func (p *FacetPane) Focused() (v kit.Value, ok bool) {
	l := p.line()
	if l.kind != facetValue && len(p.lines) > 0 {
		return kit.Value{Name: facetSpecs[l.group].name}, false
	}
	return l.value, l.kind == facetValue
}

// Draw draws the lines in the window and the last line of the pane.
func (p *FacetPane) Draw(f *paint.Frame, r kit.Rect, focused bool) {
	if r.Empty() {
		return
	}
	if len(p.lines) == 0 {
		p.drawEmpty(f, r)
		return
	}
	for y := range min(p.rows(), len(p.lines)-p.top) {
		g := kit.OnScreen
		if focused && p.top+y == p.at {
			g = kit.OnCursor
			f.Select(r.X, r.Y+y)
		}
		f.Put(r.X, r.Y+y, r.W, p.drawLine(p.lines[p.top+y], g))
	}
	if p.rows() < r.H {
		f.Put(r.X, r.Y+r.H-1, r.W, p.foot())
	}
}

// drawEmpty draws why there are no values.
func (p *FacetPane) drawEmpty(f *paint.Frame, r kit.Rect) {
	words := p.display.Own("counting …")
	switch {
	case p.err != nil:
		words = p.display.Own(p.err.Error())
	case p.facets != nil:
		words = termsafe.Const("no values")
	}
	l := p.display.Line()
	l.AddWidth(p.display.Style(kit.Muted), words, r.W, paint.Center)
	f.Put(r.X, r.Y+(r.H-1)/3, r.W, l)
}
