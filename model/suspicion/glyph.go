package suspicion

import (
	"sync"
	"unicode"
)

// glyph describes a rune for Of: a verdict, how it joins its neighbours, and its script if another script has look-alikes of it.
type glyph uint16

const (
	glyphUnknown glyph = iota + 1 // shown as a mark, but no reason for suspicion
	glyphControl
	glyphBidi
	glyphInvisible
	glyphSpace
	glyphRTL
	glyphStacked

	glyphVerdict glyph = 7
)

const (
	glyphExtends glyph = 1 << (iota + 3) // draws on, or joins, the rune before it
	glyphSpacing                         // extends, with a cell of its own in some terminals
	glyphLeads                           // a leading jamo, which joins a second one
	glyphLinks                           // a virama that joins the consonants on both sides
	glyphTints                           // a skin tone
	glyphWord                            // may be part of a word

	// The scripts that have look-alikes.

	glyphLatin
	glyphCyrillic
	glyphGreek
	glyphArmenian // with Georgian
	glyphCherokee
	glyphOther  // Coptic, Lisu, Deseret
	glyphStyled // Latin letters of another shape: fullwidth, mathematical

	glyphScripts = glyphLatin | glyphCyrillic | glyphGreek | glyphArmenian | glyphCherokee | glyphOther | glyphStyled
)

// verdicts translates the verdict of a glyph.
var verdicts = [8]Set{
	glyphControl: Control, glyphBidi: Bidi, glyphInvisible: Invisible, glyphSpace: OddSpace, glyphRTL: RightToLeft, glyphStacked: Stacked,
}

// glyphRow gives the runes of some tables and ranges (ends included) a property. A verdict replaces an earlier one; everything
// else is added.
type glyphRow struct {
	set    glyph
	tables []*unicode.RangeTable
	ranges [][2]rune
}

// glyphRows apply in this order to a rune that starts as unknown.
var glyphRows = []glyphRow{
	{0, unicode.PrintRanges, nil}, // clears the verdict
	{glyphWord, []*unicode.RangeTable{unicode.L, unicode.M, unicode.Nd}, nil},
	{glyphExtends, []*unicode.RangeTable{unicode.M}, [][2]rune{
		{0x0e33, 0x0e33}, {0x0eb3, 0x0eb3}, {0x1160, 0x11ff}, {0xd7b0, 0xd7fb}, {0xff9e, 0xff9f}, {0x1f3fb, 0x1f3ff},
	}},
	{glyphSpacing, []*unicode.RangeTable{unicode.Mc}, [][2]rune{
		{0x0e33, 0x0e33}, {0x0eb3, 0x0eb3}, {0x1160, 0x11ff}, {0x302e, 0x302f}, {0xd7b0, 0xd7fb}, {0xff9e, 0xff9f},
	}},
	{glyphLeads, nil, [][2]rune{{0x1100, 0x115e}, {0xa960, 0xa97c}}},
	{glyphLinks, nil, [][2]rune{
		{0x094d, 0x094d}, {0x09cd, 0x09cd}, {0x0acd, 0x0acd}, {0x0b4d, 0x0b4d}, {0x0c4d, 0x0c4d}, {0x0d4d, 0x0d4d}, {0x1039, 0x1039},
		{0x17d2, 0x17d2}, {0x1a60, 0x1a60}, {0x1b44, 0x1b44}, {0x1bab, 0x1bab}, {0xa9c0, 0xa9c0}, {0xaaf6, 0xaaf6}, {0x10a3f, 0x10a3f},
		{0x11133, 0x11133}, {0x1193e, 0x1193e}, {0x11a47, 0x11a47}, {0x11a99, 0x11a99}, {0x11f42, 0x11f42},
	}},
	{glyphTints, nil, [][2]rune{{0x1f3fb, 0x1f3ff}}},
	{glyphLatin, nil, [][2]rune{{0xaa, 0xaa}, {0xba, 0xba}, {0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0x02af}, {0x1e00, 0x1eff},
		{0x212a, 0x212b}, {0x2c60, 0x2c7f}, {0xa722, 0xa787}, {0xa78b, 0xa7ff}, {0xab30, 0xab5a}, {0xfb00, 0xfb06}}},
	{glyphCyrillic, []*unicode.RangeTable{unicode.Cyrillic}, nil},
	{glyphGreek, []*unicode.RangeTable{unicode.Greek}, nil},
	{glyphArmenian, []*unicode.RangeTable{unicode.Armenian, unicode.Georgian}, nil},
	{glyphCherokee, []*unicode.RangeTable{unicode.Cherokee}, nil},
	{glyphOther, []*unicode.RangeTable{unicode.Coptic, unicode.Lisu, unicode.Deseret}, nil},
	{glyphStyled, nil, [][2]rune{{0xff21, 0xff3a}, {0xff41, 0xff5a}, {0x1d400, 0x1d7ff}}},
	// Lines, blocks, shapes, braille: could imitate a frame.
	{glyphUnknown, nil, [][2]rune{
		{0x239b, 0x23bd}, {0x23d0, 0x23d0}, {0x2500, 0x25ff}, {0x2758, 0x275a}, {0x2801, 0x28ff}, {0x1fb00, 0x1fbff},
	}},
	{glyphRTL, nil, [][2]rune{{0x0590, 0x08ff}, {0xfb1d, 0xfdff}, {0xfe70, 0xfefe}, {0x10800, 0x10fff}, {0x1e800, 0x1efff}}},
	// These join whatever follows them.
	{glyphStacked, nil, [][2]rune{
		{0x0d4e, 0x0d4e}, {0x111c2, 0x111c3}, {0x113d1, 0x113d1}, {0x1193f, 0x1193f}, {0x11941, 0x11941}, {0x11a3a, 0x11a3a},
		{0x11a84, 0x11a89}, {0x11d46, 0x11d46}, {0x11f02, 0x11f02},
	}},
	{glyphInvisible, []*unicode.RangeTable{unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector}, [][2]rune{
		{0xfffc, 0xfffc}, {0x2d7f, 0x2d7f}, {0x16fe4, 0x16fe4}, {0x1107f, 0x1107f}, {0x13441, 0x13442}, {0x1d159, 0x1d159},
	}},
	{glyphSpace, []*unicode.RangeTable{unicode.Z}, [][2]rune{{0x2800, 0x2800}}},
	{glyphBidi, []*unicode.RangeTable{unicode.Bidi_Control}, nil},
	{glyphControl, []*unicode.RangeTable{unicode.Cc}, nil},
}

