package query

import (
	"slices"
	"strings"

	"pawprint/model/field"
	"pawprint/model/ipaddr"
	"pawprint/model/letters"
)

// Implies reports whether every row that matches e certainly matches f, so that a selection of f can be narrowed to one of e,
// as after adding a term or a letter to a word. It may miss an implication, but never reports a wrong one.
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

// wordHolds reports whether every text that contains the word h contains w.
func wordHolds(h, w value) bool {
	if h.kind != literal || w.kind != literal {
		return false
	}
	if smartFold(w.text) {
		return strings.Contains(folded(h.text), folded(w.text))
	}
	return !smartFold(h.text) && strings.Contains(letters.ComposeString(h.text), letters.ComposeString(w.text))
}

// attributeHolds reports whether every attribute value that contains the text of h contains that of w, in any case.
func attributeHolds(h, w attribute) bool {
	if !field.Same(h.name, w.name) || h.op != opHas || w.op != opHas || len(h.values) != 1 || len(w.values) != 1 {
		return false
	}
	have, want := h.values[0], w.values[0]
	if have.kind != literal || want.kind != literal || want.text == "" || maybeBare(have.text) || maybeBare(want.text) {
		return false
	}
	if isSpan(have.text) || isSpan(want.text) {
		return false // addresses are compared by meaning
	}
	switch lookup(h.name).kind {
	case kindText, kindSource, kindTarget, kindMessage, kindErrors, kindProblem:
		return strings.Contains(folded(have.text), folded(want.text))
	case kindID:
		return strings.HasPrefix(folded(have.text), folded(want.text))
	}
	return false
}

func folded(text string) string { return string(letters.FoldAppend(nil, []byte(text))) }

func isSpan(text string) bool {
	_, ok := ipaddr.ParseSpan(text)
	return ok
}

// maybeBare reports whether a text may be a number, true or false, which only match as a whole.
func maybeBare(text string) bool {
	return strings.EqualFold(text, "true") || strings.EqualFold(text, "false") || strings.Trim(text, "0123456789+-.eE") == ""
}

// steady reports whether an expression means the same at any time. Relative times, marks, files and a user's own views change.
func steady(e Expr) bool {
	ok := !NamesOwnViews(e)
	walk(e, func(e Expr) {
		a, is := e.(attribute)
		if !is {
			return
		}
		s := lookup(a.name)
		if s.asksForTimes(a.op) || a.file() >= 0 || a.asksForMarks() {
			ok = false
		}
	})
	return ok
}

// asksForTimes reports whether the values after an operator may be times, which may be relative to now.
func (s *subject) asksForTimes(o op) bool {
	return (periodKinds | 1<<kindTime | 1<<kindMoment).has(s.kind) || s.operand() == kindAny && o.compares()
}
