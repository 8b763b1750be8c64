package model

import (
	"fmt"
	"strconv"
)

// Text is untrusted text from a log, decoded but otherwise as the source wrote it. It may contain anything: escape sequences,
// bytes that are not UTF-8, text made to look like something else.
//
// It deliberately has no String method and is not a string, so that it cannot reach a terminal by mistake. Only tui/termsafe makes
// it printable; fmt prints it quoted in ASCII. Texts compare with ==.
type Text struct{ s string }

// NewText marks s as text from a log.
func NewText(s string) Text { return Text{s} }

// Raw returns the bytes of the text, for matching, for exports that say so, and for the one package that makes text
// printable.
func (t Text) Raw() string { return t.s }

// Len is the length of the text in bytes.
func (t Text) Len() int { return len(t.s) }

// Empty reports whether the text has no bytes.
func (t Text) Empty() bool { return t.s == "" }

// Format prints the text quoted and escaped to ASCII, whatever the verb, so that an error or a debug print that quotes
// it stays one harmless line.
func (t Text) Format(f fmt.State, _ rune) {
	_, _ = f.Write(strconv.AppendQuoteToASCII(nil, t.s))
}
