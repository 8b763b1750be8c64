package termsafe

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
)

// hostile holds one text or more of every class that an attacker may write into a log, and what is to be seen of it.
// The fuzz targets start from it.
var hostile = []struct{ name, raw, want string }{
	{"plain", "DELETE_RULE AWS.Root.Login", "DELETE_RULE AWS.Root.Login"},
	{"erase", "a\x1b[2Jb", "a␛[2Jb"},
	{"CSI with 40 parameters", "\x1b[" + strings.Repeat("1;", 39) + "1m", "␛[" + strings.Repeat("1;", 39) + "1m"},
	{"CSI with 5,000 parameters", "\x1b[" + strings.Repeat("1;", 4999) + "1m", "␛[" + strings.Repeat("1;", 4999) + "1m"},
	{"unterminated OSC", "\x1b]0;owned", "␛]0;owned"},
	{"unterminated DCS", "\x1bPq#0", "␛Pq#0"},
	{"unterminated APC", "\x1b_x", "␛_x"},
	{"unterminated PM and SOS", "\x1b^x\x1bXy", "␛^x␛Xy"},
	{"window title", "\x1b]0;owned\a", "␛]0;owned␇"},
	{"hyperlink", "\x1b]8;;https://example.com\x1b\\x\x1b]8;;\x1b\\", "␛]8;;https://example.com␛\\x␛]8;;␛\\"},
	{"clipboard", "\x1b]52;c;aGk=\a", "␛]52;c;aGk=␇"},
	{"notification", "\x1b]9;hi\a", "␛]9;hi␇"},
	{"iTerm2", "\x1b]1337;File=inline=1:AA==\a", "␛]1337;File=inline=1:AA==␇"},
	{"DECRQSS", "\x1bP$qm\x1b\\", "␛P$qm␛\\"},
	{"kitty graphics", "\x1b_Ga=T;AAAA\x1b\\", "␛_Ga=T;AAAA␛\\"},
	{"end of paste", "x\x1b[201~y", "x␛[201~y"},
	{"C1 runes", "\u009b2J\u009d0;x\u009c\u0085", "<U+009B>2J<U+009D>0;x<U+009C><U+0085>"},
	{"C1 bytes", "\x9b2J\x9d0;x\x9c", "<9B>2J<9D>0;x<9C>"},
	{"forged row", "x\r\nFAILED y", "x␍␊FAILED y"},
	{"backspace", "no\b\byes\tz\v\f", "no␈␈yes␉z␋␌"},
	{"NUL and DEL", "\x00\x7f", "␀␡"},
	{"bidi controls", "a\u202eb\u2066c\u2069\u200f\u061c", "a<U+202E>b<U+2066>c<U+2069><U+200F><U+061C>"},
	{"Hebrew", "x\u05d0\u05d1", "x<U+05D0><U+05D1>"},
	{"Arabic digits", "\u0661", "<U+0661>"},
	{"zero width", "ad\u200bmin\u200c\u200d\u2060\ufeff", "ad<U+200B>min<U+200C><U+200D><U+2060><U+FEFF>"},
	{"soft hyphen", "a\u00adb", "a<U+00AD>b"},
	{"tags", "a\U000e0041\U000e007f", "a<U+E0041><U+E007F>"},
	{"variation selectors", "\u2764\ufe0f\U000e0100", "\u2764<U+FE0F><U+E0100>"},
	{"fillers", "\u3164\uffa0\u115f\u1160", "<U+3164><U+FFA0><U+115F><U+1160>"},
	{"blank looks", "\u2800\ufffc\u034f\U0001d159", "<U+2800><U+FFFC><U+034F><U+1D159>"},
	{"spaces", "a\u00a0b\u3000\u2003\u1680\u202f", "a<U+00A0>b<U+3000><U+2003><U+1680><U+202F>"},
	{"separators", "a\u2028b\u2029", "a<U+2028>b<U+2029>"},
	{"annotation", "\ufff9a\ufffab\ufffb", "<U+FFF9>a<U+FFFA>b<U+FFFB>"},
	{"private use", "\ue0b0\U000f0000", "<U+E0B0><U+F0000>"},
	{"unassigned", "\u0378\uffff", "<U+0378><U+FFFF>"},
	{"box drawing", "\u2502\u2588\u25cf\u28ff", "<U+2502><U+2588><U+25CF><U+28FF>"},
	{"homoglyph", "\u0430dmin", "\u0430dmin"},
	{"bad bytes", "a\xffb\xc0\xaf\xe2\x82", "a<FF>b<C0><AF><E2><82>"},
	{"surrogate", "\xed\xa0\x80", "<ED><A0><80>"},
	{"replacement rune", "\ufffd", "\ufffd"},
	{"literal control picture", "\u241b[2J", "\u241b[2J"},
	{"literal mark", "<U+202E>", "<U+202E>"},
	{"accents", "e\u0301\u0302\u0303\u0304x", "e\u0301\u0302\u0303\u0304x"},
	{"stacked accents", "e" + strings.Repeat("\u0301", 6), "e\u0301\u0301\u0301\u0301<U+0301><U+0301>"},
	{"accent without a base", "\u0301a", "<U+0301>a"},
	{"accent on a space", "a \u0338b", "a <U+0338>b"},
	{"vowel sign on a letter of another script", "a\u093e\u0e33 \u0e33", "a<U+093E><U+0E33> <U+0E33>"},
	{"Thai", "กำลัง", "กำลัง"},
	{"accent on a mark", "\x1b\u0338", "␛<U+0338>"},
	{"wide", "日本語", "日本語"},
	{"joined emoji", "👩\u200d💻", "👩<U+200D>💻"},
	{"skin tone", "👍🏽", "👍🏽"},
	{"skin tone without an emoji", "a🏽", "a<U+1F3FD>"},
	{"flag", "🇺🇸", "🇺🇸"},
	{"Korean, decomposed", "\u1112\u1161\u11ab", "\u1112\u1161\u11ab"},
	{"Korean vowel alone", "\u1161", "<U+1161>"},
	{"leading jamos", strings.Repeat("\u1100", 6), strings.Repeat("\u1100", 5) + "<U+1100>"},
	{"Devanagari", "स्ते", "स्ते"},
	{"endless conjunct", strings.Repeat("\u0915\u094d", 6), strings.Repeat("\u0915\u094d", 4) + "\u0915<U+094D>\u0915\u094d"},
	{"prepended letter", "a\u0d4e", "a<U+0D4E>"},
}

