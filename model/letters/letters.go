// Package letters says which letters are the same in a search: those that differ in case only, and those that Unicode writes as one
// rune or as a letter with marks. It is pure.
package letters

import (
	"bytes"
	"encoding/binary"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longS is the only rune that folds to an ASCII letter without being another spelling of it.
const longS = 'ſ'

// Plain reports whether every letter of a text stands there as Compose writes it, and none but ASCII letters fold to ASCII letters: a
// search of the bytes finds all of it. ASCII texts are plain; it skips them 8 bytes at a time.
func Plain(text []byte) bool {
	n := single(text)
	if n == len(text) {
		return true
	}
	_, last := utf8.DecodeLastRune(text[:n])
	rest := text[n-last:] // a mark may follow the last letter
	return norm.NFC.IsNormal(rest) && !bytes.ContainsRune(rest, longS)
}

// single returns the length of the text up to the first rune that is neither ASCII nor a letter of its own: one that Unicode writes as one
// rune, that does not join the rune before it, and that does not fold to an ASCII letter. It knows only the most frequent of these letters.
func single(text []byte) int {
	i := ascii(text)
	for i < len(text) {
		if text[i] < utf8.RuneSelf {
			i += ascii(text[i:])
			continue
		}
		n := singleRune(text[i:])
		if n == 0 {
			return i
		}
		i += n
	}
	return i
}

// singleRune returns the length of the rune at the start of text, or 0 if single does not know it.
func singleRune(text []byte) int {
	if len(text) < 2 || text[1]&0xc0 != 0x80 {
		return 0
	}
	switch lead, next := text[0], text[1]; {
	case lead >= 0xc2 && lead < 0xcc && (lead != 0xc5 || next != 0xbf), // U+0080 to U+02FF, below the first mark, without ſ
		lead == 0xd0, lead == 0xd1: // Cyrillic: U+0400 to U+047F
		return 2
	case len(text) < 3 || text[2]&0xc0 != 0x80:
		return 0
	case lead >= 0xe4 && lead <= 0xe9, lead == 0xeb, lead == 0xec, // Chinese and Korean: U+4000 to U+9FFF, U+B000 to U+CFFF
		lead == 0xe3 && (next == 0x81 || next == 0x83),                     // Japanese: U+3040 to U+307F, U+30C0 to U+30FF
		lead == 0xe2 && next == 0x80 && text[2] >= 0x90 && text[2] <= 0xa7: // dashes, quotes and the ellipsis: U+2010 to U+2027
		return 3
	}
	return 0
}

// ascii counts the bytes before the first one that is not ASCII.
func ascii(b []byte) int {
	const high = 0x8080808080808080
	i := 0
	for ; i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:])&high == 0; i += 8 {
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// Compose returns the text with each letter as one rune where Unicode has one: NFC. Bytes that are not UTF-8 stay as they are. The
// result is text itself if nothing changes.
func Compose(text []byte) []byte {
	if ascii(text) == len(text) || norm.NFC.IsNormal(text) {
		return text
	}
	return norm.NFC.Bytes(text)
}

// ComposeString is Compose for a string.
func ComposeString(text string) string { return norm.NFC.String(text) }

// Marked reports whether a text begins with a mark that would join a letter before it.
func Marked(text string) bool {
	return text != "" && text[0] >= utf8.RuneSelf && !norm.NFC.PropertiesString(text).BoundaryBefore()
}

// Fold returns the lower-case letter that stands for all letters that differ from r in case only, as (?i) compares them: ſ is s, and ς is σ.
func Fold(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	switch r {
	case longS:
		return 's'
	case '\u212a': // the Kelvin sign
		return 'k'
	}
	if l := unicode.ToLower(unicode.ToUpper(r)); l >= utf8.RuneSelf {
		return l
	}
	return r
}

// Upper reports whether a letter is in upper case: a query with one matches only that case.
func Upper(r rune) bool {
	l := unicode.ToLower(r)
	return l != r && (l >= utf8.RuneSelf || r < utf8.RuneSelf)
}

// FoldAppend appends text composed and in lower case; bytes that are not UTF-8 stay as they are.
func FoldAppend(dst, text []byte) []byte {
	n := ascii(text)
	if n < len(text) {
		from := max(n-1, 0)
		if composed := Compose(text[from:]); from > 0 {
			dst, text = FoldAppend(dst, text[:from]), composed
		} else {
			text = composed
		}
	}
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			dst = append(dst, byte(Fold(rune(c))))
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			dst = append(dst, text[i])
		} else {
			dst = utf8.AppendRune(dst, Fold(r))
		}
		i += n
	}
	return dst
}
