package detail

import (
	"pawprint/model/line"
	"pawprint/tui/detail/verbatim"
	"pawprint/tui/kit"
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// block is one step of the detail's cursor: a field, a node of a tree, a message or a long text. Its lines are made when they
// are visible, a long text part by part.
type block struct {
	id        string        // identifies the shown value for folds, searches and filters; see joinKey
	label     termsafe.Safe // the section's name, at the first block of a section
	digit     int           // with a label: the key that jumps here, 0 for none
	sectionID string        // with a label: the id under which the section is folded, empty if it cannot be folded
	whole     bool          // with a label: the section is unfolded
	indent    int           // levels, or fullWidth
	key       termsafe.Safe
	keyAt     int    // width of the key column at this level, 0 for no key
	fold      string // the id under which it is folded; empty if it cannot be folded
	open      bool

	text  termsafe.Safe       // fixed text, or the quote before raw
	spans []verbatim.RoleSpan // of a fixed text: the parts with a role of their own
	tail  termsafe.Safe       // after raw: a quote, or an ellipsis
	note  termsafe.Safe       // our own words after the text
	raw   string              // untrusted text
	form  form                // how raw is shown
	lexed []verbatim.State    // of JSON: the lexer's state by part
	mark  termsafe.Span       // bytes of raw to highlight, empty for none
	as    kit.Role            // the role of mark
	peek  *line.Node          // the folded branch, whose start is shown
	base  int64               // in hex: the offset of the first byte in the source
	role  kit.Role
	right termsafe.Safe // at the right edge of the first line
	bare  bool          // on a page without sections: there is no label column
	stop  bool          // a change: n and N go from one to the next

	node  *line.Node // the value to filter by, nil for none
	from  *document  // the event of node, if it is not the one that is shown
	value *kit.Value // the same, if it has no node
}

// form is how the untrusted text of a block is shown.
type form uint8

const (
	cleanForm  form = iota
	jsonForm        // with colours; lexed is set
	escapeForm      // in ASCII, without ambiguity
	hexForm         // byte by byte
)

// inert reports whether the cursor skips the block.
func (b *block) inert() bool {
	return b.label.Empty() && b.text.Empty() && b.raw == "" && b.key.Empty() && b.fold == ""
}

// fullWidth is the indent of a block that starts at the margin.
const fullWidth = -1

// The widths of the detail, in cells.
const (
	marginWidth  = 4 // the cursor, the key of the section, the sign of folding it, and a space
	labelWidth   = 12
	indentWidth  = 2
	leastWidth   = 12 // minimum width of the text
	maxKeyWidth  = 24 // of a column of keys; a longer key pushes its text aside
	foldWidth    = 2
	narrowDetail = 56 // in a narrower detail, labels are above their section instead of beside it
)

// blockPainter makes the lines of blocks for one width.
type blockPainter struct {
	display *kit.Display
	width   int
	own     bool             // nothing else stands in the rows of the pane
	find    *verbatim.Needle // the text to highlight; nil for none
}

// detailLine is a line of the detail.
type detailLine struct {
	*paint.Line
	hits int // matches that start in the line
}

// lines makes all lines of one part of a block, at least one.
func (p *blockPainter) lines(b *block, part int) []detailLine {
	var out []detailLine
	if part == 0 {
		out = p.before(b)
	}
	x := p.textAt(b)
	ahead := len(out) > 0 && p.keyAlone(b)
	for i, row := range p.rows(b, part, max(leastWidth, p.width-x-1)) {
		l := p.display.Line()
		if i == 0 && part == 0 && !ahead {
			p.begin(l, b)
		}
		l.Fill(p.display.Style(kit.Plain), x-l.Width())
		if row.Text.RightToLeft() {
			l.OwnRow()
		}
		out = append(out, detailLine{l, p.addStyled(l, row, b.role)})
	}
	if part == 0 && !b.right.Empty() {
		out = p.addRight(out, b.right)
	}
	return out
}

// before makes the lines above the text: a label that does not fit beside it, and a key that is too long.
func (p *blockPainter) before(b *block) []detailLine {
	var out []detailLine
	if p.labelWidth() == 0 && !b.label.Empty() {
		l := p.display.Line()
		p.heading(l, b)
		out = append(out, detailLine{Line: l})
	}
	if !p.keyAlone(b) {
		return out
	}
	x := p.keyColumn(b)
	for i, row := range p.wrapFixed(b.key, nil, max(leastWidth, p.width-x-1)) {
		l := p.display.Line()
		if i == 0 {
			p.gutter(l, b)
		}
		l.Fill(p.display.Style(kit.Plain), x-l.Width())
		out = append(out, detailLine{l, p.addStyled(l, row, kit.JsonKey)})
	}
	return out
}

// addRight puts text at the right edge of the last line, or of a new line if it does not fit.
func (p *blockPainter) addRight(lines []detailLine, text termsafe.Safe) []detailLine {
	disp := p.display
	last, width := lines[len(lines)-1], disp.Widther.Width(text)
	if p.width-1-width-kit.Gap < last.Width() {
		last = detailLine{Line: disp.Line()}
		lines = append(lines, last)
		last.Fill(disp.Style(kit.Plain), marginWidth)
	} else {
		last.Fill(disp.Style(kit.Plain), p.width-1-width-last.Width())
	}
	last.Add(disp.Style(kit.Muted), text)
	return lines
}

// textAt returns the column in which the text of a block starts.
func (p *blockPainter) textAt(b *block) int {
	x := p.keyColumn(b)
	switch {
	case b.keyAt > 0 && p.keyAlone(b):
		x += indentWidth
	case b.keyAt > 0:
		x += max(b.keyAt, p.display.Widther.Width(b.key)) + kit.Gap
	}
	return max(0, min(x, p.width-leastWidth-1))
}

// keyAlone reports whether the key is so wide that the text starts below it.
func (p *blockPainter) keyAlone(b *block) bool {
	return b.keyAt > 0 && p.keyColumn(b)+max(b.keyAt, p.display.Widther.Width(b.key))+kit.Gap > p.width-leastWidth-1
}

// keyColumn returns the column in which the key, or without one the text, of a block starts: after the margin, the label, the
// fold sign and the indent.
func (p *blockPainter) keyColumn(b *block) int {
	if b.indent == fullWidth {
		return marginWidth
	}
	labels := p.labelWidth()
	if b.bare {
		labels = 0
	}
	return marginWidth + labels + foldWidth + min(b.indent*indentWidth, p.width/4)
}

func (p *blockPainter) labelWidth() int {
	if p.width < narrowDetail {
		return 0
	}
	return labelWidth
}

// heading draws the label of a section, with its jump key and the fold sign before it.
func (p *blockPainter) heading(l *paint.Line, b *block) {
	disp := p.display
	digit, sign := termsafe.Repeat(" ", 1), termsafe.Safe{}
	if b.digit > 0 {
		digit = termsafe.Int(int64(b.digit))
	}
	if b.sectionID != "" {
		sign = disp.FoldSign(b.whole)
	}
	l.Fill(disp.Style(kit.Plain), 1)
	l.Add(disp.Style(kit.Muted), digit)
	l.AddWidth(disp.Style(kit.Muted), sign, marginWidth-2, paint.Left)
	l.AddWidth(disp.Style(kit.Accent), b.label, labelWidth, paint.Left)
}

// gutter draws the part of the first line that is before the key.
func (p *blockPainter) gutter(l *paint.Line, b *block) {
	disp := p.display
	if p.labelWidth() > 0 && !b.label.Empty() {
		p.heading(l, b)
	}
	at := p.keyColumn(b)
	if b.fold != "" {
		l.Fill(disp.Style(kit.Plain), at-foldWidth-l.Width())
		l.AddWidth(disp.Style(kit.Muted), disp.FoldSign(b.open), foldWidth, paint.Left)
	}
	l.Fill(disp.Style(kit.Plain), at-l.Width())
}

// begin draws the part of the first line that is before the text.
func (p *blockPainter) begin(l *paint.Line, b *block) {
	p.gutter(l, b)
	if b.keyAt > 0 {
		p.addKey(l, b.key)
	}
}

// addKey draws a key and highlights the matches in it.
func (p *blockPainter) addKey(l *paint.Line, key termsafe.Safe) {
	l.AddHits(p.display.Style(kit.JsonKey), p.display.Style(kit.Hit), key, p.find.InSafe(key), p.display.Widther.Width(key))
}

// addStyled draws a row of text and counts the matches in it. Text outside of spans has the role base.
func (p *blockPainter) addStyled(l *paint.Line, row verbatim.Row, base kit.Role) (hits int) {
	disp, at := p.display, 0
	for _, s := range row.Spans {
		if s.Span.Lo > at {
			l.Add(disp.Style(base), row.Text.Sub(termsafe.Span{Lo: at, Hi: s.Span.Lo}))
		}
		l.Add(disp.Style(s.Role), row.Text.Sub(s.Span))
		if at = s.Span.Hi; s.Role == kit.Hit && !s.Goes {
			hits++
		}
	}
	if at < row.Text.Len() {
		l.Add(disp.Style(base), row.Text.Sub(termsafe.Span{Lo: at, Hi: row.Text.Len()}))
	}
	return hits
}
