package query

import (
	"slices"

	"pawprint/model"
)

// A row without a time of its own is neither in a period nor outside of it. So a query is true, false or undecided about a row: a term
// about the time of the event is undecided about a row without a time, NOT undecided is undecided, AND is false if one term is false, OR is
// true if one term is true. A query finds the rows about which it is true.
//
// A predicate can only be true or false. So compiling fixes what terms about time say about rows without a time: false where the term must
// be true for the query to be true, true where it must be false. Complements swap the two; see Env.untimed.

// Undecided returns a matcher of the rows that e can neither find nor rule out because they have no time of their own. It is nil if e does not
// ask for the time of events. All of them have the flag FlagNoTime.
func Undecided(e Expr, env Env) model.Matcher {
	possible := env
	possible.untimed = true
	found := compile(e, &env)
	if !asksTime(found) {
		return nil
	}
	return newMatcher(allOf(flagged{model.FlagNoTime}, compile(e, &possible), complement{found}), env)
}

// asksTime reports whether a predicate tests the time of events.
func asksTime(p predicate) bool {
	return anyPredicate(p, func(p predicate) bool {
		_, is := p.(*timeTest)
		return is || isOffHours(p)
	})
}

// anyPredicate reports whether a predicate, or a part of it, is of a kind.
func anyPredicate(p predicate, is func(predicate) bool) bool {
	part := func(p predicate) bool { return anyPredicate(p, is) }
	switch p := p.(type) {
	case complement:
		return part(p.part)
	case intersection:
		return slices.ContainsFunc(p.parts, part)
	case union:
		return slices.ContainsFunc(p.parts, part)
	}
	return is(p)
}

// isForwardedTest reports whether a predicate may read a few lines although its cost does not say so.
func isForwardedTest(p predicate) bool {
	_, is := p.(*forwardedTest)
	return is
}

// untimedRows returns those of rows that have no time of their own.
func (w *worker) untimedRows(rows *model.Bitmap) (none model.Bitmap) {
	if w.seg.AnyFlags()&model.FlagNoTime == 0 {
		return none
	}
	none = *rows
	_ = flagged{model.FlagNoTime}.narrow(w, &none) // it returns no error
	return none
}
