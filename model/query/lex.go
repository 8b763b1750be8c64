package query

import (
	"strings"
	"unicode"
)

// token is a piece of a query.
type token struct {
	kind  tokenKind
	at    int   // index of its first byte
	end   int   // index after its last byte
	value value // of a word, a quoted text or an expression
	name  string
	sign  sign // the operator after the name
	list  bool // its values stand in parentheses
	in    bool // the word in stands between the name and them
	word  bool // a keyword in letters, and not in upper case only
	alien bool // another tool writes it so
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
	tokenPipe // a single |, which may be an OR or the start of a command of another tool
)

// lexer cuts a query into tokens. The meaning of a byte depends on its place, so the parser says what it expects: a term or,
// after an operator, a value.
type lexer struct {
	text string
	pos  int
}

func (l *lexer) space() { l.pos += blanks(l.text[l.pos:]) }

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
	case symbolAt(rest) != symbolNone:
		return l.symbol()
	case quoteAt(rest) > 0:
		return l.quotedTerm()
	case rest[0] == '/':
		t, err := l.expression()
		if err == nil {
			err = l.mustEnd("regular expression")
		}
		return t, err
	default:
		return l.bareTerm()
	}
	t.end = l.pos
	return t, nil
}

// ends reports whether a bare text ends where s begins.
func ends(s string) bool {
	return s == "" || s[0] == '(' || s[0] == ')' || s[0] == '|' || strings.HasPrefix(s, "&&") || blanks(s) > 0
}

