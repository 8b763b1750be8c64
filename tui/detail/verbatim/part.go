// Package verbatim turns text of a log into rows of a width as it stands there: wrapped, in the colours of its JSON, escaped or byte by
// byte, with the matches of a search in it. A long text is made part by part, so that what is not visible costs nothing.
//
// It knows nothing of events, and never decides what may reach a terminal: termsafe does.
package verbatim

import "unicode/utf8"

// PartBytes is the size of a part of a long text. Each part is cleaned and wrapped on its own, only when it is visible.
const PartBytes = 4 << 10

// Parts returns the number of parts of a text of n bytes, at least 1.
func Parts(n int) int { return max(1, (n+PartBytes-1)/PartBytes) }

// PartStart returns where part k of a text starts: near k*PartBytes, at a rune boundary, and not between CR and LF.
func PartStart(text string, k int) int {
	at := k * PartBytes
	if at <= 0 || at >= len(text) {
		return max(0, min(at, len(text)))
	}
	for back := 0; back < utf8.UTFMax-1 && !utf8.RuneStart(text[at]); back++ {
		at--
	}
	if text[at] == '\n' && text[at-1] == '\r' {
		at++
	}
	return at
}
