package termsafe

import (
	"unicode/utf8"

	"pawprint/model/rawjson"
)

// Escaped is raw in ASCII and without ambiguity: \n \t \r \b \f, \u001b, \\ for a backslash, two \u for a rune above
// U+FFFF as in JSON, and \xff for each byte that is not UTF-8. Two different texts never look the same.
func Escaped(raw string) Safe {
	out := make([]byte, 0, len(raw)+16)
	for i := 0; i < len(raw); {
		if n := plainPrefix(raw[i:]); n > 0 {
			out = appendBackslashed(out, raw[i:i+n])
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(raw[i:])
		if r == utf8.RuneError && size == 1 {
			out = append(out, '\\', 'x', lowerHex[raw[i]>>4], lowerHex[raw[i]&0xf])
		} else {
			out = rawjson.AppendEscape(out, r)
		}
		i += size
	}
	return Safe{text: string(out)}
}

const lowerHex = "0123456789abcdef"

// appendBackslashed appends printable ASCII with its backslashes doubled.
func appendBackslashed(dst []byte, s string) []byte {
	for i := range len(s) {
		if s[i] == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, s[i])
	}
	return dst
}

// TagText is the text smuggled into raw as tag runes, U+E0020 to U+E007E, which no terminal draws. It is empty if
// there is none. The result is as untrusted as raw: it goes through [Clean] like any other text.
func TagText(raw string) string {
	var out []byte
	for _, r := range raw {
		if 0xe0020 <= r && r <= 0xe007e {
			out = append(out, byte(r-0xe0000))
		}
	}
	return string(out)
}
