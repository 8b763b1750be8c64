package query

import (
	"bytes"

	"pawprint/model"
	"pawprint/model/field"
)

// neighbourhood finds the text around a byte of a line without reading the line from its begin each time. Bytes have to be asked
// for in their order.
type neighbourhood struct {
	stretch *model.Stretch
	row     int
	plain   bool // the line has no backslash, so that every quote begins or ends a string
	counted int  // bytes of the line whose quotes were counted
	quotes  int
}

// enter turns to a line, unless it is there already, and reports whether texts can be found in it by their quotes alone.
func (n *neighbourhood) enter(st *model.Stretch, row int, flags model.Flags) bool {
	if n.stretch != st || n.row != row {
		plain := flags&(model.FlagReject|model.FlagEscapes) == 0 && bytes.IndexByte(st.Line(row), '\\') < 0
		*n = neighbourhood{stretch: st, row: row, plain: plain}
	}
	return n.plain
}

// text gives the key or value that holds byte at of the line, empty if that stands between them, and the byte behind it.
func (n *neighbourhood) text(line []byte, at int) (text []byte, next int) {
	if at < n.counted { // asked for by another hint
		n.counted, n.quotes = 0, 0
	}
	n.quotes += bytes.Count(line[n.counted:at], []byte{'"'})
	n.counted = at
	if n.quotes%2 == 1 {
		start := bytes.LastIndexByte(line[:at], '"') + 1
		length := bytes.IndexByte(line[at:], '"')
		if length < 0 {
			return nil, len(line)
		}
		return line[start : at+length], at + length + 1
	}
	if end := field.BareEnd(line, at); end > at {
		start := at
		for start > 0 && field.BareEnd(line[start-1:start], 0) == 1 {
			start--
		}
		return line[start:end], end
	}
	return nil, at + 1
}
