package query

import (
	"fmt"
	"strings"

	"pawprint/model/field"
	"pawprint/model/ipaddr"
	"pawprint/model/near"
)

// Hints returns messages about parts of a valid query that the user probably did not intend. They may quote the query.
func Hints(e Expr) []string {
	var out []string
	walk(e, func(e Expr) {
		switch e := e.(type) {
		case attribute:
			if !known(e.name) && !strings.Contains(e.name, ".") {
				out = append(out, nameHint(e.name))
			}
		case words:
			if s, ok := ipaddr.ParseSpan(e.value.text); ok && e.value.kind == literal && !s.Single() {
				out = append(out, fmt.Sprintf("%[1]s is searched for as text; ip:%[1]s finds the addresses in it", e.value.text))
			}
		}
	})
	return out
}

// nameHint is the hint for an unknown name, which is read as a path.
func nameHint(name string) string {
	if like := near.Word(name, names()); like != "" {
		return fmt.Sprintf("%s is not in the schema; did you mean %s?", name, like)
	}
	return fmt.Sprintf("%s is not in the schema and is searched for as a key; put the whole word in quotes to look for text", name)
}

// known reports whether a query can use the name for something other than a path.
func known(name string) bool { return field.Known(name) }

// Names lists the names that may stand before an operator.
func Names() []field.Name { return field.Names() }

func names() []string {
	var out []string
	for _, n := range Names() {
		out = append(out, n.Name)
	}
	return out
}

// Class is a word that may follow is: or has:.
type Class struct {
	Name string // with the name before it, as in is:failed
	Doc  string // one line
}

// Classes lists the words that may follow is: and has:.
func Classes() []Class {
	var out []Class
	for _, c := range classes {
		out = append(out, Class{"is:" + c.name, c.doc})
	}
	for _, c := range presences {
		out = append(out, Class{"has:" + c.name, c.doc})
	}
	return out
}
