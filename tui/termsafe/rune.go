package termsafe

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// kind says how one rune may appear, as a set of the bits below. Zero means that it never appears as itself.
type kind uint8

const (
	shown   kind = 1 << iota // may stand as itself
	extends                  // draws on, or joins, the rune before it
	leads                    // a leading Hangul jamo, which joins a second one
	links                    // a virama that joins the consonants on both sides
	tints                    // a skin tone, which joins the emoji before it
	spacing                  // extends, with a cell of its own in some terminals and none in others
	rtl                      // reorders its row in a terminal that knows bidi
	drawing                  // could imitate our frame or charts
)

// The runes whose properties package unicode does not have, or that are drawn as nothing although they are printable.
var (
	blankRunes = []span32{
		{0x2800, 0x2800}, {0xfffc, 0xfffc}, {0x2d7f, 0x2d7f}, {0x16fe4, 0x16fe4}, {0x1107f, 0x1107f},
		{0x13441, 0x13442}, {0x1d159, 0x1d159},
	}
	// These join whatever follows them, and so would swallow a cell of the frame.
	prependRunes = []span32{
		{0x0d4e, 0x0d4e}, {0x111c2, 0x111c3}, {0x113d1, 0x113d1}, {0x1193f, 0x1193f}, {0x11941, 0x11941},
		{0x11a3a, 0x11a3a}, {0x11a84, 0x11a89}, {0x11d46, 0x11d46}, {0x11f02, 0x11f02},
	}
	// Jamos after the first, the vowels am of Thai and Lao, halfwidth voicing marks, skin tones.
	extendRunes = []span32{
		{0x0e33, 0x0e33}, {0x0eb3, 0x0eb3}, {0x1160, 0x11ff}, {0xd7b0, 0xd7fb}, {0xff9e, 0xff9f}, {0x1f3fb, 0x1f3ff},
	}
	spacingRunes = []span32{
		{0x0e33, 0x0e33}, {0x0eb3, 0x0eb3}, {0x1160, 0x11ff}, {0x302e, 0x302f}, {0xd7b0, 0xd7fb}, {0xff9e, 0xff9f},
	}
	leadRunes = []span32{{0x1100, 0x115e}, {0xa960, 0xa97c}}
	linkRunes = []span32{
		{0x094d, 0x094d}, {0x09cd, 0x09cd}, {0x0acd, 0x0acd}, {0x0b4d, 0x0b4d}, {0x0c4d, 0x0c4d}, {0x0d4d, 0x0d4d},
		{0x1039, 0x1039}, {0x17d2, 0x17d2}, {0x1a60, 0x1a60}, {0x1b44, 0x1b44}, {0x1bab, 0x1bab}, {0xa9c0, 0xa9c0},
		{0xaaf6, 0xaaf6}, {0x10a3f, 0x10a3f}, {0x11133, 0x11133}, {0x1193e, 0x1193e}, {0x11a47, 0x11a47},
		{0x11a99, 0x11a99}, {0x11f42, 0x11f42},
	}
	tintRunes = []span32{{0x1f3fb, 0x1f3ff}}
	// Whole blocks: the digits and punctuation of these scripts reorder a row too.
	rtlRunes     = []span32{{0x0590, 0x08ff}, {0xfb1d, 0xfdff}, {0xfe70, 0xfefe}, {0x10800, 0x10fff}, {0x1e800, 0x1efff}}
	drawingRunes = []span32{
		{0x239b, 0x23bd}, {0x23d0, 0x23d0}, {0x2500, 0x25ff}, {0x2758, 0x275a}, {0x2800, 0x28ff}, {0x1fb00, 0x1fbff},
	}
)

// span32 is the runes lo to hi, both included.
type span32 struct{ lo, hi rune }

func within(r rune, spans []span32) bool {
	for _, s := range spans {
		if s.lo <= r && r <= s.hi {
			return true
		}
	}
	return false
}

// kindOf costs a table look-up below U+10000, and a few searches above.
func kindOf(r rune) kind {
	if r < 0x10000 {
		return bmpKinds()[uint16(r)]
	}
	return slowKind(r)
}

// bmpKinds is built at the first rune above ASCII, in well under a millisecond: most logs never need it.
var bmpKinds = sync.OnceValue(func() *[0x10000]kind {
	t := new([0x10000]kind)
	for _, r := range unicode.PrintRanges {
		setRange(t, r, shown)
	}
	setRange(t, unicode.M, extends)
	setRange(t, unicode.Mc, spacing)
	for _, d := range spanKinds {
		for _, s := range d.spans {
			for r := s.lo; r <= min(s.hi, 0xffff); r++ {
				t[r] |= d.kind
			}
		}
	}
	hide(t)
	return t
})

// spanKinds lists the bits that come from our own tables.
var spanKinds = []struct {
	kind  kind
	spans []span32
}{
	{extends, extendRunes}, {spacing, spacingRunes}, {leads, leadRunes}, {links, linkRunes}, {tints, tintRunes}, {rtl, rtlRunes},
	{drawing, drawingRunes},
}

func setRange(t *[0x10000]kind, table *unicode.RangeTable, k kind) {
	for _, r16 := range table.R16 {
		for r := int(r16.Lo); r <= int(r16.Hi); r += int(r16.Stride) {
			t[r] |= k
		}
	}
}

// hide clears every bit of the runes that never appear.
func hide(t *[0x10000]kind) {
	t[' '] |= shown
	for r := range t {
		if t[r]&shown == 0 {
			t[r] = 0
		}
	}
	for _, table := range []*unicode.RangeTable{unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector} {
		for _, r16 := range table.R16 {
			for r := int(r16.Lo); r <= int(r16.Hi); r += int(r16.Stride) {
				t[r] = 0
			}
		}
	}
	for _, spans := range [][]span32{blankRunes, prependRunes} {
		for _, s := range spans {
			for r := s.lo; r <= min(s.hi, 0xffff); r++ {
				t[r] = 0
			}
		}
	}
}

// slowKind decides a rune from the properties themselves.
func slowKind(r rune) kind {
	if !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		within(r, blankRunes) || within(r, prependRunes) {
		return 0
	}
	k := shown
	if unicode.Is(unicode.M, r) {
		k |= extends
	}
	if unicode.Is(unicode.Mc, r) {
		k |= spacing
	}
	for _, d := range spanKinds {
		if within(r, d.spans) {
			k |= d.kind
		}
	}
	return k
}

// RightToLeft reports whether raw holds a letter, digit or sign of Hebrew, Arabic or the like: what [Options].RightToLeft shows.
func RightToLeft(raw string) bool {
	for at := plainPrefix(raw); at < len(raw); at += plainPrefix(raw[at:]) {
		r, size := utf8.DecodeRuneInString(raw[at:])
		if kindOf(r)&rtl != 0 {
			return true
		}
		at += size
	}
	return false
}
