package termsafe

import (
	"testing"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// The tables of ranges are checked against the properties themselves: a rune that reorders a row and is not in them would be shown in
// the cells of the list.
func TestEveryRuneThatReordersARowIsKnown(t *testing.T) {
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		p, _ := bidi.LookupRune(r)
		k := kindOf(r)
		if k == 0 {
			continue
		}
		switch p.Class() {
		case bidi.R, bidi.AL, bidi.AN:
			if k&rtl == 0 {
				t.Errorf("%U reorders its row and may be shown anywhere", r)
			}
		case bidi.Control, bidi.LRO, bidi.RLO, bidi.LRE, bidi.RLE, bidi.PDF, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI:
			t.Errorf("%U directs the text around it and is shown", r)
		}
	}
}

func TestRightToLeftTextIsKnown(t *testing.T) {
	for _, tt := range []struct {
		raw  string
		want bool
		ltr  string // with marks instead
	}{
		{"", false, ""}, {"plain é 日本", false, "plain é 日本"}, {"x\u202ey", false, "x<U+202E>y"}, {"ab\xffc", false, "ab<FF>c"},
		{"plain text \u05d0 1", true, "plain text <U+05D0> 1"}, {"\u0661", true, "<U+0661>"}, {"\u200f\u0645\u0301", true, "<U+200F><U+0645><U+0301>"},
		{"\U0001e900", true, "<U+1E900>"},
	} {
		s := Clean(tt.raw, Options{RightToLeft: true})
		if RightToLeft(tt.raw) != tt.want || s.RightToLeft() != tt.want {
			t.Errorf("%q: %v, cleaned %v, want %v", tt.raw, RightToLeft(tt.raw), s.RightToLeft(), tt.want)
		}
		ltr := s.LeftToRight()
		if ltr.String() != tt.ltr || ltr.RightToLeft() {
			t.Errorf("%q from left to right is %q, want %q", tt.raw, ltr, tt.ltr)
		}
		if joined := Concat(Const("a"), s, Const("b")); joined.RightToLeft() != tt.want || joined.Sub(Span{0, 1}).RightToLeft() {
			t.Errorf("%q within other text: %v", tt.raw, joined.RightToLeft())
		}
	}
	s := Clean("\u202e\u05d0", Options{RightToLeft: true})
	if ltr := s.LeftToRight(); len(ltr.Marks()) != 2 {
		t.Errorf("marks %v: what was a mark must stay one", ltr.Marks())
	}
}

// A combining rune is shown on its base where both ways of counting take the two for one cell, and stays the text that it was, composed
// or not.
func TestCombiningMarksOfKnownScriptsTakeNoCell(t *testing.T) {
	for _, raw := range []string{
		"e\u0301", "\u00e9", "a\u0323\u0302", "\u1ead", "\u03b1\u0301", "\u0438\u0306", "\u0439", "n\u0303", "\u30ab", "\u05e9\u05c1\u05b8", "\u0628\u064e\u0651",
	} {
		s := Clean(raw, Options{RightToLeft: true})
		wc, clusters := (Widther{}).Width(s), (Widther{Clusters: true}).Width(s)
		if s.String() != raw || s.Marked() || wc != clusters || wc > 2 {
			t.Errorf("%+q is shown as %q in %d or %d cells", raw, s, wc, clusters)
		}
	}
}

// Emoji joined by U+200D take one place for terminals that count clusters, and one each for the others: no width of them is sure, so they
// are shown apart.
func TestJoinedEmojiAreShownApart(t *testing.T) {
	for raw, want := range map[string]string{
		"👩\u200d💻": "👩<U+200D>💻", "👨\u200d👩\u200d👧": "👨<U+200D>👩<U+200D>👧", "🏳\ufe0f\u200d🌈": "🏳<U+FE0F><U+200D>🌈",
	} {
		joined := Safe{text: raw, wide: true}
		if wc, clusters := (Widther{}).Width(joined), (Widther{Clusters: true}).Width(joined); wc == clusters {
			t.Errorf("%q takes %d cells by both ways of counting: it could be shown", raw, wc)
		}
		if got := Clean(raw, Options{RightToLeft: true}).String(); got != want {
			t.Errorf("%q is shown as %q, want %q", raw, got, want)
		}
	}
}
