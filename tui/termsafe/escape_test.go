package termsafe

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

func TestEscapedIsUnambiguous(t *testing.T) {
	for _, tt := range []struct{ raw, want string }{
		{"", ""}, {"plain \"text\"", "plain \"text\""}, {`a\u001b`, `a\\u001b`}, {"\x1b[2J", `\u001b[2J`},
		{"\n\t\r\b\f\x00\x7f", `\n\t\r\b\f\u0000\u007f`}, {"é\u202e", `\u00e9\u202e`}, {"👍", `\ud83d\udc4d`},
		{"\xff\xed\xa0\x80", `\xff\xed\xa0\x80`}, {"\ufffd", `\ufffd`}, {"\u241b", `\u241b`},
	} {
		got := Escaped(tt.raw)
		if got.String() != tt.want || !got.ASCII() || got.Marked() {
			t.Errorf("Escaped(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}

func TestEscapedReadsBackAsJSON(t *testing.T) {
	for _, h := range hostile {
		if !utf8.ValidString(h.raw) {
			continue // JSON has no \x
		}
		var back string
		err := json.Unmarshal([]byte(`"`+quoteless(Escaped(h.raw).String())+`"`), &back)
		if err != nil || back != h.raw {
			t.Errorf("%s: Escaped(%q) reads back as %q, %v", h.name, h.raw, back, err)
		}
	}
}

// quoteless escapes the quotes, which Escaped leaves alone.
func quoteless(s string) string {
	var out []byte
	for i := range len(s) {
		if s[i] == '"' {
			out = append(out, '\\')
		}
		out = append(out, s[i])
	}
	return string(out)
}

func TestTagTextShowsWhatWasSmuggled(t *testing.T) {
	for _, tt := range []struct{ raw, want string }{
		{"no tags", ""},
		{"a\U000e0001\U000e0069\U000e0067\U000e006e\U000e006f\U000e0072\U000e0065\U000e007fb", "ignore"},
		{"\U000e0020\U000e007e\U000e001f", " ~"},
	} {
		if got := TagText(tt.raw); got != tt.want {
			t.Errorf("TagText(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
}
