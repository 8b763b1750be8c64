package side

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pawprint/model"
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
	order     facetOrder // the request that the counts answer
	facets    *count.Facets
	groups    []facetGroup
	events    int              // that are counted …
	here      int              // … and that are loaded of them
	err       error            // why the last job failed
	sel       *model.Selection // the rows to be counted
	way       facetWay
	part      bool // a database may have more rows of the filter than those that are loaded

	filter kit.FilterText     // the filter that sets the signs of the values …
	terms  facetTerms         // … and its terms
	picked map[kit.Value]bool // picked to filter by together; all of one group
	lines  []facetLine

	needs                 int // cells in which the results seen so far are whole beside their counts
	countWidth, failWidth int // of the columns of all lines

	at  int // the line under the cursor
	top int // the first visible line
}

// facetGroup is a group with its values.
type facetGroup struct {
	facetSpec
	facetCounts
	alone *aloneCount // nil for a group that is counted with the others
	fold  bool        // the user folded or unfolded it
	bars  bool        // there is room for bars
}

// NewFacetPane returns facets that have counted nothing yet.
func NewFacetPane(disp *kit.Display) *FacetPane {
	p := &FacetPane{display: disp}
	for _, spec := range facetSpecs {
		p.addSpec(spec)
	}
	return p
}

// addSpec adds a group at the end.
func (p *FacetPane) addSpec(spec facetSpec) {
	g := facetGroup{facetSpec: spec}
	if spec.alone {
		g.alone = &aloneCount{pane: p, spec: spec}
	}
	p.groups = append(p.groups, g)
}

// facetLine is a line of the pane: the head of a group, a value, the number of further values, or what is to be said about them.
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
	facetNote
	facetOver // of which rows the counts of the group are
)

// same reports whether two lines show the same thing. The index of a value does not matter, as the order changes with the counts.
func (l facetLine) same(o facetLine) bool {
	return l.kind == o.kind && l.group == o.group && l.value == o.value
}

// SetSize implements kit.Pane.
func (p *FacetPane) SetSize(w, h int) {
	wider := w != p.width
	if p.width, p.height = w, h; wider {
		p.measure()
	}
	p.reveal()
}

// Needs returns the cells in which the names of the results are whole: PARTIALLY_FAILED is never cut. It never shrinks, so that a
// filter does not move the list.
func (p *FacetPane) Needs() int { return p.needs }

// Work starts counting if the rows changed, or which values are shown.
func (p *FacetPane) Work(ctx context.Context, s *kit.Scene) tea.Cmd {
	if p.terms == nil || p.filter != s.Filter.FilterText {
		p.filter, p.terms = s.Filter.FilterText, newFacetTerms(s.Filter.Expr)
	}
	if p.part != s.Part {
		p.part = s.Part
		p.reveal()
	}
	if s.Sel == nil || p.width <= 0 {
		return nil
	}
	if p.way.masked = false; p.way.search != "" {
		p.way.masked = p.display.Redact
	}
	if p.sel != s.Sel {
		p.sel = s.Sel
		p.arrange() // groups that are counted alone may have counts of other rows
	}
	order := facetOrder{s.Sel, s.All, p.way}
	cmds := []tea.Cmd{p.count(ctx, order)}
	for i := range p.groups {
		if g := &p.groups[i]; g.alone != nil && !p.folded(i) {
			g.alone.mark(&s.Marked)
			cmds = append(cmds, g.alone.work(ctx, facetOrder{sel: order.sel, way: order.way}))
		}
	}
	return tea.Batch(cmds...)
}

// count starts counting the groups that are counted together, if they are not counted yet.
func (p *FacetPane) count(ctx context.Context, order facetOrder) tea.Cmd {
	if order == p.requested {
		return nil
	}
	if p.counting.Busy() && order.way == p.requested.way && order.all == p.requested.all && continues(order.sel, p.requested.sel) {
		return nil // count the newer rows when this job has ended
	}
	before := p.facets
	if before == nil || !continues(order.sel, p.order.sel) {
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
		return kit.Wish{} // show the previous counts until then
	}
	p.facets, p.order, p.events, p.here = m.facets, m.order, m.events, m.here
	for i, counts := range m.groups {
		p.groups[i].facetCounts = counts
	}
	p.arrange()
	return kit.Wish{}
}

// folded reports whether only the head of a group is shown.
func (p *FacetPane) folded(group int) bool { return p.groups[group].folded != p.groups[group].fold }

// arrange rebuilds the lines. The cursor stays on its line, or at its position if that line is gone.
func (p *FacetPane) arrange() {
	was := p.line()
	p.lines = p.lines[:0]
	for g := range p.groups {
		p.addGroup(g)
	}
	p.measure()
	if i := slices.IndexFunc(p.lines, was.same); i >= 0 {
		p.at = i
	}
	p.moveTo(p.at)
}

