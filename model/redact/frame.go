package redact

import "bytes"

// maxFrame is the most bytes that are read of a line around a key.
const maxFrame = 64

// framed masks a private key between its lines: -----BEGIN PRIVATE KEY-----. The first hyphen is at i, and the text of the line
// begins at from. It returns the end of the key, or 0. A key without an end goes to the end of the text; one without a beginning
// starts with its first letter.
func (s *search) framed(i, from int) (end int) {
	line := s.t[from:min(len(s.t), from+maxFrame)]
	close := bytes.Index(line, []byte("----"))
	if close < 0 {
		close = len(line)
	}
	title := bytes.TrimLeft(line[:close], " ")
	if !bytes.Contains(title, []byte("PRIVATE KEY")) {
		return 0
	}
	start := from + close
	for start < len(s.t) && s.t[start] == '-' {
		start++
	}
	switch {
	case bytes.HasPrefix(s.t[start:], []byte(Mask)):
		return start + len(Mask)
	case bytes.HasPrefix(title, []byte("BEGIN")):
		end = s.frameEnd(start)
		s.add(start, end)
		return end
	case bytes.HasPrefix(title, []byte("END")):
		for end = i; end > 0 && keyByte(s.t[end-1]); {
			end--
		}
		s.add(end, start)
		return start
	}
	return 0
}

// frameEnd is the index after the last line of a key.
func (s *search) frameEnd(i int) int {
	k := bytes.Index(s.t[i:], []byte("----END"))
	if k < 0 {
		k = bytes.Index(s.t[i:], []byte("---- END"))
	}
	if k < 0 {
		return len(s.t)
	}
	i += k + len("----END")
	close := bytes.Index(s.t[i:min(len(s.t), i+maxFrame)], []byte("----"))
	if close < 0 {
		return len(s.t)
	}
	for i += close; i < len(s.t) && s.t[i] == '-'; {
		i++
	}
	return i
}

// puttyKey masks the lines of a PuTTY private key after the colon at i, and returns their end.
func (s *search) puttyKey(i int) int {
	end := len(s.t)
	if k := bytes.Index(s.t[i:], []byte("Private-MAC")); k >= 0 {
		end = i + k
	}
	s.add(i+1, end)
	return end
}

// keyByte reports whether a byte may be in a key or between its lines, whose ends may be escaped.
func keyByte(c byte) bool { return charsets[c]&(base64Set|lineEnd) != 0 || c == '\\' }
