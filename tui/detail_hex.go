package tui

import (
	"pawprint/tui/termsafe"
)

// The sizes of the view in hex.
const (
	hexPartRows = 64
	hexColumns  = 16 // bytes in a row, if there is room
)

// hexBytes is how many bytes stand in a row: as many as fit, in halves of 16.
func (p *blockPainter) hexBytes(b *block) int {
	n := hexColumns
	for n > 2 && marginWidth+b.hexRowCells(n) > p.width {
		n /= 2
	}
	return n
}

// hexDigits is how many digits the offsets of a block have: 8 unless that is too few.
func (b *block) hexDigits() int {
	n := 8
	for end := uint64(b.base) + uint64(len(b.raw)); end>>(4*n) > 0; {
		n++
	}
	return n
}

// hexRowCells is the width of a row: offset, bytes with a wider gap every eight, and what they stand for.
func (b *block) hexRowCells(n int) int { return b.hexDigits() + 2 + 3*n + (n-1)/8 + 1 + n }

func (p *blockPainter) hexPart(b *block) int { return hexPartRows * p.hexBytes(b) }

// hexRows shows one part of raw byte by byte: the offset in the source, the bytes, and those that are printable ASCII.
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
	row.spans = append(row.spans, roleSpan{termsafe.Span{Lo: 0, Hi: len(buf)}, muted})
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
				row.spans = append(row.spans, roleSpan{termsafe.Span{Lo: at, Hi: at + 1}, muted})
			}
		}
		row.point(b, i, at, at+1)
	}
	row.text = termsafe.CleanBytes(buf, termsafe.Options{})
	return row
}

// point marks what stands from lo to hi if byte at of raw is to be pointed at.
func (r *styledRow) point(b *block, at, lo, hi int) {
	if at >= b.mark.Lo && at < b.mark.Hi {
		r.spans = append(r.spans, roleSpan{termsafe.Span{Lo: lo, Hi: hi}, b.as})
	}
}

// appendHex appends at least width digits.
func appendHex(dst []byte, n uint64, width int) []byte {
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		if shift < 4*width || n>>shift > 0 {
			dst = append(dst, digits[n>>shift&0xf])
		}
	}
	return dst
}
