package query

import (
	"math"
	"strings"
)

// op is an operator: the index of its row in operators.
type op uint8

// The operators, in the order in which they are offered.
const (
	opHas op = iota
	opEqual
	opAtLeast
	opAtMost
	opMore
	opLess
	opContains
	numOps
)

// operator is a row of the table of operators. An operator either compares amounts or tests texts. A term is an error if its
// operator neither serves nor takes the kind of its field.
type operator struct {
	text     string
	negated  string                                      // its negated form; empty if only a minus negates it
	also     []spelling                                  // how other tools write it; it is printed as text
	compares order                                       // how a matching value compares with the one in the query; 0 for operators of texts
	test     func(s subject, text string) (test, string) // makes the test for text; the string is the error, if text is wrong
	many     bool                                        // it takes several values; one match is enough
	patterns bool                                        // * and /…/ after it are patterns; otherwise they stand for themselves
	parts    bool                                        // a pattern with * may match a part of the value

	// Each kind of field is in one of these sets.
	serves  kindSet // the operator is offered after the field, and errors name it
	takes   kindSet // accepted but not offered: it means the same as a colon, or the value decides whether it makes sense
	refuses kindSet // it makes no sense
}

// spelling is the way in which another tool writes an operator.
type spelling struct {
	text    string
	not     bool // it negates
	pattern bool // the value after it is a regular expression, with or without slashes
}

// operators is the table of operators. The lexer, the planner, the printer, the completion and the errors derive from it.
var operators = [numOps]operator{
	opHas: {text: ":", also: []spelling{{"!:", true, false}, {"=~", false, true}, {":~", false, true}, {"~~=", false, true}, {"!=~", true, true}, {"!~~=", true, true}},
		test: heldTest, many: true, patterns: true, serves: textKinds | amountKinds | wordKinds | periodKinds},
	opEqual: {text: "=", negated: "!=", also: []spelling{{text: "=="}, {text: ":="}, {"<>", true, false}, {"!==", true, false}, {":!=", true, false}},
		test: equalTest, many: true, serves: textKinds | amountKinds, takes: wordKinds | periodKinds},
	opAtLeast: ordering(">=", more|same, ":>=", "=>"),
	opAtMost:  ordering("<=", less|same, ":<=", "=<"),
	opMore:    ordering(">", more, ":>"),
	opLess:    ordering("<", less, ":<"),
	opContains: {text: "~", negated: "!~", also: []spelling{{text: "~="}, {"!~=", true, false}}, test: partTest, many: true, patterns: true, parts: true,
		serves: textKinds, takes: 1<<kindVersion | 1<<kindErrors, refuses: amountKinds&^(1<<kindVersion|1<<kindErrors) | wordKinds | periodKinds},
}

// ordering is the row of an operator that compares amounts.
func ordering(text string, o order, also ...string) operator {
	out := operator{text: text, compares: o, serves: amountKinds, takes: 1 << kindAny, refuses: textKinds&^(1<<kindAny) | wordKinds | periodKinds}
	for _, a := range also {
		out.also = append(out.also, spelling{text: a})
	}
	return out
}

// kindSet is a set of kinds.
type kindSet uint32

const (
	textKinds   kindSet = 1<<kindActionClass | 1<<kindReject | 1<<kindText | 1<<kindID | 1<<kindEnumeration | 1<<kindAddress | 1<<kindSource | 1<<kindTarget | 1<<kindMessage | 1<<kindProblem | markKinds | 1<<kindAny
	amountKinds kindSet = 1<<kindVersion | 1<<kindTime | 1<<kindMoment | 1<<kindLine | 1<<kindOffset | 1<<kindErrors
	wordKinds   kindSet = 1<<kindClass | 1<<kindPresence | 1<<kindView
	periodKinds kindSet = 1<<kindSince | 1<<kindUntil | 1<<kindOn | 1<<kindAround
)

func (ks kindSet) has(k kind) bool { return ks>>k&1 != 0 }

// order is how one amount may stand to another: any of less, same and more.
type order uint8

const (
	less order = 1 << iota
	same
	more
)

func (o op) row() *operator { return &operators[o] }

func (o op) text() string { return operators[o].text }

// compares reports whether the operator compares amounts.
func (o op) compares() bool { return operators[o].compares != 0 }

// holds reports whether a value passes whose comparison with the one in the query returned c.
func (o op) holds(c int) bool {
	switch {
	case c < 0:
		return o.row().compares&less != 0
	case c > 0:
		return o.row().compares&more != 0
	}
	return o.row().compares&same != 0
}

// interval returns the amounts that pass if the value in the query covers all amounts between the two. An interval with from above to is empty.
func (o op) interval(from, to int64) interval {
	switch c := o.row().compares; {
	case c&less != 0 && c&same != 0:
		return interval{math.MinInt64, to}
	case c&more != 0 && c&same != 0:
		return interval{from, math.MaxInt64}
	case c == less && from > math.MinInt64:
		return interval{math.MinInt64, from - 1}
	case c == more && to < math.MaxInt64:
		return interval{to + 1, math.MaxInt64}
	case c != 0:
		return interval{1, 0}
	}
	return interval{from, to}
}

// sign is an operator as it stands in a text.
type sign struct {
	op      op
	not     bool // its negation is meant
	pattern bool // the value after it is a regular expression
	foreign bool // another tool writes it so
	length  int  // in bytes; 0 if there is no operator
}

// operatorAt finds the longest operator at the start of s.
func operatorAt(s string) (found sign) {
	take := func(text string, w sign) {
		if w.length = len(text); w.length > found.length && strings.HasPrefix(s, text) {
			found = w
		}
	}
	for i := range operators {
		o := &operators[i]
		take(o.text, sign{op: op(i)})
		take(o.negated, sign{op: op(i), not: true})
		for _, a := range o.also {
			take(a.text, sign{op: op(i), not: a.not, pattern: a.pattern, foreign: true})
		}
	}
	return found
}

// startsOperator reports whether a text begins with a byte of an operator, so that it would be read as part of an operator before it.
func startsOperator(text string) bool {
	for i := range operators {
		o := &operators[i]
		if strings.IndexByte(o.text+o.negated, text[0]) >= 0 {
			return true
		}
	}
	return false
}

// operatorsOf lists the operators to offer after a field of that kind.
func operatorsOf(k kind) (out []op) {
	for i := range operators {
		if operators[i].serves.has(k) {
			out = append(out, op(i))
		}
	}
	return out
}

// misplaced says why the operator cannot compare a field of that kind with that many values; nil if it can.
func (o *operator) misplaced(name string, k kind, values int) *fault {
	switch {
	case !o.many && values > 1:
		return &fault{1, "only one value can follow " + o.text}
	case !(o.serves | o.takes).has(k):
		return &fault{-1, name + " can be compared with " + offered(k) + " only"}
	}
	return nil
}

// offered lists the operators that serve a kind in words, such as: ":, = and >".
func offered(k kind) string {
	var b strings.Builder
	ops := operatorsOf(k)
	for i, o := range ops {
		switch {
		case i > 0 && i == len(ops)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(o.text())
	}
	return b.String()
}
