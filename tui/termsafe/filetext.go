package termsafe

import (
	"unicode"
	"unicode/utf8"
)

// FileText returns untrusted text as a file of values holds it: as it is, but for control characters other than tab and newline, and
// bytes that are not UTF-8, which become the marks of [Clean]. It is not for terminals: invisible and reordering runes stand as they are.
func FileText(raw string) string {
	from := 0
	var out []byte
	for at := 0; at < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[at:])
		bad := r == utf8.RuneError && size == 1
		if bad || r != '\t' && r != '\n' && unicode.IsControl(r) {
			out = append(out, raw[from:at]...)
			if bad {
				out = appendByteMark(out, raw[at])
			} else {
				out = appendRuneMark(out, r, false)
			}
			from = at + size
		}
		at += size
	}
	if from == 0 {
		return raw
	}
	return string(append(out, raw[from:]...))
}
