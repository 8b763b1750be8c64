package query

import (
	"slices"
	"strings"

	"pawprint/model/field"
)

// Implies reports whether every row that matches e is known to match f, so that a selection of f can be narrowed to one of
// e: as it is when a term was added, or a letter to a word. It may say no where that is true, but never yes where it is not.
func Implies(e, f Expr) bool {
	for _, want := range Terms(f) {
		if !slices.ContainsFunc(Terms(e), func(have Expr) bool { return impliesTerm(have, want) }) {
			return false
		}
	}
	return true
}

func impliesTerm(have, want Expr) bool {
	if h, ok := have.(words); ok {
		if w, ok := want.(words); ok && wordHolds(h.value, w.value) {
			return true
		}
	}
	if h, ok := have.(attribute); ok {
		if w, ok := want.(attribute); ok && attributeHolds(h, w) {
			return true
		}
	}
	return steady(want) && have.String() == want.String()
}

// wordHolds reports whether every text that holds the word h holds w.
func wordHolds(h, w value) bool {
	if h.kind != literal || w.kind != literal {
		return false
	}
	if smartFold(w.text) {
		return strings.Contains(string(foldAppend(nil, []byte(h.text))), w.text)
	}
	return !smartFold(h.text) && strings.Contains(h.text, w.text)
}

// attributeHolds reports whether each value of an attribute that has the text of h has that of w, both in any case.
func attributeHolds(h, w attribute) bool {
	if !field.Same(h.name, w.name) || h.op != opHas || w.op != opHas || len(h.values) != 1 || len(w.values) != 1 {
		return false
	}
	have, want := h.values[0], w.values[0]
	if have.kind != literal || want.kind != literal || want.text == "" || maybeBare(have.text) || maybeBare(want.text) {
		return false
	}
	fold := func(s string) string { return string(foldAppend(nil, []byte(s))) }
	switch lookup(h.name).kind {
	case kindText, kindSource, kindTarget, kindMessage, kindErrors:
		return strings.Contains(fold(have.text), fold(want.text))
	case kindID:
		return strings.HasPrefix(fold(have.text), fold(want.text))
	}
	return false
}

// maybeBare reports whether a text may be a number, true or false, which have to be the text as a whole.
func maybeBare(text string) bool {
	return strings.EqualFold(text, "true") || strings.EqualFold(text, "false") || strings.Trim(text, "0123456789+-.eE") == ""
}

// steady reports whether an expression means the same at any time: relative times move on, and marks come and go.
func steady(e Expr) bool {
	ok := true
	walk(e, func(e Expr) {
		a, is := e.(attribute)
		if !is {
			return
		}
		s := lookup(a.name)
		moving := func(v value) bool { return s.kind == kindClass && strings.EqualFold(v.text, "marked") }
		if s.asksForTimes(a.op) || slices.ContainsFunc(a.values, moving) {
			ok = false
		}
	})
	return ok
}

// asksForTimes reports whether the values behind an operator may be times, which may count from now.
func (s *subject) asksForTimes(o op) bool {
	return (periodKinds | 1<<kindTime | 1<<kindMoment).has(s.kind) || s.operand() == kindAny && o.compares()
}
