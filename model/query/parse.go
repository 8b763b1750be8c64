package query

import (
	"fmt"
	"slices"
	"strings"
)

const (
	maxDepth = 200    // of parentheses and negations within each other
	maxTerms = 10_000 // of one query, the values of a list included
)

// SyntaxError says what is wrong with the text of a query, and where.
type SyntaxError struct {
	Offset int    // index of the byte in the text; the length of the text if something is missing at its end
	Msg    string // in words, without the place; may quote the text
}

// Error says what is wrong and at which byte, counted from 1.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("query: %s (at byte %d)", e.Msg, e.Offset+1)
}

// Parse reads a query. The error is a *SyntaxError. An empty text is the query for everything. Any text may name a view: a Library knows
// which there are.
func Parse(text string) (Expr, error) {
	p := parser{lexer: lexer{text: text}}
	return p.query()
}

// query reads the whole text.
func (p *parser) query() (Expr, error) {
	p.advance()
	e := p.sum("")
	if p.err == nil && p.token.kind == tokenClose {
		p.fail(p.token.at, "this parenthesis was never opened")
	}
	if p.err != nil {
		return nil, p.err
	}
	return e, nil
}

// parser is a recursive descent over the grammar in the package comment. After the first error it sees only the end of the text.
type parser struct {
	lexer lexer
	token token // the current one
	depth int
	terms int
	notes notes
	views *unfolding // checks the views that are named; nil accepts any name
	err   *SyntaxError
}

func (p *parser) fail(at int, msg string) {
	if p.err == nil {
		p.err = &SyntaxError{Offset: at, Msg: msg}
	}
	p.token = token{kind: tokenEnd, at: len(p.lexer.text)}
}

func (p *parser) advance() {
	if p.err != nil {
		return
	}
	t, err := p.lexer.term()
	if err != nil {
		p.fail(err.Offset, err.Msg)
		return
	}
	p.notes.token(t, p.lexer.text)
	p.token = t
}

// begins reports whether a term begins here.
func (p *parser) begins() bool {
	switch p.token.kind {
	case tokenEnd, tokenClose, tokenAnd, tokenOr:
		return false
	}
	return true
}

// need fails unless a term begins here; before names what stands in front of it, for the error.
func (p *parser) need(before string) bool {
	if p.begins() {
		return true
	}
	switch p.token.kind {
	case tokenAnd:
		p.fail(p.token.at, "a term is missing before "+p.operatorText("AND"))
	case tokenOr:
		p.fail(p.token.at, "a term is missing before "+p.operatorText("OR"))
	case tokenClose:
		if before == "" {
			p.fail(p.token.at, "this parenthesis was never opened")
			break
		}
		fallthrough
	default:
		p.fail(p.token.at, "a term is missing after "+before)
	}
	return false
}

// operatorText names the operator at the current token. A word that may have been meant as text is said to need quotes.
func (p *parser) operatorText(name string) string {
	switch t := p.token; {
	case t.word:
		return fmt.Sprintf("%s; put %q in quotes to look for the word", name, p.lexer.text[t.at:t.end])
	case t.alien:
		return p.lexer.text[t.at:t.end]
	}
	return name
}

// sum reads terms with OR between them. before is what stands in front, empty at the start of the text.
func (p *parser) sum(before string) Expr {
	if before == "" && p.token.kind == tokenEnd {
		return all{}
	}
	terms := []Expr{p.product(before)}
	for p.token.kind == tokenOr {
		p.advance()
		terms = append(terms, p.product("OR"))
	}
	return alternate(terms)
}

// product reads terms side by side, with or without AND between them.
func (p *parser) product(before string) Expr {
	if !p.need(before) {
		return all{}
	}
	terms := []Expr{p.factor()}
	for {
		if p.token.kind == tokenAnd {
			p.advance()
			if !p.need("AND") {
				return all{}
			}
		} else if !p.begins() {
			return conjoin(terms)
		}
		terms = append(terms, p.factor())
	}
}

// factor reads one term, negated or not.
func (p *parser) factor() Expr {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.token.at, fmt.Sprintf("nested more than %d deep", maxDepth))
		return all{}
	}
	defer func() { p.depth-- }()
	t := p.token
	switch t.kind {
	case tokenMinus, tokenNot:
		name := "-"
		if t.kind == tokenNot {
			name = p.operatorText("NOT")
		}
		p.advance()
		if !p.need(name) {
			return all{}
		}
		return Not(p.factor())
	case tokenOpen:
		return p.group()
	case tokenName:
		return p.attribute()
	}
	return p.words()
}

// group reads a query in parentheses.
func (p *parser) group() Expr {
	open := p.token
	p.advance()
	if p.token.kind == tokenClose {
		p.fail(open.at, "there is nothing between the parentheses")
		return all{}
	}
	if p.token.kind == tokenEnd && p.err == nil {
		p.fail(open.at, "the parenthesis is not closed")
		return all{}
	}
	e := p.sum("the parenthesis")
	if p.token.kind != tokenClose {
		p.fail(open.at, "the parenthesis is not closed")
		return all{}
	}
	p.advance()
	return e
}

// words reads a text without a name, which may be anywhere in a line.
func (p *parser) words() Expr {
	t := p.token
	p.count(t.at)
	p.advance()
	if t.value == (value{glob, "*"}) {
		return all{}
	}
	return words{t.value}
}

// count keeps a query from growing without bounds.
func (p *parser) count(at int) {
	if p.terms++; p.terms > maxTerms {
		p.fail(at, fmt.Sprintf("more than %d terms", maxTerms))
	}
}

