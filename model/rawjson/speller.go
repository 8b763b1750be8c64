package rawjson

import "unicode/utf8"

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
	for _, r := range []rune{0xd7, 0xf7} {
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

// speller watches the runes of a string for those that could mislead. It knows the most frequent letters, and that those of two scripts
// that look alike must not meet in a word. A string in which it finds nothing needs no second look; about others it knows nothing.
type speller struct {
	wild bool   // some rune has to be looked at more closely
	word script // the script of the word so far
	from int    // where the ASCII after it began
}

// ascii takes the plain ASCII up to b[i].
func (w *speller) ascii(b []byte, i int) {
	if w.from == i {
		return
	}
	if w.word == scriptCyrillic && goesOn(b[w.from:i]) {
		w.wild = true
	}
	w.word = wordAfter(b[w.from:i], w.word)
}

// divide takes the plain ASCII up to b[i], and an escape there that ends a word before b[next].
func (w *speller) divide(b []byte, i, next int) {
	if w.word == scriptCyrillic && goesOn(b[w.from:i]) {
		w.wild = true
	}
	w.word, w.from = scriptNone, next
}

// escape takes the plain ASCII up to the \u escape at b[i], and the escape.
func (w *speller) escape(b []byte, i int) {
	var r rune
	for _, c := range b[i+2 : i+6] {
		r = r<<4 | rune(hexDigits[c])
	}
	s := scriptOf(r)
	if r >= ' ' && r < utf8.RuneSelf && s == scriptNone && r-'0' >= 10 {
		w.divide(b, i, i+6)
		return
	}
	w.ascii(b, i)
	w.add(s, i+6)
}

// add takes runes of some scripts within a word, before b[next].
func (w *speller) add(s script, next int) {
	w.word |= s
	w.from = next
	if w.word >= scriptUnknown || w.word == scriptLatin|scriptCyrillic {
		w.wild = true
	}
}

// wide takes the plain ASCII up to b[i] and skips the non-ASCII runes there: they mostly follow each other.
func (w *speller) wide(b []byte, i int, info Info) (end int, _ Info) {
	w.ascii(b, i)
	info |= Odd | NonASCII
	all := scriptNone
	for i < len(b) && b[i] >= utf8.RuneSelf {
		// Most runes are of two or three bytes, and not at an edge of what these can hold.
		if i+2 < len(b) && b[i+1]&0xc0 == 0x80 {
			if c := b[i]; c-0xc2 < 0xe0-0xc2 {
				r := int(c&0x1f)<<6 | int(b[i+1]&0x3f)
				if r < len(lowScripts) {
					all |= lowScripts[r]
				} else {
					all = scriptUnknown
				}
				i += 2
				continue
			} else if c-0xe1 < 0xed-0xe1 && b[i+2]&0xc0 == 0x80 {
				all |= scriptOf(rune(c&0x0f)<<12 | rune(b[i+1]&0x3f)<<6 | rune(b[i+2]&0x3f))
				i += 3
				continue
			}
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 {
			info |= BadUTF8
		}
		all |= scriptUnknown
		i += n
	}
	w.add(all, i)
	return i, info
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
