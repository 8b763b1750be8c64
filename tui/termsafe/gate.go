package termsafe

import (
	"bytes"
	"unicode/utf8"
)

// Gate is the [Tripwire] for a stream written in pieces: it holds back a rune or style sequence that a piece cuts in two. The zero
// value is ready to use. Only one goroutine may use it.
type Gate struct {
	held    []byte // the start of something that may yet pass
	tripped int
}

// Pass takes the next piece p and appends to dst what may be written now.
func (g *Gate) Pass(dst, p []byte) []byte {
	s := append(g.held, p...)
	end := len(s) - unfinished(s)
	dst = g.clean(dst, s[:end])
	g.held = append([]byte(nil), s[end:]...)
	return dst
}

// Rest appends to dst what is still held back at the end of the stream.
func (g *Gate) Rest(dst []byte) []byte {
	dst = g.clean(dst, g.held)
	g.held = nil
	return dst
}

// Tripped returns the number of replacements. A count above zero is a bug of ours: some text bypassed this package.
func (g *Gate) Tripped() int { return g.tripped }

func (g *Gate) clean(dst, s []byte) []byte {
	clean, n := Tripwire(string(s))
	g.tripped += n
	return append(dst, clean...)
}

// unfinished returns how many bytes at the end of s may be the start of a rune or of a style sequence.
func unfinished(s []byte) int {
	if at := bytes.LastIndexByte(s, 0x1b); at >= 0 && sgrMayFollow(s[at:]) {
		return len(s) - at
	}
	for n := 1; n <= min(utf8.UTFMax-1, len(s)); n++ {
		if tail := s[len(s)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}

// sgrMayFollow reports whether s, which begins with ESC, is the start of a style sequence within the limits.
func sgrMayFollow(s []byte) bool {
	return len(s) == 1 || s[1] == '[' && sgrLen(string(s)) == 0 && sgrLen(string(s)+"m") > 0
}
