package main

import (
	"errors"
	"strings"
	"testing"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

func TestExcerptPutsTheCaretBelowTheFault(t *testing.T) {
	long := strings.Repeat("a", 90)
	for text, at := range map[string]string{
		"is:failed (":        "(",
		"é (":                "(",
		"日本 (":               "(",
		"\x1b[2J\u202e (":    "(",
		long + " is:none b":  "none b",
		long + " ( " + long:  "( ",
		"is:none " + long:    "none ",
		"(" + long + " x OR": "",
	} {
		_, err := query.Parse(text)
		var wrong *queryError
		if !errors.As(newQueryError(text, err), &wrong) {
			t.Fatalf("%q: %v", text, err)
		}
		query, caret, ok := strings.Cut(wrong.excerpt(), "\n")
		caret, ok2 := strings.CutSuffix(caret, "^\n")
		if !ok || !ok2 || strings.Trim(caret, " ") != "" || strings.ContainsAny(query, "\x1b\u202e") {
			t.Errorf("%q: %q", text, wrong.excerpt())
			continue
		}
		var width termsafe.Widther
		shown := termsafe.Clean(query, termsafe.Options{})
		if cells := width.Width(shown); cells > excerptCells+len(excerptIndent) {
			t.Errorf("%q: %d cells", text, cells)
		}
		if rest := width.Slice(shown, len(caret), 1000).String(); !strings.HasPrefix(rest, at) {
			t.Errorf("%q: the caret is below %q, want %q\n%s", text, rest, at, wrong.excerpt())
		}
	}
}
