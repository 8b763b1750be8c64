package verbatim

import (
	"slices"
	"strings"
	"testing"

	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// hits writes the parts of rows that are hits, each row in a pair of bars; … is where a hit goes on from the row before.
func hits(rows []Row) string {
	var out strings.Builder
	for _, r := range rows {
		out.WriteByte('|')
		for _, s := range r.Spans {
			if s.Role != kit.Hit {
				continue
			}
			if s.Goes {
				out.WriteString("…")
			}
			out.WriteString(r.Text.Sub(s.Span).String())
		}
	}
	return out.String()
}

func TestAHitThatIsWrappedIsSeenInBothRows(t *testing.T) {
	for _, c := range []struct {
		text, find string
		cells      int
		want       string
	}{
		{"one two three", "two three", 8, "|two |…three"},
		{"one two three", "three", 8, "||three"},
		{"abcdefghij", "cdefgh", 4, "|cd|…efgh|"},
		{"aaaaaa", "aa", 4, "|aaaa|aa"},
		{"one\ntwo", "e", 8, "|e|"},
		{"\x1b\x1b\x1bxyz", "xyz", 4, "|x|…yz"},
	} {
		rows := Wrapping{Cells: c.cells}.Rows(c.text, 0, len(c.text), NewNeedle(c.find, false).InPart(c.text, 0, len(c.text)))
		if got := hits(rows); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.find, c.text, got, c.want)
		}
	}
}

func TestAHitAcrossThePartsOfATextIsInBoth(t *testing.T) {
	text := strings.Repeat("hay ", PartBytes/4-1) + "a NEEDLE and a needle and " + strings.Repeat("x", PartBytes)
	n, border := NewNeedle("needle", false), PartStart(text, 1)
	first, second := n.InPart(text, 0, border), n.InPart(text, border, len(text))
	at := strings.Index(text, "NEEDLE")
	over := Token{at, at + 6, kit.Hit}
	if at >= border || at+6 <= border {
		t.Fatalf("the needle at %d does not cross the border at %d", at, border)
	}
	if !slices.Equal(first, []Token{over}) || !slices.Equal(second, []Token{over, {at + 13, at + 19, kit.Hit}}) {
		t.Errorf("the parts have %v and %v", first, second)
	}
	w := Wrapping{Cells: 40}
	last, next := w.Rows(text, 0, border, first), w.Rows(text, border, len(text), second)
	if got := hits(last[len(last)-1:]) + hits(next[:1]); got != "|NE|…EDLEneedle" {
		t.Errorf("the rows at the border show %q", got)
	}
}

func FuzzHitsOfPartsAreOfOneKind(f *testing.F) {
	f.Add("a needle", "needle", 4)
	f.Add("aaaa", "aa", 3)
	f.Add("00Ȱx", "\x9dx", 4)
	f.Add("00Ȱ\x9dx", "\x9dx", 4)
	f.Fuzz(func(t *testing.T, text, find string, border int) {
		n := NewNeedle(find, false)
		if n == nil || border < 0 || border > len(text) || within(text, border) {
			return
		}
		first, second := n.InPart(text, 0, border), n.InPart(text, border, len(text))
		if k := len(first); k > 0 && first[k-1].Hi > border && (len(second) == 0 || second[0] != first[k-1]) {
			t.Errorf("%q in %q at %d: %v and %v", find, text, border, first, second)
		}
		for _, tokens := range [][]Token{first, second} {
			for i, tok := range tokens {
				if at, size := n.Index(text[tok.Lo:]); at != 0 || size != tok.Hi-tok.Lo || i > 0 && tokens[i-1].Hi > tok.Lo {
					t.Errorf("%q in %q at %d: %v", find, text, border, tokens)
				}
			}
		}
	})
}

func TestRowsKeepTheRolesOfTokens(t *testing.T) {
	rows := Wrapping{Cells: 6}.Rows("abcdef", 0, 6, []Token{{0, 2, kit.JsonKey}, {2, 4, kit.Hit}, {4, 6, kit.JsonString}})
	want := []RoleSpan{{termsafe.Span{Lo: 0, Hi: 2}, kit.JsonKey, false}, {termsafe.Span{Lo: 2, Hi: 4}, kit.Hit, false}, {termsafe.Span{Lo: 4, Hi: 6}, kit.JsonString, false}}
	if len(rows) != 1 || !slices.Equal(rows[0].Spans, want) {
		t.Errorf("the rows are %v", rows)
	}
}