// attribute reads the values after a name and its operator.
func (p *parser) attribute() Expr {
	t := p.token
	var tokens []token
	if !t.sign.pattern && strings.HasPrefix(p.lexer.text[p.lexer.pos:], "(") {
		tokens = p.choices(t)
	} else {
		tokens = p.list(t)
	}
	if p.err != nil {
		return all{}
	}
	if e, ok := presence(t, tokens); ok {
		p.notes.alien = true
		p.advance()
		return e
	}
	e := attribute{name: t.name, op: t.sign.op}
	for _, v := range tokens {
		e.values = append(e.values, v.value)
	}
	if t.in && inEquals(e) {
		e.op = opEqual
	}
	if _, fault := e.plan(); fault != nil {
		at := t.at
		if fault.value >= 0 {
			at = tokens[fault.value].at
		}
		p.fail(at, fault.msg)
		return all{}
	}
	if p.views != nil {
		p.lookAt(e.views(), tokens)
	}
	p.advance()
	if t.sign.not {
		return Not(e)
	}
	return e
}

// lookAt fails at the first view that cannot be used, and counts the terms for which the others stand.
func (p *parser) lookAt(names []string, tokens []token) {
	for i, name := range names {
		m, err := p.views.named(name)
		if err != nil {
			p.fail(tokens[i].at, err.Error())
		} else if p.terms += m.terms; p.terms > maxTerms {
			p.fail(tokens[i].at, fmt.Sprintf("more than %d terms, with those of the views", maxTerms))
		}
	}
}

// inEquals reports whether the word in means equality, as it always does in other tools: it must not find values that only contain the text.
// It does not for patterns, for values of a file, which compare as after a colon, and for words and amounts, which a colon compares as a
// whole.
func inEquals(e attribute) bool {
	s := lookup(e.name)
	const held = textKinds &^ (1<<kindEnumeration | 1<<kindAddress)
	return held&(1<<s.operand()) != 0 && !slices.ContainsFunc(e.values, func(v value) bool { return v.kind != literal })
}

// list reads values with commas between them.
func (p *parser) list(name token) []token {
	var tokens []token
	for {
		tokens = append(tokens, p.value(name))
		if p.err != nil || name.sign.pattern || !strings.HasPrefix(p.lexer.text[p.lexer.pos:], ",") {
			return tokens
		}
		p.lexer.pos++
	}
}

// choices reads values in parentheses with OR between them.
func (p *parser) choices(name token) []token {
	open := p.lexer.pos
	p.lexer.pos++
	name.list = true
	var tokens []token
	for {
		p.lexer.space()
		tokens = append(tokens, p.value(name))
		p.lexer.space()
		rest := p.lexer.text[p.lexer.pos:]
		switch {
		case p.err != nil:
			return nil
		case rest == "":
			p.fail(open, "the parenthesis is not closed")
			return nil
		case rest[0] == ')':
			p.lexer.pos++
			if i := bracketedChoices(p.lexer.text, tokens); i >= 0 {
				p.fail(tokens[i].at, fmt.Sprintf("write %s(a OR b) without brackets for any of several values, or put a value that has one in quotes", name.text()))
			}
			return tokens
		case rest[0] == ',':
			p.lexer.pos++
		case p.between(rest):
		default:
			p.fail(p.lexer.pos, choiceFault(name, p.lexer.text[tokens[len(tokens)-1].at:], rest))
			return nil
		}
	}
}

// between skips the OR between two values.
func (p *parser) between(rest string) bool {
	t := token{kind: tokenOr, at: p.lexer.pos}
	switch word := rest[:wordEnd(rest, true)]; {
	case keyword(word) == tokenOr:
		t.end, t.word = t.at+len(word), word != strings.ToUpper(word)
	case strings.HasPrefix(rest, "||"):
		t.end, t.alien = t.at+2, true
	case strings.HasPrefix(rest, "|"):
		t.end, t.alien = t.at+1, true
	default:
		return false
	}
	p.notes.token(t, p.lexer.text)
	p.lexer.pos = t.end
	return true
}

// choiceFault says what is wrong where an OR is expected between the values in parentheses. last is the text from the last of them on.
func choiceFault(name token, last, rest string) string {
	if msg := bracketed(token{name: name.name, sign: name.sign}, last); (last[0] == '[' || last[0] == '{') && msg != "" {
		return msg
	}
	if t := symbolAt(rest); keyword(rest[:wordEnd(rest, true)]) == tokenAnd || t == symbolAnd {
		return fmt.Sprintf("only OR can stand between values; write %sa %[1]sb for both", name.text())
	}
	return fmt.Sprintf("OR is missing between the values; write %sa %[1]sb for both", name.text())
}

// value reads one value after the name and its operator.
func (p *parser) value(name token) token {
	v, err := p.lexer.valueAfter(name)
	if err != nil {
		msg := err.Msg
		if v.kind == tokenEnd {
			msg += " after " + strings.TrimRightFunc(p.lexer.text[name.at:name.end], Blank)
			if blanks(p.lexer.text[p.lexer.pos:]) > 0 {
				msg += " without a space"
			}
		}
		p.fail(err.Offset, msg)
		return v
	}
	p.count(v.at)
	p.notes.token(v, p.lexer.text)
	if quoteAt(p.lexer.text[v.at:]) == 0 && takesTime(name.name) {
		p.joinTime(&v)
	}
	return v
}

// joinTime adds the further words of a time, as in 2 weeks.
func (p *parser) joinTime(v *token) {
	for v.value.kind == literal {
		rest := strings.TrimLeftFunc(p.lexer.text[p.lexer.pos:], Blank)
		word := rest[:wordEnd(rest, true)]
		if len(rest) == len(p.lexer.text)-p.lexer.pos || !continues(v.value.text, word) {
			return
		}
		v.value.text += " " + word
		p.lexer.pos = len(p.lexer.text) - len(rest) + len(word)
		v.end = p.lexer.pos
	}
}
