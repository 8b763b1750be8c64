package format

import (
	"pawprint/model/rawjson"
)

// stops are the bytes outside strings that the splitter must handle.
var stops = [256]bool{'"': true, '{': true, '}': true, '[': true, ']': true, '\n': true, recordSeparator: true}

// value continues in an array, an object or a string, up to end. It reports whether it needs more bytes.
func (s *values) value(end int) (more bool) {
	b, i := s.buf[:end], s.pos
	if !s.inString && s.indent < 0 {
		if i, more = s.beginLine(b, i); more || s.mode != modeValue {
			return more
		}
	}
	for {
		if s.inString {
			if i = rawjson.StringStop(b, i); i == len(b) || b[i] != '"' {
				if i, more = s.inner(b, i); more || s.mode != modeValue {
					return more
				}
				continue
			}
			s.inString = false
			if i++; s.depth == 0 {
				s.close(i)
				return false
			}
		}
		for i < len(b) && !stops[b[i]] {
			i++
		}
		if i == len(b) {
			s.pos = i
			return true
		}
		switch c := b[i]; c {
		case '"':
			s.inString = true
			i++
		case '{', '[':
			s.depth++
			s.arrays = s.arrays<<1 | uint64(c>>5&1^1) // '[' is 0x5b, '{' is 0x7b
			i++
		case '}', ']':
			s.depth--
			s.arrays >>= 1
			if i++; s.depth <= 0 {
				s.close(i)
				return false
			}
		case '\n':
			s.newline(i)
			if i, more = s.beginLine(b, i+1); more || s.mode != modeValue {
				return more
			}
		case recordSeparator:
			s.damaged(i)
			return false
		}
	}
}

// beginLine skips the white space at the start of a line within a value, and checks whether a record begins there.
func (s *values) beginLine(b []byte, i int) (at int, more bool) {
	for {
		for i+8 <= len(b) && string(b[i:i+8]) == "        " {
			i += 8
		}
		for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r') {
			i++
		}
		if i == len(b) {
			s.pos = i
			return i, true
		}
		if b[i] != '\n' {
			break
		}
		s.newline(i)
		i++
	}
	s.touch(i)
	switch b[i] {
	case '"':
		s.flush = s.flush || s.indent <= s.column
	case '{':
		s.suspectRecord(b, i)
	}
	return i, false
}

// inner handles a byte within a string that is not plain: an escape, a line end or a record separator.
func (s *values) inner(b []byte, i int) (at int, more bool) {
	switch {
	case i == len(b) || b[i] == '\\' && i+1 == len(b):
		s.pos = i
		return i, true
	case b[i] == '\\' && b[i+1] >= ' ':
		return i + 2, false
	case b[i] == '\n':
		s.pos = i
		s.damagedString()
	case b[i] == recordSeparator:
		s.damaged(i)
	}
	return i + 1, false
}

// token continues in a number, a literal or junk. Junk ends with the line, or where a record may begin.
func (s *values) token(end int) (more bool) {
	b, i := s.buf[:end], s.pos
	for ; i < len(b); i++ {
		switch b[i] {
		case ' ', '\t', '\r', '"':
			if !s.literal {
				continue
			}
		case '}', ']':
			if !s.literal && len(s.levels) == 0 {
				continue
			}
		case '\n', ',', '{', '[', recordSeparator:
		default:
			continue
		}
		s.close(i)
		return false
	}
	s.pos = i
	return true
}
