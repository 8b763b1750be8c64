package query

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file holds the syntax of other tools: symbols that mean the same here, and forms that are errors because they have no meaning here.
// Reading such a form as something else would return a wrong number.

// symbolKind is a sign that stands between or before terms.
type symbolKind uint8

const (
	symbolNone symbolKind = iota
	symbolAnd             // &&
	symbolOr              // ||
	symbolPipe            // |
	symbolNot             // !
	symbolMust            // + before a term that must match, as all terms must
	symbolLone            // & alone
	symbolSign            // an operator without a name before it
)

// symbolAt returns the symbol that s begins with.
func symbolAt(s string) symbolKind {
	switch s[0] {
	case '&':
		if strings.HasPrefix(s, "&&") {
			return symbolAnd
		}
		if ends(s[1:]) {
			return symbolLone
		}
	case '|':
		if strings.HasPrefix(s, "||") {
			return symbolOr
		}
		return symbolPipe
	case '+':
		if r, _ := utf8.DecodeRuneInString(s[1:]); unicode.IsLetter(r) || r == '(' || quoteAt(s[1:]) > 0 {
			return symbolMust
		}
	case '!', '=', '<', '>', '~':
		if operatorAt(s).length > 0 {
			return symbolSign
		}
		return symbolNot
	}
	return symbolNone
}

// symbol cuts the symbol at the start of a term.
func (l *lexer) symbol() (token, *SyntaxError) {
	t := token{at: l.pos, alien: true}
	rest := l.text[l.pos:]
	switch symbolAt(rest) {
	case symbolAnd:
		t.kind, l.pos = tokenAnd, l.pos+2
	case symbolOr:
		t.kind, l.pos = tokenOr, l.pos+2
	case symbolPipe:
		if msg := pipeline(rest[1:]); msg != "" {
			return t, &SyntaxError{Offset: t.at, Msg: msg}
		}
		t.kind, l.pos = tokenOr, l.pos+1
	case symbolNot:
		t.kind, l.pos = tokenNot, l.pos+1
	case symbolMust:
		l.pos++
		t, err := l.term()
		t.alien = true
		return t, err
	case symbolLone:
		return t, &SyntaxError{Offset: t.at, Msg: `write AND or && to combine terms, or put & in quotes to look for it`}
	case symbolSign:
		sign := rest[:operatorAt(rest).length]
		return t, &SyntaxError{Offset: t.at, Msg: fmt.Sprintf("a name is missing before %s; put a text that begins with it in quotes", sign)}
	}
	t.end = l.pos
	return t, nil
}

// pipeCommands are the first words after a pipe in other tools.
var pipeCommands = strings.Fields(`abstract accum addinfo addtotals analyze append appendcols associate autoregress awk bin bucket cat
	chart columns convert count cut dedup delta distinct diff drop eval eventcount eventstats evaluate extend extract facets fieldformat fields
	fieldsummary fillnull filldown filter foreach format fullsort geostats grep group head highlight inputlookup iplocation join jq
	json keep less limit line_format logfmt lookup make_series makemv makeresults map math multisearch mvcombine mvexpand nomv order
	outputlookup parse pattern pick pipe project project-away project-rename rare regex regexp rename replace reverse rex sample search sed
	select sort spath stats strcat streamstats summarize table tail take tee timechart top transaction transpose tstats tsort
	unpack uniq union unroll uniques unwrap where wc xargs xyseries`)

// pipeline returns what is wrong with a pipe if rest, which follows it, is a command of another tool.
func pipeline(rest string) string {
	rest = rest[blanks(rest):]
	word := rest[:wordEnd(rest, true)]
	if !slices.Contains(pipeCommands, strings.ToLower(word)) {
		return ""
	}
	return fmt.Sprintf(`| means OR here, and %s is a command of another tool: pawprint stats counts, --sort and --fields arrange; put "%[1]s" in quotes to look for the word`, word)
}

