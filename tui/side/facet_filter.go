package side

import (
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/query"
	"pawprint/tui/kit"
)

// pick picks the value under the cursor, or drops it again, to filter for several values of a group at once. On other lines it
// does what enter does.
func (p *FacetPane) pick() kit.Wish {
	v, ok := p.Focused()
	if !ok {
		return p.enter()
	}
	for other := range p.picked {
		if other.Name != v.Name {
			clear(p.picked)
			break
		}
	}
	if p.picked == nil {
		p.picked = map[kit.Value]bool{}
	}
	if p.picked[v] {
		delete(p.picked, v)
	} else {
		p.picked[v] = true
	}
	p.moveTo(p.at + 1)
	return kit.Wish{}
}

// filterBy wishes for the rows with the picked values, or with the one under the cursor, or for all other rows. If the filter
// has that condition already, it removes it.
func (p *FacetPane) filterBy(include bool) (kit.Wish, bool) {
	values := p.pickedValues()
	if v, ok := p.Focused(); len(values) == 0 && ok {
		if include && p.terms.state(v) == facetIncluded {
			if text, ok := withoutTerm(p.filter.Text, v.Expr()); ok {
				return kit.Wish{Filter: &text}, true
			}
		}
		values = append(values, v)
	}
	if len(values) == 0 {
		return kit.Wish{}, false
	}
	for _, v := range values {
		if p.display.Masks(v.Name, v.Text.Raw()) != v.Text.Raw() {
			return kit.Wish{Toast: p.display.MaskedWords()}, true
		}
		if f := field.Of(v.Name); f.Kind == field.Path && strings.HasPrefix(v.Text.Raw(), "{") {
			return kit.Wish{Toast: kit.ErrObject}, true
		}
	}
	clear(p.picked)
	e := anyOf(values)
	if !include {
		e = query.Not(e)
	}
	return kit.Wish{With: e}, true
}

// pickedValues lists the picked values in the order in which they are shown.
func (p *FacetPane) pickedValues() []kit.Value {
	var out []kit.Value
	for _, l := range p.lines {
		if l.kind == facetValue && p.picked[l.value] && !slices.Contains(out, l.value) {
			out = append(out, l.value)
		}
	}
	return out
}

// facetState is what the filter says about a value.
type facetState uint8

const (
	facetFree facetState = iota
	facetIncluded
	facetExcluded
)

// facetTerms is what the terms of a filter say about values, by facetKey.
type facetTerms map[string]facetState

// newFacetTerms reads the terms of a filter that compare an attribute with values; e is nil for no filter.
func newFacetTerms(e query.Expr) facetTerms {
	out := facetTerms{}
	if e == nil {
		return out
	}
	for _, t := range query.Terms(e) {
		term, excluded := strings.CutPrefix(t.String(), "-")
		state := facetIncluded
		if excluded {
			state = facetExcluded
		}
		if at := strings.IndexAny(term, ":="); at > 0 {
			for _, v := range splitValues(term[at+1:]) {
				out[facetKey(term[:at], term[at:at+1], v)] = state
			}
		}
	}
	return out
}

// facetKey joins a name and a value. It is the same for all names of an attribute, and after a colon for upper and lower case.
func facetKey(name, op, value string) string {
	if f := field.Of(name); f.Schema != model.FieldNone {
		name = f.Schema.String()
	}
	if op == ":" {
		value = strings.ToLower(value)
	}
	return strings.ToLower(name) + op + value
}

// splitValues splits the values of a printed term at the commas between them.
func splitValues(text string) []string {
	var out []string
	from, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			out, from = append(out, text[from:i]), i+1
		}
	}
	return append(out, text[from:])
}

// state returns what the filter says explicitly about a value. A wider term may match it too.
func (t facetTerms) state(v kit.Value) facetState {
	switch {
	case len(t) == 0:
		return facetFree
	case v.Absent:
		// The filter includes absent values by excluding those that are present.
		if t[facetKey(v.Name, ":", "*")] == facetExcluded {
			return facetIncluded
		}
		return facetFree
	}
	text := strings.TrimPrefix(query.Is("x", v.Text.Raw()).String(), "x=")
	if state := t[facetKey(v.Name, "=", text)]; state != facetFree {
		return state
	}
	return t[facetKey(v.Name, ":", text)]
}

// anyOf returns the filter for the rows that have one of the values, all of one attribute. There must be at least one value.
func anyOf(values []kit.Value) query.Expr {
	e := values[0].Expr()
	texts := []string{e.String()}
	for _, v := range values[1:] {
		e = query.Or(e, v.Expr())
		texts = append(texts, strings.TrimPrefix(v.Expr().String(), v.Name+"="))
	}
	if slices.ContainsFunc(values, func(v kit.Value) bool { return v.Absent }) {
		return e
	}
	// One term reads better than several.
	if list, err := query.Parse(strings.Join(texts, ",")); err == nil {
		return list
	}
	return e
}

// withoutTerm returns the text of a filter without one of its terms; ok is false if the filter does not have the term.
func withoutTerm(text string, term query.Expr) (without string, ok bool) {
	e, err := query.Parse(text)
	if err != nil {
		return "", false
	}
	rest := query.Everything()
	for _, t := range query.Terms(e) {
		if t.String() == term.String() {
			ok = true
			continue
		}
		rest = query.And(rest, t)
	}
	return rest.String(), ok
}
