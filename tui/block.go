package tui

import (
	"pawprint/tui/paint"
	"pawprint/tui/termsafe"
)

// block is a piece of the detail that is wrapped as a whole: a field, a node of a tree, or a chunk of a long text. Its
// lines are made when they are visible.
type block struct {
	label  termsafe.Safe // the section's name, at the first block of a section
	chief  string        // with a label: what folding the section is remembered by, empty if it cannot be folded
	whole  bool          // with a label: the section is unfolded
	indent int           // levels, or fullWidth
	key    termsafe.Safe
	keyAt  int    // cells that the keys of this level take, 0 for no key
	fold   string // what folding it is remembered by; empty if it cannot be folded
	open   bool

	text   termsafe.Safe // fixed text, or the beginning of raw: a quote
	tail   termsafe.Safe // behind raw: a quote, or an ellipsis
	raw    string        // untrusted text, of which lo to hi belong to the block
	lo, hi int
	lexed  bool // raw is JSON; state is the lexer's at lo
	state  lexState
	escape bool // show raw escaped
	marked int  // index of a byte of raw to point at, if it is in the block; -1 for none
	role   role
	right  termsafe.Safe // at the right edge of the first line
}

// fullWidth is the indent of a block that begins at the margin.
const fullWidth = -1

// The widths of the detail, in cells.
const (
	marginWidth  = 3 // with the sign of folding a section
	labelWidth   = 12
	indentWidth  = 2
	leastWidth   = 12 // of the text, whatever stands before it
	maxKeyWidth  = 26
	foldWidth    = 2
	narrowDetail = 48 // below, labels stand above their section instead of beside it
)

// blockPainter makes the lines of blocks for one width.
type blockPainter struct {
	look  *look
	width int
}

// lines makes all lines of a block.
func (p *blockPainter) lines(b *block) []*paint.Line {
	k := p.look
	x := p.textAt(b)
	var out []*paint.Line
	if p.labelWidth() == 0 && !b.label.Empty() {
		l := k.line()
		p.heading(l, b)
		out = append(out, l)
	}
	for i, row := range p.rows(b, max(leastWidth, p.width-x-1)) {
		l := k.line()
		if i == 0 {
			p.begin(l, b)
			l.Fill(k.style(plain), x-l.Width())
		} else {
			l.Fill(k.style(plain), x)
		}
		p.addStyled(l, row, b.role)
		out = append(out, l)
	}
	if !b.right.Empty() {
		out = p.addRight(out, b.right)
	}
	return out
}

// addRight puts text at the right edge of the last line, or of a line of its own if there is no room.
func (p *blockPainter) addRight(lines []*paint.Line, text termsafe.Safe) []*paint.Line {
	k := p.look
	last, width := lines[len(lines)-1], k.widther.Width(text)
	if p.width-1-width-gap < last.Width() {
		last = k.line()
		lines = append(lines, last)
		last.Fill(k.style(plain), marginWidth)
	} else {
		last.Fill(k.style(plain), p.width-1-width-last.Width())
	}
	last.Add(k.style(muted), text)
	return lines
}

// textAt is the column in which the text of a block begins.
func (p *blockPainter) textAt(b *block) int {
	x := p.keyColumn(b)
	if b.keyAt > 0 {
		x += b.keyAt + gap
	}
	return max(0, min(x, p.width-leastWidth-1))
}

// keyColumn is the column in which the key, or the text, of a block begins: behind the margin, the label, the sign of
// folding and the indentation.
func (p *blockPainter) keyColumn(b *block) int {
	if b.indent == fullWidth {
		return marginWidth
	}
	return marginWidth + p.labelWidth() + foldWidth + min(b.indent*indentWidth, p.width/3)
}

func (p *blockPainter) labelWidth() int {
	if p.width < narrowDetail {
		return 0
	}
	return labelWidth
}

