package verbatim

import (
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// The sizes of the view in hex.
const (
	hexPartRows = 64
	hexColumns  = 16 // bytes in a row, if there is space
)

// Hex shows bytes in hex.
type Hex struct {
	Raw   string
	Base  int64         // the offset of the first byte in the source
	Mark  termsafe.Span // bytes of Raw to highlight, empty for none …
	As    kit.Role      // … and their role
	Cells int           // width of the rows; they are wider if even two bytes do not fit
}

// RowBytes returns the number of bytes in a row: 16, halved until they fit.
func (h *Hex) RowBytes() int {
	n := hexColumns
	for n > 2 && h.rowCells(n) > h.Cells {
		n /= 2
	}
	return n
}

// PartBytes returns the number of bytes in a part.
func (h *Hex) PartBytes() int { return hexPartRows * h.RowBytes() }

// Parts returns the number of parts, at least 1.
func (h *Hex) Parts() int { return max(1, (len(h.Raw)+h.PartBytes()-1)/h.PartBytes()) }

// digits returns the number of digits of the offsets: 8, or more if the offsets need them.
func (h *Hex) digits() int {
	n := 8
	for end := uint64(h.Base) + uint64(len(h.Raw)); end>>(4*n) > 0; {
		n++
	}
	return n
}

// rowCells returns the width of a row: offset, bytes with a wider gap every eight, and characters.
func (h *Hex) rowCells(n int) int { return h.digits() + 2 + 3*n + (n-1)/8 + 1 + n }

// Rows returns the rows of one part: offset in the source, bytes, and the printable ASCII among them.
func (h *Hex) Rows(part int) []Row {
	n := h.RowBytes()
	from, to := part*h.PartBytes(), min(len(h.Raw), (part+1)*h.PartBytes())
	var out []Row
	for at := from; at < to; at += n {
		out = append(out, h.row(at, min(at+n, to), n))
	}
	return out
}

func (h *Hex) row(lo, hi, n int) Row {
	var row Row
	buf := appendHex(nil, uint64(h.Base)+uint64(lo), h.digits())
	row.Spans = append(row.Spans, RoleSpan{Span: termsafe.Span{Lo: 0, Hi: len(buf)}, Role: kit.Muted})
	buf = append(buf, ' ', ' ')
	for i := range n {
		if i > 0 && i%8 == 0 {
			buf = append(buf, ' ')
		}
		at := len(buf)
		if lo+i < hi {
			buf = appendHex(buf, uint64(h.Raw[lo+i]), 2)
			h.point(&row, lo+i, at, at+2)
		} else {
			buf = append(buf, ' ', ' ')
		}
		buf = append(buf, ' ')
	}
	buf = append(buf, ' ')
	for i := lo; i < hi; i++ {
		at, c := len(buf), h.Raw[i]
		if printable := c >= 0x20 && c < 0x7f; printable {
			buf = append(buf, c)
		} else {
			buf = append(buf, '.')
			if i < h.Mark.Lo || i >= h.Mark.Hi {
				row.Spans = append(row.Spans, RoleSpan{Span: termsafe.Span{Lo: at, Hi: at + 1}, Role: kit.Muted})
			}
		}
		h.point(&row, i, at, at+1)
	}
	row.Text = termsafe.CleanBytes(buf, termsafe.Options{})
	return row
}

// point marks the text from lo to hi of a row if it shows a byte that the mark covers.
func (h *Hex) point(row *Row, at, lo, hi int) {
	if at >= h.Mark.Lo && at < h.Mark.Hi {
		row.Spans = append(row.Spans, RoleSpan{Span: termsafe.Span{Lo: lo, Hi: hi}, Role: h.As})
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
