package suspicion

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSuspectFindsEveryKind(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       Set
	}{
		{"empty", "", 0},
		{"ASCII", "DELETE_RULE AWS.Root.Login ~!", 0},
		{"French", "suppression refusée à l'équipe", 0},
		{"Japanese with Latin", "AWSのルールABC123を削除", 0},
		{"Korean with Latin", "AWS규칙", 0},
		{"Korean, decomposed", "\u1112\u1161\u11ab\u1100\u1173\u11af", 0},
		{"Russian beside English", "правило rule", 0},
		{"Greek beside a name", "κανόνας rule-κανόνας", 0},
		{"Hindi, Thai, Tamil", "क्षत्रिय स्ते กำลัง தமிழ்", 0},
		{"emoji", "👍🏽 🎉 🇺🇸", 0},
		{"accents", "cafe\u0301 e\u0301\u0302\u0303\u0304", 0},
		{"drawings and icons", "│█● ✗ ™", 0},
		{"private use and unassigned", "\ue0b0\u0378", 0},
		{"escape", "a\x1b[2J", Control}, {"NUL", "a\x00", Control}, {"DEL", "\x7f", Control}, {"C1 rune", "\u009b1m", Control},
		{"newline", "a\nb", Control}, {"tab", "a\tb", Control},
		{"override", "abc\u202etxt", Bidi}, {"isolate", "\u2066x\u2069", Bidi}, {"marks of direction", "\u200e\u200f\u061c", Bidi},
		{"zero width", "ad\u200bmin", Invisible}, {"joined emoji", "👩\u200d💻", Invisible}, {"selector", "❤\ufe0f", Invisible},
		{"tags", "a\U000e0041", Invisible}, {"filler", "\u3164", Invisible}, {"object", "\ufffc", Invisible}, {"soft hyphen", "a\u00adb", Invisible},
		{"byte order mark", "\ufeffa", Invisible},
		{"bad bytes", "a\xff", BadUTF8}, {"C1 byte", "\x9b1m", BadUTF8}, {"cut rune", "日\xe6\x97", BadUTF8},
		{"lone surrogate", "\xed\xa0\x80", BadUTF8}, {"overlong", "\xc0\xaf", BadUTF8},
		{"Cyrillic in Latin", "\u0430dmin", MixedScript}, {"Latin in Cyrillic", "правилo", MixedScript}, {"Greek in Latin", "r\u03bfot", MixedScript},
		{"far into a word", "x=administrat\u043er", MixedScript}, {"Greek with Cyrillic", "\u03bf\u043e", MixedScript},
		{"Cherokee in Latin", "\u13aaWS", MixedScript}, {"Armenian in Latin", "h\u0585me", MixedScript},
		{"fullwidth in Latin", "\uff21WS", MixedScript}, {"mathematical in Latin", "r\U0001d428ot", MixedScript},
		{"across digits and accents", "a1\u03011\u043e", MixedScript},
		{"Hebrew", "\u05e9\u05dc", RightToLeft}, {"Arabic", "\u0645\u0661", RightToLeft}, {"Adlam", "\U0001e900", RightToLeft},
		{"no-break space", "a\u00a0b", OddSpace}, {"ideographic space", "\u3000", OddSpace}, {"braille blank", "\u2800", OddSpace},
		{"separators", "\u2028\u2029", OddSpace},
		{"five accents", "e" + strings.Repeat("\u0301", 5), Stacked}, {"accent first", "\u0301a", Stacked},
		{"accent after a space", "a \u0301", Stacked}, {"sign on another script", "a\u093e", Stacked},
		{"skin tone alone", "🏽", Stacked}, {"vowel jamo alone", "\u1161", Stacked}, {"six leading jamos", strings.Repeat("\u1100", 6), Stacked},
		{"endless conjunct", strings.Repeat("\u0915\u094d", 6), Stacked}, {"prepended letter", "\u0d4ea", Stacked},
		{"accent on an icon from private use", "\ue0b0\u0301", Stacked},
		{"several", "\x1b\u202e\u200b\xff\u00a0\u05d0", Control | Bidi | Invisible | BadUTF8 | OddSpace | RightToLeft},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, pad := range []string{"", "x ", "plain text of some length: "} {
				if got := Of([]byte(pad+tt.text), false); got != tt.want {
					t.Errorf("Of(%q) = %q, want %q", pad+tt.text, got.Reasons(), tt.want.Reasons())
				}
			}
		})
	}
}