func TestCleanShowsEveryClassOfHostileText(t *testing.T) {
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			for _, got := range []Safe{Clean(tt.raw, Options{}), CleanBytes([]byte(tt.raw), Options{})} {
				if got.String() != tt.want {
					t.Errorf("Clean(%q) = %q, want %q", tt.raw, got, tt.want)
				}
			}
			again := Clean(tt.want, Options{})
			if again.String() != tt.want {
				t.Errorf("Clean(Clean(%q)) = %q, want %q", tt.raw, again, tt.want)
			}
		})
	}
}

func TestCleanTellsMarksFromTheSameTextInTheLog(t *testing.T) {
	s := Clean("\u241b<U+202E>\x1b\u202e", Options{})
	if want := "␛<U+202E>␛<U+202E>"; s.String() != want {
		t.Fatalf("text = %q, want %q", s, want)
	}
	if diff := cmp.Diff([]Span{{11, 14}, {14, 22}}, s.Marks()); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
	}
	if got, want := string(s.AppendMarked(nil, "[", "]")), "␛<U+202E>[␛][<U+202E>]"; got != want {
		t.Errorf("AppendMarked = %q, want %q", got, want)
	}
	if s := Clean("\u241b<U+202E>", Options{}); s.Marked() {
		t.Errorf("a literal picture is taken for a mark: %v", s.Marks())
	}
}

func TestCleanOptionsShowMore(t *testing.T) {
	for _, tt := range []struct {
		raw  string
		opt  Options
		want string
	}{
		{"x\u05d0", Options{RightToLeft: true}, "x\u05d0"},
		{"x\u05b0", Options{RightToLeft: true}, "x\u05b0"},
		{"\u2502\u2800", Options{Drawing: true}, "\u2502<U+2800>"},
		{"é\x1b\x7f\u202e\xff\t", Options{ASCII: true}, "<U+00E9><1B><7F><U+202E><FF><09>"},
		{"日本", Options{ASCII: true, RightToLeft: true, Drawing: true}, "<U+65E5><U+672C>"},
	} {
		if got := Clean(tt.raw, tt.opt).String(); got != tt.want {
			t.Errorf("Clean(%q, %+v) = %q, want %q", tt.raw, tt.opt, got, tt.want)
		}
	}
}

