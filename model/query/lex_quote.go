package query

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// doubleQuotes and singleQuotes are the runes that open and close a quoted text. A text that a straight quote opens is closed by
// a straight one of its kind; any other by any quote of its kind, as languages differ in which one closes.
const (
	doubleQuotes = "\"“”„‟«»〝〞〟＂"
	singleQuotes = "'‘’‚‛‹›＇"
)

// quoteAt returns the length of the quote that s begins with, 0 if there is none.
func quoteAt(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if s == "" || r == utf8.RuneError || !strings.ContainsRune(doubleQuotes, r) && !strings.ContainsRune(singleQuotes, r) {
		return 0
	}
	return n
}

// closers returns the runes that close a text which the quote opens.
func closers(open string) string {
	switch {
	case open == `"` || open == "'":
		return open
	case strings.Contains(doubleQuotes, open):
		return doubleQuotes
	}
	return singleQuotes
}

// quoted cuts "a text in quotes".
func (l *lexer) quoted() (token, *SyntaxError) {
	n := quoteAt(l.text[l.pos:])
	open := l.text[l.pos : l.pos+n]
	t := token{kind: tokenWord, at: l.pos, alien: open != `"`}
	close := closers(open)
	for i := l.pos + n; i < len(l.text); {
		r, size := utf8.DecodeRuneInString(l.text[i:])
		switch {
		case r == '\\':
			i++
			_, size = utf8.DecodeRuneInString(l.text[i:])
		case r != utf8.RuneError && strings.ContainsRune(close, r):
			t.value, t.end = value{literal, unquote(l.text[l.pos+n : i])}, i+size
			l.pos = t.end
			return t, nil
		}
		i += size
	}
	msg := "the quote is not closed"
	if open != `"` {
		msg += "; put a text that begins with " + open + ` in "…"`
	}
	return t, &SyntaxError{Offset: t.at, Msg: msg}
}

// unquote decodes the text between quotes. The escapes are \" \\ \n \r \t \xHH \uHHHH \UHHHHHHHH; any other backslash stands for itself.
func unquote(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = unescape(&b, s[i:])
	}
	b.WriteString(s)
	return b.String()
}

var simpleEscapes = map[byte]byte{'"': '"', '\'': '\'', '\\': '\\', 'n': '\n', 'r': '\r', 't': '\t'}

// unescape decodes the escape at the start of s into b and returns the rest of s.
func unescape(b *strings.Builder, s string) string {
	if len(s) < 2 {
		b.WriteString(s)
		return ""
	}
	if c, ok := simpleEscapes[s[1]]; ok {
		b.WriteByte(c)
		return s[2:]
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[1]]
	if digits > 0 && len(s) >= 2+digits {
		if n, err := strconv.ParseUint(s[2:2+digits], 16, 32); err == nil && n <= unicode.MaxRune {
			if s[1] == 'x' {
				b.WriteByte(byte(n))
			} else {
				b.WriteRune(rune(n))
			}
			return s[2+digits:]
		}
	}
	b.WriteByte('\\')
	return s[1:]
}
