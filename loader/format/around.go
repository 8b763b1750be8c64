package format

import "bytes"

// What may stand around an event on its line becomes part of its record, outside of lists: there the decoder finds the event and says what
// stands around it, as it does in JSON lines.

// longestAround is how far the object is looked for behind what may stand before it, and the end of the line behind what may stand behind it.
const longestAround = 64 << 10

// mostBraces is how many braces a header may hold.
const mostBraces = 16

// mayHead reports whether what may stand before an object can begin with c, which is not white space.
func mayHead(c byte) bool {
	return c != '{' && c != '"' && c != recordSeparator && c != ']' && c != '}'
}

// header begins a record at buf[i] if what may stand before an object stands there, with the object behind it. more says that it depends on
// bytes that have not come yet.
func (s *values) header(i int) (headed, more bool) {
	if s.base+int64(i) < s.looked {
		return false, false
	}
	b := s.buf[i:]
	if b[0] == '[' {
		const pod = "[pod/"
		if n := min(len(b), len(pod)); string(b[:n]) != pod[:n] {
			return false, false
		}
	}
	n, ended := s.upTo(b)
	// The data of a syslog header may hold braces.
	for tries := 0; tries < mostBraces && b[0] == '<' && ended && n < len(b) && b[n] == '{' && !s.finder.Before(b[:n]); tries++ {
		var more int
		more, ended = s.upTo(b[n+1:])
		n += 1 + more
	}
	if !ended {
		return false, true
	}
	s.looked = s.base + int64(i+n)
	if n >= min(len(b), longestAround, s.limit) || b[n] != '{' || !s.finder.Before(b[:n]) {
		return false, false
	}
	s.skip, s.depth, s.arrays, s.inString = false, 0, 0, false
	s.open(i)
	s.pos, s.mode = i+n, modeValue
	return true, false
}

// upTo returns where the line or the next object begins in b, or the longest length that is looked at. ended says that no more bytes could
// change that.
func (s *values) upTo(b []byte) (n int, ended bool) {
	look := b[:min(len(b), longestAround)]
	if n = bytes.IndexAny(look, "{\n"); n >= 0 {
		return n, true
	}
	return len(look), s.closed || len(look) == longestAround
}

// whole ends the record before buf[end]. If it is an object that stands in no list, the rest of the line may belong to it.
func (s *values) whole(end int) {
	s.pos = end
	if len(s.levels) > 0 || s.overlong || s.buf[end-1] != '}' {
		s.finish(end)
		return
	}
	s.mode = modeBehind
}

// behind ends the record behind the object that ends before buf[pos], with what may stand behind it on its line.
func (s *values) behind() (more bool) {
	b := s.buf[s.pos:]
	i := 0
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	switch {
	case i == len(b) && i < longestAround && !s.closed:
		return true
	case i == len(b) || b[i] > ' ' && b[i] < 0x7f || b[i] == '\n' || b[i] == recordSeparator:
		s.finish(s.pos)
		return false
	}
	n, ended := s.upTo(b)
	if !ended {
		return true
	}
	if !s.finder.Behind(b[:n]) {
		n = 0
	}
	s.finish(s.pos + n)
	return false
}
