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
	facetFailWidth  = 5 // "100%" and a sign
	facetBarWidth   = 6
	facetFailFrom   = 20 // width from which the failed share is shown
	facetBarFrom    = 30 // width from which there are bars
	facetFootFrom   = 8  // height from which there is a last line
)

// drawLine draws a line of the pane.
func (p *FacetPane) drawLine(l facetLine, g kit.Ground) *paint.Line {
	switch l.kind {
	case facetHead:
		return p.headLine(l, g)
	case facetMore:
		return p.moreLine(l, g)
	}
	return p.valueLine(l, g)
}

// headLine draws the head of a group: the fold sign, its name, and the number of values.
func (p *FacetPane) headLine(l facetLine, g kit.Ground) *paint.Line {
	disp, out := p.display, p.display.Line()
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	p.add(out, style(kit.Muted), disp.FoldSign(!p.folded(l.group)), facetSignWidth)
	n := termsafe.Int(int64(p.groups[l.group].len))
	room := p.width - out.Width() - disp.Widther.Width(n) - 2
	if room < facetLeastValue {
		p.add(out, style(kit.Accent), facetSpecs[l.group].title, p.width)
		return out
	}
	out.AddWidth(style(kit.Accent), facetSpecs[l.group].title, room, paint.Left)
	out.Fill(style(kit.Muted), 1)
	out.Add(style(kit.Muted), n)
	out.Fill(style(kit.Plain), p.width-out.Width())
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
// them that failed.
func (p *FacetPane) valueLine(l facetLine, g kit.Ground) *paint.Line {
	disp, out := p.display, p.display.Line()
	style := func(r kit.Role) paint.Style { return disp.Theme.Style(r, g) }
	c := &p.groups[l.group].top[l.index]
	sign, signRole := p.sign(l.value)
	p.add(out, style(signRole), sign, facetSignWidth)
	countWidth := disp.Widther.Width(termsafe.Int(int64(p.events))) // the same in all lines
	bars, fails := p.width >= facetBarFrom, p.width >= facetFailFrom
	room := p.width - out.Width() - countWidth - 2
	if bars {
		room -= facetBarWidth + 1
	}
	if fails {
		room -= facetFailWidth
	}
	if room < facetLeastValue {
		bars, fails, room = false, false, p.width-out.Width()-countWidth-2
	}
	if room < 1 {
		p.addValue(out, l, g, p.width-out.Width())
		return out
	}
	p.addValue(out, l, g, room)
	out.Fill(style(kit.Plain), 1)
	if bars {
		p.addBar(out, c.Events, g)
		out.Fill(style(kit.Plain), 1)
	}
	out.AddWidth(style(kit.Plain), termsafe.Int(int64(c.Events)), countWidth, paint.Right)
	if fails {
		out.AddWidth(style(kit.FailedText), p.failShare(c), facetFailWidth, paint.Right)
	}
	out.Fill(style(kit.Plain), p.width-out.Width())
	return out
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

// addValue adds the text of a value in exactly space cells. Absent and empty values look different from any text.
func (p *FacetPane) addValue(l *paint.Line, v facetLine, g kit.Ground, space int) {
	disp := p.display
	switch {
	case v.value.Absent:
		l.AddWidth(disp.Theme.Style(kit.Muted, g), termsafe.Concat(disp.Glyphs.Absent, termsafe.Const(" none")), space, paint.Left)
	case v.value.Text.Empty():
		l.AddWidth(disp.Theme.Style(kit.Muted, g), termsafe.Const(`""`), space, paint.Left)
	default:
		text := termsafe.Clean(disp.Masks(v.value.Name, v.value.Text.Raw()), disp.CleanOptions(space))
		l.AddWidth(disp.Theme.Style(p.valueRole(v), g), text, space, paint.Left)
	}
}

// valueRole returns the role of a value; results have the colours that they have in the list.
func (p *FacetPane) valueRole(l facetLine) kit.Role {
	if facetSpecs[l.group].name != "result" {
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

// addBar adds the share of the events as a bar of at least one cell if there are events.
func (p *FacetPane) addBar(l *paint.Line, events int, g kit.Ground) {
	disp, n := p.display, 0
	if p.events > 0 {
		n = min(facetBarWidth, (events*facetBarWidth+p.events-1)/p.events)
	}
	parts := make([]termsafe.Safe, facetBarWidth)
	for i := range parts {
		if parts[i] = kit.BlankCell; i < n {
			parts[i] = disp.Glyphs.Full
		}
	}
	l.Add(disp.Theme.Style(kit.Muted, g), termsafe.Concat(parts...))
}

// failShare returns the sign of failures and the percentage of events that failed, empty if none did. It is 100 only if all
// failed, and never 0.
func (p *FacetPane) failShare(c *count.Count) termsafe.Safe {
	if c.Failed == 0 || c.Events == 0 {
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

// foot draws more about the line under the cursor.
func (p *FacetPane) foot() *paint.Line {
	l := p.display.Line()
	p.add(l, p.display.Style(kit.Muted), p.footWords(), p.width)
	return l
}

// footWords returns when the value under the cursor was first and last seen, as precisely as fits.
func (p *FacetPane) footWords() termsafe.Safe {
	disp := p.display
	if len(p.picked) > 0 {
		return termsafe.Concat(termsafe.Int(int64(len(p.picked))), disp.Own(" picked: + or - filters"))
	}
	l := p.line()
	if l.kind != facetValue {
		return termsafe.Safe{}
	}
	c := &p.groups[l.group].top[l.index]
	if !c.Timed {
		return termsafe.Const("no time known")
	}
	first, last := time.Unix(0, c.First).In(disp.Zone), time.Unix(0, c.Last).In(disp.Zone)
	year := disp.Year || first.Year() != last.Year()
	at := func(t time.Time) termsafe.Safe {
		return termsafe.Concat(shortDate(t, year), kit.BlankCell, termsafe.Time(t, "15:04"), disp.Offset(t))
	}
	words := []termsafe.Safe{termsafe.Concat(termsafe.Const("first "), at(first), termsafe.Const("  last "), at(last))}
	words = append(words, spanWords(disp, first, last, time.Minute, true)...)
	return fitting(disp, words, p.width)
}
