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

// screenLine is a line of the list: a row, or a line of the error below it.
type screenLine struct {
	place int
	error termsafe.Safe // empty for the row itself
	first bool          // the first line of an error
}

// screenLines returns the lines of the window. They always include the row under the cursor and its error; rows that do not
// fit are left out at the other end.
func (l *List) screenLines() []screenLine {
	from, to := l.visible()
	lines := make([]screenLine, 0, l.height+errorMostLines)
	last := 0 // index after the last line of the row under the cursor
	for place := from; place < to; place++ {
		lines = append(lines, screenLine{place: place})
		for i, text := range l.errorOf(place) {
			lines = append(lines, screenLine{place: place, error: text, first: i == 0})
		}
		if place == l.cursor {
			last = len(lines)
		}
	}
	cut := max(0, min(last, len(lines))-l.height)
	if len(lines)-cut > l.height {
		return lines[cut : cut+l.height]
	}
	return lines[cut:]
}

// errorOf returns the lines to show below a row, none if there is no error to show.
func (l *List) errorOf(place int) []termsafe.Safe {
	if l.errors == errorUnderNone || l.errors == errorUnderCursor && place != l.cursor {
		return nil
	}
	if l.height < errorLeastRows || l.width < errorLeastWidth {
		return nil
	}
	r := l.at(place)
	facts, snap := l.facts.get(r), l.Sel.Snapshot()
	if facts == nil || facts.message.text.Empty() || !isFailure(snap, r) {
		return nil
	}
	disp := l.display
	for _, c := range l.layout().columns {
		if c.kind == messageColumn && facts.more == 0 && disp.Widther.Width(facts.message.show) <= c.width {
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
