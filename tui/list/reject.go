package list

import (
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// reject draws, in place of the columns, why the line is not an event, where it is, and its start. What the user says about it stands in its own
// columns, as for events; the words then take the widest space that these columns leave.
func (p *rowPainter) reject(e *model.Event, g kit.Ground) {
	facts := p.list.facts.get(e.Row)
	if facts == nil {
		facts = &rowFacts{}
	}
	spaces, widest := p.spaces(), 0
	for i, s := range spaces {
		if s.cells > spaces[widest].cells {
			widest = i
		}
	}
	style := p.display.Theme.Style(kit.Plain, g)
	for i, s := range spaces {
		if i > 0 {
			p.line.Fill(style, min(kit.Gap, max(0, p.width-p.line.Width())))
		}
		switch {
		case s.said:
			p.cell(s.column, e, facts, p.ground(s.column.number, g))
		case i == widest:
			p.rejectWords(e, facts, p.line.Width()+s.cells, g)
		default:
			p.line.Fill(style, s.cells)
		}
	}
	p.line.Fill(style, max(0, p.width-p.line.Width()))
}

// space is a column with what the user says, or the room between two such columns.
type space struct {
	said   bool
	column column // if said
	cells  int    // width of the room between columns
}

// spaces divides the row of a reject, from where the columns start: into columns of what the user says, and what is left for its words. A last
// column takes no more than the longest text in it, as the rest of the row may be all that is left.
func (p *rowPainter) spaces() (all []space) {
	left := p.width - p.line.Width()
	for i, c := range p.columns {
		said, last := ofMark(c.name), len(all)-1
		if said && i == len(p.columns)-1 {
			c.width = min(c.width, c.best)
		}
		if left -= c.width; i > 0 {
			left -= kit.Gap
		}
		switch {
		case said:
			all = append(all, space{said: true, column: c})
		case last >= 0 && !all[last].said:
			all[last].cells += kit.Gap + c.width
		default:
			all = append(all, space{cells: c.width})
		}
	}
	if last := len(all) - 1; last >= 0 && !all[last].said {
		all[last].cells += max(0, left)
		return all
	}
	return append(all, space{cells: max(0, left-kit.Gap)})
}

// rejectWords draws why a line is not an event, where it is, and its start, up to a cell of the row.
func (p *rowPainter) rejectWords(e *model.Event, f *rowFacts, end int, g kit.Ground) {
	disp := p.display
	reason := termsafe.Const("no event")
	if problems := p.snap.Problems(e.Row); len(problems) > 0 {
		reason = disp.Own(problems[0].Message())
	}
	gap := func() { p.line.Fill(disp.Theme.Style(kit.Plain, g), min(kit.Gap, max(0, end-p.line.Width()))) }
	p.upTo(reason, disp.Theme.Style(kit.RejectText, g), end)
	gap()
	p.upTo(termsafe.Concat(termsafe.Const("line "), kit.LineNumber(e.Origin)), disp.Theme.Style(kit.Muted, g), end)
	gap()
	p.add(disp.Theme.Style(kit.Plain, g), g, f.message.show, max(0, end-p.line.Width()))
}

// upTo draws a text as far as it fits before a cell of the row.
func (p *rowPainter) upTo(text termsafe.Safe, style paint.Style, end int) {
	left := max(0, end-p.line.Width())
	p.line.AddWidth(style, text, min(p.display.Widther.Width(text), left), paint.Left)
}
