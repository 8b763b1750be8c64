package side

import (
	"strconv"
	"time"

	"pawprint/model/count"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// The widths of the facets, in cells.
const (
	facetSignWidth  = 2 // the fold sign, or the sign of the filter, at the left
	facetLeastValue = 9 // if the value would get less, only the count follows it
	facetBarWidth   = 6
	facetMostResult = 16 // cells of a result that are never cut: those of PARTIALLY_FAILED
	facetFailFrom   = 20 // width from which the failed share is shown
	facetBarFrom    = 30 // width from which there are bars, if the names leave room for them
	facetFootFrom   = 8  // height from which there is a last line
)

// drawLine draws a line of the pane.
func (p *FacetPane) drawLine(l facetLine, g kit.Ground) *paint.Line {
	switch l.kind {
	case facetHead:
		return p.headLine(l, g)
	case facetMore:
		return p.moreLine(l, g)
	case facetNote:
		return p.noteLine(l, g)
	case facetOver:
		return p.overLine(g)
	}
	return p.valueLine(l, g)
}

// leadLine says of which rows the counts are.
func (p *FacetPane) leadLine() *paint.Line {
	out := p.display.Line()
	if p.order.all == nil {
		p.add(out, p.display.Style(kit.Partial), fitting(p.display, kit.OverLoaded(p.order.sel.Snapshot().Rows()), p.width), p.width)
		return out
	}
	p.add(out, p.display.Style(kit.Muted), p.display.OfAll(p.events, p.here), p.width)
	return out
}

// overLine says that the counts of a group are of the rows that are loaded.
func (p *FacetPane) overLine(g kit.Ground) *paint.Line {
	disp, out := p.display, p.display.Line()
	out.Fill(disp.Theme.Style(kit.Plain, g), min(facetSignWidth, p.width))
	p.add(out, disp.Theme.Style(kit.Partial, g), fitting(disp, kit.OverLoaded(p.order.sel.Snapshot().Rows()), p.width-out.Width()), p.width)
	out.Fill(disp.Theme.Style(kit.Plain, g), p.width-out.Width())
	return out
}

// headLine draws the head of a group: the fold sign, its name, and the number of values.
func (p *FacetPane) headLine(l facetLine, g kit.Ground) *paint.Line {
	disp, out := p.display, p.display.Line()
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	p.add(out, style(kit.Muted), disp.FoldSign(!p.folded(l.group)), facetSignWidth)
	n := p.headNumber(&p.groups[l.group])
	room := p.width - out.Width() - disp.Widther.Width(n) - 2
	if room < facetLeastValue {
		p.add(out, style(kit.Accent), p.groups[l.group].title, p.width)
		return out
	}
	out.AddWidth(style(kit.Accent), p.groups[l.group].title, room, paint.Left)
	out.Fill(style(kit.Muted), 1)
	out.Add(style(kit.Muted), n)
	out.Fill(style(kit.Plain), p.width-out.Width())
	return out
}

// headNumber returns the number of values of a group, and before it how many are found; empty if they are not counted.
func (p *FacetPane) headNumber(g *facetGroup) termsafe.Safe {
	n := termsafe.Int(int64(g.all))
	switch {
	case g.alone != nil && g.all == 0:
		return termsafe.Safe{}
	case p.order.way.search != "":
		return termsafe.Concat(termsafe.Int(int64(g.len)), termsafe.Const(" of "), n)
	}
	return n
}

// noteLine draws how far counting a group is, or what is missing in it.
func (p *FacetPane) noteLine(l facetLine, g kit.Ground) *paint.Line {
	disp, out := p.display, p.display.Line()
	out.Fill(disp.Theme.Style(kit.Plain, g), min(facetSignWidth, p.width))
	p.add(out, disp.Theme.Style(kit.Partial, g), p.groups[l.group].alone.words(p.sel, p.width-out.Width()), p.width)
	out.Fill(disp.Theme.Style(kit.Plain, g), p.width-out.Width())
	return out
}

// moreLine draws the number of values that are not shown.
func (p *FacetPane) moreLine(l facetLine, g kit.Ground) *paint.Line {
	disp, out := p.display, p.display.Line()
	counts := &p.groups[l.group]
	out.Fill(disp.Theme.Style(kit.Plain, g), min(facetSignWidth, p.width))
	hidden := termsafe.Int(int64(counts.len - len(counts.top)))
	p.add(out, disp.Theme.Style(kit.Muted, g), termsafe.Concat(disp.Own("… "), hidden, termsafe.Const(" more")), p.width)
	out.Fill(disp.Theme.Style(kit.Plain, g), p.width-out.Width())
	return out
}

// add adds a text in cells cells, or in fewer if the line has fewer left.
func (p *FacetPane) add(l *paint.Line, style paint.Style, text termsafe.Safe, cells int) {
	l.AddWidth(style, text, max(0, min(cells, p.width-l.Width())), paint.Left)
}

// valueLine draws a value: the sign of the filter, its text, its share as a bar, the number of its events, and the share of
// them that failed. The text gets the cells that the numbers leave.
func (p *FacetPane) valueLine(l facetLine, g kit.Ground) *paint.Line {
	disp, out := p.display, p.display.Line()
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	c := &p.groups[l.group].top[l.index]
	sign, signRole := p.sign(l.value)
	p.add(out, style(signRole), sign, facetSignWidth)
	share := p.failShare(l.group, c)
	at := p.valueRoom(facetNeeds{p.groups[l.group].bars, p.valueWidth(l), disp.Widther.Width(termsafe.Int(int64(c.Events))), !share.Empty()})
	p.addValue(out, l, g, at.value)
	if at.bar {
		out.Fill(style(kit.Plain), 1)
		p.addBar(out, l, g)
	}
	if at.count > 0 {
		out.Fill(style(kit.Plain), 1)
		out.AddWidth(style(kit.Plain), termsafe.Int(int64(c.Events)), at.count, paint.Right)
	}
	if at.sign {
		share = disp.Glyphs.Failed
	}
	if at.fail > 0 {
		out.AddWidth(style(kit.FailedText), share, at.fail, paint.Right)
	}
	out.Fill(style(kit.Plain), p.width-out.Width())
	return out
}

// facetNeeds are the cells that the parts of a value's line need.
type facetNeeds struct {
	bar          bool
	value, count int
	share        bool // some of its events failed
}

// facetRoom is the cells of the parts of a value's line; 0 for a part that is not drawn.
type facetRoom struct {
	value, count, fail int
	bar                bool
	sign               bool // the sign of failures without the share
}

// valueRoom returns the room of a value. Its text may also take the cells that a shorter count leaves, those of the failed share if nothing
// failed, and those of the percentage if the text then fits whole. A sign always says that something failed.
func (p *FacetPane) valueRoom(need facetNeeds) facetRoom {
	at := facetRoom{count: p.countWidth, bar: need.bar}
	if p.width >= facetFailFrom {
		at.fail = p.failWidth
	}
	if p.roomLeft(at) < facetLeastValue {
		at.bar, at.fail, at.sign = false, min(at.fail, facetSignWidth), need.share
	}
	if p.roomLeft(at) < 1 {
		return facetRoom{value: p.width - facetSignWidth}
	}
	short := func() int { return max(0, need.value-p.roomLeft(at)) }
	if !at.bar {
		at.count -= min(at.count-need.count, short())
	}
	if !need.share {
		at.fail -= min(at.fail, short())
	} else if n := short(); n > 0 && n <= at.fail-facetSignWidth {
		at.fail, at.sign = facetSignWidth, true
	}
	at.value = p.roomLeft(at)
	return at
}

// roomLeft returns the cells for the text of a value beside the other parts.
func (p *FacetPane) roomLeft(at facetRoom) int {
	n := p.width - facetSignWidth - at.count - at.fail - 2
	if at.bar {
		n -= facetBarWidth + 1
	}
	return n
}

// measure finds the widest count and the widest share of failures that are shown, which set the columns of all lines, and the groups
// with bars: those whose names are all whole beside them.
func (p *FacetPane) measure() {
	p.countWidth, p.failWidth = 1, 0
	widest := make([]int, len(p.groups))
	for _, l := range p.lines {
		if l.kind != facetValue {
			continue
		}
		c := &p.groups[l.group].top[l.index]
		p.countWidth = max(p.countWidth, p.display.Widther.Width(termsafe.Int(int64(c.Events))))
		if share := p.failShare(l.group, c); !share.Empty() {
			p.failWidth = max(p.failWidth, p.display.Widther.Width(share)+1)
		}
		name := p.valueWidth(l)
		widest[l.group] = max(widest[l.group], name)
		if p.groups[l.group].results() {
			p.needs = max(p.needs, facetSignWidth+min(name, facetMostResult)+2+p.display.Widther.Width(termsafe.Int(int64(c.Events))))
		}
	}
	room := p.roomLeft(facetRoom{count: p.countWidth, fail: p.failWidth, bar: true})
	for g := range p.groups {
		p.groups[g].bars = p.width >= facetBarFrom && widest[g] <= room
	}
}

// sign returns the sign of a value that is picked or in the filter.
func (p *FacetPane) sign(v kit.Value) (termsafe.Safe, kit.Role) {
	if p.picked[v] {
		return p.pickSign(), kit.Bar
	}
	switch p.terms.state(v) {
	case facetIncluded:
		return termsafe.Const("="), kit.Accent
	case facetExcluded:
		return termsafe.Const("-"), kit.Accent
	}
	return termsafe.Safe{}, kit.Plain
}

func (p *FacetPane) pickSign() termsafe.Safe {
	if p.display.Widther.ASCII {
		return termsafe.Const("+")
	}
	return termsafe.Const("✓")
}

// addValue adds the text of a value in exactly space cells.
func (p *FacetPane) addValue(l *paint.Line, v facetLine, g kit.Ground, space int) {
	l.AddWidth(p.display.Theme.Style(p.valueRole(v), g), p.valueText(v, space), space, paint.Left)
}

// valueText returns the text of a value in at most space cells. Absent and empty values look different from any text.
func (p *FacetPane) valueText(v facetLine, space int) termsafe.Safe {
	disp := p.display
	switch {
	case v.value.Absent:
		return termsafe.Concat(disp.Glyphs.Absent, termsafe.Const(" none"))
	case v.value.Text.Empty():
		return termsafe.Const(`""`)
	}
	return termsafe.Clean(disp.Masks(v.value.Name, v.value.Text.Raw()), disp.CleanOptions(space))
}

// valueWidth returns the cells that the text of a value needs, up to the widest pane.
func (p *FacetPane) valueWidth(v facetLine) int {
	return p.display.Widther.Width(p.valueText(v, max(p.width, facetMostResult)))
}

// valueRole returns the role of a value; results have the colours that they have in the list.
func (p *FacetPane) valueRole(l facetLine) kit.Role {
	if l.value.Absent || l.value.Text.Empty() {
		return kit.Muted
	}
	if !p.groups[l.group].results() {
		return kit.Plain
	}
	switch l.value.Text.Raw() {
	case "FAILED":
		return kit.Failed
	case "PARTIALLY_FAILED":
		return kit.Partial
	}
	return kit.Plain
}

// addBar adds the share of the events as a bar of at least one cell if there are events. The cells of those that are not loaded are thin.
func (p *FacetPane) addBar(to *paint.Line, l facetLine, g kit.Ground) {
	disp, group, total := p.display, &p.groups[l.group], p.events
	if p.partial(l.group) {
		total = p.here
	}
	cells := func(events int) int { return min(facetBarWidth, (events*facetBarWidth+max(total, 1)-1)/max(total, 1)) }
	n := cells(group.top[l.index].Events)
	thick := n
	if group.loaded != nil {
		thick = min(n, cells(group.loaded[l.index]))
	}
	parts := make([]termsafe.Safe, facetBarWidth)
	for i := range parts {
		switch parts[i] = kit.BlankCell; {
		case i < thick:
			parts[i] = disp.Glyphs.Full
		case i < n:
			parts[i] = disp.Glyphs.Empty
		}
	}
	to.Add(disp.Theme.Style(kit.Muted, g), termsafe.Concat(parts...))
}

// failShare returns the sign of failures and the percentage of events that failed, empty if none did. It is 100 only if all
// failed, and never 0. A result has none: its name says it.
func (p *FacetPane) failShare(group int, c *count.Count) termsafe.Safe {
	if c.Failed == 0 || c.Events == 0 || p.groups[group].results() {
		return termsafe.Safe{}
	}
	percent := 100 * c.Failed / c.Events
	if c.Failed < c.Events {
		percent = min(max(percent, 1), 99)
	}
	if percent == 100 {
		return termsafe.Concat(p.display.Glyphs.Failed, termsafe.Const("all"))
	}
	return termsafe.Concat(p.display.Glyphs.Failed, p.display.Own(strconv.Itoa(percent)), termsafe.Const("%"))
}

// foot draws more about the line under the cursor, and which part of the lines is visible.
func (p *FacetPane) foot() *paint.Line {
	l := p.display.Line()
	part := p.display.Part(p.at+1, p.top, p.rows(), len(p.lines))
	room := p.width - 1 - p.display.Widther.Width(part)
	p.add(l, p.display.Style(kit.Muted), p.footWords(room-kit.Gap), max(0, room))
	p.add(l, p.display.Style(kit.Muted), part, p.width)
	return l
}

// footWords returns what is searched for, or when the value under the cursor was first and last seen, as precisely as fits in w cells.
func (p *FacetPane) footWords(w int) termsafe.Safe {
	disp := p.display
	if p.way.search != "" {
		what := disp.Quoted(p.way.search)
		return fitting(disp, []termsafe.Safe{termsafe.Concat(termsafe.Const("found: "), what, termsafe.Const("; esc shows all")), termsafe.Concat(termsafe.Const("found: "), what), what}, w)
	}
	if len(p.picked) > 0 {
		n := termsafe.Concat(termsafe.Int(int64(len(p.picked))), termsafe.Const(" picked"))
		return fitting(disp, []termsafe.Safe{termsafe.Concat(n, disp.Keyed(": {} or {} filters", kit.CmdFilterFor, kit.CmdFilterOut)), n}, w)
	}
	l := p.line()
	if l.kind != facetValue {
		return termsafe.Safe{}
	}
	c := &p.groups[l.group].top[l.index]
	if !c.Timed {
		return fitting(disp, []termsafe.Safe{termsafe.Const("no time known"), termsafe.Const("no time")}, w)
	}
	first, last := time.Unix(0, c.First).In(disp.Zone), time.Unix(0, c.Last).In(disp.Zone)
	year := disp.Year || first.Year() != last.Year()
	at := func(t time.Time) termsafe.Safe {
		return termsafe.Concat(shortDate(t, year), kit.BlankCell, termsafe.Time(t, "15:04"), disp.Offset(t))
	}
	words := []termsafe.Safe{termsafe.Concat(termsafe.Const("first "), at(first), termsafe.Const("  last "), at(last))}
	words = append(words, spanWords(disp, first, last, time.Minute, true)...)
	if g := &p.groups[l.group]; g.loaded != nil {
		words = joined([]termsafe.Safe{disp.OfAll(c.Events, g.loaded[l.index])}, words)
	}
	return fitting(disp, words, w)
}
