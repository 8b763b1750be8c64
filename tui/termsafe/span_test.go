package termsafe

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// hits cuts the spans out of s, for reading.
func hits(s Safe, spans []Span) []string {
	var out []string
	for _, sp := range spans {
		out = append(out, s.String()[sp.Lo:sp.Hi])
	}
	return out
}

func TestFindSplitsNoClusterAndNoMark(t *testing.T) {
	for _, tt := range []struct {
		raw, needle string
		fold        bool
		want        []string
	}{
		{"a rule, a Rule", "rule", false, []string{"rule"}}, {"a rule, a Rule", "rule", true, []string{"rule", "Rule"}},
		{"aaaa", "aa", false, []string{"aa", "aa"}}, {"aaa", "", false, nil}, {"a", "ab", false, nil},
		{"ÉTÉ", "été", true, []string{"ÉTÉ"}}, {"cafe\u0301", "cafe", false, []string{"cafe\u0301"}},
		{"x\u202ey", "202E", false, []string{"<U+202E>"}}, {"x\x1by", "x\x1b", false, []string{"x␛"}},
		{"日本語", "本", false, []string{"本"}}, {"\u202e\u202e", "><", false, []string{"<U+202E><U+202E>"}},
	} {
		s := Clean(tt.raw, Options{})
		if diff := cmp.Diff(tt.want, hits(s, s.Find(Clean(tt.needle, Options{}), tt.fold))); diff != "" {
			t.Errorf("%q in %q (-want +got):\n%s", tt.needle, tt.raw, diff)
		}
	}
}

func TestCleanSpansFollowTheText(t *testing.T) {
	for _, tt := range []struct {
		raw   string
		spans []Span
		opt   Options
		want  []string
	}{
		{"plain text", []Span{{6, 10}}, Options{}, []string{"text"}},
		{"\x1b[2J text", []Span{{0, 1}, {5, 9}}, Options{}, []string{"␛", "text"}},
		{"a\u202eb", []Span{{2, 3}}, Options{}, []string{"<U+202E>"}},
		{"日本語", []Span{{4, 5}}, Options{}, []string{"本"}},
		{"e\u0301x", []Span{{1, 3}}, Options{}, []string{"e\u0301"}},
		{"e\u0301x", []Span{{0, 1}, {1, 3}, {3, 4}}, Options{}, []string{"e\u0301", "x"}},
		{"a\xffb", []Span{{1, 2}}, Options{}, []string{"<FF>"}},
		{"abcdefghij", []Span{{1, 3}, {8, 9}}, Options{MaxCells: 4}, []string{"bc"}},
		{"abc", []Span{{2, 99}, {-5, 1}, {1, 1}}, Options{}, []string{"c"}},
	} {
		s, spans := CleanSpans(tt.raw, tt.spans, tt.opt)
		if diff := cmp.Diff(tt.want, hits(s, spans)); diff != "" {
			t.Errorf("%q %v (-want +got):\n%s", tt.raw, tt.spans, diff)
		}
	}
}

func TestSubIsClampedAndWhole(t *testing.T) {
	s := Clean("e\u0301\u202e", Options{})
	for _, tt := range []struct {
		span Span
		want string
	}{{Span{0, 99}, "e\u0301<U+202E>"}, {Span{-2, 1}, "e\u0301"}, {Span{5, 6}, "<U+202E>"}, {Span{2, 4}, "e\u0301<U+202E>"}, {Span{4, 2}, ""}} {
		if got := s.Sub(tt.span).String(); got != tt.want {
			t.Errorf("Sub(%v) = %q, want %q", tt.span, got, tt.want)
		}
	}
}

func FuzzSpans(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.raw, 1, 3, 6)
	}
	f.Fuzz(func(t *testing.T, raw string, lo, mid, hi int) {
		s, spans := CleanSpans(raw, []Span{{lo, mid}, {mid, hi}}, Options{})
		if want := Clean(raw, Options{}); s.String() != want.String() || !cmp.Equal(s.Marks(), want.Marks()) {
			t.Fatalf("CleanSpans(%q) = %q, Clean = %q", raw, s, want)
		}
		spans = append(spans, s.Find(Clean(raw[:min(len(raw), 2)], Options{}), true)...)
		for _, sp := range spans {
			if sp.Lo < 0 || sp.Lo >= sp.Hi || sp.Hi > s.Len() {
				t.Fatalf("%q: span %v of %d bytes", raw, sp, s.Len())
			}
			if part := s.Sub(sp); part.String() != s.String()[sp.Lo:sp.Hi] || !utf8.ValidString(part.String()) {
				t.Fatalf("%q: span %v splits something: %q", raw, sp, part)
			}
		}
	})
}
