package query

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of a query.
type token struct {
	kind  tokenKind
	at    int   // index of its first byte
	end   int   // index after its last byte
	value value // of a word, a quoted text or an expression
	name  string
	op    op
	not   bool // the operator is !=
}

type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenOpen
	tokenClose
	tokenMinus
	tokenAnd
	tokenOr
	tokenNot
	tokenWord // a bare text, a quoted text or a regular expression
	tokenName // a name with the operator after it
)

// lexer cuts a query into tokens. The meaning of a byte depends on its place, so the parser says what it expects: a term or,
// after an operator, a value.
type lexer struct {
	text string
	pos  int
}

func (l *lexer) space() {
	for l.pos < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.text[l.pos:])
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += n
	}
}

// term cuts the token at the place where a term may begin.
func (l *lexer) term() (token, *SyntaxError) {
	l.space()
	t := token{at: l.pos}
	rest := l.text[l.pos:]
	switch {
	case rest == "":
		t.kind = tokenEnd
	case rest[0] == '(':
		t.kind = tokenOpen
		l.pos++
	case rest[0] == ')':
		t.kind = tokenClose
		l.pos++
	case rest[0] == '-' && (!ends(rest[1:]) || strings.HasPrefix(rest[1:], "(")):
		t.kind = tokenMinus
		l.pos++
	case rest[0] == '"':
		return l.quotedTerm()
	case rest[0] == '/':
		t, err := l.expression()
		if err == nil {
			err = l.mustEnd("regular expression")
		}
		return t, err
	default:
		return l.bareTerm(), nil
	}
	t.end = l.pos
	return t, nil
}

// ends reports whether a bare text ends where s begins.
func ends(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || r == '(' || r == ')' || unicode.IsSpace(r)
}

// quotedTerm cuts a quoted text, which may be a name if an operator follows.
func (l *lexer) quotedTerm() (token, *SyntaxError) {
	t, err := l.quoted()
	if err != nil {
		return t, err
	}
	if o, not, n := operatorAt(l.text[l.pos:]); n > 0 {
		l.pos += n
		return token{kind: tokenName, at: t.at, end: l.pos, name: t.value.text, op: o, not: not}, nil
	}
	return t, l.mustEnd("closing quote")
}

// mustEnd refuses text that follows without a space; what names the part before it.
func (l *lexer) mustEnd(what string) *SyntaxError {
	if ends(l.text[l.pos:]) {
		return nil
	}
	return &SyntaxError{Offset: l.pos, Msg: "a space is missing after the " + what}
}

// bareTerm cuts a word, a keyword or a name with its operator.
func (l *lexer) bareTerm() token {
	t := token{kind: tokenWord, at: l.pos}
	rest := l.text[l.pos:]
	if n := nameEnd(rest); n > 0 {
		if o, not, m := operatorAt(rest[n:]); m > 0 && !(address(rest[n+m:], o) && (o != opHas || !known(rest[:n]))) {
			l.pos += n + m
			t.kind, t.name, t.op, t.not, t.end = tokenName, rest[:n], o, not, l.pos
			return t
		}
	}
	n := wordEnd(rest, false)
	l.pos += n
	t.end = l.pos
	t.kind = keyword(rest[:n])
	t.value = bare(rest[:n])
	return t
}

// address reports whether the text after a name and its operator shows that all three are one longer word, such as a URL, an
// IPv6 address or the end of a Base64 text.
func address(rest string, o op) bool {
	switch o {
	case opHas:
		return strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, "::") // ::1 is a value
	case opEqual:
		return strings.HasPrefix(rest, "=") && ends(rest[1:])
	}
	return false
}

// bare makes the value of a text that stands without quotes.
func bare(text string) value {
	if strings.Contains(text, "*") {
		return value{glob, text}
	}
	return value{literal, text}
}

func keyword(text string) tokenKind {
	switch text {
	case "AND":
		return tokenAnd
	case "OR":
		return tokenOr
	case "NOT":
		return tokenNot
	}
	return tokenWord
}

// nameEnd returns the length of the attribute name that s begins with, 0 if there is none. A name begins with a letter, or with
// a dot and a letter, so times and most addresses are not names.
func nameEnd(s string) int {
	start := 0
	if strings.HasPrefix(s, ".") {
		start = 1
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || r == '_' || r == '@' || r == '$':
		case i == 0 && start == 1:
		case i > start && (unicode.IsDigit(r) || r == '.' || r == '-' || r == '[' || r == ']'):
		case i == start:
			return 0
		default:
			return i
		}
	}
	if len(s) == start {
		return 0
	}
	return len(s)
}

// valueAfter cuts the value that follows the operator o or a comma. Patterns are recognised only after operators that take them.
func (l *lexer) valueAfter(o op) (token, *SyntaxError) {
	rest := l.text[l.pos:]
	switch {
	case rest == "" || ends(rest) || rest[0] == ',':
		return token{}, &SyntaxError{Offset: l.pos, Msg: "a value is missing"}
	case rest[0] == '"':
		return l.enclosed(l.quoted, "closing quote")
	case rest[0] == '/' && o.row().patterns:
		return l.enclosed(l.expression, "regular expression")
	}
	n := wordEnd(rest, true)
	t := token{kind: tokenWord, at: l.pos, end: l.pos + n, value: value{literal, rest[:n]}}
	if o.row().patterns {
		t.value = bare(rest[:n])
	}
	l.pos = t.end
	return t, nil
}

// enclosed cuts a value with a closing delimiter.
func (l *lexer) enclosed(cut func() (token, *SyntaxError), what string) (token, *SyntaxError) {
	t, err := cut()
	if err == nil && !strings.HasPrefix(l.text[l.pos:], ",") {
		err = l.mustEnd(what)
	}
	return t, err
}

// wordEnd returns the length of the bare text that s begins with. If list is set, a comma ends it too.
func wordEnd(s string, list bool) int {
	for i, r := range s {
		if r == '(' || r == ')' || unicode.IsSpace(r) || list && r == ',' {
			return i
		}
	}
	return len(s)
}

// expression cuts /a regular expression/; \/ in it stands for a slash.
func (l *lexer) expression() (token, *SyntaxError) {
	t := token{kind: tokenWord, at: l.pos}
	for i := l.pos + 1; i < len(l.text); i++ {
		switch l.text[i] {
		case '\\':
			i++
		case '/':
			t.value, t.end = value{expression, l.text[l.pos+1 : i]}, i+1
			l.pos = t.end
			if t.value.text == "" {
				return t, &SyntaxError{Offset: t.at, Msg: "the regular expression is empty"}
			}
			return t, checkExpression(t)
		}
	}
	return t, &SyntaxError{Offset: t.at, Msg: `the regular expression is not closed by /; put a text that begins with a slash in quotes`}
}

// quoted cuts "a text in quotes".
func (l *lexer) quoted() (token, *SyntaxError) {
	t := token{kind: tokenWord, at: l.pos}
	for i := l.pos + 1; i < len(l.text); i++ {
		switch l.text[i] {
		case '\\':
			i++
		case '"':
			t.value, t.end = value{literal, unquote(l.text[l.pos+1 : i])}, i+1
			l.pos = t.end
			return t, nil
		}
	}
	return t, &SyntaxError{Offset: t.at, Msg: "the quote is not closed"}
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

var simpleEscapes = map[byte]byte{'"': '"', '\\': '\\', 'n': '\n', 'r': '\r', 't': '\t'}

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
