// Package suspicion tells in which ways a text could mislead its reader or a terminal: hidden, reordered or look-alike text. It
// makes nothing printable; that is tui/termsafe.
package suspicion

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Set is the ways in which a text could mislead: the bits below. The zero value is none.
type Set uint8

const (
	// Control is a C0 control, DEL or a C1 control: escape sequences, forged rows.
	Control Set = 1 << iota
	// Bidi is a control that reorders the text around it.
	Bidi
	// Invisible is a rune drawn as nothing: zero-width ones, tags, variation selectors, fillers.
	Invisible
	// BadUTF8 is a byte that is not UTF-8, a lone surrogate included.
	BadUTF8
	// MixedScript is a word with letters of scripts that look alike, as Latin with a Cyrillic letter in it.
	MixedScript
	// RightToLeft is a letter, digit or sign of a script written from right to left.
	RightToLeft
	// OddSpace is a space other than U+0020, or a line or paragraph separator.
	OddSpace
	// Stacked is a rune that joins its neighbours where it should not: more than four marks on one letter, or a mark
	// without a letter that can carry it.
	Stacked
)

// suspicionWords names the bits, lowest first.
var suspicionWords = [8]string{
	"control character", "bidi control", "invisible character", "bad UTF-8", "mixed scripts", "right-to-left text", "odd space",
	"stacked marks",
}

// Reasons names what s holds, in fixed words and a fixed order; nil for nothing.
func (s Set) Reasons() []string {
	var out []string
	for i, word := range suspicionWords {
		if s&(1<<i) != 0 {
			out = append(out, word)
		}
	}
	return out
}

// Of looks at a decoded text, not at its JSON form. With multiline, tabs, newlines and CR LF are ordinary, as in
// a query or a long error message; a CR alone never is. It does not allocate, and passes printable ASCII 8 bytes at
// a time.
//
// It agrees with what the interface marks in a list: a text in which something has to be marked is suspicious, except
// for runes that are only unknown (private use, unassigned) or only drawings (lines, blocks, shapes).
func Of(decoded []byte, multiline bool) Set {
	n := printableASCII(decoded)
	if n == len(decoded) {
		return 0
	}
	// The run of ASCII ends in the letters that the first other rune may belong to.
	for n > 0 && isASCIIWord(decoded[n-1]) {
		n--
	}
	w := suspecter{multiline: multiline}
	if n > 0 {
		w.base = rune(decoded[n-1])
	}
	return w.walk(decoded[n:])
}

// printableASCII counts the bytes before the first one that is not 0x20 to 0x7e.
func printableASCII(b []byte) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		// A byte below 0x20 borrows, DEL carries into the high bit, and the rest have it set.
		if ((x-0x20*ones)|(x+ones)|x)&high != 0 {
			break
		}
	}
	for i < len(b) && b[i]-0x20 < 0x5f {
		i++
	}
	return i
}

func isASCIIWord(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

// maxStackedMarks is how many marks one letter may carry.
const maxStackedMarks = 4

// suspecter walks a text rune by rune.
type suspecter struct {
	multiline bool
	found     Set
	scripts   glyph // of the word so far
	base      rune  // what a mark would be drawn on; 0 for nothing
	depth     int   // marks on base
	last      glyph // of the rune before
}

func (w *suspecter) walk(b []byte) Set {
	for i := 0; i < len(b); {
		c := b[i]
		if c >= 0x20 && c < 0x7f {
			w.ascii(c)
			i++
			continue
		}
		if n := lineBreak(b[i:]); n > 0 && w.multiline {
			w.base, w.depth, w.last, w.scripts = 0, 0, 0, 0
			i += n
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			w.misfit(BadUTF8)
		} else {
			w.rune(r, glyphOf(r))
		}
		i += size
	}
	return w.found
}

// lineBreak is the length of the tab, newline or CR LF at the start of b.
func lineBreak(b []byte) int {
	switch {
	case b[0] == '\t', b[0] == '\n':
		return 1
	case b[0] == '\r' && len(b) > 1 && b[1] == '\n':
		return 2
	}
	return 0
}

func (w *suspecter) ascii(c byte) {
	w.base, w.depth, w.last = rune(c), 0, 0
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		w.script(glyphLatin)
	case c < '0' || c > '9':
		w.scripts = 0
	}
}

// misfit takes in something that is shown as a mark, and so carries nothing and is part of no word.
func (w *suspecter) misfit(s Set) {
	w.found |= s
	w.base, w.depth, w.last, w.scripts = 0, 0, 0, 0
}

func (w *suspecter) rune(r rune, g glyph) {
	if v := g & glyphVerdict; v != 0 {
		w.misfit(verdicts[v])
		return
	}
	if !w.joins(r, g) {
		w.misfit(Stacked)
		return
	}
	w.last = g
	if g&glyphWord == 0 {
		w.scripts = 0
		return
	}
	w.script(g & glyphScripts)
}

// script adds the script of a letter to its word.
func (w *suspecter) script(g glyph) {
	w.scripts |= g
	if bits.OnesCount16(uint16(w.scripts)) > 1 {
		w.found |= MixedScript
	}
}

// joins reports whether r may stand after the runes before it, and takes it in if so.
func (w *suspecter) joins(r rune, g glyph) bool {
	switch {
	case g&glyphTints != 0 && !takesTint(w.base):
		return false
	case g&glyphSpacing != 0 && w.base < utf8.RuneSelf:
		return false
	case g&glyphExtends != 0, g&glyphLeads != 0 && w.last&glyphLeads != 0:
		if w.base == 0 || w.depth == maxStackedMarks || w.base == ' ' && g&glyphExtends != 0 {
			return false
		}
		w.depth++
	case w.last&glyphLinks != 0:
		w.base = r
	default:
		w.base, w.depth = r, 0
	}
	return true
}

// takesTint reports whether a skin tone may follow r.
func takesTint(r rune) bool {
	return r >= 0x1f300 || r == 0x261d || r == 0x26f9 || 0x270a <= r && r <= 0x270d
}