// misread returns what is wrong with a bare word of n bytes at the start of rest that means something in another tool; empty if
// nothing is.
func misread(rest string, n int) string {
	word, after := rest[:n], rest[n:]
	switch {
	case strings.HasPrefix(after, "("):
		return fmt.Sprintf("%s( is not understood, as there are no functions: write has:NAME, NAME~text or NAME:(a OR b), and a space before a parenthesis", word)
	case wildName(word):
		return "a name cannot have a * in it; write the name of one field, or text without a name, which is searched for in all of them"
	case nameEnd(word) == n && lone(after, ":"):
		return fmt.Sprintf("write %s:VALUE without spaces, or put the text in quotes", word)
	case strings.Contains(word, "['") || strings.Contains(word, `["`):
		return "write NAME.KEY for a key, NAME[0] for an element of a list"
	case strings.HasPrefix(word, ";") && len(word) > 1 || strings.HasPrefix(word, ":filter-"):
		return fmt.Sprintf("%s is a command of another tool; write only the condition, as in is:failed actor:ann", word)
	}
	return statement(word, after)
}

// lone reports whether text stands by itself after some blanks.
func lone(after, text string) bool {
	n := blanks(after)
	rest, ok := strings.CutPrefix(after[n:], text)
	return n > 0 && ok && ends(rest)
}

// wildName reports whether a word is a name with a wildcard and a colon, as in actor.*:ann.
func wildName(word string) bool {
	name, value, ok := strings.Cut(word, ":")
	if !ok || value == "" || strings.HasPrefix(value, "/") || !strings.Contains(name, "*") || name[0] == '*' {
		return false
	}
	return strings.IndexFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' && r != '_' && r != '*' }) < 0
}

// wordOperators are operators in words, with the way to write each.
var wordOperators = map[string]string{
	"contains": "~", "contain": "~", "includes": "~", "like": ":", "ilike": ":", "matches": ":/re/", "match": ":/re/", "regexp": ":/re/", "rlike": ":/re/", "is": "=",
	"equals": "=", "eq": "=", "ne": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=", "startswith": ":", "endswith": ":", "between": ">=", "exists": ":*",
}

// statement returns what is wrong with a word that begins a statement of another tool, or that is a name with an operator in words after it.
func statement(word, after string) string {
	next := after[blanks(after):]
	second := next[:wordEnd(next, true)]
	switch strings.ToLower(word) {
	case "select":
		if strings.Contains(strings.ToLower(after), " from ") {
			return "SQL is not understood; write only the condition, as in action=DELETE_RULE"
		}
	case "where", "search", "filter":
		if n := nameEnd(next); n > 0 && operatorAt(next[n+blanks(next[n:]):]).length > 0 {
			return fmt.Sprintf("leave out %s, and write only the condition; or put it in quotes to search for it", word)
		}
	}
	how, ok := wordOperators[strings.ToLower(second)]
	if !ok || !known(word) || blanks(after) == 0 {
		return ""
	}
	return fmt.Sprintf(`%s %s is not understood; write %[1]s%[3]s for a condition, or "%[2]s" in quotes to look for the word`, word, second, how)
}

// second reports whether a word can mean something beside another one: it is an operator in letters, or begins a statement.
func second(word string) bool {
	lower := strings.ToLower(word)
	_, ok := wordOperators[lower]
	return ok || slices.Contains([]string{"in", "select", "where", "search", "filter"}, lower)
}

// misplacedValue returns what is wrong with the value at the start of rest; empty if nothing is.
func misplacedValue(name token, rest string) string {
	n := wordEnd(rest, true)
	switch text := rest[:n]; {
	case rest[0] == '!':
		return fmt.Sprintf("write -%s%s to negate, or put a value that begins with ! in quotes", name.text(), strings.TrimLeft(text, "!"))
	case rest[0] == '[' || rest[0] == '{':
		return bracketed(name, rest)
	case !name.sign.op.row().patterns && (strings.Contains(text, "*") || len(text) > 2 && text[0] == '/' && text[n-1] == '/'):
		return fmt.Sprintf(`%s compares with the exact value: write %s:%s for a pattern, or %[2]s%[1]s"%[3]s" for just these characters`, name.sign.op.text(), name.name, text)
	}
	return ""
}

// text is the name as it is printed, with its operator.
func (t *token) text() string {
	e := attribute{name: t.name, op: t.sign.op, values: []value{{literal, "x"}}}
	return strings.TrimSuffix(e.String(), "x")
}