// addGroup adds the lines of a group. It leaves out a group without values, and the sources if there is only one.
func (p *FacetPane) addGroup(n int) {
	g, known := &p.groups[n], true
	if p.events == 0 && !g.added {
		return
	}
	if g.alone != nil {
		g.facetCounts, known = g.alone.of(p.sel)
	} else if g.all == 0 || g.all == 1 && (g.name == "source" || len(g.top) == 1 && g.top[0].Values[0].Absent) {
		return
	}
	p.lines = append(p.lines, facetLine{kind: facetHead, group: n})
	if p.folded(n) {
		return
	}
	for i, c := range g.top {
		v := kit.Value{Name: g.name, Text: c.Values[0].Text, Absent: c.Values[0].Absent}
		p.lines = append(p.lines, facetLine{kind: facetValue, group: n, value: v, index: i})
	}
	if g.len > len(g.top) {
		p.lines = append(p.lines, facetLine{kind: facetMore, group: n})
	}
	if p.partial(n) {
		p.lines = append(p.lines, facetLine{kind: facetOver, group: n})
	}
	if g.alone != nil && (!known || g.alone.err != nil || g.alone.counted.unread > 0 || !g.alone.marked.Doubt().Empty()) {
		p.lines = append(p.lines, facetLine{kind: facetNote, group: n})
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
		return p.height - p.lead()
	}
	return p.height - p.lead() - 1
}

// partial reports whether the counts of a group are of the rows that are loaded alone, where those of others are of all rows.
func (p *FacetPane) partial(group int) bool {
	return p.order.all != nil && p.groups[group].loaded == nil
}

// lead returns the number of lines above the groups: one that says of which rows the counts are, unless they are those of all rows.
func (p *FacetPane) lead() int {
	if p.part && p.height > 1 {
		return 1
	}
	return 0
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
		p.arrange()
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
		return p.fold(c == kit.CmdLeft), true
	case kit.CmdColumns:
		return p.choose(), true
	case kit.CmdFind:
		return p.search(), true
	case kit.CmdSort:
		p.way.byName = !p.way.byName
		return kit.Wish{Toast: p.sortWords()}, true
	case kit.CmdEnter:
		return p.enter(), true
	case kit.CmdToggle:
		return p.pick(), true
	case kit.CmdFilterFor, kit.CmdFilterOut:
		return p.filterBy(c == kit.CmdFilterFor)
	case kit.CmdBack:
		switch {
		case p.way.search != "":
			p.way.search = ""
		case len(p.picked) > 0:
			clear(p.picked)
		default:
			return kit.Wish{Focus: kit.ListPane}, true
		}
	default:
		return kit.Wish{}, false
	}
	return kit.Wish{}, true
}

// fold folds or unfolds the group under the cursor; the cursor goes to its head. Folding ends the jobs of a group that is counted alone;
// unfolding it needs all rows.
func (p *FacetPane) fold(folded bool) (w kit.Wish) {
	n := p.line().group
	if len(p.lines) == 0 || p.folded(n) == folded {
		return w
	}
	g := &p.groups[n]
	g.fold = !g.fold
	if g.alone != nil && folded {
		g.alone.stop()
	}
	w.Whole = g.alone != nil && !folded
	p.at = slices.IndexFunc(p.lines, facetLine{kind: facetHead, group: n}.same)
	p.arrange()
	return w
}

// enter filters by the value under the cursor, counts all values on a page of their own, or folds the group.
func (p *FacetPane) enter() kit.Wish {
	switch l := p.line(); l.kind {
	case facetHead:
		return p.fold(!p.folded(l.group))
	case facetMore:
		return kit.Wish{Count: p.groups[l.group].name}
	}
	a, _ := p.filterBy(true)
	return a
}

// Click moves the cursor to a line, or does what enter does if it is there already.
func (p *FacetPane) Click(_, y int) kit.Wish {
	y -= p.lead()
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
		return kit.Value{Name: p.groups[l.group].name}, false
	}
	return l.value, l.kind == facetValue
}

// Draw draws the lines in the window and the last line of the pane.
func (p *FacetPane) Draw(f *paint.Frame, r kit.Rect, focused bool) {
	if r.Empty() {
		return
	}
	if len(p.lines) == 0 || p.facets == nil {
		p.drawEmpty(f, r)
		return
	}
	for y := range min(p.rows(), len(p.lines)-p.top) {
		g := kit.OnScreen
		if focused && p.top+y == p.at {
			g = kit.OnCursor
			f.Select(r.X, r.Y+p.lead()+y)
		}
		f.Put(r.X, r.Y+p.lead()+y, r.W, p.drawLine(p.lines[p.top+y], g))
	}
	if p.lead() > 0 {
		f.Put(r.X, r.Y, r.W, p.leadLine())
	}
	if p.lead()+p.rows() < r.H {
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