func TestMultilineTextMayHaveLines(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Set
	}{
		{"SELECT *\n\tFROM x\r\nWHERE y", 0}, {"é\n\té\r\n", 0}, {"a\rb", Control}, {"a\r", Control}, {"a\r\rb\n", Control}, {"a\x0bb", Control},
		{"a\n\u0301", Stacked},
	} {
		if got := Of([]byte(tt.text), true); got != tt.want {
			t.Errorf("Of(%q, true) = %q, want %q", tt.text, got.Reasons(), tt.want.Reasons())
		}
	}
}

func TestReasonsNameEveryBit(t *testing.T) {
	if got := Set(0).Reasons(); got != nil {
		t.Errorf("no suspicion has reasons %q", got)
	}
	seen := map[string]bool{}
	for bit := Control; bit != 0; bit <<= 1 {
		words := bit.Reasons()
		if len(words) != 1 || words[0] == "" || seen[words[0]] {
			t.Errorf("bit %08b: reasons %q", bit, words)
		}
		seen[words[0]] = true
	}
	if diff := cmp.Diff([]string{"control character", "bad UTF-8"}, (Control | BadUTF8).Reasons()); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}

// Whatever is not plainly visible must be found, standing alone after a letter, unless it is merely unknown.
func TestSuspectMissesNoHiddenRune(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r < 0x10000 && glyphOf(r) != slowGlyph(r) {
			t.Fatalf("%U: table %b, rows %b", r, glyphOf(r), slowGlyph(r))
		}
		if r >= 0xd800 && r < 0xe000 || unicode.IsPrint(r) && !unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) {
			continue
		}
		known := unicode.In(r, unicode.Cc, unicode.Cf, unicode.Z, unicode.L, unicode.M, unicode.Other_Default_Ignorable_Code_Point)
		if known && r != ' ' && Of([]byte("a"+string(r)), false) == 0 {
			t.Fatalf("%U is not found", r)
		}
	}
}

func TestSuspectDoesNotAllocate(t *testing.T) {
	text := []byte("d\u00e9j\u00e0 vu \u202e\x1b[2J \u0430dmin 👍🏽")
	if n := testing.AllocsPerRun(100, func() { Of(text, true) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// stepwise is Of for a text on one line, without skipping any of it.
func stepwise(b []byte) Set {
	var w scanner
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case b[0] >= 0x20 && b[0] < 0x7f:
			w.ascii(b[0])
		case r == utf8.RuneError && size == 1:
			w.misfit(BadUTF8)
		default:
			w.rune(r, glyphOf(r))
		}
		b = b[size:]
	}
	return w.found
}

func TestWhatIsSkippedHidesNothing(t *testing.T) {
	parts := []string{"a", "7", " ", "-", "word", " two words ", "12345678", "........", "\u0430", "\u0301", "\u200d", "\U0001f3fd", "\u202e", "é", "日", "\xff", "\x1b", "\x7f", "\u093e"}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		var text []byte
		for range 1 + rng.IntN(8) {
			text = append(text, parts[rng.IntN(len(parts))]...)
		}
		if got, want := Of(text, false), stepwise(text); got != want {
			t.Fatalf("Of(%q) = %q, want %q", text, got.Reasons(), want.Reasons())
		}
	}
}

func FuzzSuspect(f *testing.F) {
	f.Add([]byte("plain"), []byte("\u0301\x1b"))
	f.Add([]byte("a\u0430"), []byte("\xff\u202e"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		all := append(append(append([]byte{}, a...), '|'), b...)
		parts := Of(a, false) | Of(append([]byte("|"), b...), false)
		if got := Of(all, false); got != parts {
			t.Fatalf("Of(%q) = %q, its parts %q", all, got.Reasons(), parts.Reasons())
		}
		if want := stepwise(all); parts != want {
			t.Fatalf("Of(%q) = %q, step by step %q", all, parts.Reasons(), want.Reasons())
		}
		if Of(all, true)&^parts != 0 {
			t.Fatalf("Of(%q, true) finds more than without", all)
		}
	})
}

func BenchmarkSuspect(b *testing.B) {
	for _, bb := range []struct{ name, text string }{
		{"ASCII", "cannot delete: the rule is part of a pack and cannot be deleted on its own"}, {"accents", "suppression refusée à l'équipe du matin"},
		{"Japanese", "検出ルールを削除できませんでした"},
	} {
		text := []byte(bb.text)
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Of(text, false)
			}
		})
	}
}
