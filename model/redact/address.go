package redact

import "bytes"

// maxAuthority is the most bytes of user and host that are read in an address.
const maxAuthority = 512

// address masks user and password of an address whose colon is at i, if there is a password or the user looks like one. It returns
// where to continue.
func (s *search) address(i int) (next int) {
	start := i + len("://")
	if i == 0 || charsets[s.t[i-1]]&alnum == 0 {
		return start
	}
	end, at, mark := start, -1, -1
	for ; end < len(s.t) && end-start < maxAuthority && !endsAuthority(s.t[end]); end++ {
		switch s.t[end] {
		case '@':
			at = end
		case ':':
			if mark < 0 {
				mark = end
			}
		}
	}
	if at < 0 && mark >= 0 {
		at = s.strayAt(mark, end)
	}
	switch {
	case at <= start || string(s.t[start:at]) == Mask:
		return start
	case mark >= 0 && mark < at || opaque(s.t[start:at]) || random(s.t[start:at]):
		s.add(start, at)
		return at
	}
	return start
}

// endsAuthority reports whether a byte ends the part of an address with the user and the host.
func endsAuthority(c byte) bool {
	return c <= ' ' || c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '\\' || c == '`'
}

// strayAt finds the @ after a password with characters that should be encoded, if the text after the colon at mark is not a port; else -1.
func (s *search) strayAt(mark, end int) int {
	if digit.run(s.t, mark+1, 8) == end || s.t[mark-1] == '/' && mark+1 == end {
		return -1
	}
	stop := end
	for stop < len(s.t) && stop-end < maxName && s.t[stop] > ' ' && s.t[stop] != '"' && s.t[stop] != '\'' && s.t[stop] != '<' && s.t[stop] != '\\' {
		stop++
	}
	if at := bytes.IndexByte(s.t[end:stop], '@'); at >= 0 {
		return end + at
	}
	return -1
}
