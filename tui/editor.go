package tui

import (
	"unicode"
	"unicode/utf8"
)

// editor is a line of text being typed. It takes only runes that can be seen: what is pasted may hold anything.
type editor struct {
	text string
	at   int // byte index of the cursor
}

func (e *editor) set(text string) { e.text, e.at = text, len(text) }

// insert puts the visible runes of s at the cursor, a space for each stretch of white space, and gives the number of
// runes that it left out.
func (e *editor) insert(s string) (dropped int) {
	var kept []rune
	space := false
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			space = true
			continue
		case r == utf8.RuneError || r != ' ' && !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			dropped++
			continue
		case space && len(kept) > 0:
			kept = append(kept, ' ')
		}
		space = false
		kept = append(kept, r)
	}
	in := string(kept)
	e.text = e.text[:e.at] + in + e.text[e.at:]
	e.at += len(in)
	return dropped
}

// edit does what a key asks for. moved is false if the key means nothing here.
func (e *editor) edit(c command) (changed, moved bool) {
	before := e.text
	switch c {
	case cmdLeft:
		_, n := utf8.DecodeLastRuneInString(e.text[:e.at])
		e.at -= n
	case cmdRight:
		_, n := utf8.DecodeRuneInString(e.text[e.at:])
		e.at += n
	case cmdLineStart:
		e.at = 0
	case cmdLineEnd:
		e.at = len(e.text)
	case cmdEraseLeft:
		_, n := utf8.DecodeLastRuneInString(e.text[:e.at])
		e.erase(e.at-n, e.at)
	case cmdEraseRight:
		_, n := utf8.DecodeRuneInString(e.text[e.at:])
		e.erase(e.at, e.at+n)
	case cmdEraseWord:
		e.erase(e.wordStart(), e.at)
	case cmdClear:
		e.set("")
	default:
		return false, false
	}
	return e.text != before, true
}

func (e *editor) erase(lo, hi int) {
	e.text, e.at = e.text[:lo]+e.text[hi:], lo
}

// wordStart is where the word before the cursor begins.
func (e *editor) wordStart() int {
	at := e.at
	for at > 0 && e.text[at-1] == ' ' {
		at--
	}
	for at > 0 && e.text[at-1] != ' ' {
		at--
	}
	return at
}