// shownByPolicy is the rule for a single rune, written down a second time and straight from the properties.
func shownByPolicy(r rune) bool {
	if r >= 0x20 && r <= 0x7e {
		return true
	}
	return unicode.IsPrint(r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) &&
		!unicode.Is(unicode.Variation_Selector, r) && r != 0x2800 && r != 0xfffc
}

func TestEveryRuneFollowsThePolicy(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		k := kindOf(r)
		if k != slowKind(r) {
			t.Fatalf("%U: table says %b, properties say %b", r, k, slowKind(r))
		}
		want := shownByPolicy(r) && !within(r, blankRunes) && !within(r, prependRunes)
		if got := k&shown != 0; got != want {
			t.Errorf("%U: shown = %v, want %v", r, got, want)
		}
	}
}

// A rune that stands as itself and joins nothing must take a cell, or a cap in cells would not cap the work, and a
// name made of such runes would look empty.
func TestEveryShownRuneTakesACell(t *testing.T) {
	for r := rune(0x20); r <= unicode.MaxRune; r++ {
		if k := kindOf(r); k&shown == 0 || k&extends != 0 {
			continue
		}
		if s := string(r); ansi.StringWidth(s) < 1 || ansi.StringWidthWc(s) < 1 {
			t.Errorf("%U takes %d and %d cells", r, ansi.StringWidth(s), ansi.StringWidthWc(s))
		}
	}
}

func TestMaxCellsChangesNothingInsideTheCell(t *testing.T) {
	texts := []string{strings.Repeat("x", 300), strings.Repeat("日", 300), strings.Repeat("e\u0301\u0302\u0303\u0304\u0305", 80),
		strings.Repeat("\x1b", 300), strings.Repeat("\u0915\u094d", 300), strings.Repeat("\u0915\u094d\u0301\u0915\u0d4d\u0a4d\u0915", 90), strings.Repeat("🇺🇸", 99), strings.Repeat("\U00010915", 99)}
	for _, h := range hostile {
		texts = append(texts, h.raw+h.raw+h.raw)
	}
	for _, w := range []Widther{{}, {Clusters: true}} {
		for _, raw := range texts {
			for cells := 1; cells < 30; cells++ {
				want := w.Truncate(Clean(raw, Options{}), cells).String()
				for _, s := range []Safe{Clean(raw, Options{MaxCells: cells}), CleanBytes([]byte(raw), Options{MaxCells: cells})} {
					if got := w.Truncate(s, cells).String(); got != want {
						t.Fatalf("%+v: %q in %d cells = %q, want %q", w, raw, cells, got, want)
					}
				}
			}
		}
	}
}

func TestMaxCellsBoundsTheWork(t *testing.T) {
	for _, unit := range []string{"x", "日", "\u0301", "e\u0301\u0301\u0301\u0301", "\xff", "\u0915\u094d", "\u05d0"} {
		raw := strings.Repeat(unit, 1<<20/len(unit))
		s := Clean(raw, Options{MaxCells: 40})
		if limit := 42 * 40; s.Len() > limit {
			t.Errorf("%q repeated: %d bytes kept of a cell of 40, want at most %d", unit, s.Len(), limit)
		}
	}
}

func TestCleanDoesNotCopyWhatNeedsNoMark(t *testing.T) {
	for _, raw := range []string{"DELETE_RULE AWS.Root.Login by ci-token", "日本語のルール", "caf\u00e9"} {
		if n := testing.AllocsPerRun(100, func() { Clean(raw, Options{}) }); n != 0 {
			t.Errorf("Clean(%q) allocates %v times", raw, n)
		}
	}
}

func TestTitleIsShortAndClean(t *testing.T) {
	for _, raw := range []string{"audit.jsonl", strings.Repeat("x", 500), strings.Repeat("日", 100), strings.Repeat("🇺", 90), "a\x1b]0;x\a\n"} {
		s := Title(raw)
		if a, b := (Widther{}).Width(s), (Widther{Clusters: true}).Width(s); a > 60 || b > 60 {
			t.Errorf("Title(%.20q) takes %d or %d cells", raw, a, b)
		}
		if _, n := Tripwire(s.String()); n > 0 || strings.Contains(s.String(), "\n") {
			t.Errorf("Title(%.20q) = %q", raw, s)
		}
	}
	if got := Title("audit.jsonl").String(); got != "audit.jsonl" {
		t.Errorf("Title = %q", got)
	}
}