func (row *glyphRow) apply(g glyph) glyph {
	if row.set&^glyphVerdict == 0 {
		return g&^glyphVerdict | row.set
	}
	return g | row.set
}

// glyphOf returns the glyph of a rune. Below U+10000 it costs a table look-up.
func glyphOf(r rune) glyph { return glyphIn(bmpGlyphs(), r) }

// glyphIn is glyphOf for a caller who keeps the table.
func glyphIn(bmp *[0x10000]glyph, r rune) glyph {
	if r < 0x10000 {
		return bmp[uint16(r)]
	}
	return slowGlyph(r)
}

// slowGlyph applies every row.
func slowGlyph(r rune) glyph {
	g := glyphUnknown
	for i := range glyphRows {
		row := &glyphRows[i]
		if unicode.In(r, row.tables...) || inRanges(r, row.ranges) {
			g = row.apply(g)
		}
	}
	return g
}

func inRanges(r rune, ranges [][2]rune) bool {
	for _, x := range ranges {
		if x[0] <= r && r <= x[1] {
			return true
		}
	}
	return false
}

// bmpGlyphs is the table for glyphOf. It is built from the rows on first use.
var bmpGlyphs = sync.OnceValue(func() *[0x10000]glyph {
	t := new([0x10000]glyph)
	for i := range t {
		t[i] = glyphUnknown
	}
	for i := range glyphRows {
		row := &glyphRows[i]
		for _, table := range row.tables {
			for _, x := range table.R16 {
				row.fill(t, rune(x.Lo), rune(x.Hi), rune(x.Stride))
			}
		}
		for _, x := range row.ranges {
			row.fill(t, x[0], x[1], 1)
		}
	}
	return t
})

func (row *glyphRow) fill(t *[0x10000]glyph, lo, hi, stride rune) {
	for r := lo; r <= min(hi, 0xffff); r += stride {
		t[r] = row.apply(t[r])
	}
}
