package format

import "bytes"

// A record that has lost a quote or a bracket has no visible end. It is taken to end at the next line that begins like a record:
// with a brace, indented no more than the current record or like the previous one. Where JSON allows a brace, such a line is
// only suspected: it ends the record once that is known to be damaged. So valid text is never torn apart, and a damaged record
// swallows no other.

// suspectRecord checks whether a new record may begin at the brace at b[i], which begins a line within the current value.
func (s *values) suspectRecord(b []byte, i int) {
	if s.indent > s.column && s.indent != s.lastLead {
		return
	}
	switch at := s.base + int64(i); {
	case s.overlong || !s.allowed(b, i):
		s.damaged(i)
	case s.flush: // the values within it begin lines in the same way
	case at < s.strict:
		s.damaged(i)
	case s.suspect < 0:
		s.suspect, s.suspectLine = at, s.line
	}
}

// allowed reports whether JSON allows a brace at b[i], which is within a value and outside strings.
func (s *values) allowed(b []byte, i int) bool {
	for i--; i >= 0; i-- {
		switch b[i] {
		case ' ', '\t', '\r', '\n':
			continue
		case '[', ':':
			return true
		case ',':
			return s.arrays&1 != 0 || s.depth > 64
		}
		return false
	}
	return false
}

// damaged ends the current value, which turned out at buf[end] to be damaged: where a record was suspected before, or there.
func (s *values) damaged(end int) {
	s.torn = true
	s.settle()
	if s.skip {
		s.levels = s.levels[:0]
	}
	if s.suspect >= 0 && !s.overlong {
		s.strict = max(s.strict, s.base+int64(end))
		end = int(s.suspect - s.base)
		s.line = s.suspectLine
		s.lineStart = s.base + int64(bytes.LastIndexByte(s.buf[:end], '\n')+1)
		s.indent = s.suspect - s.lineStart
	}
	s.finish(end)
	if s.lineStart+s.indent == s.base+int64(end) {
		s.indent = -1
	}
}

// damagedString notes that a line ended within a string, at buf[pos].
func (s *values) damagedString() {
	s.torn = true
	s.settle()
	switch {
	case s.suspect >= 0 && !s.overlong:
		s.damaged(s.pos)
	case s.depth == 0:
		s.skip = false
		s.finish(s.pos)
	default:
		if s.skip {
			s.skip, s.levels = false, s.levels[:0]
		}
		s.mode = modeDamaged
	}
}

// findDamagedEnd searches, up to end, for the line where a value ends that is damaged within a string. In such a value quotes no
// longer show what is text and what is not.
func (s *values) findDamagedEnd(end int) (more bool) {
	b, i := s.buf[:end], s.pos
	for i < len(b) {
		if s.indent < 0 {
			if c := b[i]; c == ' ' || c == '\t' || c == '\r' {
				i++
				continue
			}
			if b[i] != '\n' {
				s.touch(i)
				if s.endsDamaged(b[i], i) {
					return false
				}
			}
		}
		line, ended := b[i:], false
		if n := bytes.IndexByte(line, '\n'); n >= 0 {
			line, ended = line[:n], true
		}
		if n := bytes.IndexByte(line, recordSeparator); n >= 0 {
			s.damaged(i + n)
			return false
		}
		if i += len(line); ended {
			s.newline(i)
			i++
		}
	}
	s.pos = i
	return true
}

// endsDamaged ends the damaged value if the line that begins with c, at buf[i], begins like a record.
func (s *values) endsDamaged(c byte, i int) bool {
	switch {
	case c == '{' && (s.indent <= s.column || s.indent == s.lastLead):
		s.damaged(i)
	case c == '}' && s.indent == s.column && s.leads:
		s.finish(i + 1)
	case (c == ']' || c == '}') && s.indent <= s.column && len(s.levels) > 0:
		s.damaged(i)
	default:
		return false
	}
	return true
}
