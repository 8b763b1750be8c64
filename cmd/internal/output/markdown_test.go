package output

import (
	"strings"
	"testing"

	"pawprint/tui/termsafe"
)

func TestCodeSpanHoldsAnyText(t *testing.T) {
	for text, want := range map[string]string{
		"":        "",
		"a":       "`a`",
		"`":       "`` ` ``",
		"a``b":    "```a``b```",
		"`a":      "`` `a ``",
		" a ":     "`  a  `",
		"a|b":     "`a\\|b`",
		`a\|b`:    "`a\\ \\|b`",
		"<b>*x*_": "`<b>*x*_`",
	} {
		if got := CodeSpan(termsafe.Clean(text, termsafe.Options{})); got != want {
			t.Errorf("CodeSpan(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzCodeSpanNeverEndsEarly(f *testing.F) {
	for _, text := range []string{"a`b``c", "\\|", "|", "`|`", "\\\\|", "a\nb", "\x1b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		span := CodeSpan(termsafe.Clean(text, termsafe.Options{Drawing: true}))
		if text == "" {
			return
		}
		fence := span[:len(span)-len(strings.TrimLeft(span, "`"))]
		inner, ok := strings.CutSuffix(strings.TrimPrefix(span, fence), fence)
		if !ok || strings.Contains(inner, fence) || strings.HasPrefix(inner, "`") || strings.HasSuffix(inner, "`") {
			t.Errorf("CodeSpan(%q) = %q", text, span)
		}
		for i := range len(inner) {
			if inner[i] == '|' && (i == 0 || inner[i-1] != '\\' || i > 1 && inner[i-2] == '\\') {
				t.Errorf("CodeSpan(%q) = %q ends a cell at byte %d", text, span, i)
			}
		}
	})
}