// heading draws the label of a section, with the sign of folding it before.
func (p *blockPainter) heading(l *paint.Line, b *block) {
	k := p.look
	l.Fill(k.style(plain), 1)
	sign := termsafe.Safe{}
	if b.chief != "" {
		sign = k.foldSign(b.whole)
	}
	l.AddWidth(k.style(muted), sign, marginWidth-1, paint.Left)
	l.AddWidth(k.style(accent), b.label, labelWidth, paint.Left)
}

func (k *look) foldSign(open bool) termsafe.Safe {
	if open {
		return k.glyphs.open
	}
	return k.glyphs.folded
}

// begin draws what stands before the text in the first line.
func (p *blockPainter) begin(l *paint.Line, b *block) {
	k := p.look
	if p.labelWidth() > 0 && !b.label.Empty() {
		p.heading(l, b)
	}
	at := p.keyColumn(b)
	if b.fold != "" {
		l.Fill(k.style(plain), at-foldWidth-l.Width())
		l.AddWidth(k.style(muted), k.foldSign(b.open), foldWidth, paint.Left)
	}
	l.Fill(k.style(plain), at-l.Width())
	if b.keyAt > 0 {
		l.AddWidth(k.style(jsonKey), b.key, b.keyAt, paint.Left)
	}
}

// rows wraps the text of a block.
func (p *blockPainter) rows(b *block, cells int) []styledRow {
	if b.raw == "" {
		return p.wrapSafe(termsafe.Concat(b.text, b.tail), cells)
	}
	opt := termsafe.Options{ASCII: p.look.widther.ASCII}
	switch {
	case b.escape:
		return p.wrapSafe(termsafe.Escaped(b.raw[b.lo:b.hi]), cells)
	case b.lexed:
		var tokens []token
		lex(b.raw, b.lo, b.hi, b.state, func(t token) { tokens = append(tokens, t) })
		return wrapStyled(p.look.widther, b.raw, b.lo, b.hi, tokens, cells, opt)
	case b.marked >= b.lo && b.marked < b.hi:
		return wrapStyled(p.look.widther, b.raw, b.lo, b.hi, []token{{b.marked, b.marked + 1, fault}}, cells, opt)
	}
	return p.quoted(b, cells, opt)
}

// quoted wraps raw with the fixed text before and behind it.
func (p *blockPainter) quoted(b *block, cells int, opt termsafe.Options) []styledRow {
	if b.hi-b.lo <= cells {
		// It may fit on one line: then the quotes are part of it.
		s := termsafe.Concat(b.text, termsafe.Clean(b.raw[b.lo:b.hi], opt), b.tail)
		if pieceOf(b.raw, b.lo, b.hi) == b.hi {
			return p.wrapSafe(s, cells)
		}
	}
	rows := wrapStyled(p.look.widther, b.raw, b.lo, b.hi, nil, cells-2, opt)
	first, last := &rows[0], &rows[len(rows)-1]
	first.text = termsafe.Concat(b.text, first.text)
	last.text = termsafe.Concat(last.text, b.tail)
	return rows
}

func (p *blockPainter) wrapSafe(s termsafe.Safe, cells int) []styledRow {
	var out []styledRow
	for _, row := range p.look.widther.Wrap(s, cells) {
		out = append(out, styledRow{text: row})
	}
	return out
}

// addStyled draws a row of text, in the role of the block where no span says otherwise.
func (p *blockPainter) addStyled(l *paint.Line, row styledRow, base role) {
	k, at := p.look, 0
	for _, s := range row.spans {
		if s.span.Lo > at {
			l.Add(k.style(base), row.text.Sub(termsafe.Span{Lo: at, Hi: s.span.Lo}))
		}
		l.Add(k.style(s.role), row.text.Sub(s.span))
		at = s.span.Hi
	}
	if at < row.text.Len() {
		l.Add(k.style(base), row.text.Sub(termsafe.Span{Lo: at, Hi: row.text.Len()}))
	}
}
