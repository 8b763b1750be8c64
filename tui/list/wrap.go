package list

import (
	"pawprint/model"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// wrapped is the text of a cell in lines of some width.
type wrapped struct {
	width, most int
	lines       []termsafe.Safe
	cut         bool // there was more of it
}

// mostParts is the number of lines that a wrapped row takes at most. On a low screen it takes no more than a third of the lines.
const mostParts = 5

// toggleWrap wraps the rows, or puts each on one line again.
func (l *List) toggleWrap(kit.Command, *kit.Scene) kit.Wish {
	if l.wrap = !l.wrap; l.wrap {
		return kit.Wish{Toast: l.display.Keyed("targets, messages and paths are wrapped: {} puts each row on one line again", kit.CmdWrap)}
	}
	return kit.Wish{Toast: termsafe.Const("one line a row")}
}

// wraps reports whether the cells of the column are wrapped: they hold texts of any length, and not names.
func (s *columnSpec) wraps() bool {
	return s.kind == targetColumn || s.kind == messageColumn || s.kind == pathColumn
}

// parts returns the number of lines of the row at a place, without a rule and its error.
func (w *window) parts(place int) int {
	if !w.wrap {
		return 1
	}
	e := w.Sel.Snapshot().Event(w.orderedRows.at(place))
	f := w.facts.get(e.Row)
	if f == nil || e.Reject() {
		return 1
	}
	n := 1
	for i := range w.at.columns {
		if c := &w.at.columns[i]; c.wraps() {
			n = max(n, len(w.wrapCell(c, &e, f).lines))
		}
	}
	return n
}

// wrapCell returns the text of a cell in the lines that it takes.
func (l *List) wrapCell(c *column, e *model.Event, f *rowFacts) wrapped {
	most, disp := max(1, min(mostParts, l.height/3)), l.display
	if known, ok := f.wraps[c.name]; ok && known.width == c.width && known.most == most {
		return known
	}
	out := wrapped{width: c.width, most: most, lines: disp.Widther.Wrap(l.cellText(c, e, f), c.width)}
	if out.cut = len(out.lines) > most; out.cut {
		last := termsafe.Concat(out.lines[most-1], out.lines[most])
		out.lines = append(out.lines[:most-1:most-1], disp.Widther.Truncate(last, c.width))
	}
	if f.wraps == nil {
		f.wraps = map[string]wrapped{}
	}
	f.wraps[c.name] = out
	return out
}

// cellText returns the whole text of a cell that can be wrapped.
func (l *List) cellText(c *column, e *model.Event, f *rowFacts) termsafe.Safe {
	switch c.kind {
	case targetColumn:
		return f.target.show
	case messageColumn:
		message := f.message.show
		if message.Empty() && e.Invalid() {
			if message = f.problem; message.Empty() {
				message = l.problem(e.Row)
			}
		}
		if f.more > 0 {
			message = termsafe.Concat(termsafe.Const("("), termsafe.Int(int64(f.more+1)), termsafe.Const(") "), message)
		}
		return message
	}
	at, _ := f.cellAt(c.name)
	return at.show
}

// shows reports whether a cell shows all of its text.
func (l *List) shows(c *column, r model.Row, f *rowFacts) bool {
	if l.wrap {
		e := l.Sel.Snapshot().Event(r)
		return !l.wrapCell(c, &e, f).cut
	}
	return l.display.Widther.Width(f.message.show) <= c.width
}

// textCell draws a line of a cell that can be wrapped.
func (p *rowPainter) textCell(c *column, e *model.Event, f *rowFacts, part int, g kit.Ground) {
	role, text := kit.Plain, termsafe.Safe{}
	if c.kind == messageColumn {
		role = kit.MessageRole(e)
	}
	if !p.list.wrap {
		text = p.list.cellText(c, e, f)
	} else if lines := p.list.wrapCell(c, e, f).lines; part < len(lines) {
		text = lines[part]
	}
	p.add(p.display.Theme.Style(role, g), g, text, c.width)
}

// drawPart returns a line of a wrapped row below its first one.
func (p *rowPainter) drawPart(s screenLine, g kit.Ground) *paint.Line {
	e := p.snap.Event(p.list.orderedRows.at(s.place))
	style := p.display.Theme.Style(kit.Plain, g)
	p.line.Reset()
	p.mark(s.place == p.list.cursor, p.display.Glyphs.Cursor, kit.Bar, g)
	p.line.Fill(style, p.x()-1)
	f := p.list.facts.get(e.Row)
	for i := range p.columns {
		c := &p.columns[i]
		if i > 0 {
			p.line.Fill(style, kit.Gap)
		}
		if f != nil && c.wraps() {
			p.textCell(c, &e, f, s.part, p.ground(c.number, g))
			continue
		}
		p.line.Fill(style, c.width)
	}
	p.line.Fill(style, p.width-p.line.Width())
	return p.line
}
