package tui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// editor is a line of text that the user types. It takes only visible runes, as pasted text may contain anything.
type editor struct {
	text string
	at   int // byte index of the cursor
}

func (e *editor) set(text string) { e.text, e.at = text, len(text) }

// insert inserts the visible runes of s at the cursor, with one space for each run of line ends and tabs and for each space of any
// alphabet, and returns the number of runes that it left out. An invisible rune between two words leaves a space, as it separates
// them in a query.
func (e *editor) insert(s string) (dropped int) {
	var kept []rune
	space := false
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			space = true
			continue
		case r != ' ' && unicode.IsSpace(r):
			r = ' '
		case query.Blank(r) && !unicode.IsPrint(r):
			dropped++
			if before := e.text[:e.at] + string(kept); before == "" || strings.HasSuffix(before, " ") {
				continue
			}
			r = ' '
		case r == utf8.RuneError || r != ' ' && !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			dropped++
			continue
		}
		if space && len(kept) > 0 && r != ' ' {
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

// edit runs a command. changed says that the text changed; moved is false for unknown commands.
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

// wordStart returns the start of the word before the cursor.
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

// leftOut returns the message that n runes were left out of a pasted text; empty for 0.
func leftOut(n int) termsafe.Safe {
	if n == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Count(int64(n), "invisible character", "invisible characters"), termsafe.Const(" left out"))
}
