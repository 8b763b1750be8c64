package rawjson

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// Unquote appends the decoded content of a scanned string to dst; s is the content without its quotes. Bytes that are not UTF-8
// stay as they are. A surrogate escape without its partner becomes its three-byte form (ED A0 80 to ED BF BF), which is not UTF-8
// either, so it differs from a real U+FFFD.
func Unquote(dst, s []byte) []byte {
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 || i+1 >= len(s) {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		switch c := s[i+1]; c {
		case 'u':
			var n int
			dst, n = unquoteRune(dst, s[i:])
			s = s[i+n:]
			continue
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		default:
			dst = append(dst, c)
		}
		s = s[i+2:]
	}
}

// unquoteRune appends the rune of the \u escape that s begins with, and returns the number of bytes it took.
func unquoteRune(dst, s []byte) ([]byte, int) {
	r := hex4(s)
	if r < 0 {
		return append(dst, s[:2]...), 2
	}
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(dst, r), 6
	}
	if low := hex4(s[6:]); low >= 0 {
		if full := utf16.DecodeRune(r, low); full != utf8.RuneError {
			return utf8.AppendRune(dst, full), 12
		}
	}
	return append(dst, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F), 6
}

// hex4 reads \uXXXX, or returns -1.
func hex4(s []byte) rune {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return -1
	}
	var r rune
	for _, c := range s[2:6] {
		switch {
		case c-'0' < 10:
			r = r<<4 | rune(c-'0')
		case c|0x20-'a' < 6:
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return r
}

// Inside appends the JSON that a scanned string holds to dst, as one line: the decoded content of s, with tabs for the line ends between
// its tokens. dst may be the beginning of the memory of s, as no text grows.
func Inside(dst, s []byte) []byte {
	from := len(dst)
	dst = Unquote(dst, s)
	for i, c := range dst[from:] {
		if c == '\n' || c == '\r' {
			dst[from+i] = '\t'
		}
	}
	return dst
}

// Escapes finds where the bytes of the decoded content of a scanned string stand in it. Indexes that ascend cost one pass.
type Escapes struct {
	Text []byte // without its quotes

	i, n int // byte n of the content is what Text[i] becomes
}

// Index returns the index in Text of what becomes byte n of the decoded content, and the length of Text if the content ends there.
func (e *Escapes) Index(n int) int {
	if n < e.n {
		e.i, e.n = 0, 0
	}
	for e.n < n && e.i < len(e.Text) {
		taken, made := 1, 1
		if rest := e.Text[e.i:]; rest[0] == '\\' && len(rest) > 1 {
			taken = 2
			if rest[1] == 'u' {
				var r [utf8.UTFMax]byte
				var decoded []byte
				decoded, taken = unquoteRune(r[:0], rest)
				made = len(decoded)
			}
		}
		if e.n+made > n {
			break
		}
		e.i, e.n = e.i+taken, e.n+made
	}
	return e.i
}
