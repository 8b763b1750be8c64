package tui

import (
	"testing"
	"unicode"

	"pawprint/model/suspicion"
	"pawprint/tui/termsafe"
)

// unknownRune reports whether nobody knows what a rune looks like: that is not a sign of an attack.
func unknownRune(r rune) bool {
	return unicode.In(r, unicode.Co, unicode.Cn) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

func TestEveryMarkedRuneIsSuspicious(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r == '\t' || r == '\n' || unknownRune(r) {
			continue
		}
		text := "ab" + string(r)
		if !termsafe.Clean(text, termsafe.Options{}).Marked() {
			continue
		}
		if !termsafe.Clean(text, termsafe.Options{Drawing: true}).Marked() {
			continue // it could imitate the frame, and is marked for that alone
		}
		if suspicion.Of([]byte(text), true) == 0 {
			t.Errorf("%U is marked in the list, but not suspicious", r)
		}
	}
}
