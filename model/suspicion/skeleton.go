package suspicion

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// alike maps letters to the one that they look like, before letters are put in lower case: the capital I looks like a small l.
var alike = lookAlikes("aаαɑ bЬ cсϲ dԁ eе gɡ hһհ iіιı jјϳ kкκ lI1|ІΙӏ nոп oо0οօ pрρ qԛ rг sѕſ uυս vνѵ wԝ xхχ yуγ AАΑ BВΒ CСϹ EЕΕ FϜ HНΗ JЈ KКΚ MМΜ NΝ OОΟ PРΡ SЅ TТΤ XХΧ YУΥ ZΖ -‐‑‒–—−")

func lookAlikes(groups string) map[rune]rune {
	m := map[rune]rune{}
	for _, group := range strings.Fields(groups) {
		var first rune
		for i, r := range group {
			if i == 0 {
				first = r
			}
			m[r] = first
		}
	}
	return m
}

// pairs are letters that look like one when they stand side by side.
var pairs = strings.NewReplacer("rn", "m", "vv", "w")

// Skeleton returns a text that is the same for texts that look alike, whatever letters they are made of, and in which case. It is not for
// people.
func Skeleton(text string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			continue
		case unicode.IsSpace(r):
			r = ' '
		}
		if like, ok := alike[r]; ok {
			r = like
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return pairs.Replace(b.String())
}
