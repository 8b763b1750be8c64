package detail

import (
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// The sizes of the view in hex.
const (
	hexPartRows = 64
	hexColumns  = 16 // bytes in a row, if there is space
)

// hexBytes returns the number of bytes in a row: 16, halved until they fit.
func (p *blockPainter) hexBytes(b *block) int {
	n := hexColumns
	for n > 2 && marginWidth+b.hexRowCells(n) > p.width {
		n /= 2
	}
	return n
}

// hexDigits returns the number of digits of the offsets: 8, or more if the offsets need them.
func (b *block) hexDigits() int {
	n := 8
	for end := uint64(b.base) + uint64(len(b.raw)); end>>(4*n) > 0; {
		n++
	}
	return n
}

// hexRowCells returns the width of a row: offset, bytes with a wider gap every eight, and characters.
func (b *block) hexRowCells(n int) int { return b.hexDigits() + 2 + 3*n + (n-1)/8 + 1 + n }

func (p *blockPainter) hexPart(b *block) int { return hexPartRows * p.hexBytes(b) }

// hexRows returns the rows of one part of raw in hex: offset in the source, bytes, and the printable ASCII among them.
func (p *blockPainter) hexRows(b *block, part int) []styledRow {
	n := p.hexBytes(b)
	from, to := part*p.hexPart(b), min(len(b.raw), (part+1)*p.hexPart(b))
	var out []styledRow
	for at := from; at < to; at += n {
		out = append(out, hexRow(b, at, min(at+n, to), n))
	}
	return out
}

func hexRow(b *block, lo, hi, n int) styledRow {
	var row styledRow
	buf := appendHex(nil, uint64(b.base)+uint64(lo), b.hexDigits())
	row.spans = append(row.spans, roleSpan{termsafe.Span{Lo: 0, Hi: len(buf)}, kit.Muted})
	buf = append(buf, ' ', ' ')
	for i := range n {
		if i > 0 && i%8 == 0 {
			buf = append(buf, ' ')
		}
		at := len(buf)
		if lo+i < hi {
			buf = appendHex(buf, uint64(b.raw[lo+i]), 2)
			row.point(b, lo+i, at, at+2)
		} else {
			buf = append(buf, ' ', ' ')
		}
		buf = append(buf, ' ')
	}
	buf = append(buf, ' ')
	for i := lo; i < hi; i++ {
		at, c := len(buf), b.raw[i]
		if printable := c >= 0x20 && c < 0x7f; printable {
			buf = append(buf, c)
		} else {
			buf = append(buf, '.')
			if i < b.mark.Lo || i >= b.mark.Hi {
				row.spans = append(row.spans, roleSpan{termsafe.Span{Lo: at, Hi: at + 1}, kit.Muted})
			}
		}
		row.point(b, i, at, at+1)
	}
	row.text = termsafe.CleanBytes(buf, termsafe.Options{})
	return row
}

// point marks the text from lo to hi if it shows a byte of raw that the block's mark covers.
func (r *styledRow) point(b *block, at, lo, hi int) {
	if at >= b.mark.Lo && at < b.mark.Hi {
		r.spans = append(r.spans, roleSpan{termsafe.Span{Lo: lo, Hi: hi}, b.as})
	}
}

// appendHex appends n in hex with at least width digits.
func appendHex(dst []byte, n uint64, width int) []byte {
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		if shift < 4*width || n>>shift > 0 {
			dst = append(dst, digits[n>>shift&0xf])
		}
	}
	return dst
}
