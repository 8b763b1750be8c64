package list

import (
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// errorLines says for which rows the list shows the error below the row, if there is no column for it.
type errorLines uint8

const (
	errorUnderCursor errorLines = iota
	errorUnderAll
	errorUnderNone
	numErrorLines
)

// The maximum number of lines of an error, and the height of the list from which errors are shown.
const (
	errorMostLines  = 2
	errorLeastRows  = 6
	errorIndent     = 6
	errorLeastWidth = 30
)

// errorOf returns the lines to show below a row, none if there is no error to show.
func (w *window) errorOf(place int) []termsafe.Safe {
	l := w.List
	if l.errors == errorUnderNone || l.errors == errorUnderCursor && place != l.cursor {
		return nil
	}
	if l.height < errorLeastRows || l.width < errorLeastWidth {
		return nil
	}
	r := l.orderedRows.at(place)
	facts, snap := l.facts.get(r), l.Sel.Snapshot()
	if facts == nil || facts.message.text.Empty() || !isFailure(snap, r) {
		return nil
	}
	disp := l.display
	for i := range w.at.columns {
		if c := &w.at.columns[i]; c.kind == messageColumn && facts.more == 0 && w.shows(c, r, facts) {
			return nil
		}
	}
	rows := disp.Widther.Wrap(facts.message.show, l.width-errorIndent-kit.Gap)
	if len(rows) > errorMostLines {
		rows = append(rows[:errorMostLines-1:errorMostLines-1], termsafe.Concat(rows[errorMostLines-1], disp.Widther.Ellipsis()))
	}
	return rows
}

// drawError draws a line of an error.
func (p *rowPainter) drawError(s screenLine, role kit.Role) *paint.Line {
	disp := p.display
	p.line.Reset()
	p.line.Fill(disp.Style(kit.Plain), errorIndent-2)
	sign := termsafe.Repeat(" ", 1)
	if s.first {
		sign = disp.Glyphs.Corner
	}
	p.line.AddWidth(disp.Style(kit.Muted), sign, 2, paint.Left)
	p.line.AddWidth(disp.Style(role), s.error, max(0, p.width-errorIndent), paint.Left)
	return p.line
}
