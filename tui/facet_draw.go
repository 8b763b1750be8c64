package tui

import (
	"strconv"
	"time"

	"pawprint/model/count"
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
func (p *facetPane) drawLine(l facetLine, g ground) *paint.Line {
	switch l.kind {
	case facetHead:
		return p.headLine(l, g)
	case facetMore:
		return p.moreLine(l, g)
	}
	return p.valueLine(l, g)
}

// headLine draws the head of a group: the fold sign, its name, and the number of values.
func (p *facetPane) headLine(l facetLine, g ground) *paint.Line {
	disp, out := p.display, p.display.line()
	style := func(r role) paint.Style { return disp.theme.style(r, g) }
	p.add(out, style(muted), disp.foldSign(!p.folded(l.group)), facetSignWidth)
	n := termsafe.Int(int64(p.groups[l.group].len))
	room := p.width - out.Width() - disp.widther.Width(n) - 2
	if room < facetLeastValue {
		p.add(out, style(accent), facetSpecs[l.group].title, p.width)
		return out
	}
	out.AddWidth(style(accent), facetSpecs[l.group].title, room, paint.Left)
	out.Fill(style(muted), 1)
	out.Add(style(muted), n)
	out.Fill(style(plain), p.width-out.Width())
	return out
}

// moreLine draws the number of values that are not shown.
func (p *facetPane) moreLine(l facetLine, g ground) *paint.Line {
	disp, out := p.display, p.display.line()
	counts := &p.groups[l.group]
	out.Fill(disp.theme.style(plain, g), min(facetSignWidth, p.width))
	p.add(out, disp.theme.style(muted, g), termsafe.Concat(disp.own("… "), termsafe.Int(int64(counts.len-len(counts.top))), termsafe.Const(" more")), p.width)
	out.Fill(disp.theme.style(plain, g), p.width-out.Width())
	return out
}

// add adds a text in cells cells, or in fewer if the line has fewer left.
func (p *facetPane) add(l *paint.Line, style paint.Style, text termsafe.Safe, cells int) {
	l.AddWidth(style, text, max(0, min(cells, p.width-l.Width())), paint.Left)
}

// valueLine draws a value: the sign of the filter, its text, its share as a bar, the number of its events, and the share of
// them that failed.
func (p *facetPane) valueLine(l facetLine, g ground) *paint.Line {
	disp, out := p.display, p.display.line()
	style := func(r role) paint.Style { return disp.theme.style(r, g) }
	c := &p.groups[l.group].top[l.index]
	sign, signRole := p.sign(l.value)
	p.add(out, style(signRole), sign, facetSignWidth)
	countWidth := disp.widther.Width(termsafe.Int(int64(p.events))) // the same in all lines
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
	out.Fill(style(plain), 1)
	if bars {
		p.addBar(out, c.Events, g)
		out.Fill(style(plain), 1)
	}
	out.AddWidth(style(plain), termsafe.Int(int64(c.Events)), countWidth, paint.Right)
	if fails {
		out.AddWidth(style(failedText), p.failShare(c), facetFailWidth, paint.Right)
	}
	out.Fill(style(plain), p.width-out.Width())
	return out
}

// sign returns the sign of a value that is picked or in the filter.
func (p *facetPane) sign(v value) (termsafe.Safe, role) {
	if p.picked[v] {
		return p.pickSign(), bar
	}
	switch p.terms.state(v) {
	case facetIncluded:
		return termsafe.Const("="), accent
	case facetExcluded:
		return termsafe.Const("-"), accent
	}
	return termsafe.Safe{}, plain
}

func (p *facetPane) pickSign() termsafe.Safe {
	if p.display.widther.ASCII {
		return termsafe.Const("+")
	}
	return termsafe.Const("✓")
}

// addValue adds the text of a value in exactly space cells. Absent and empty values look different from any text.
func (p *facetPane) addValue(l *paint.Line, v facetLine, g ground, space int) {
	disp := p.display
	switch {
	case v.value.absent:
		l.AddWidth(disp.theme.style(muted, g), termsafe.Concat(disp.glyphs.absent, termsafe.Const(" none")), space, paint.Left)
	case v.value.text.Empty():
		l.AddWidth(disp.theme.style(muted, g), termsafe.Const(`""`), space, paint.Left)
	default:
		l.AddWidth(disp.theme.style(p.valueRole(v), g), termsafe.Clean(disp.masks(v.value.name, v.value.text.Raw()), disp.cleanOptions(space)), space, paint.Left)
	}
}

// valueRole returns the role of a value; results have the colours that they have in the list.
func (p *facetPane) valueRole(l facetLine) role {
	if facetSpecs[l.group].name != "result" {
		return plain
	}
	switch l.value.text.Raw() {
	case "FAILED":
		return failed
	case "PARTIALLY_FAILED":
		return partial
	}
	return plain
}

// addBar adds the share of the events as a bar of at least one cell if there are events.
func (p *facetPane) addBar(l *paint.Line, events int, g ground) {
	disp, n := p.display, 0
	if p.events > 0 {
		n = min(facetBarWidth, (events*facetBarWidth+p.events-1)/p.events)
	}
	parts := make([]termsafe.Safe, facetBarWidth)
	for i := range parts {
		if parts[i] = blankCell; i < n {
			parts[i] = disp.glyphs.full
		}
	}
	l.Add(disp.theme.style(muted, g), termsafe.Concat(parts...))
}

// failShare returns the sign of failures and the percentage of events that failed, empty if none did. It is 100 only if all
// failed, and never 0.
func (p *facetPane) failShare(c *count.Count) termsafe.Safe {
	if c.Failed == 0 || c.Events == 0 {
		return termsafe.Safe{}
	}
	percent := 100 * c.Failed / c.Events
	if c.Failed < c.Events {
		percent = min(max(percent, 1), 99)
	}
	if percent == 100 {
		return termsafe.Concat(p.display.glyphs.failed, termsafe.Const("all"))
	}
	return termsafe.Concat(p.display.glyphs.failed, p.display.own(strconv.Itoa(percent)), termsafe.Const("%"))
}

// foot draws more about the line under the cursor.
func (p *facetPane) foot() *paint.Line {
	l := p.display.line()
	p.add(l, p.display.style(muted), p.footWords(), p.width)
	return l
}

// footWords returns when the value under the cursor was first and last seen, as precisely as fits.
func (p *facetPane) footWords() termsafe.Safe {
	disp := p.display
	if len(p.picked) > 0 {
		return termsafe.Concat(termsafe.Int(int64(len(p.picked))), disp.own(" picked: + or - filters"))
	}
	l := p.line()
	if l.kind != facetValue {
		return termsafe.Safe{}
	}
	c := &p.groups[l.group].top[l.index]
	if !c.Timed {
		return termsafe.Const("no time known")
	}
	first, last := time.Unix(0, c.First).In(disp.zone), time.Unix(0, c.Last).In(disp.zone)
	year := disp.year || first.Year() != last.Year()
	at := func(t time.Time) termsafe.Safe {
		return termsafe.Concat(shortDate(t, year), blankCell, termsafe.Time(t, "15:04"), disp.offset(t))
	}
	words := []termsafe.Safe{termsafe.Concat(termsafe.Const("first "), at(first), termsafe.Const("  last "), at(last))}
	words = append(words, spanWords(disp, first, last, time.Minute, true)...)
	return fitting(disp, words, p.width)
}
