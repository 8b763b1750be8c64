package query

// Expr is a parsed query. It never changes and may be used by any number of goroutines.
type Expr interface {
	// String writes the query as text that Parse reads back as an equal expression.
	String() string

	// print appends the text to p. tight means that only a single term may stand there, so several need parentheses.
	print(p *printer, tight bool)
}

type (
	// all is the query for everything.
	all struct{}

	// conjunction matches the rows that all its terms match. There are at least two.
	conjunction struct{ terms []Expr }

	// alternative matches the rows that any of its terms matches. There are at least two.
	alternative struct{ terms []Expr }

	// negation matches the rows that its term does not match.
	negation struct{ term Expr }

	// words matches the rows with a key or a value that contains the text or matches the pattern.
	words struct{ value value }

	// attribute compares the named field with values; one match is enough.
	attribute struct {
		name   string // as it was written
		op     op
		values []value
	}
)

// value is a text or pattern that a query searches for.
type value struct {
	kind valueKind
	text string // a literal decoded, a pattern as written
}

type valueKind uint8

const (
	literal    valueKind = iota
	glob                 // * stands for any text
	expression           // a regular expression
	fromFile             // the values in a file, of which this is the path
)

// Everything is the query that every row matches. Its text is empty.
func Everything() Expr { return all{} }

// And is the query for the rows that match both. A term that a already has is not repeated.
func And(a, b Expr) Expr {
	terms := Terms(a)
	known := make(map[string]bool, len(terms))
	for _, t := range terms {
		known[t.String()] = true
	}
	for _, t := range Terms(b) {
		if text := t.String(); !known[text] {
			known[text] = true
			terms = append(terms, t)
		}
	}
	return conjoin(terms)
}

// Or is the query for the rows that match a or b.
func Or(a, b Expr) Expr { return alternate([]Expr{a, b}) }

// Not is the query for the rows that do not match e.
func Not(e Expr) Expr {
	if n, ok := e.(negation); ok {
		return n.term
	}
	return negation{e}
}

// Negated returns what a negation excludes; ok is false for any other query.
func Negated(e Expr) (inner Expr, ok bool) {
	n, ok := e.(negation)
	return n.term, ok
}

// Terms lists the terms that all have to match, in the order of the text: joining them with And results in e again. Everything
// has no terms. The caller owns the slice.
func Terms(e Expr) []Expr {
	switch e := e.(type) {
	case all:
		return nil
	case conjunction:
		return append([]Expr(nil), e.terms...)
	}
	return []Expr{e}
}

// Is is the query for the rows where the named attribute is exactly that value, like name=value, for names and values of any
// bytes. A name that begins with a dot is a path from the top of the event, even if a short name is spelled the same.
func Is(name, text string) Expr {
	return attribute{name: name, op: opEqual, values: []value{{literal, text}}}
}

// Has is the query for the rows where the named attribute is present.
func Has(name string) Expr {
	return attribute{name: name, op: opHas, values: []value{{glob, "*"}}}
}

// Comparison is a term taken apart: a name and the one text that its values are compared with.
type Comparison struct {
	Name  string // as it was written
	Text  string // not a pattern
	Exact bool   // the whole value must be equal, as Is asks for; otherwise what a colon asks for
	Not   bool   // the rows that do not match
}

// Compared takes a term apart. ok is false for a term that is not a Comparison.
func Compared(e Expr) (c Comparison, ok bool) {
	if inner, is := Negated(e); is {
		c.Not, e = true, inner
	}
	a, is := e.(attribute)
	if !is || a.op != opEqual && a.op != opHas || len(a.values) != 1 || a.values[0].kind != literal {
		return Comparison{}, false
	}
	c.Name, c.Text, c.Exact = a.name, a.values[0].text, a.op == opEqual
	return c, true
}

// conjoin makes one expression of terms that all have to match.
func conjoin(terms []Expr) Expr {
	flat := make([]Expr, 0, len(terms))
	for _, t := range terms {
		flat = append(flat, Terms(t)...)
	}
	switch len(flat) {
	case 0:
		return all{}
	case 1:
		return flat[0]
	}
	return conjunction{flat}
}

// alternate makes one expression of terms where one match is enough. There must be at least one term.
func alternate(terms []Expr) Expr {
	flat := make([]Expr, 0, len(terms))
	for _, t := range terms {
		switch t := t.(type) {
		case all:
			return all{}
		case alternative:
			flat = append(flat, t.terms...)
		default:
			flat = append(flat, t)
		}
	}
	if len(flat) == 1 {
		return flat[0]
	}
	return alternative{flat}
}

// walk calls visit for e and every expression in it.
func walk(e Expr, visit func(Expr)) {
	visit(e)
	switch e := e.(type) {
	case conjunction:
		for _, t := range e.terms {
			walk(t, visit)
		}
	case alternative:
		for _, t := range e.terms {
			walk(t, visit)
		}
	case negation:
		walk(e.term, visit)
	}
}
