package query

import (
	"unicode"
	"unicode/utf8"
)

// Blank reports whether a rune separates the terms of a query: white space of any alphabet, and what looks like it or like
// nothing. In quotes it stands for itself.
func Blank(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u180e', '\u200b', '\u2060', '\u2800', '\u3164', '\ufeff', '\uffa0':
		return true
	}
	return unicode.IsSpace(r)
}

// blanks returns the length of the blanks that s begins with.
func blanks(s string) int {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && c > ' ' {
			return i
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !Blank(r) {
			return i
		}
		i += n
	}
	return len(s)
}
