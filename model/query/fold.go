package query

import (
	"math"
	"slices"

	"pawprint/model"
	"pawprint/model/condition"
)

// Dictionaries know which values the columns have at an engine.
type Dictionaries interface {
	// Values lists the distinct strings that stand at a path in the lines that the conditions are meant for, those without a certain time
	// among them. Missing values make the conditions wrong. ok is false if they are not known: an engine lists at most MaxValues of them,
	// with at most MaxValueBytes in all. The same path must have the same values each time.
	Values(path []string) (values []string, ok bool)
}

// The bounds of a dictionary; see Dictionaries.
const (
	MaxValues     = 10_000
	MaxValueBytes = 64 << 10
)

// Part is a term of a query with what an engine can do about it.
type Part struct {
	Term   string // the text of the term
	Pushed Push
	Loaded bool // which rows it finds depends on which lines were loaded, or how, and no engine knows that
}

// Push is how much of a term an engine decides.
type Push uint8

// The degrees of a Push.
const (
	NotPushed     Push = iota // nothing: every line must be looked at
	PushedPartly              // some lines are known to match, or not to; the others must be looked at
	PushedExactly             // all but the few lines that engines may read otherwise; see package condition
)

// Fold returns what an engine can be asked for a query. Cover is true of every line that has an event, or a reject, that e matches.
// Core is true only of lines that are a single event, which e matches. So the lines of Cover that are not in Core have to be read to
// know how many match, and no other lines. Parts are the terms of e in the order of the text.
//
// Times, marks and files in e mean the same as in Compile with the same env; while env.End is not known, a time that depends on the end of
// the log is one that depends on what was loaded. dictionaries may be nil; their values become part of the
// conditions, so that a condition may be as long as all of them. Files that e names are read.
func Fold(e Expr, env Env, dictionaries Dictionaries) (cover, core condition.Condition, parts []Part) {
	env.endless = env.End.IsZero()
	f := folder{env: env, dictionaries: dictionaries}
	out := f.expr(e, false)
	return out.cover, condition.And(out.core, condition.Negate(condition.Unsettled{}), event), f.parts
}

// LooksAtLoaded reports whether what a query finds depends on the lines that were loaded, or on how they were, so that no engine can know.
// Files that e names are read.
func LooksAtLoaded(e Expr, env Env) bool {
	_, _, parts := Fold(e, env, nil)
	return slices.ContainsFunc(parts, func(p Part) bool { return p.Loaded })
}

// event is true of settled lines that are an event: a line with an attribute that the schema requires is not searched for events within it.
var event = condition.Present{Path: pathOf(model.FieldActionName)}

// limits are what an engine knows about the lines that match: cover is true of all of them, and of some others, core of some of them, and
// of no others. For core, a line that is not a single event does not matter.
type limits struct {
	cover, core condition.Condition
	exact       bool // they are the same for lines that are settled and have a certain time
	loaded      bool // as in Part
}

// unasked is for predicates that no engine can be asked for, loadedOnly for those that make sense only over what was loaded.
var (
	unasked    = limits{cover: condition.Const(true), core: condition.Const(false)}
	loadedOnly = limits{cover: condition.Const(true), core: condition.Const(false), loaded: true}
)

// folder folds one query.
type folder struct {
	env          Env
	dictionaries Dictionaries
	parts        []Part
}

// expr folds an expression as compile compiles it. negated means that it stands below an odd number of negations.
func (f *folder) expr(e Expr, negated bool) limits {
	switch e := e.(type) {
	case conjunction:
		return allFolded(f.exprs(e.terms, negated))
	case alternative:
		return anyFolded(f.exprs(e.terms, negated))
	case negation:
		return f.expr(e.term, !negated).not()
	case all:
		return every{}.fold(f)
	}
	out := compile(e, &f.env).fold(f)
	term := e
	if negated {
		term = Not(e)
	}
	f.parts = append(f.parts, Part{Term: term.String(), Pushed: out.pushed(), Loaded: out.loaded})
	return out
}

func (f *folder) exprs(terms []Expr, negated bool) []limits {
	out := make([]limits, len(terms))
	for i, t := range terms {
		out[i] = f.expr(t, negated)
	}
	return out
}

func (f *folder) all(parts []predicate) []limits {
	out := make([]limits, len(parts))
	for i, p := range parts {
		out[i] = p.fold(f)
	}
	return out
}

func (d limits) pushed() Push {
	switch {
	case d.exact:
		return PushedExactly
	case d.cover == condition.Condition(condition.Const(true)) && d.core == condition.Condition(condition.Const(false)):
		return NotPushed
	}
	return PushedPartly
}

