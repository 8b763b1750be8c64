package termsafe

import (
	"strings"

	"pawprint/model/rawjson"
)

// JSONLine makes valid JSON showable on one line, and keeps it the same JSON. What [Clean] would mark is escaped inside of
// strings: \u202e, two of them for a rune above U+FFFF, and \ufffd for each byte that is not UTF-8, as readers of JSON take it.
// White space between tokens becomes a space. Of text that is not JSON the result is as safe, but need not mean the same.
func JSONLine(raw []byte, opt Options) Safe {
	text := string(raw)
	if plainPrefix(text) == len(text) {
		return Safe{text: text}
	}
	opt.MaxCells = 0
	c := cleaner{raw: text, opt: opt}
	for c.at < len(text) {
		c.form = tokenMarks
		c.run(stringStart(text, c.at))
		c.form, c.stack = stringMarks, stack{} // an accent must not draw on the quote
		c.run(stringEnd(text, c.at))
	}
	return c.safe()
}

// stringStart returns the index after the next quote, or the end of the text.
func stringStart(text string, at int) int {
	if i := strings.IndexByte(text[at:], '"'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}

// stringEnd returns the index after the quote that ends the string that contains at, or the end of the text.
func stringEnd(text string, at int) int {
	for ; at < len(text); at++ {
		switch text[at] {
		case '"':
			return at + 1
		case '\\':
			at++
		}
	}
	return len(text)
}

// markForm is the form of a cleaner's marks.
type markForm uint8

const (
	visibleMarks markForm = iota // as Clean says
	stringMarks                  // escapes, inside of a string of JSON
	tokenMarks                   // between the tokens of JSON: a space for white space
)

// runeMark appends the mark for a rune.
func (c *cleaner) runeMark(dst []byte, r rune) []byte {
	switch {
	case c.form == stringMarks:
		return rawjson.AppendEscape(dst, r)
	case c.form == tokenMarks && (r == '\t' || r == '\n' || r == '\r'):
		return append(dst, ' ')
	}
	return appendRuneMark(dst, r, c.opt.ASCII)
}

// byteMark appends the mark for a byte that is not UTF-8.
func (c *cleaner) byteMark(dst []byte, b byte) []byte {
	if c.form == stringMarks {
		return append(dst, `\ufffd`...)
	}
	return appendByteMark(dst, b)
}