func FuzzClean(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.raw, uint8(7), uint8(0))
	}
	f.Fuzz(func(t *testing.T, raw string, cells, flags uint8) {
		opt := Options{ASCII: flags&1 > 0, RightToLeft: flags&2 > 0, Drawing: flags&4 > 0}
		w := Widther{Clusters: flags&8 > 0, ASCII: flags&16 > 0}
		s := Clean(raw, opt)
		if out, n := Tripwire(s.String()); n > 0 || strings.ContainsAny(out, "\n\x1b") {
			t.Fatalf("Clean(%q) = %q", raw, s)
		}
		if again := Clean(s.String(), opt); again.String() != s.String() || again.Marked() {
			t.Fatalf("Clean(%q) = %q, again %q with marks %v", raw, s, again, again.Marks())
		}
		if opt.ASCII && (!s.ASCII() || len(s.String()) != utf8.RuneCountInString(s.String())) {
			t.Fatalf("Clean(%q) = %q is not ASCII", raw, s)
		}
		checkCuts(t, w, s, int(cells))
		opt.MaxCells = int(cells)
		if got, want := w.Truncate(Clean(raw, opt), int(cells)), w.Truncate(s, int(cells)); cells > 0 && got.String() != want.String() {
			t.Fatalf("capped at %d: %q, want %q", cells, got, want)
		}
	})
}

// checkCuts checks the widths of everything that cuts s.
func checkCuts(t *testing.T, w Widther, s Safe, cells int) {
	t.Helper()
	full := w.Width(s)
	cut := w.Truncate(s, cells)
	if n := w.Width(cut); n > cells || full <= cells && cut.String() != s.String() {
		t.Fatalf("Truncate(%q, %d) = %q of %d cells", s, cells, cut, n)
	}
	if n := w.Width(w.PadLeft(cut, cells)); n != cells {
		t.Fatalf("PadLeft(%q, %d) takes %d cells", cut, cells, n)
	}
	if head, n, more := w.Fit(s, cells); n != w.Width(head)+map[bool]int{true: 1}[more] {
		t.Fatalf("Fit(%q, %d) says %d cells for %q", s, cells, n, head)
	}
	from := cells / 3
	if got, want := w.Width(w.Slice(s, from, cells)), max(min(full, cells)-from, 0); got != want {
		t.Fatalf("Slice(%q, %d, %d) takes %d cells, want %d", s, from, cells, got, want)
	}
	var joined strings.Builder
	for _, row := range w.Wrap(s, cells) {
		if n := w.Width(row); n > max(cells, 2) {
			t.Fatalf("Wrap(%q, %d): row %q of %d cells", s, cells, row, n)
		}
		joined.WriteString(row.String())
	}
	if joined.String() != s.String() {
		t.Fatalf("Wrap(%q, %d) loses text: %q", s, cells, joined.String())
	}
}

func BenchmarkCleanTruncateASCII(b *testing.B) {
	const raw = "cannot delete: the rule is part of a pk."
	for _, bb := range []struct {
		name  string
		cells int
	}{{"fits", 40}, {"cut", 30}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if (Widther{}).Truncate(Clean(raw, Options{MaxCells: bb.cells}), bb.cells).Empty() {
					b.Fatal("empty")
				}
			}
		})
	}
}

func BenchmarkCleanTruncateOther(b *testing.B) {
	for _, bb := range []struct{ name, raw string }{
		{"japanese", "検出ルールを削除できませんでした"}, {"accents", "suppression refus\u00e9e \u00e0 l'\u00e9quipe du matin"},
		{"escape", "cannot \x1b[2J delete \u202e the rule"}, {"huge", strings.Repeat("e\u0301", 1<<20)},
	} {
		for _, w := range []Widther{{}, {Clusters: true}} {
			b.Run(bb.name+map[bool]string{false: "/wc", true: "/cluster"}[w.Clusters], func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					w.Truncate(Clean(bb.raw, Options{MaxCells: 30}), 30)
				}
			})
		}
	}
}
