package diff

import "unicode/utf8"

// Span is a range of bytes.
type Span struct{ Lo, Hi int }

// Texts returns the parts of two texts between their common prefix and suffix, cut between runes. Texts with little in common
// differ as a whole; for them it returns empty spans.
func Texts(a, b string) (inA, inB Span) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	for head > 0 && (inRune(a, head) || inRune(b, head)) {
		head--
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for tail > 0 && (inRune(a, len(a)-tail) || inRune(b, len(b)-tail)) {
		tail--
	}
	if head+tail == 0 || (head+tail)*4 < min(len(a), len(b)) {
		return Span{}, Span{}
	}
	return Span{head, len(a) - tail}, Span{head, len(b) - tail}
}

// inRune reports whether the byte at an offset continues a rune.
func inRune(s string, at int) bool { return at < len(s) && !utf8.RuneStart(s[at]) }
