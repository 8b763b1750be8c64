package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// printer writes expressions as text.
type printer struct {
	strings.Builder
	ascii bool // escape what is not ASCII
}

func printed(e Expr) string {
	var p printer
	e.print(&p, false)
	return p.Builder.String()
}

// ASCII is the text of an expression with names and exact values escaped to printable ASCII, for places that would change other
// text. Wildcards and regular expressions have no such escapes and stay as they are. The text means the same as the expression.
func ASCII(e Expr) string {
	p := printer{ascii: true}
	e.print(&p, false)
	return p.Builder.String()
}

// escapes reports whether a text must be quoted because it contains something to escape.
func (p *printer) escapes(text string) bool {
	return p.ascii && strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
}

func (e all) String() string         { return "" }
func (e conjunction) String() string { return printed(e) }
func (e alternative) String() string { return printed(e) }
func (e negation) String() string    { return printed(e) }
func (e words) String() string       { return printed(e) }
func (e attribute) String() string   { return printed(e) }

func (e all) print(p *printer, _ bool) { p.WriteByte('*') }

func (e conjunction) print(p *printer, tight bool) {
	p.list(e.terms, " ", tight)
}

func (e alternative) print(p *printer, tight bool) {
	p.list(e.terms, " OR ", tight)
}

// list writes terms, in parentheses if tight.
func (p *printer) list(terms []Expr, between string, tight bool) {
	if tight {
		p.WriteByte('(')
	}
	for i, t := range terms {
		if i > 0 {
			if between == " " && joins(terms[i-1], t) {
				p.WriteString(" AND")
			}
			p.WriteString(between)
		}
		_, or := t.(alternative)
		t.print(p, or)
	}
	if tight {
		p.WriteByte(')')
	}
}

// joins reports whether the text of b would be read as part of the time at the end of a, as in since:2 weeks.
func joins(a, b Expr) bool {
	if n, ok := a.(negation); ok {
		a = n.term
	}
	e, ok := a.(attribute)
	next, ok2 := b.(words)
	if !ok || !ok2 || !takesTime(e.name) {
		return false
	}
	word := next.value.text
	return continues(e.values[len(e.values)-1].text, word[:wordEnd(word, true)])
}

func (e negation) print(p *printer, _ bool) {
	p.WriteByte('-')
	e.term.print(p, true)
}

func (e words) print(p *printer, _ bool) {
	if e.value.kind == literal && (!bareWord(e.value.text) || p.escapes(e.value.text)) {
		p.quote(e.value.text)
		return
	}
	p.value(e.value)
}

func (e attribute) print(p *printer, _ bool) {
	if bareName(e.name) && !p.escapes(e.name) {
		p.WriteString(e.name)
	} else {
		p.quote(e.name)
	}
	p.WriteString(e.op.text())
	// Without parentheses, name and value could read as one word, such as an IPv6 address, the value as part of the operator, or the value
	// and the words behind it as a list in brackets.
	apart := e.values[0].kind == glob && startsOperator(e.values[0].text) || slices.ContainsFunc(e.values, bracketedGlob)
	if apart {
		p.WriteByte('(')
	}
	p.values(e.values)
	if apart {
		p.WriteByte(')')
	}
}

func bracketedGlob(v value) bool {
	return v.kind == glob && (strings.HasPrefix(v.text, "[") || strings.HasPrefix(v.text, "{"))
}

// values writes the values of an attribute, with commas between them.
func (p *printer) values(values []value) {
	for i, v := range values {
		if i > 0 {
			p.WriteByte(',')
		}
		if v.kind == literal && (!bareValue(v.text) || p.escapes(v.text)) {
			p.quote(v.text)
			continue
		}
		p.value(v)
	}
}

func (p *printer) value(v value) {
	switch v.kind {
	case fromFile:
		p.WriteByte('@')
		if bareText(v.text) && !strings.Contains(v.text, ",") && !p.escapes(v.text) {
			p.WriteString(v.text)
		} else {
			p.quote(v.text)
		}
		return
	case literal, glob:
		p.WriteString(v.text)
		return
	}
	p.WriteByte('/')
	p.WriteString(v.text)
	p.WriteByte('/')
}

// quote writes text in quotes and escapes invisible characters, so that a query can be read and pasted.
func (p *printer) quote(text string) {
	p.WriteByte('"')
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && n == 1:
			p.WriteString(`\x`)
			p.WriteString(strconv.FormatUint(uint64(text[0]), 16)) // always two digits: from 80 on
		case r == '"' || r == '\\':
			p.WriteByte('\\')
			p.WriteRune(r)
		case unicode.IsPrint(r) && (r < utf8.RuneSelf || !p.ascii):
			p.WriteRune(r)
		default:
			escaped := strconv.QuoteRuneToASCII(r)
			p.WriteString(controlEscape(r, escaped[1:len(escaped)-1]))
		}
		text = text[n:]
	}
	p.WriteByte('"')
}

// controlEscape returns an escape of r that unquote understands; goForm is Go's escape.
func controlEscape(r rune, goForm string) string {
	switch goForm {
	case `\a`, `\b`, `\f`, `\v`:
		return `\x0` + strconv.FormatInt(int64(r), 16)
	}
	return goForm
}

// bareWord reports whether text can stand as a word of its own without quotes.
func bareWord(text string) bool {
	if !bareText(text) || keyword(text) != tokenWord || text[0] == '-' || text[0] == '/' || text == ":" || second(text) {
		return false
	}
	l := lexer{text: text}
	t, err := l.term()
	return err == nil && t.kind == tokenWord && t.value == value{literal, text}
}

// bareValue reports whether text can follow an operator without quotes.
func bareValue(text string) bool {
	return bareText(text) && text[0] != '/' && text[0] != '[' && text[0] != '{' && text[0] != '@' && !startsOperator(text) && !strings.Contains(text, ",")
}

// bareText reports whether all of text is visible and nothing in it would end it or have another meaning.
func bareText(text string) bool {
	if text == "" || !utf8.ValidString(text) || strings.ContainsAny(text, `"()*\|`) || strings.Contains(text, "&&") || quoteAt(text) > 0 {
		return false
	}
	for _, r := range text {
		if Blank(r) || !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// bareName reports whether a name can stand before an operator without quotes.
func bareName(name string) bool {
	if _, ok := ownName(name); ok {
		return false
	}
	return name != "" && nameEnd(name) == len(name)
}
