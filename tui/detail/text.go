package detail

import (
	"strings"

	"pawprint/model/line"
	"pawprint/tui/detail/verbatim"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// hex returns the view in hex of a block's text.
func (p *blockPainter) hex(b *block) *verbatim.Hex {
	return &verbatim.Hex{Raw: b.raw, Base: b.base, Mark: b.mark, As: b.as, Cells: p.width - marginWidth}
}

// parts returns the number of parts of a block's text, at least 1.
func (p *blockPainter) parts(b *block) int {
	if b.form == hexForm {
		return p.hex(b).Parts()
	}
	return verbatim.Parts(len(b.raw))
}

// partAt returns the part that contains byte at of the text.
func (p *blockPainter) partAt(b *block, at int) int {
	if b.form == hexForm {
		return min(at/p.hex(b).PartBytes(), p.parts(b)-1)
	}
	k := min(at/verbatim.PartBytes, p.parts(b)-1)
	if k+1 < p.parts(b) && verbatim.PartStart(b.raw, k+1) <= at {
		k++
	}
	return k
}

// rows wraps one part of the text of a block.
func (p *blockPainter) rows(b *block, part, cells int) []verbatim.Row {
	switch {
	case b.peek != nil:
		return []verbatim.Row{p.preview(b, cells)}
	case b.raw == "":
		return p.addNote(p.wrapFixed(termsafe.Concat(b.text, b.tail), b.spans, cells), b.note, cells)
	case b.form == hexForm:
		return p.hex(b).Rows(part)
	}
	lo, hi := verbatim.PartStart(b.raw, part), verbatim.PartStart(b.raw, part+1)
	var rows []verbatim.Row
	switch b.form {
	case escapeForm:
		text := termsafe.Escaped(b.raw[lo:hi])
		if part == 0 {
			text = termsafe.Concat(b.text, text)
		}
		rows = p.wrapFixed(text, nil, cells)
	default:
		if rightToLeft(b, lo, hi) {
			return p.letters(b, part, lo, hi, cells)
		}
		rows = p.quoted(b, part, lo, hi, cells)
	}
	if hi < len(b.raw) {
		return rows
	}
	return p.addNote(rows, b.note, cells)
}

// rightToLeft reports whether raw from lo to hi is of one value and holds letters of Hebrew, Arabic or the like. A text that looks like
// JSON holds several values: reordered, one could be read as part of another.
func rightToLeft(b *block, lo, hi int) bool {
	value := b.node != nil || b.value != nil
	return value && b.form == cleanForm && termsafe.RightToLeft(b.raw[lo:hi]) && !holdsJSON(b.raw)
}

// letters wraps raw from lo to hi, which holds right-to-left letters, so that they can be read: below the row of the key, in rows that hold
// nothing else. A pane with something beside it shows their marks, and says where the letters can be read.
func (p *blockPainter) letters(b *block, part, lo, hi, cells int) []verbatim.Row {
	note := b.note
	if !p.own {
		rows := p.quoted(b, part, lo, hi, cells)
		if part > 0 || p.display.Widther.ASCII {
			return rows
		}
		zoom := termsafe.Const("z: zoom shows the letters")
		if !note.Empty() {
			zoom = termsafe.Concat(note, termsafe.Const("; "), zoom)
		}
		return p.addNote(rows, zoom, cells)
	}
	var rows []verbatim.Row
	if part == 0 {
		rows = p.addNote([]verbatim.Row{leadIn(b.text)}, note, cells)
	}
	w := verbatim.Wrapping{Widther: p.display.Widther, Cells: cells, Clean: termsafe.Options{RightToLeft: true}}
	rows = append(rows, w.Rows(b.raw, lo, hi, p.tokens(b, part, lo, hi))...)
	if cut := b.tail.String() != kit.Quote.String(); cut && hi == len(b.raw) {
		last := &rows[len(rows)-1]
		last.Text = termsafe.Concat(last.Text, b.tail)
	}
	return rows
}

// leadIn returns the row above right-to-left letters: what stands before a value, as the sign of a comparison, without the quote.
func leadIn(head termsafe.Safe) verbatim.Row {
	if text, ok := strings.CutSuffix(head.String(), kit.Quote.String()); ok {
		head = head.Sub(termsafe.Span{Hi: len(text)})
	}
	says := termsafe.Concat(head, termsafe.Const("right-to-left text:"))
	return verbatim.Row{Text: says, Spans: []verbatim.RoleSpan{{Span: termsafe.Span{Lo: head.Len(), Hi: says.Len()}, Role: kit.Muted}}}
}

// quoted wraps raw from lo to hi. The first part gets the block's text before it, the last one the tail after it.
func (p *blockPainter) quoted(b *block, part, lo, hi, cells int) []verbatim.Row {
	opt := termsafe.Options{ASCII: p.display.Widther.ASCII}
	head, tail := b.text, b.tail
	if lo > 0 {
		head = termsafe.Safe{}
	}
	if hi < len(b.raw) {
		tail = termsafe.Safe{}
	}
	around := p.display.Widther.Width(head) + p.display.Widther.Width(tail)
	rows := verbatim.Wrapping{Widther: p.display.Widther, Cells: max(2, cells-around), Clean: opt}.Rows(b.raw, lo, hi, p.tokens(b, part, lo, hi))
	first, last := &rows[0], &rows[len(rows)-1]
	first.Text = termsafe.Concat(head, first.Text)
	for i := range first.Spans {
		first.Spans[i].Span.Lo += head.Len()
		first.Spans[i].Span.Hi += head.Len()
	}
	last.Text = termsafe.Concat(last.Text, tail)
	return rows
}

// tokens returns the ranges of raw between lo and hi that have a role of their own.
func (p *blockPainter) tokens(b *block, part, lo, hi int) []verbatim.Token {
	var out []verbatim.Token
	if b.form == jsonForm {
		verbatim.Lex(b.raw, lo, hi, b.lexed[part], func(t verbatim.Token) { out = append(out, t) })
	}
	if b.mark.Lo < b.mark.Hi && b.mark.Lo < hi && b.mark.Hi > lo {
		out = verbatim.Overlay(out, []verbatim.Token{{Lo: max(b.mark.Lo, lo), Hi: min(b.mark.Hi, hi), Role: b.as}})
	}
	return verbatim.Overlay(out, p.find.InPart(b.raw, lo, hi))
}

// wrapFixed wraps a clean text and marks the matches in it. Spans are its parts with a role of their own.
func (p *blockPainter) wrapFixed(s termsafe.Safe, spans []verbatim.RoleSpan, cells int) []verbatim.Row {
	var out []verbatim.Row
	at, hits := 0, p.find.InSafe(s)
	for _, row := range p.display.Widther.Wrap(s, cells) {
		var under, over []verbatim.Token
		for _, part := range spans {
			if lo, hi := max(part.Span.Lo, at), min(part.Span.Hi, at+row.Len()); lo < hi {
				under = append(under, verbatim.Token{Lo: lo - at, Hi: hi - at, Role: part.Role})
			}
		}
		goes := false // a hit continues from the row before
		for _, hit := range hits {
			if lo, hi := max(hit.Lo, at), min(hit.Hi, at+row.Len()); lo < hi {
				over, goes = append(over, verbatim.Token{Lo: lo - at, Hi: hi - at, Role: kit.Hit}), goes || hit.Lo < at
			}
		}
		r := verbatim.Row{Text: row}
		for _, t := range verbatim.Overlay(under, over) {
			r.Spans = append(r.Spans, verbatim.RoleSpan{Span: termsafe.Span{Lo: t.Lo, Hi: t.Hi}, Role: t.Role, Goes: goes && t.Lo == 0})
		}
		out = append(out, r)
		at += row.Len()
	}
	return out
}

// addNote adds our note to the end of the last row, or below it if it does not fit.
func (p *blockPainter) addNote(rows []verbatim.Row, note termsafe.Safe, cells int) []verbatim.Row {
	if note.Empty() {
		return rows
	}
	last := &rows[len(rows)-1]
	if width := p.display.Widther.Width(last.Text); width+kit.Gap+p.display.Widther.Width(note) <= cells {
		if width > 0 {
			last.Text = termsafe.Concat(last.Text, termsafe.Repeat(" ", kit.Gap))
		}
		at := last.Text.Len()
		last.Text = termsafe.Concat(last.Text, note)
		last.Spans = append(last.Spans, verbatim.RoleSpan{Span: termsafe.Span{Lo: at, Hi: last.Text.Len()}, Role: kit.Muted})
		return rows
	}
	for _, row := range p.display.Widther.Wrap(note, cells) {
		rows = append(rows, verbatim.Row{Text: row, Spans: []verbatim.RoleSpan{{Span: termsafe.Span{Lo: 0, Hi: row.Len()}, Role: kit.Muted}}})
	}
	return rows
}

// peekMembers is the maximum number of members in the preview of a folded branch.
const peekMembers = 12

// preview shows the start of a folded branch in one row.
func (p *blockPainter) preview(b *block, cells int) verbatim.Row {
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
	return verbatim.Row{Text: p.display.Widther.Truncate(text, cells)}
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
