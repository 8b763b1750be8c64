// Package suspicion finds the ways in which a text could mislead its reader or a terminal: hidden, reordered or look-alike text.
// It does not make text printable; tui/termsafe does.
package suspicion

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Set is a set of the ways in which a text could mislead: the bits below. The zero value is empty.
type Set uint8

const (
	// Control is a C0 control, DEL or a C1 control: escape sequences, forged rows.
	Control Set = 1 << iota
	// Bidi is a control that reorders the text around it.
	Bidi
	// Invisible is a rune without a picture: zero-width runes, tags, variation selectors, fillers.
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

// words names the bits, lowest first.
var words = [8]string{
	"control character", "bidi control", "invisible character", "bad UTF-8", "mixed scripts", "right-to-left text", "odd space",
	"stacked marks",
}

// Reasons names the bits of s, in fixed words and a fixed order; nil if there are none.
func (s Set) Reasons() []string {
	var out []string
	for i, word := range words {
		if s&(1<<i) != 0 {
			out = append(out, word)
		}
	}
	return out
}

// Of checks a decoded text, not its JSON form. With multiline, tabs, newlines and CR LF are allowed, as in a query or a long error
// message; a CR alone never is. It does not allocate, and skips printable ASCII 8 bytes at a time.
//
// It agrees with the marks of the interface: a text in which the list marks something is suspicious, except for runes that are
// only unknown (private use, unassigned) or only drawings (lines, blocks, shapes).
func Of(decoded []byte, multiline bool) Set {
	n := printableASCII(decoded)
	if n == len(decoded) {
		return 0
	}
	// Step back over ASCII letters that may be in the same word as the first other rune.
	for n > 0 && isASCIIWord(decoded[n-1]) {
		n--
	}
	w := scanner{multiline: multiline}
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

// scanner walks a text rune by rune.
type scanner struct {
	multiline bool
	found     Set
	scripts   glyph // of the word so far
	base      rune  // the rune that a mark would be drawn on; 0 for none
	depth     int   // marks on base
	last      glyph // of the rune before
}

func (w *scanner) walk(b []byte) Set {
	bmp := bmpGlyphs()
	for i := 0; i < len(b); {
		c := b[i]
		if c >= 0x20 && c < 0x7f {
			w.ascii(c)
			if i++; !isASCIIWord(c) {
				i = w.skip(b, i)
			}
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
			w.rune(r, glyphIn(bmp, r))
		}
		i += size
	}
	return w.found
}

// skip skips the printable ASCII after b[i-1], which is in no word, up to the last word there: other words in it are of one script.
func (w *scanner) skip(b []byte, i int) int {
	end := i + printableASCII(b[i:])
	for end > i && isASCIIWord(b[end-1]) {
		end--
	}
	w.base = rune(b[end-1])
	return end
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

func (w *scanner) ascii(c byte) {
	w.base, w.depth, w.last = rune(c), 0, 0
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		w.script(glyphLatin)
	case c < '0' || c > '9':
		w.scripts = 0
	}
}

// misfit notes something that is shown as a mark: no mark can be drawn on it, and it ends a word.
func (w *scanner) misfit(s Set) {
	w.found |= s
	w.base, w.depth, w.last, w.scripts = 0, 0, 0, 0
}

func (w *scanner) rune(r rune, g glyph) {
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
func (w *scanner) script(g glyph) {
	w.scripts |= g
	if bits.OnesCount16(uint16(w.scripts)) > 1 {
		w.found |= MixedScript
	}
}

// joins reports whether r may follow the runes before it, and updates the state if so.
func (w *scanner) joins(r rune, g glyph) bool {
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