// quotedTerm cuts a quoted text, which may be a name if an operator follows.
func (l *lexer) quotedTerm() (token, *SyntaxError) {
	t, err := l.quoted()
	if err != nil {
		return t, err
	}
	if n, ok := l.named(t.at, t.value.text, false); ok {
		n.alien = n.alien || t.alien
		if rest := l.text[l.pos:]; n.sign.op == opContains && rest != "" && rest[0]-'0' < 10 {
			return n, &SyntaxError{Offset: l.pos, Msg: "words near each other cannot be searched for; write a*b for two texts in one value"}
		}
		return n, nil
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
func (l *lexer) bareTerm() (token, *SyntaxError) {
	t := token{kind: tokenWord, at: l.pos}
	rest := l.text[l.pos:]
	n := wordEnd(rest, false)
	if kind := keyword(rest[:n]); kind != tokenWord {
		l.pos += n
		t.kind, t.end, t.word = kind, l.pos, strings.ToUpper(rest[:n]) != rest[:n]
		return t, nil
	}
	if n := nameEnd(rest); n > 0 {
		l.pos += n
		if t, ok := l.named(t.at, rest[:n], true); ok {
			return t, nil
		}
		l.pos = t.at
	}
	if msg := misread(rest, n); msg != "" {
		return t, &SyntaxError{Offset: t.at, Msg: msg}
	}
	l.pos += n
	t.end = l.pos
	t.value = bare(rest[:n])
	return t, nil
}

// named cuts the operator after a name that begins at byte at and ends here; ok is false if there is none. bare means that the
// name stands without quotes.
func (l *lexer) named(at int, name string, bare bool) (t token, ok bool) {
	rest := l.text[l.pos:]
	t = token{kind: tokenName, at: at, name: name, sign: operatorAt(rest)}
	if n := t.sign.length; n > 0 {
		if bare && address(name, rest, t.sign) {
			return t, false
		}
		t.alien = t.sign.foreign
		l.pos += n
	} else if n := t.spaced(rest); n > 0 {
		t.alien = true
		l.pos += n
	} else {
		return t, false
	}
	t.end = l.pos
	t.rename(bare)
	return t, true
}

// spaced finds an operator with white space before it and maybe after it, or the word in before a parenthesis. It returns the length of the
// operator with its white space, 0 if there is none.
func (t *token) spaced(rest string) int {
	n := blanks(rest)
	if n == 0 {
		return 0
	}
	if not, m := wordIn(rest[n:]); m > 0 {
		t.sign, t.list, t.in = sign{op: opHas, not: not, foreign: true, length: m}, true, true
		return n + m
	}
	if t.sign = operatorAt(rest[n:]); t.sign.length == 0 || rest[n] == ':' {
		return 0
	}
	n += t.sign.length
	return n + blanks(rest[n:])
}

// wordIn finds in or not in, in any case, before a parenthesis.
func wordIn(s string) (not bool, length int) {
	n := 0
	for range 2 {
		m := wordEnd(s[n:], false)
		word := strings.ToLower(s[n : n+m])
		n += m
		n += blanks(s[n:])
		switch {
		case word == "in" && strings.HasPrefix(s[n:], "("):
			return not, n
		case word != "not" || not:
			return false, 0
		}
		not = true
	}
	return false, 0
}

// address reports whether a name, the operator after it and the text after that are one longer word, such as a URL, an IPv6 address or the
// end of a Base64 text.
func address(name, rest string, s sign) bool {
	after := rest[s.length:]
	switch {
	case rest[0] == ':' && s.length == 1:
		return (strings.HasPrefix(after, "//") || strings.HasPrefix(after, ":") && !strings.HasPrefix(after, "::")) && !known(name)
	case rest[:s.length] == "==":
		return ends(after) && blanks(after) == len(after) && !known(name)
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

// keyword returns the kind of a word of the language; tokenWord for any other word.
func keyword(text string) tokenKind {
	switch strings.ToUpper(text) {
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
	skip := 0 // bytes of [*], which is the same as []
	for i, r := range s {
		switch {
		case i < skip:
		case i > start && strings.HasPrefix(s[i:], "[*]"):
			skip = i + len("[*]")
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

// valueAfter cuts the value that follows an operator or a comma. Patterns are recognised only after operators that take them.
func (l *lexer) valueAfter(name token) (token, *SyntaxError) {
	rest := l.text[l.pos:]
	patterns := name.sign.op.row().patterns
	switch {
	case name.sign.pattern && rest != "" && blanks(rest) == 0:
		return l.patternAfter()
	case rest == "" || ends(rest) || rest[0] == ',':
		return token{}, &SyntaxError{Offset: l.pos, Msg: "a value is missing"}
	case quoteAt(rest) > 0:
		return l.enclosed(l.quoted, "closing quote")
	case rest[0] == '/' && patterns:
		return l.enclosed(l.expression, "regular expression")
	case rest[0] == '@':
		return l.fileAfter()
	}
	if msg := misplacedValue(name, rest); msg != "" {
		return token{kind: tokenWord}, &SyntaxError{Offset: l.pos, Msg: msg}
	}
	n := wordEnd(rest, true)
	t := token{kind: tokenWord, at: l.pos, end: l.pos + n, value: value{literal, rest[:n]}}
	if patterns {
		t.value = bare(rest[:n])
	}
	l.pos = t.end
	if msg := misplacedAfter(name, rest[:n], rest[n:]); msg != "" {
		return t, &SyntaxError{Offset: l.pos, Msg: msg}
	}
	return t, nil
}

// patternAfter cuts the regular expression after an operator of another tool: in slashes, in quotes, or up to white space or a
// parenthesis that it does not open.
func (l *lexer) patternAfter() (token, *SyntaxError) {
	rest := l.text[l.pos:]
	t := token{kind: tokenWord, at: l.pos}
	switch {
	case rest[0] == '/':
		return l.enclosed(l.expression, "regular expression")
	case quoteAt(rest) > 0:
		quoted, err := l.enclosed(l.quoted, "closing quote")
		if err != nil {
			return quoted, err
		}
		t.end, t.value = l.pos, value{expression, slashed(quoted.value.text)}
	default:
		n := patternEnd(rest)
		l.pos += n
		t.end, t.value = l.pos, value{expression, slashed(rest[:n])}
	}
	if t.value.text == "" {
		return t, &SyntaxError{Offset: t.at, Msg: "the regular expression is empty"}
	}
	return t, checkExpression(t)
}

// patternEnd returns the length of the bare regular expression that s begins with.
func patternEnd(s string) int {
	open, escaped := 0, false
	for i, r := range s {
		switch {
		case blanks(s[i:]) > 0 || r == ')' && open == 0 && !escaped:
			return i
		case r == '(' && !escaped:
			open++
		case r == ')' && !escaped:
			open--
		}
		escaped = r == '\\' && !escaped
	}
	return len(s)
}

// slashed escapes the slashes of a regular expression, as it is printed between slashes.
func slashed(text string) string {
	if !strings.Contains(text, "/") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text):
			b.WriteByte(text[i])
			i++
		case text[i] == '/':
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// expressionFlags returns the flags behind a regular expression, as in /re/i.
func expressionFlags(s string) string {
	n := len(s) - len(strings.TrimLeft(s, "ims"))
	if !ends(s[n:]) && s[n] != ',' {
		return ""
	}
	return s[:n]
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
	for i := range s {
		if ends(s[i:]) || list && s[i] == ',' {
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
			text := l.text[l.pos+1 : i]
			if text == "" {
				return t, &SyntaxError{Offset: t.at, Msg: "the regular expression is empty"}
			}
			flags := expressionFlags(l.text[i+1:])
			if flags != "" {
				text, t.alien = "(?"+flags+")"+text, true
			}
			t.value, t.end = value{expression, text}, i+1+len(flags)
			l.pos = t.end
			return t, checkExpression(t)
		}
	}
	return t, &SyntaxError{Offset: t.at, Msg: `the regular expression is not closed by /; put a text that begins with a slash in quotes`}
}
