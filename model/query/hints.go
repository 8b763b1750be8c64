package query

import (
	"fmt"
	"strings"

	"pawprint/model"
)

// Hints says what in a query is probably not meant so, in words; the query is good nevertheless. It may quote the query.
func Hints(e Expr) []string {
	var out []string
	walk(e, func(e Expr) {
		switch e := e.(type) {
		case attribute:
			if !known(e.name) && !strings.Contains(e.name, ".") {
				out = append(out, nameHint(e.name))
			}
		case words:
			if up := strings.ToUpper(e.value.text); keyword(up) != tokenWord && e.value.kind == literal {
				out = append(out, fmt.Sprintf("%s is looked for as a word; write %s to combine terms", e.value.text, up))
			}
		}
	})
	return out
}

// nameHint is the hint for a name that is taken as a path.
func nameHint(name string) string {
	if like := nearest(name, names()); like != "" {
		return fmt.Sprintf("%s is not in the schema; did you mean %s?", name, like)
	}
	return fmt.Sprintf("%s is not in the schema and is looked for as a key; put the whole word in quotes to look for text", name)
}

// known reports whether a name stands for something besides a path.
func known(name string) bool {
	for i := range specials {
		if strings.EqualFold(specials[i].name, name) {
			return true
		}
	}
	_, ok := model.Lookup(name)
	return ok || strings.HasPrefix(name, ".") || strings.HasPrefix(strings.ToLower(name), "p_")
}

// Name is a name that may stand before an operator.
type Name struct {
	Name  string
	Doc   string      // one line
	Field model.Field // FieldNone if it is none of the schema
}

// Names lists the names that stand for something: first the short ones, then those of the schema.
func Names() []Name {
	var out []Name
	for _, s := range specials {
		out = append(out, Name{s.name, s.doc, s.subject.field})
	}
	for _, f := range model.Schema() {
		for _, a := range f.Aliases {
			if a != "ip" {
				out = append(out, Name{a, f.Doc, f.Field})
			}
		}
	}
	for _, f := range model.Schema() {
		if f.Field != model.FieldLake && f.Field != model.FieldActor {
			out = append(out, Name{f.Name, f.Doc, f.Field})
		}
	}
	return out
}

func names() []string {
	var out []string
	for _, n := range Names() {
		out = append(out, n.Name)
	}
	return out
}

// Class is a word that may stand behind is: or has:.
type Class struct {
	Name string // with the name before it, as in is:failed
	Doc  string // one line
}

// Classes lists the words behind is: and has:.
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

// nearest gives the word that text may be a slip of, or is the begin of, in any case; empty if none is near.
func nearest(text string, words []string) string {
	text = strings.ToLower(text)
	enough := 2
	if len(text) < 5 {
		enough = 1
	}
	best, least, leastLetters := "", enough+1, 0
	for _, w := range words {
		lower := strings.ToLower(w)
		letters := distance(text, lower)
		d := letters
		switch same := commonPrefix(text, lower); {
		case same > 2 && (same == len(text) || same == len(lower)):
			d = min(d, 1)
		case same > 4:
			d = min(d, 2)
		}
		if d < least || d == least && d <= enough && letters < leastLetters {
			best, least, leastLetters = w, d, letters
		}
	}
	return best
}

// commonPrefix is the number of bytes that a and b begin with alike.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// distance is the number of letters to add, drop, change or swap with a neighbour to get from a to b; texts of very
// different lengths are just far apart.
func distance(a, b string) int {
	const far = 100
	if len(a) > 40 || len(b) > 40 || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return far
	}
	var rows [3][42]int
	for j := range len(b) + 1 {
		rows[1][j] = j
	}
	before, last, row := rows[0][:], rows[1][:], rows[2][:]
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
