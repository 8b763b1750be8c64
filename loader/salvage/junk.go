package salvage

import (
	"unicode"
	"unicode/utf8"

	"pawprint/model"
)

// junk skips blanks, control bytes and the escape sequences of terminals, and marks those that JSON does not know.
func (f *Finder) junk(b []byte, i int) int {
	for i < len(b) {
		switch c := b[i]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			i++
			continue
		case c > ' ' && c < 0x7f:
			return i
		}
		n, detail := junkAt(b[i:])
		if n == 0 {
			return i
		}
		f.mark(model.Surrounded, detail, i)
		i += n
	}
	return i
}

// junkAt returns the length and the kind of the junk that b begins with, and 0 if it begins with something else. NUL bytes, which come
// in large blocks, are taken together.
func junkAt(b []byte) (n int, detail model.Detail) {
	r, size := utf8.DecodeRune(b)
	switch {
	case b[0] == 0:
		for n < len(b) && b[n] == 0 {
			n++
		}
		return n, model.AroundNULs
	case r == '\x1b' || r == '\u009b':
		if n = sequence(b, r, size); n > 0 {
			return n, model.AroundSequences
		}
		return size, model.AroundControls
	case r == '\ufeff':
		return size, model.AroundMark
	case r == utf8.RuneError:
		return 0, 0
	case unicode.IsControl(r) && r != '\u0085':
		return size, model.AroundControls
	case blank(r):
		return size, model.AroundBlanks
	}
	return 0, 0
}

// blank reports whether a rune shows nothing: the spaces of other alphabets, line separators, and what formats text or fills space
// without being seen.
func blank(r rune) bool {
	switch r {
	case '\u2800', '\u3164', '\u115f', '\u1160', '\uffa0', '\u034f':
		return true
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

// longestSequence limits the text within an escape sequence.
const longestSequence = 4 << 10

// sequence returns the length of the escape sequence that b begins with, or 0 if it is not complete. r is its first rune, of size
// bytes.
func sequence(b []byte, r rune, size int) int {
	if r != '\x1b' {
		return control(b, size)
	}
	if len(b) < 2 {
		return 0
	}
	switch c := b[1]; {
	case c == '[':
		return control(b, 2)
	case c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_':
		return stringSequence(b)
	case c >= 0x20 && c < 0x30:
		i := span(b, 2, 0x20, 0x2f)
		if i < len(b) && b[i] >= 0x30 && b[i] < 0x7f {
			return i + 1
		}
		return 0
	case c >= 0x30 && c < 0x7f && c != '{':
		return 2
	}
	return 0
}

// control returns the end of a control sequence whose parameters begin at b[i].
func control(b []byte, i int) int {
	i = span(b, i, 0x30, 0x3f)
	i = span(b, i, 0x20, 0x2f)
	if i < len(b) && b[i] >= 0x40 && b[i] < 0x7f && b[i] != '{' {
		return i + 1
	}
	return 0
}

// stringSequence returns the end of a sequence with a text in it, such as a title. No object may begin in the text.
func stringSequence(b []byte) int {
	for i := 2; i < min(len(b), longestSequence); i++ {
		switch {
		case b[i] == '{':
			return 0
		case b[i] == '\a':
			return i + 1
		case b[i] == '\x1b' && i+1 < len(b) && b[i+1] == '\\':
			return i + 2
		}
	}
	return 0
}

// span returns the end of the bytes from lo to hi at b[i].
func span(b []byte, i int, lo, hi byte) int {
	for i < len(b) && b[i] >= lo && b[i] <= hi {
		i++
	}
	return i
}
