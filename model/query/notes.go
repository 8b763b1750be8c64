package query

import (
	"fmt"
	"slices"
	"strings"
)

// Notes says how a valid query was understood where it is not written in the form that this package prints: which words were read
// as operators, and the whole query as it is printed if another tool's signs are in it. It is nil for an invalid query. The
// messages may quote the query.
func Notes(text string) []string {
	p := parser{lexer: lexer{text: text}}
	e, err := p.query()
	if err != nil {
		return nil
	}
	out := p.notes.said
	if p.notes.alien {
		out = append(out, "read as "+e.String())
	}
	return out
}

// notes collects what is said about the tokens of a query.
type notes struct {
	said  []string
	alien bool // a token is written as in another tool
}

// token notes how a token of text was read.
func (n *notes) token(t token, text string) {
	n.alien = n.alien || t.alien
	if !t.word {
		return
	}
	word := text[t.at:t.end]
	if note := fmt.Sprintf("%s is read as the operator %s; put %[1]q in quotes to look for the word", word, strings.ToUpper(word)); !slices.Contains(n.said, note) {
		n.said = append(n.said, note)
	}
}
