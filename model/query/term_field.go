package query

import (
	"strings"

	"pawprint/model"
	"pawprint/model/field"
)

// fault is an error in an attribute term.
type fault struct {
	value int // index of the value at fault, or -1 for the name or the operator
	msg   string
}

// plan makes the predicate of a valid attribute term.
type plan func(env *Env) predicate

// plan checks the term and returns its plan, or what is wrong with it.
func (e attribute) plan() (plan, *fault) {
	s := lookup(e.name)
	if f := e.op.row().misplaced(e.name, s.operand(), len(e.values)); f != nil {
		return nil, f
	}
	if i := e.file(); i >= 0 {
		return planFiles(e, s, i)
	}
	switch s.kind {
	case kindClass, kindPresence:
		return planNamed(e, s)
	case kindView:
		return planViews(e)
	case kindTime, kindSince, kindUntil, kindOn, kindAround:
		return planTime(e, s)
	case kindLine:
		return planPlace(e, func(o model.Origin) int64 { return o.Line })
	case kindOffset:
		return planPlace(e, func(o model.Origin) int64 { return o.Offset })
	case kindErrors:
		if e.counts() {
			return planCount(e)
		}
	}
	if e.op.compares() {
		return planComparison(e, s)
	}
	return planValues(e, s)
}

// compile makes the predicate. The term comes from Parse, which checked it, or from Is or Has.
func (e attribute) compile(env *Env) predicate {
	make, fault := e.plan()
	if fault != nil {
		return complement{every{}} // an exact value that the attribute cannot have
	}
	return make(env)
}

// kind is how the values of a field are compared.
type kind uint8

const (
	kindText kind = iota
	kindID
	kindEnumeration
	kindAddress
	kindVersion
	kindClass    // is:
	kindPresence // has:
	kindView     // view:
	kindProblem  // the reasons of the problems of the line
	kindTime     // the time of the event
	kindSince
	kindUntil
	kindOn
	kindAround
	kindLine
	kindOffset
	kindSource
	kindTarget
	kindErrors      // the list
	kindMessage     // the messages in it
	kindActionClass // the class of the action
	kindReject      // why the line is not an event
	kindNote        // of a marked event
	kindTag         // one of its tags
	kindVerdict     // on it
	kindMoment      // a time that only the raw line holds
	kindAny         // for operators only: the value at a path may be a number, a time or a text
	numKinds
)

// subject is the field that a name stands for, with the way its values are compared.
type subject struct {
	field.Field
	kind   kind
	values []string // of an enumeration
}

// operand is the kind that decides which operators the subject takes.
func (s *subject) operand() kind {
	switch s.kind {
	case kindText, kindID, kindAddress:
		if len(s.Columns) == 0 {
			return kindAny
		}
	}
	return s.kind
}

// lookup returns the subject of a name.
func lookup(name string) subject {
	f := field.Of(name)
	s := subject{f, comparison(&f), f.Schema.Info().Values}
	switch s.kind {
	case kindActionClass:
		s.values = classWords()
	case kindVerdict:
		s.values = verdictWords()
	}
	return s
}

// conditions are the names that do not stand for a value of the event.
var conditions = map[string]kind{"is": kindClass, "has": kindPresence, "view": kindView, "problem": kindProblem, "since": kindSince, "until": kindUntil, "on": kindOn, "around": kindAround}

// comparison says how the values of a field are compared.
func comparison(f *field.Field) kind {
	switch f.Kind {
	case field.Condition:
		return conditions[f.Name]
	case field.Line:
		return kindLine
	case field.Offset:
		return kindOffset
	case field.Source:
		return kindSource
	case field.Target:
		return kindTarget
	case field.Class:
		return kindActionClass
	case field.Reject:
		return kindReject
	case field.Note:
		return kindNote
	case field.Tags:
		return kindTag
	case field.Verdict:
		return kindVerdict
	}
	if f.Schema != model.FieldNone {
		return comparisons[f.Schema.Info().Comparison]
	}
	return lakeKind(strings.ToLower(f.Name))
}

// comparisons maps the comparisons of the schema to kinds.
var comparisons = [...]kind{
	model.NotCompared: kindText, model.AsText: kindText, model.AsID: kindID, model.AsWord: kindEnumeration, model.AsAddress: kindAddress,
	model.AsVersion: kindVersion, model.AsTime: kindTime, model.AsMoment: kindMoment, model.AsErrors: kindErrors, model.AsMessage: kindMessage,
}

// lakeKind is the kind of an attribute that the data lake adds, by its name.
func lakeKind(name string) kind {
	switch {
	case !strings.HasPrefix(name, "p_"):
	case strings.HasSuffix(name, "_id"):
		return kindID
	case strings.HasSuffix(name, "_time"):
		return kindMoment
	case name == "p_any_ip_addresses":
		return kindAddress
	}
	return kindText
}

// planValues plans a term that any of its values can match.
func planValues(e attribute, s subject) (plan, *fault) {
	ts, fault := e.tests(s, e.values)
	if fault != nil {
		return nil, fault
	}
	return func(*Env) predicate { return s.predicate(ts) }, nil
}

// tests makes the tests for values of the term that do not stand in a file.
func (e attribute) tests(s subject, values []value) (tests, *fault) {
	ts := make(tests, len(values))
	for i, v := range values {
		t, msg := e.op.row().valueTest(s, v)
		if msg != "" {
			return nil, &fault{i, msg}
		}
		ts[i] = t
		ts[i].whole = e.op == opEqual
	}
	return ts, nil
}

// predicate matches the rows where the subject passes one of the tests.
func (s subject) predicate(t tests) predicate {
	switch s.kind {
	case kindSource:
		return &sourceTest{match: t.onText}
	case kindTarget:
		return targetPredicate(t)
	case kindActionClass:
		return actionClassPredicate(t)
	case kindReject:
		return allOf(flagged{model.FlagReject}, &rejectTest{t.onText})
	case kindMessage:
		return messagePredicate(t)
	case kindProblem:
		return newProblemTest(t.onText)
	case kindNote, kindTag, kindVerdict:
		return s.markPredicate(t)
	}
	var parts []predicate
	for i, c := range s.Columns {
		var test predicate = &columnTest{column: c, match: t.onColumn, facts: t.facts()}
		if s.Kind == field.Identity && i > 0 {
			test = allOf(test, complement{&columnTest{column: s.Columns[0], match: func(value []byte) bool { return len(value) > 0 }, facts: facts{filled: true}}})
		}
		parts = append(parts, test)
	}
	if len(s.Places) > 0 {
		parts = append(parts, pathPredicate(s.Places, s.First, t))
	}
	return anyOf(parts...)
}
