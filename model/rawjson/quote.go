package rawjson

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendString appends text as a JSON string with its quotes, and escapes only what JSON requires. Bytes that are not UTF-8 stay
// as they are, so [Unquote] returns the same bytes.
func AppendString[T string | []byte](dst []byte, text T) []byte {
	dst = append(dst, '"')
	start := len(dst)
	dst = append(dst, text...)
	if stop := StringStop(dst, start); stop < len(dst) {
		dst = appendEscaped(dst[:stop], text[stop-start:])
	}
	return append(dst, '"')
}

func appendEscaped[T string | []byte](dst []byte, text T) []byte {
	from := 0
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, text[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n', '\t':
			dst = AppendEscape(dst, rune(c))
		default:
			dst = appendUnit(dst, rune(c))
		}
	}
	return append(dst, text[from:]...)
}

// AppendASCIIString appends text as a JSON string with its quotes, in printable ASCII: the bytes that encoding/json writes, with
// everything else escaped as well. A run of bytes that are not UTF-8 becomes one U+FFFD.
func AppendASCIIString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	bad := false // the byte before is not UTF-8
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		again := bad
		bad = r == utf8.RuneError && n == 1
		switch {
		case bad && again:
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r < ' ' || r > '~' || r == '<' || r == '>' || r == '&':
			dst = AppendEscape(dst, r)
		default:
			dst = append(dst, byte(r))
		}
		i += n
	}
	return append(dst, '"')
}

// AppendASCII appends a JSON text with the same meaning in printable ASCII on one line. It escapes runes beyond ASCII, which JSON
// allows only in strings, and writes a space for each control byte, which JSON allows only as white space.
func AppendASCII(dst, text []byte) []byte {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case r < ' ':
			dst = append(dst, ' ')
		case r > '~':
			dst = AppendEscape(dst, r)
		default:
			dst = append(dst, byte(r))
		}
		text = text[n:]
	}
	return dst
}

// AppendEscape appends the escape of a rune in a JSON string: \n \t \r \b \f, or \uXXXX, twice for runes above U+FFFF.
func AppendEscape(dst []byte, r rune) []byte {
	switch r {
	case '\n':
		return append(dst, `\n`...)
	case '\t':
		return append(dst, `\t`...)
	case '\r':
		return append(dst, `\r`...)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	}
	if r > 0xffff {
		high, low := utf16.EncodeRune(r)
		return appendUnit(appendUnit(dst, high), low)
	}
	return appendUnit(dst, r)
}

// appendUnit appends one UTF-16 code unit as \uXXXX.
func appendUnit(dst []byte, u rune) []byte {
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', hex[u>>12&0xf], hex[u>>8&0xf], hex[u>>4&0xf], hex[u&0xf])
}

// StringStop is the index of the first quote, backslash or control byte from b[i] on, or the length of b.
func StringStop(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		quote, escape := w^'"'*ones, w^'\\'*ones
		// Only the lowest mark is exact; no other is used.
		if m := ((quote-ones)&^quote | (escape-ones)&^escape | (w-' '*ones)&^w) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for i < len(b) && b[i] >= ' ' && b[i] != '"' && b[i] != '\\' {
		i++
	}
	return i
}
