package query

import (
	"strings"

	"pawprint/model"
)

// fault is what is wrong with an attribute term.
type fault struct {
	value int // index of the value at fault, or -1 for the name or the operator
	msg   string
}

// plan makes the predicate of an attribute term that was found good.
type plan func(env *Env) predicate

// plan says what the term asks for, or what is wrong with it.
func (e attribute) plan() (plan, *fault) {
	s := lookup(e.name)
	if e.op > opEqual && len(e.values) > 1 {
		return nil, &fault{1, "only one value can stand behind " + opTexts[e.op]}
	}
	switch s.kind {
	case kindClass, kindPresence:
		return planNamed(e, s)
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
	if e.op > opEqual {
		return planComparison(e, s)
	}
	return planValues(e, s)
}

// compile makes the predicate. The term is a good one: it came out of Parse, or asks for one exact value.
func (e attribute) compile(env *Env) predicate {
	make, fault := e.plan()
	if fault != nil {
		return none{every{}} // an exact value that the attribute cannot have
	}
	return make(env)
}

// kind says how values are compared.
type kind uint8

const (
	kindText kind = iota
	kindID
	kindEnumeration
	kindAddress
	kindVersion
	kindClass    // is:
	kindPresence // has:
	kindTime     // the time of the event
	kindSince
	kindUntil
	kindOn
	kindAround
	kindLine
	kindOffset
	kindSource
	kindTarget
	kindErrors  // the list
	kindMessage // the messages in it
	kindMoment  // a time that only the raw line holds
)

// subject is what a name stands for.
type subject struct {
	kind    kind
	field   model.Field // FieldNone if the schema does not have it
	columns []model.Column
	places  []string // paths in the raw line
	first   bool     // of the places only the first one counts that is there
	values  []string // of an enumeration
}

// specials are the names that are no attributes of the schema, or mean more than one of them.
var specials = []struct {
	name    string
	doc     string
	subject subject
}{
	{"actor", "the actor's id, name or e-mail address", subject{kind: kindText, field: model.FieldActor, columns: []model.Column{model.ColActorID, model.ColActorName, model.ColActorEmail}}},
	{"ip", "sourceIP and XForwardedFor; takes blocks such as 192.0.2.0/24", subject{kind: kindAddress, field: model.FieldSourceIP, columns: []model.Column{model.ColSourceIP}, places: []string{"XForwardedFor"}}},
	{"is", "a class of events", subject{kind: kindClass}},
	{"has", "problem, errors, or the name of what is present", subject{kind: kindPresence}},
	{"since", "from a time on", subject{kind: kindSince}},
	{"until", "up to and including a time", subject{kind: kindUntil}},
	{"on", "a day, month or hour", subject{kind: kindOn}},
	{"around", "15 minutes before and after a time, or as in T±1h", subject{kind: kindAround}},
	{"line", "the number of the line in its source", subject{kind: kindLine}},
	{"offset", "where the line begins, in bytes of its source", subject{kind: kindOffset}},
	{"source", "the name of the source", subject{kind: kindSource}},
	{"target", "what the action touched", subject{kind: kindTarget}},
	{"param", "the parameters; param.X is dynamic.input.X, static.input.X, input.X or X of actionParams", subject{places: []string{"actionParams"}}},
	{"actor.email", "the actor's e-mail address", subject{columns: []model.Column{model.ColActorEmail}, field: model.FieldActorEmail}},
	{"actor.role", "the name of the actor's role", subject{places: []string{"actor.attributes.roleName"}, field: model.FieldActorRoleName}},
}

// paramPlaces are the places of a parameter in the order in which they count. Source: the shapes of actionParams.
var paramPlaces = [...]string{"actionParams.dynamic.input.", "actionParams.static.input.", "actionParams.input.", "actionParams."}

// lookup finds what a name stands for. A name that nobody knows is a path, and one that begins with a dot always is.
func lookup(name string) subject {
	if path, ok := strings.CutPrefix(name, "."); ok {
		return subject{places: []string{strings.ReplaceAll(path, "[]", "")}}
	}
	for i := range specials {
		if strings.EqualFold(specials[i].name, name) {
			return specials[i].subject
		}
	}
	if f, ok := model.Lookup(name); ok && f != model.FieldLake {
		return fieldSubject(f)
	}
	name = strings.ReplaceAll(name, "[]", "")
	const param = "param."
	if len(name) > len(param) && strings.EqualFold(name[:len(param)], param) {
		s := subject{first: true}
		for _, place := range paramPlaces {
			s.places = append(s.places, place+name[len(param):])
		}
		return s
	}
	return pathSubject(name)
}

// kinds are what the comparisons of the schema are here.
var kinds = [...]kind{
	model.NotCompared: kindText, model.AsText: kindText, model.AsID: kindID, model.AsWord: kindEnumeration, model.AsAddress: kindAddress,
	model.AsVersion: kindVersion, model.AsTime: kindTime, model.AsMoment: kindMoment, model.AsErrors: kindErrors, model.AsMessage: kindMessage,
}

// fieldSubject is what an attribute of the schema stands for.
func fieldSubject(f model.Field) subject {
	info := f.Info()
	s := subject{field: f, kind: kinds[info.Comparison], values: info.Values}
	if info.Column != model.NoColumn {
		s.columns = []model.Column{info.Column}
	} else {
		s.places = []string{info.Name}
	}
	return s
}

// pathSubject is what a name that the schema does not have stands for. It may begin with one that it has.
func pathSubject(name string) subject {
	for i := len(name) - 1; i > 0; i-- {
		if name[i] != '.' {
			continue
		}
		if f, ok := model.Lookup(name[:i]); ok {
			name = f.Info().Name + name[i:]
			break
		}
	}
	s := subject{places: []string{name}}
	if lake := strings.ToLower(name); strings.HasPrefix(lake, "p_") {
		switch {
		case strings.HasSuffix(lake, "_id"):
			s.kind = kindID
		case strings.HasSuffix(lake, "_time"):
			s.kind = kindMoment
		case lake == "p_any_ip_addresses":
			s.kind = kindAddress
		}
	}
	return s
}

// planValues asks for any of the values.
func planValues(e attribute, s subject) (plan, *fault) {
	ts := make(tests, len(e.values))
	for i, v := range e.values {
		t, msg := valueTest(s, e.op, v)
		if msg != "" {
			return nil, &fault{i, msg}
		}
		ts[i] = t
	}
	return func(*Env) predicate { return s.predicate(ts) }, nil
}

// predicate matches the rows where the subject passes one of the tests.
func (s subject) predicate(t tests) predicate {
	switch s.kind {
	case kindSource:
		return &sourceTest{match: t.onText}
	case kindTarget:
		return targetPredicate(t)
	case kindMessage:
		return messagePredicate(t)
	}
	var parts []predicate
	for _, c := range s.columns {
		parts = append(parts, &columnTest{column: c, match: t.onText})
	}
	if len(s.places) > 0 {
		parts = append(parts, pathPredicate(s.places, s.first, t))
	}
	return anyOf(parts...)
}
