package termsafe

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTruncateEndsInAnEllipsisAndSplitsNothing(t *testing.T) {
	for _, tt := range []struct {
		raw   string
		cells int
		want  string
	}{
		{"abcdef", 6, "abcdef"}, {"abcdef", 5, "abcd…"}, {"abcdef", 1, "…"}, {"abcdef", 0, ""}, {"abcdef", -1, ""}, {"", 0, ""},
		{"日本語", 6, "日本語"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日…"}, {"日本語", 1, "…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"}, {"ab\u202e", 9, "ab…"}, {"ab\u202e", 10, "ab<U+202E>"}, {"a\x1bb", 2, "a…"},
	} {
		if got := (Widther{}).Truncate(Clean(tt.raw, Options{}), tt.cells).String(); got != tt.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", tt.raw, tt.cells, got, tt.want)
		}
	}
	if got := (Widther{ASCII: true}).Truncate(Const("abc"), 2).String(); got != "a~" {
		t.Errorf("in ASCII %q, want %q", got, "a~")
	}
}

func TestSliceKeepsColumns(t *testing.T) {
	for _, tt := range []struct {
		raw      string
		from, to int
		want     string
	}{
		{"abcdef", 2, 4, "cd"}, {"abcdef", 4, 9, "ef"}, {"abcdef", 9, 12, ""}, {"abcdef", -3, 2, "ab"}, {"abcdef", 3, 3, ""},
		{"a日b", 0, 2, "a "}, {"a日b", 2, 4, " b"}, {"a日b", 2, 3, " "}, {"日", 1, 2, " "}, {"日本", 1, 3, "  "},
		{"é\u202e", 3, 6, "+20"},
	} {
		if got := (Widther{}).Slice(Clean(tt.raw, Options{}), tt.from, tt.to).String(); got != tt.want {
			t.Errorf("Slice(%q, %d, %d) = %q, want %q", tt.raw, tt.from, tt.to, got, tt.want)
		}
	}
	if s := (Widther{}).Slice(Clean("é\u202e", Options{}), 3, 6); !s.Marked() || s.Marks()[0] != (Span{0, 3}) {
		t.Errorf("a split mark is no mark any more: %v", s.Marks())
	}
}

func TestPadFillsUpToTheWidth(t *testing.T) {
	w := Widther{}
	for _, tt := range []struct{ got, want string }{
		{w.PadRight(Const("日"), 4).String(), "日  "}, {w.PadLeft(Int(7), 3).String(), "  7"}, {w.PadLeft(Const("long"), 3).String(), "long"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestWrapBreaksAfterSpaces(t *testing.T) {
	for _, tt := range []struct {
		raw   string
		cells int
		want  []string
	}{
		{"", 5, []string{""}}, {"one two three", 8, []string{"one two ", "three"}}, {"abcdefg", 3, []string{"abc", "def", "g"}},
		{"日本語", 5, []string{"日本", "語"}}, {"日本", 1, []string{"日", "本"}}, {"ab\u202e", 9, []string{"ab", "<U+202E>"}},
		{"\u202e", 3, []string{"<U+", "202", "E>"}},
	} {
		var got []string
		for _, row := range (Widther{}).Wrap(Clean(tt.raw, Options{}), tt.cells) {
			got = append(got, row.String())
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Wrap(%q, %d) (-want +got):\n%s", tt.raw, tt.cells, diff)
		}
	}
}

func TestWidthFollowsTheTerminal(t *testing.T) {
	for _, tt := range []struct {
		raw          string
		wc, clusters int
	}{{"abc", 3, 3}, {"日本", 4, 4}, {"👍🏽", 4, 2}, {"🇺🇸", 2, 2}, {"स्ते", 2, 1}, {"e\u0301", 1, 1}, {"\x1b\u202e", 9, 9}} {
		s := Clean(tt.raw, Options{})
		if got := (Widther{}).Width(s); got != tt.wc {
			t.Errorf("%q: %d cells by rune, want %d", tt.raw, got, tt.wc)
		}
		if got := (Widther{Clusters: true}).Width(s); got != tt.clusters {
			t.Errorf("%q: %d cells by cluster, want %d", tt.raw, got, tt.clusters)
		}
	}
}
