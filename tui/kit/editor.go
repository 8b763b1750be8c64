package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pawprint/model/query"
	"pawprint/tui/termsafe"
)

// Editor is a line of text that the user types. It takes only visible runes, as pasted text may contain anything. The zero value is
// empty.
type Editor struct {
	Text string // as typed: not masked
	At   int    // byte index of the cursor in Text, at the start of a rune or at the end
}

// Set replaces the text, and puts the cursor at its end.
func (e *Editor) Set(text string) { e.Text, e.At = text, len(text) }

// Insert inserts the visible runes of s at the cursor, with one space for each run of line ends and tabs and for each space of any
// alphabet, and returns the number of runes that it left out. An invisible rune between two words leaves a space, as it separates
// them in a query.
func (e *Editor) Insert(s string) (dropped int) {
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
			if before := e.Text[:e.At] + string(kept); before == "" || strings.HasSuffix(before, " ") {
				continue
			}
			r = ' '
		case r == utf8.RuneError, r != ' ' && !unicode.IsPrint(r),
			unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
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
	e.Text = e.Text[:e.At] + in + e.Text[e.At:]
	e.At += len(in)
	return dropped
}

// Edit runs a command that edits a line. changed says that the text changed; known is false for other commands.
func (e *Editor) Edit(c Command) (changed, known bool) {
	before := e.Text
	switch c {
	case CmdLeft:
		_, n := utf8.DecodeLastRuneInString(e.Text[:e.At])
		e.At -= n
	case CmdRight:
		_, n := utf8.DecodeRuneInString(e.Text[e.At:])
		e.At += n
	case cmdLineStart:
		e.At = 0
	case cmdLineEnd:
		e.At = len(e.Text)
	case cmdWordLeft:
		e.At = e.wordStart()
	case cmdWordRight:
		e.At = e.wordEnd()
	case cmdEraseLeft:
		_, n := utf8.DecodeLastRuneInString(e.Text[:e.At])
		e.erase(e.At-n, e.At)
	case cmdEraseRight:
		_, n := utf8.DecodeRuneInString(e.Text[e.At:])
		e.erase(e.At, e.At+n)
	case cmdEraseWord:
		e.erase(e.wordStart(), e.At)
	case cmdEraseRest:
		e.erase(e.At, len(e.Text))
	case cmdClear:
		e.Set("")
	default:
		return false, false
	}
	return e.Text != before, true
}

func (e *Editor) erase(lo, hi int) {
	e.Text, e.At = e.Text[:lo]+e.Text[hi:], lo
}

// wordStart returns the start of the word before the cursor.
func (e *Editor) wordStart() int {
	at := e.At
	for at > 0 && e.Text[at-1] == ' ' {
		at--
	}
	for at > 0 && e.Text[at-1] != ' ' {
		at--
	}
	return at
}

// wordEnd returns the end of the word behind the cursor.
func (e *Editor) wordEnd() int {
	at := e.At
	for at < len(e.Text) && e.Text[at] == ' ' {
		at++
	}
	for at < len(e.Text) && e.Text[at] != ' ' {
		at++
	}
	return at
}

// LeftOut returns the message that n runes were left out of a pasted text; empty for 0.
func LeftOut(n int) termsafe.Safe {
	if n == 0 {
		return termsafe.Safe{}
	}
	return termsafe.Concat(termsafe.Count(int64(n), "invisible character", "invisible characters"), termsafe.Const(" left out"))
}
