package query

import (
	"slices"
	"strings"
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

// steady reports whether an expression means the same at any time: relative times move on, and marks come and go.
func steady(e Expr) bool {
	ok := true
	walk(e, func(e Expr) {
		a, is := e.(attribute)
		if !is {
			return
		}
		name := strings.ToLower(a.name)
		moving := func(v value) bool { return name == "is" && strings.EqualFold(v.text, "marked") }
		if slices.Contains(unsteady, name) || slices.ContainsFunc(a.values, moving) {
			ok = false
		}
	})
	return ok
}

// unsteady are the names whose values are times.
var unsteady = []string{"since", "until", "on", "around", "time", "timestamp", "p_event_time"}
