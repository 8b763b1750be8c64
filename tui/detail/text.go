package detail

import (
	"pawprint/model/line"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// parts returns the number of parts of a block's text, at least 1.
func (p *blockPainter) parts(b *block) int {
	if b.form == hexForm {
		return max(1, (len(b.raw)+p.hexPart(b)-1)/p.hexPart(b))
	}
	return textParts(len(b.raw))
}

// partAt returns the part that contains byte at of the text.
func (p *blockPainter) partAt(b *block, at int) int {
	if b.form == hexForm {
		return min(at/p.hexPart(b), p.parts(b)-1)
	}
	k := min(at/partBytes, p.parts(b)-1)
	if k+1 < p.parts(b) && partStart(b.raw, k+1) <= at {
		k++
	}
	return k
}

// rows wraps one part of the text of a block.
func (p *blockPainter) rows(b *block, part, cells int) []styledRow {
	switch {
	case b.peek != nil:
		return []styledRow{p.preview(b, cells)}
	case b.raw == "":
		return p.addNote(p.wrapFixed(termsafe.Concat(b.text, b.tail), b.spans, cells), b.note, cells)
	case b.form == hexForm:
		return p.hexRows(b, part)
	}
	lo, hi := partStart(b.raw, part), partStart(b.raw, part+1)
	var rows []styledRow
	switch b.form {
	case escapeForm:
		text := termsafe.Escaped(b.raw[lo:hi])
		if part == 0 {
			text = termsafe.Concat(b.text, text)
		}
		rows = p.wrapFixed(text, nil, cells)
	default:
		rows = p.quoted(b, part, lo, hi, cells)
	}
	if hi < len(b.raw) {
		return rows
	}
	return p.addNote(rows, b.note, cells)
}

// quoted wraps raw from lo to hi. The first part gets the block's text before it, the last one the tail after it.
func (p *blockPainter) quoted(b *block, part, lo, hi, cells int) []styledRow {
	opt := termsafe.Options{ASCII: p.display.Widther.ASCII}
	head, tail := b.text, b.tail
	if lo > 0 {
		head = termsafe.Safe{}
	}
	if hi < len(b.raw) {
		tail = termsafe.Safe{}
	}
	around := p.display.Widther.Width(head) + p.display.Widther.Width(tail)
	rows := wrapping{p.display.Widther, max(2, cells-around), opt}.styled(b.raw, lo, hi, p.tokens(b, part, lo, hi))
	first, last := &rows[0], &rows[len(rows)-1]
	first.text = termsafe.Concat(head, first.text)
	for i := range first.spans {
		first.spans[i].span.Lo += head.Len()
		first.spans[i].span.Hi += head.Len()
	}
	last.text = termsafe.Concat(last.text, tail)
	return rows
}

// tokens returns the ranges of raw between lo and hi that have a role of their own.
func (p *blockPainter) tokens(b *block, part, lo, hi int) []token {
	var out []token
	if b.form == jsonForm {
		lex(b.raw, lo, hi, b.lexed[part], func(t token) { out = append(out, t) })
	}
	if b.mark.Lo < b.mark.Hi && b.mark.Lo < hi && b.mark.Hi > lo {
		out = overlay(out, []token{{max(b.mark.Lo, lo), min(b.mark.Hi, hi), b.as}})
	}
	return overlay(out, p.find.tokens(b.raw, lo, hi))
}

// overlay lays tokens over others. Both lists, and the result, are ascending and disjoint.
func overlay(under, over []token) []token {
	if len(over) == 0 {
		return under
	}
	var out []token
	for _, o := range over {
		for len(under) > 0 && under[0].lo < o.hi {
			u := under[0]
			if u.lo < o.lo {
				out = append(out, token{u.lo, min(u.hi, o.lo), u.role})
			}
			if u.hi > o.hi {
				under[0].lo = o.hi
				break
			}
			under = under[1:]
		}
		out = append(out, o)
	}
	return append(out, under...)
}

// wrapFixed wraps a clean text and marks the matches in it. Spans are its parts with a role of their own.
func (p *blockPainter) wrapFixed(s termsafe.Safe, spans []roleSpan, cells int) []styledRow {
	var out []styledRow
	at := 0
	for _, row := range p.display.Widther.Wrap(s, cells) {
		var under, over []token
		for _, part := range spans {
			if lo, hi := max(part.span.Lo, at), min(part.span.Hi, at+row.Len()); lo < hi {
				under = append(under, token{lo - at, hi - at, part.role})
			}
		}
		for _, span := range p.find.inSafe(row) {
			over = append(over, token{span.Lo, span.Hi, kit.Hit})
		}
		r := styledRow{text: row}
		for _, t := range overlay(under, over) {
			r.spans = append(r.spans, roleSpan{termsafe.Span{Lo: t.lo, Hi: t.hi}, t.role})
		}
		out = append(out, r)
		at += row.Len()
	}
	return out
}

// addNote adds our note to the end of the last row, or below it if it does not fit.
func (p *blockPainter) addNote(rows []styledRow, note termsafe.Safe, cells int) []styledRow {
	if note.Empty() {
		return rows
	}
	last := &rows[len(rows)-1]
	if width := p.display.Widther.Width(last.text); width+kit.Gap+p.display.Widther.Width(note) <= cells {
		if width > 0 {
			last.text = termsafe.Concat(last.text, termsafe.Repeat(" ", kit.Gap))
		}
		at := last.text.Len()
		last.text = termsafe.Concat(last.text, note)
		last.spans = append(last.spans, roleSpan{termsafe.Span{Lo: at, Hi: last.text.Len()}, kit.Muted})
		return rows
	}
	for _, row := range p.display.Widther.Wrap(note, cells) {
		rows = append(rows, styledRow{text: row, spans: []roleSpan{{termsafe.Span{Lo: 0, Hi: row.Len()}, kit.Muted}}})
	}
	return rows
}

// peekMembers is the maximum number of members in the preview of a folded branch.
const peekMembers = 12

// preview shows the start of a folded branch in one row.
func (p *blockPainter) preview(b *block, cells int) styledRow {
	parts := []termsafe.Safe{}
	for i := range b.peek.Nodes[:min(len(b.peek.Nodes), peekMembers)] {
		n := &b.peek.Nodes[i]
		value := p.peekValue(n)
		if b.peek.Kind == line.ObjectKind {
			value = termsafe.Concat(termsafe.Clean(n.Key.Raw(), p.display.CleanOptions(maxKeyWidth)), termsafe.Const(" "), value)
		}
		parts = append(parts, value)
	}
	if len(b.peek.Nodes) > peekMembers {
		parts = append(parts, p.display.Widther.Ellipsis())
	}
	text := b.text
	if len(parts) > 0 {
		text = termsafe.Concat(text, termsafe.Repeat(" ", kit.Gap), termsafe.Join(termsafe.Const(", "), parts...))
	}
	return styledRow{text: p.display.Widther.Truncate(text, cells)}
}

func (p *blockPainter) peekValue(n *line.Node) termsafe.Safe {
	switch {
	case n.Kind == line.ObjectKind && len(n.Nodes) > 0:
		return termsafe.Concat(termsafe.Const("{"), p.display.Widther.Ellipsis(), termsafe.Const("}"))
	case n.Kind == line.ListKind && len(n.Nodes) > 0:
		return termsafe.Concat(termsafe.Const("["), p.display.Widther.Ellipsis(), termsafe.Const("]"))
	case n.Kind == line.ObjectKind:
		return termsafe.Const("{}")
	case n.Kind == line.ListKind:
		return termsafe.Const("[]")
	}
	const cells = 40
	text := p.display.Widther.Truncate(termsafe.Clean(n.Text.Raw(), p.display.CleanOptions(cells)), cells)
	if n.Kind == line.StringKind {
		return termsafe.Concat(kit.Quote, text, kit.Quote)
	}
	return text
}
