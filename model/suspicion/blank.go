package suspicion

import "unicode/utf8"

// Blank reports whether nothing of a decoded text can be seen: it is empty, or has only blanks, controls and invisible characters.
func Blank(decoded []byte) bool {
	for len(decoded) > 0 {
		if c := decoded[0]; c > ' ' && c < 0x7f {
			return false
		}
		r, n := utf8.DecodeRune(decoded)
		if r == utf8.RuneError && n == 1 {
			return false // a byte that is not UTF-8 is shown as a mark
		}
		switch glyphOf(r) & glyphVerdict {
		case glyphControl, glyphBidi, glyphInvisible, glyphSpace:
		default:
			if r != ' ' {
				return false
			}
		}
		decoded = decoded[n:]
	}
	return true
}
