package decode

import (
	"encoding/binary"
	"math/bits"
)

// script is what a rune does to the word that it stands in.
type script uint8

const (
	scriptNone     script = 0 // a letter of a script without look-alikes, a digit, a sign: it leaves the word as it is
	scriptLatin    script = 1 << iota
	scriptCyrillic        // must not meet scriptLatin in a word
	scriptUnknown         // has to be looked at more closely
)

// lowScripts holds the scripts of the runes below U+0480.
var lowScripts = func() (table [0x480]script) {
	set := func(from, to rune, s script) {
		for r := from; r <= to; r++ {
			table[r] = s
		}
	}
	set(0, 0x47f, scriptUnknown)
	set(' ', '~', scriptNone)
	set('A', 'Z', scriptLatin)
	set('a', 'z', scriptLatin)
	set(0xa1, 0xbf, scriptNone)
	set(0xc0, 0x23f, scriptLatin)
	set(0x400, 0x45f, scriptCyrillic)
	for _, r := range []rune{0xaa, 0xba, 0xd7, 0xf7} {
		table[r] = scriptNone
	}
	for _, r := range []rune{0xaa, 0xad, 0xba, 0x17f} {
		table[r] = scriptUnknown
	}
	return table
}()

// scriptOf returns the script of a rune.
func scriptOf(r rune) script {
	switch {
	case r < rune(len(lowScripts)):
		return lowScripts[r]
	case r >= 0x4e00 && r <= 0x9fff, r >= 0xb000 && r <= 0xcfff, // Chinese and Korean
		r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30ff, // Japanese
		r >= 0x2010 && r <= 0x2027: // dashes, quotes and the ellipsis
		return scriptNone
	}
	return scriptUnknown
}

// tame reports whether the text b[start:end] of a JSON string, as it stands there, is surely one in which suspicion.Of finds nothing and
// that is letters.Plain: most texts are, and telling so needs one look at them, without decoding their escapes. False means nothing. The
// text is UTF-8, and a quote follows it. With multiline tabs and newlines are allowed, as in suspicion.Of.
func tame(b []byte, start, end int, multiline bool) bool {
	word := scriptNone // the script of the word so far
	for i := start; i < end; {
		if c := b[i]; c < 0x7f && c != '\\' {
			from := i
			if i = ordinaryASCII(b, i); i >= end {
				return word != scriptCyrillic || !goesOn(b[from:end])
			}
			if word == scriptCyrillic && goesOn(b[from:i]) {
				return false
			}
			word = wordAfter(b[from:i], word)
		}
		var next script
		switch c := b[i]; {
		case c == '\\':
			r, n := tameEscape(b[i:end])
			i += n
			if next = scriptOf(r); r < ' ' && (n == 0 || !multiline) {
				return false
			}
			if r < ' ' || r < 0x80 && next == scriptNone && r-'0' >= 10 {
				word = scriptNone // r ends the word
				continue
			}
		case c < 0x80:
			return false
		case c < 0xe0:
			next = scriptUnknown
			if r := int(c&0x1f)<<6 | int(b[i+1]&0x3f); r < len(lowScripts) {
				next = lowScripts[r]
			}
			i += 2
		case c < 0xf0:
			next = scriptOf(rune(c&0x0f)<<12 | rune(b[i+1]&0x3f)<<6 | rune(b[i+2]&0x3f))
			i += 3
		default:
			return false
		}
		if word |= next; word >= scriptUnknown || word == scriptLatin|scriptCyrillic {
			return false
		}
	}
	return true
}

// ordinaryASCII skips the printable ASCII from b[i] on, up to a quote or a backslash.
func ordinaryASCII(b []byte, i int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		// As in rawjson, only the lowest mark is exact. DEL carries into the high bit.
		if m := ((x ^ 0x02*ones - 0x21*ones) | (x + ones) | (x ^ '\\'*ones - ones) | x) & high; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	for i < len(b) && b[i] >= 0x20 && b[i] < 0x7f && b[i] != '\\' && b[i] != '"' {
		i++
	}
	return i
}

// goesOn reports whether some ASCII begins with more letters of the word before it.
func goesOn(ascii []byte) bool {
	for len(ascii) > 0 && ascii[0]-'0' < 10 {
		ascii = ascii[1:]
	}
	return len(ascii) > 0 && lowScripts[ascii[0]] == scriptLatin
}

// wordAfter returns the script of the word that some ASCII ends with; before is that of the word right before it.
func wordAfter(ascii []byte, before script) script {
	i := len(ascii) - 1
	for i >= 0 && ascii[i]-'0' < 10 {
		i--
	}
	if i < 0 {
		return before
	}
	return lowScripts[ascii[i]]
}

// tameEscape returns the rune of the escape that s begins with, and the number of its bytes; or 0 for one that is not tame.
func tameEscape(s []byte) (r rune, n int) {
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case '"', '\\', '/':
		return rune(s[1]), 2
	case 'u':
		return escapedRune(s)
	}
	return 0, 0
}

// escapedRune reads a \u escape, unless it is of a control character.
func escapedRune(s []byte) (r rune, n int) {
	if len(s) < 6 {
		return 0, 0
	}
	for _, c := range s[2:6] {
		r = r<<4 | rune(hexDigits[c])
	}
	if r < ' ' {
		return 0, 0
	}
	return r, 6
}

// hexDigits holds the values of the digits of a \u escape.
var hexDigits = func() (table [256]uint8) {
	for i, c := range "0123456789abcdef" {
		table[c] = uint8(i)
	}
	for i, c := range "ABCDEF" {
		table[c] = uint8(10 + i)
	}
	return table
}()
