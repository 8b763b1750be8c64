package paint

import (
	"testing"

	"github.com/charmbracelet/colorprofile"

	"pawprint/tui/termsafe"
)

func TestAddWidthIsExact(t *testing.T) {
	for _, tt := range []struct {
		raw   string
		cells int
		align Align
		want  string
	}{
		{"abc", 5, Left, "abc  "}, {"abc", 5, Right, "  abc"}, {"abc", 6, Center, " abc  "}, {"abcdef", 4, Right, "abc…"},
		{"日本語", 4, Left, "日… "}, {"日本語", 4, Right, " 日…"}, {"abc", 0, Left, ""}, {"abc", -2, Left, ""}, {"", 2, Left, "  "},
		{"\u202e", 5, Left, "…    "},
	} {
		var l Line
		l.AddWidth(Style{}, termsafe.Clean(tt.raw, termsafe.Options{}), tt.cells, tt.align)
		if l.Plain() != tt.want || l.Width() != max(tt.cells, 0) {
			t.Errorf("AddWidth(%q, %d, %d) = %q of %d cells, want %q", tt.raw, tt.cells, tt.align, l.Plain(), l.Width(), tt.want)
		}
	}
}

func TestStyledChangesStyleOnlyWhereNeeded(t *testing.T) {
	bold := NewStyle(colorprofile.ASCII, Spec{Bold: true})
	var l Line
	l.Add(bold, termsafe.Const("a"))
	l.Add(bold, termsafe.Const("b"))
	l.Add(Style{}, termsafe.Clean("c\x1b", termsafe.Options{}))
	l.AddHits(Style{}, bold, termsafe.Const("xyz"), []termsafe.Span{{Lo: 1, Hi: 2}, {Lo: 2, Hi: 9}}, 4)
	l.Add(bold, termsafe.Const("!"))
	want := "\x1b[0;1mab\x1b[mc\x1b[0;7m␛\x1b[mx\x1b[0;1myz\x1b[m \x1b[0;1m!\x1b[m"
	if got := l.Styled(); got != want {
		t.Errorf("Styled = %q, want %q", got, want)
	}
	if got, want := l.Plain(), "abc␛xyz !"; got != want {
		t.Errorf("Plain = %q, want %q", got, want)
	}
}

// A flag is two runes; put together from two texts it must not become one and pull the row to the left.
func TestTextsOfOneStyleDoNotJoin(t *testing.T) {
	l := NewLine(termsafe.Widther{Clusters: true})
	l.Add(Style{}, termsafe.Clean("🇺", termsafe.Options{}))
	l.Add(Style{}, termsafe.Clean("🇸", termsafe.Options{}))
	if got, want := l.Styled(), "🇺\x1b[m🇸"; got != want {
		t.Errorf("Styled = %q, want %q", got, want)
	}
}

func TestAddHitsCutsWithTheText(t *testing.T) {
	bold := NewStyle(colorprofile.ASCII, Spec{Bold: true})
	text := termsafe.Const("one two three")
	for _, tt := range []struct {
		cells int
		want  string
	}{
		{13, "one \x1b[0;1mtwo\x1b[m three"}, {15, "one \x1b[0;1mtwo\x1b[m three  "}, {7, "one \x1b[0;1mtw\x1b[m…"}, {3, "on…"}, {0, ""},
	} {
		var l Line
		l.AddHits(Style{}, bold, text, []termsafe.Span{{Lo: 4, Hi: 7}}, tt.cells)
		if got := l.Styled(); got != tt.want || l.Width() != tt.cells {
			t.Errorf("in %d cells %q of %d, want %q", tt.cells, got, l.Width(), tt.want)
		}
	}
}

func TestAddLineAppendsAllOfIt(t *testing.T) {
	var a, b Line
	a.Add(Style{}, termsafe.Const("a"))
	b.AddWidth(Style{}, termsafe.Const("b"), 3, Right)
	a.AddLine(&b)
	b.Reset()
	if a.Plain() != "a  b" || a.Width() != 4 || b.Width() != 0 {
		t.Errorf("%q of %d cells, and %d", a.Plain(), a.Width(), b.Width())
	}
}