// bracketed returns what is wrong with a value in brackets or braces: a range, a list or a condition within a field. The value ends before
// a closing parenthesis. Of several values in parentheses it checks only this one; bracketedChoices checks them together.
func bracketed(name token, rest string) string {
	if name.list {
		rest = rest[:wordEnd(rest, true)]
	}
	inner := rest[1:]
	if n := strings.IndexAny(inner, map[byte]string{'[': "])", '{': "})"}[rest[0]]); n >= 0 {
		inner = inner[:n]
	}
	words := strings.FieldsFunc(inner, Blank)
	switch {
	case len(words) == 3 && strings.EqualFold(words[1], "to"):
		low, high := ">=", "<="
		if rest[0] == '{' {
			low, high = ">", "<"
		}
		return fmt.Sprintf("ranges in brackets are not understood; write %s%s%s %[1]s%[4]s%[5]s", name.name, low, words[0], high, words[2])
	case rest[0] == '{' && strings.Contains(inner, ":"):
		return fmt.Sprintf("write %s.KEY:VALUE for a condition on a field within %[1]s", name.name)
	case rest[0] == '[' && strings.ContainsAny(inner, ",\"'"):
		return fmt.Sprintf("write %s:(a OR b) for any of several values", name.name)
	}
	return ""
}

// bracketedChoices returns the index of the first value in parentheses that opens a bracket or brace which a later value closes, or -1. A value in
// quotes opens none.
func bracketedChoices(text string, values []token) int {
	for i, t := range values {
		if t.value.kind != glob && (t.value.kind != literal || quoteAt(text[t.at:]) > 0) || t.value.text == "" {
			continue
		}
		end, ok := map[byte]string{'[': "]", '{': "}"}[t.value.text[0]]
		if ok && slices.ContainsFunc(values[i+1:], func(t token) bool {
			return (t.value.kind == glob || t.value.kind == literal) && strings.HasSuffix(t.value.text, end)
		}) {
			return i
		}
	}
	return -1
}

// misplacedAfter returns what is wrong with the text right after a bare value: a parenthesis, or an or-sign that would end the term although
// the reader means another value.
func misplacedAfter(name token, value, after string) string {
	if strings.HasPrefix(after, "(") {
		return "a space is missing before the parenthesis; put a value that has one in quotes"
	}
	if !strings.HasPrefix(after, "|") || name.list {
		return ""
	}
	next := strings.TrimLeft(after, "|")
	l := lexer{text: next}
	t, err := l.term()
	if err == nil && (t.kind == tokenName || t.kind == tokenNot || t.kind == tokenMinus || t.kind == tokenOpen) {
		return ""
	}
	return fmt.Sprintf("write %s(%s OR %s) for any of several values, or a space before | for an OR of whole terms", name.text(), value, next[:wordEnd(next, true)])
}

// rename replaces a name of another tool that stands for one of ours: @timestamp is the time of the event.
func (t *token) rename(bare bool) {
	if own, ok := ownName(t.name); ok && bare {
		t.name, t.alien = own, true
	}
}

// ownName returns the name of ours that a name of another tool stands for; ok is false if it stands for none.
func ownName(name string) (own string, ok bool) {
	own, ok = strings.CutPrefix(name, "@")
	first := own[:len(own)-len(strings.TrimLeftFunc(own, func(r rune) bool { return r != '.' && r != '[' }))]
	return own, ok && (known(own) || first != "" && known(first))
}

// presenceNames are the names with which other tools ask whether a field is present or, if true, absent.
var presenceNames = map[string]bool{"_exists_": false, "exists": false, "_missing_": true, "missing": true, "no": true}

// presence returns the query for a present or absent field, for the way in which other tools ask for it.
func presence(name token, values []token) (Expr, bool) {
	absent, ok := presenceNames[strings.ToLower(name.name)]
	if !ok || name.sign.op != opHas || len(values) != 1 || values[0].value.kind != literal || !known(values[0].value.text) {
		return nil, false
	}
	e := Has(values[0].value.text)
	if absent != name.sign.not {
		return Not(e), true
	}
	return e, true
}
