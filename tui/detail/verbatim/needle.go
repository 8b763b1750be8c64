package verbatim

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// Needle is a text to find. Text in lower case matches any case.
type Needle struct {
	text string
	fold bool
	safe termsafe.Safe
}

// NewNeedle returns nil for an empty text.
func NewNeedle(text string, ascii bool) *Needle {
	if text == "" {
		return nil
	}
	return &Needle{text, strings.IndexFunc(text, unicode.IsUpper) < 0, termsafe.Clean(text, termsafe.Options{ASCII: ascii})}
}

// InSafe finds the needle in a printable text. A nil needle matches nothing.
func (n *Needle) InSafe(s termsafe.Safe) []termsafe.Span {
	if n == nil {
		return nil
	}
	return s.Find(n.safe, n.fold)
}

// Tokens finds the needle in raw from lo to hi.
func (n *Needle) Tokens(raw string, lo, hi int) []Token {
	if n == nil {
		return nil
	}
	var out []Token
	for at := lo; at < hi; {
		i, size := n.Index(raw[at:hi])
		if i < 0 {
			break
		}
		out = append(out, Token{at + i, at + i + size, kit.Hit})
		at += i + size
	}
	return out
}

// InPart finds the needle in the part of raw from lo to hi, also where it crosses the border to the part before or after. The two parts
// agree on that. Neither border is within a letter.
func (n *Needle) InPart(raw string, lo, hi int) []Token {
	if n == nil {
		return nil
	}
	before, after := n.across(raw, lo), n.across(raw, hi)
	out := append(before, n.Tokens(raw, max(lo, end(before, lo)), start(after, hi))...)
	return append(out, after...)
}

// across finds the needle where it begins before a place in raw and ends after it.
func (n *Needle) across(raw string, at int) []Token {
	most := utf8.UTFMax * utf8.RuneCountInString(n.text) // bytes that it matches
	to := min(len(raw), at+most)
	for within(raw, to) {
		to++
	}
	for lo := max(0, at-most+1); lo < at; lo++ {
		if within(raw, lo) {
			continue // half of a letter would look like a byte that is not UTF-8
		}
		i, size := n.Index(raw[lo:to])
		switch lo += i; {
		case i < 0 || lo >= at:
			return nil
		case lo+size > at:
			return []Token{{lo, lo + size, kit.Hit}}
		}
	}
	return nil
}

// within reports whether a place in raw is between the bytes of a letter.
func within(raw string, at int) bool {
	for k := 1; k < utf8.UTFMax && k <= at; k++ {
		if _, size := utf8.DecodeRuneInString(raw[at-k:]); size > k {
			return true
		}
	}
	return false
}

// end returns where the last of the tokens ends, or at if there is none; start returns where the first one starts.
func end(tokens []Token, at int) int {
	for _, t := range tokens {
		at = t.Hi
	}
	return at
}

func start(tokens []Token, at int) int {
	if len(tokens) > 0 {
		return tokens[0].Lo
	}
	return at
}

// Index returns the first offset of the needle in s, -1 if there is none, and the number of bytes that it matches there.
func (n *Needle) Index(s string) (at, size int) {
	if !n.fold {
		return strings.Index(s, n.text), len(n.text)
	}
	first, _ := utf8.DecodeRuneInString(n.text)
	if first >= utf8.RuneSelf {
		return n.indexRunes(s)
	}
	lower, upper := n.text[:1], strings.ToUpper(n.text[:1])
	for from := 0; ; {
		i := strings.IndexAny(s[from:], lower+upper)
		if lower == upper {
			i = strings.IndexByte(s[from:], lower[0])
		}
		if i < 0 {
			return -1, 0
		}
		if size := foldPrefix(s[from+i:], n.text); size > 0 {
			return from + i, size
		}
		from += i + 1
	}
}

func (n *Needle) indexRunes(s string) (at, size int) {
	for at := range s {
		if size := foldPrefix(s[at:], n.text); size > 0 {
			return at, size
		}
	}
	return -1, 0
}

// foldPrefix returns how many bytes at the start of s match text in any case; 0 if s does not start with it.
func foldPrefix(s, text string) int {
	at := 0
	for _, want := range text {
		if at == len(s) {
			return 0
		}
		got, size := rune(s[at]), 1
		if got >= utf8.RuneSelf {
			got, size = utf8.DecodeRuneInString(s[at:])
		}
		if got != want && unicode.ToLower(got) != want {
			return 0
		}
		at += size
	}
	return at
}

// Safe returns the text to find, printable.
func (n *Needle) Safe() termsafe.Safe { return n.safe }
