package letters

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestLettersFoldAsRegularExpressionsCompareThem(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		next := unicode.SimpleFold(r)
		if Fold(r) != Fold(next) {
			t.Errorf("%q folds to %q, and %q to %q", r, Fold(r), next, Fold(next))
		}
		if f := Fold(r); f != r {
			same := false
			for x := unicode.SimpleFold(r); x != r; x = unicode.SimpleFold(x) {
				same = same || x == f
			}
			if !same || Fold(f) != f {
				t.Errorf("%q folds to %q, which is another letter or folds again", r, f)
			}
		}
	}
}

func TestTextsAreComposedAndFolded(t *testing.T) {
	for text, want := range map[string]string{
		"José": "josé", "Jose\u0301": "josé", "JOSE\u0301": "josé", "ſecret": "secret", "K\u212A": "kk", "Å\u212BA\u030A": "ååå", "ΣΊΓΜΑς": "σίγμασ", "e\u0301\xff\u0301": "é\xff\u0301", "\u0301x": "\u0301x",
		"İstanbul": "İstanbul", "\u1100\u1161": "가", "plain": "plain", "": "", "q\u0303": "q\u0303", "xxxxxxxxe\u0301": "xxxxxxxxé",
	} {
		if got := string(FoldAppend(nil, []byte(text))); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
		if again := string(FoldAppend(nil, []byte(want))); again != want {
			t.Errorf("%q folds again, to %q", want, again)
		}
	}
}

func TestPlainLettersAreThoseThatComposingKeeps(t *testing.T) {
	for r := rune(0); r < 0x2200; r++ {
		for _, text := range []string{string(r), "12345678" + string(r), "é" + string(r), string(r) + "\u0301", "ø" + string(r) + "-\u0327é", string(r) + "é\xc3"} {
			want := norm.NFC.IsNormalString(text) && r != longS
			if got := Plain([]byte(text)); got != want {
				t.Fatalf("%q is plain: %v, want %v", text, got, want)
			}
		}
	}
}

func FuzzPlainTextsNeedNoComposing(f *testing.F) {
	for _, s := range []string{"plain", "José", "Jose\u0301", "ſ", "\u212a", "\xff\u0301", "12345678\u0301", "\u1100\u1161\u11a8"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		composed := Compose(text)
		if !norm.NFC.IsNormal(composed) {
			t.Fatalf("%q is composed to %q, which is not normal", text, composed)
		}
		if Plain(text) && string(composed) != string(text) {
			t.Fatalf("%q is plain and is composed to %q", text, composed)
		}
		if utf8.Valid(text) && string(FoldAppend(nil, composed)) != string(FoldAppend(nil, text)) {
			t.Fatalf("%q and its composed form fold differently", text)
		}
	})
}

// TestSingleRunesJoinNothing asks the library about every rune that Plain takes for one that needs no look at its neighbours.
func TestSingleRunesJoinNothing(t *testing.T) {
	known := 0
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		text := []byte(string(r))
		if single(text) == 0 {
			continue
		}
		known++
		if p := norm.NFC.Properties(text); !p.BoundaryBefore() || p.CCC() != 0 || !norm.NFC.IsNormal(text) || Fold(r) < utf8.RuneSelf || !utf8.Valid(text) {
			t.Errorf("%U is taken for a rune that stands alone", r)
		}
	}
	if known < 30_000 {
		t.Errorf("%d runes are known", known)
	}
}