// not returns the limits of the negation: a line outside of the core may match it, and a line outside of the cover does.
func (d limits) not() limits {
	d.cover, d.core = condition.Negate(d.core), condition.Negate(d.cover)
	return d
}

func allFolded(parts []limits) limits { return join(parts, condition.And) }

func anyFolded(parts []limits) limits { return join(parts, condition.Or) }

func join(parts []limits, combine func(...condition.Condition) condition.Condition) limits {
	out := limits{exact: true}
	var covers, cores []condition.Condition
	for _, p := range parts {
		covers, cores = append(covers, p.cover), append(cores, p.core)
		out.exact, out.loaded = out.exact && p.exact, out.loaded || p.loaded
	}
	out.cover, out.core = combine(covers...), combine(cores...)
	return out
}

// settled returns the limits of a condition about the value at a path: an engine answers it correctly where that value is settled. Lines
// that may hold several events, or one within something else, may match whatever they contain.
func settled(c condition.Condition, at condition.Unsettled) limits {
	return limits{
		cover: condition.Or(c, at, condition.Negate(event)),
		core:  condition.And(c, condition.Negate(at), event),
		exact: true,
	}
}

func (every) fold(*folder) limits {
	return limits{cover: condition.Const(true), core: condition.Const(true), exact: true}
}

func (c complement) fold(f *folder) limits { return c.part.fold(f).not() }

func (in intersection) fold(f *folder) limits { return allFolded(f.all(in.parts)) }

func (u union) fold(f *folder) limits { return anyFolded(f.all(u.parts)) }

// fold covers the lines whose times an engine does not know for certain, so that pawprint decides them, under a negation too: untimed makes
// no difference.
func (t *timeTest) fold(*folder) limits {
	if t.endless && slices.Contains(t.intervals, always) {
		return loadedOnly
	}
	var spans []condition.Condition
	for _, s := range t.intervals {
		if s.from <= s.to {
			spans = append(spans, spanCondition(s))
		}
	}
	in := condition.Or(spans...)
	return limits{cover: condition.Or(in, condition.Untimed{}), core: in, exact: true}
}

func spanCondition(s interval) condition.Condition {
	if s == always {
		return condition.Negate(condition.Untimed{})
	}
	if s.to < math.MaxInt64 {
		s.to++
	}
	return condition.Time{From: s.from, To: s.to}
}

// fold says of some flags which lines may have them.
func (g flagged) fold(*folder) limits {
	var parts []limits
	for rest := g.flags; rest != 0; rest &= rest - 1 {
		parts = append(parts, foldFlag(rest&-rest))
	}
	return anyFolded(parts)
}

func foldFlag(flag model.Flags) limits {
	const no = condition.Const(false)
	line := condition.Unsettled{}
	switch flag {
	case model.FlagErrors:
		path := pathOf(model.FieldErrors)
		return settled(condition.Filled{Path: path}, condition.Unsettled{Path: path})
	case model.FlagReject:
		return limits{cover: line, core: no}
	case model.FlagNoTime:
		return limits{cover: condition.Untimed{}, core: no}
	case model.FlagRecovered:
		return limits{cover: condition.Or(line, condition.Negate(event)), core: no}
	}
	return loadedOnly
}

// The following predicates depend on other lines, on how a line was read, or on its place.

func (*offHours) fold(*folder) limits    { return loadedOnly }
func (*placeNumber) fold(*folder) limits { return loadedOnly }
func (*sourceTest) fold(*folder) limits  { return loadedOnly }
func (*problemTest) fold(*folder) limits { return loadedOnly }
func (firstSeen) fold(*folder) limits    { return loadedOnly }
func (copied) fold(*folder) limits       { return loadedOnly }
func (silent) fold(*folder) limits       { return loadedOnly }
func (twin) fold(*folder) limits         { return loadedOnly }
func (markTest) fold(*folder) limits     { return loadedOnly }

// No engine can be asked for a view that was not unfolded; narrow returns an error for it.
func (unknownView) fold(*folder) limits { return unasked }

// fold covers the lines that may be rejects: only they have a reason.
func (*rejectTest) fold(f *folder) limits {
	return limits{cover: condition.Unsettled{}, core: condition.Const(false)}
}

// fold reads the files. If one cannot be read, narrow returns the error.
func (t *fileTest) fold(f *folder) limits {
	if t.once.Do(t.read); t.err != nil {
		return unasked
	}
	return t.found.fold(f)
}
