package query

import (
	"bytes"

	"pawprint/model"
	"pawprint/model/field"
)

// textFinder finds the key or value around a byte of a line without reading the line from its start each time. Ask for bytes of
// a line in ascending order: going back counts the quotes again.
type textFinder struct {
	stretch *model.Stretch
	row     int
	plain   bool // the line has no backslash, so every quote begins or ends a string
	counted int  // bytes of the line whose quotes have been counted
	quotes  int
}

// enter moves to a line, unless it is already there, and reports whether quotes alone delimit the strings in it.
func (n *textFinder) enter(st *model.Stretch, row int, flags model.Flags) bool {
	if n.stretch != st || n.row != row {
		plain := flags&(model.FlagReject|model.FlagEscapes) == 0 && bytes.IndexByte(st.Line(row), '\\') < 0
		*n = textFinder{stretch: st, row: row, plain: plain}
	}
	return n.plain
}

// text returns the key or value that holds byte at of the line, and the index after it. The text is empty if the byte stands
// between values.
func (n *textFinder) text(line []byte, at int) (text []byte, next int) {
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
