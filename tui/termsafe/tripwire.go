package termsafe

import "unicode/utf8"

// The limits of a style sequence. One with 33 parameters panics the renderer below us, and ours need 14.
const (
	maxSGRParams = 20
	maxSGRBytes  = 64
)

// tripped replaces what the tripwire stops.
const tripped = "\ufffd"

// Tripwire is the last check of a frame: newlines, visible runes and style sequences (ESC [ digits and ; or : m, at
// most 20 parameters and 64 bytes) pass. Of anything else each rune, bad byte or escape character is replaced by
// U+FFFD, and n counts them. A count above zero is a bug of ours: some text went round this package. A frame
// without any is returned as it is, without a copy.
func Tripwire(frame string) (clean string, n int) {
	var out []byte
	kept := 0
	for i := 0; i < len(frame); {
		size := passes(frame[i:])
		if size > 0 {
			i += size
			continue
		}
		if n == 0 {
			out = make([]byte, 0, len(frame)+64)
		}
		n++
		out = append(out, frame[kept:i]...)
		out = append(out, tripped...)
		_, size = utf8.DecodeRuneInString(frame[i:])
		i += size
		kept = i
	}
	if n == 0 {
		return frame, 0
	}
	return string(append(out, frame[kept:]...)), n
}

// passes is the length of the harmless bytes that s, which is not empty, starts with: 0 if the first is not.
func passes(s string) int {
	switch b := s[0]; {
	case b == '\n':
		return 1
	case b == 0x1b:
		return sgrLen(s)
	case b < 0x7f:
		return plainPrefix(s)
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 || kindOf(r)&shown == 0 {
		return 0
	}
	return size
}

// sgrLen is the length of the style sequence at the start of s: 0 if there is none, or it breaks a limit.
func sgrLen(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	params := 1
	for i := 2; i < min(len(s), maxSGRBytes); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c == ';' || c == ':':
			params++
			if params > maxSGRParams {
				return 0
			}
		case c < '0' || c > '9':
			return 0
		}
	}
	return 0
}
