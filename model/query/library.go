package query

import (
	"fmt"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/near"
)

// Library knows views by their names: the user's own beside the ready ones. nil and the zero value know the ready ones alone. It never
// changes, and any number of goroutines may use it.
type Library struct{ own []View }

// NewLibrary returns the library with a user's own views, whose Answer does not count. A query may be wrong,
// and use other views; that is an error only where it is used.
func NewLibrary(own []View) *Library { return &Library{slices.Clone(own)} }

// Own lists the user's own views in their order. The caller does not change them.
func (l *Library) Own() []View {
	if l == nil {
		return nil
	}
	return l.own
}

// maxUsed is how many views may use each other in a chain.
const maxUsed = 20

// Find returns the view with a name, in any case: a ready one before an own one. The error suggests a name.
func (l *Library) Find(name string) (View, error) {
	if v, ok := readyView(name); ok {
		return v, nil
	}
	own := l.Own()
	i := slices.IndexFunc(own, func(v View) bool { return v.Name == name })
	if i < 0 {
		i = slices.IndexFunc(own, func(v View) bool { return field.Same(v.Name, name) })
	}
	if i >= 0 {
		return own[i], nil
	}
	var names []string
	for _, v := range slices.Concat(own, views) {
		names = append(names, v.Name)
	}
	if like := near.Word(name, names); like != "" {
		return View{}, fmt.Errorf("no view is called %s; did you mean %s?", name, like)
	}
	const most = 20
	if len(names) > most {
		names = append(names[:most:most], "more")
	}
	return View{}, fmt.Errorf("no view is called %s; there are %s", name, strings.Join(names, ", "))
}

// Parse reads a query as the function Parse does, and also looks at the views that it names: a view that is not known, is wrong, or uses
// itself is an error there.
func (l *Library) Parse(text string) (Expr, error) {
	p := parser{lexer: lexer{text: text}, views: &unfolding{library: l}}
	return p.query()
}

// Unfold replaces the user's own views in a query by the queries that they stand for. Ready views stay, because every pawprint knows them. It
// fails where Parse of the library would.
func (l *Library) Unfold(e Expr) (Expr, error) {
	u := &unfolding{library: l}
	if _, err := u.terms(e); err != nil {
		return nil, err
	}
	return u.unfold(e), nil
}

// unfolding finds what own views stand for. It counts before it unfolds, so that a few short views that use each other several times do
// not make a query without bounds.
type unfolding struct {
	library *Library
	path    []string // the names of the views that are being counted, each used by the one before
	known   map[string]meaning
}

// meaning is what an own view stands for.
type meaning struct {
	expr  Expr // with the views that it uses
	terms int  // with those of the views that it uses; at least one
}

// named returns what the view with a name stands for, and checks it: nil for a ready one, which stands for itself.
func (u *unfolding) named(name string) (meaning, error) {
	v, err := u.library.Find(name)
	if err != nil {
		return meaning{}, err
	}
	if _, ready := readyView(v.Name); ready {
		return meaning{terms: 1}, nil
	}
	if m, ok := u.known[v.Name]; ok {
		return m, nil
	}
	if i := slices.Index(u.path, v.Name); i >= 0 {
		return meaning{}, fmt.Errorf("the view %s uses itself: %s, %[1]s", v.Name, strings.Join(u.path[i:], ", "))
	}
	u.path = append(u.path, v.Name)
	defer func() { u.path = u.path[:len(u.path)-1] }()
	if len(u.path) > maxUsed {
		return meaning{}, fmt.Errorf("more than %d views use each other in a chain, down to %s", maxUsed, v.Name)
	}
	return u.read(v)
}

// read parses the query of an own view and counts its terms.
func (u *unfolding) read(v View) (m meaning, err error) {
	m.expr, err = Parse(v.Query)
	if syntax, ok := err.(*SyntaxError); ok {
		return m, fmt.Errorf("the query of the view %s is wrong: %s", v.Name, syntax.Msg)
	}
	if m.terms, err = u.terms(m.expr); err != nil {
		return m, err
	}
	if u.known == nil {
		u.known = map[string]meaning{}
	}
	u.known[v.Name] = m
	return m, nil
}

// terms counts the terms of a query with all its views unfolded. There are at most maxTerms.
func (u *unfolding) terms(e Expr) (n int, err error) {
	walk(e, func(e Expr) {
		n++
		for _, name := range ViewsOf(e) {
			if err != nil {
				return
			}
			var m meaning
			m, err = u.named(name)
			n += m.terms
		}
		if err == nil && n > maxTerms {
			err = fmt.Errorf("its views expand to more than %d terms", maxTerms)
		}
	})
	return n, err
}

// unfold replaces own views, all of which were counted.
func (u *unfolding) unfold(e Expr) Expr {
	switch e := e.(type) {
	case conjunction:
		return conjoin(u.unfoldAll(e.terms))
	case alternative:
		return alternate(u.unfoldAll(e.terms))
	case negation:
		return Not(u.unfold(e.term))
	case attribute:
		return u.unfoldViews(e)
	}
	return e
}

func (u *unfolding) unfoldAll(terms []Expr) (out []Expr) {
	for _, t := range terms {
		out = append(out, u.unfold(t))
	}
	return out
}

func (u *unfolding) unfoldViews(e attribute) Expr {
	var terms []Expr
	own := false
	for _, name := range e.views() {
		if m, _ := u.named(name); m.expr != nil {
			own, terms = true, append(terms, u.unfold(m.expr))
		} else {
			terms = append(terms, attribute{name: e.name, op: e.op, values: []value{{literal, name}}})
		}
	}
	if !own {
		return e
	}
	return alternate(terms)
}

// views lists the views that a term names.
func (e attribute) views() (names []string) {
	if !field.Same(e.name, "view") {
		return nil
	}
	for _, v := range e.values {
		names = append(names, v.text)
	}
	return names
}

// ViewsOf lists the views that one term names; none for a term of another kind.
func ViewsOf(term Expr) []string {
	a, ok := term.(attribute)
	if !ok {
		return nil
	}
	return a.views()
}

// NamesOwnViews reports whether a query names views that are not ready ones.
func NamesOwnViews(e Expr) bool {
	found := false
	walk(e, func(e Expr) {
		for _, name := range ViewsOf(e) {
			_, ready := readyView(name)
			found = found || !ready
		}
	})
	return found
}

// unknownView fails for a view that was not unfolded: whoever compiles a query must not take it for one that finds nothing.
type unknownView struct{ name string }

func (unknownView) cost() int { return costLines }

func (v unknownView) narrow(*worker, *model.Bitmap) error {
	return fmt.Errorf("no view is called %s here", v.name)
}
