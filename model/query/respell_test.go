package query

import (
	"strings"
)

// respell writes a query as people write it in other tools: with their operators, keywords, quotes and spaces. It is the
// reverse of the parser, written down a second time.
func (v inventor) respell(e Expr) string { return v.respellIn(e, 0) }

// The places where an expression can stand, by what may be written there without parentheses.
const (
	atTop = iota
	inOr
	inAnd
	inNot
)

func (v inventor) respellIn(e Expr, place int) string {
	switch e := e.(type) {
	case all:
		return "*"
	case alternative:
		return v.respellAll(e.terms, place > inOr, inOr, " or ", " Or ", " OR ", " || ", " | ")
	case conjunction:
		return v.respellAll(e.terms, place == inNot, inAnd, " and ", " AND ", " And ", " && ", "&&", "\u00a0AND\u3000")
	case negation:
		if a, ok := e.term.(attribute); ok && a.op != opHas && operators[a.op].negated != "" && len(a.values) == 1 && v.one(2) {
			return v.respellTerm(a, true)
		}
		return v.pick("not ", "NOT ", "!", "-", "Not\u00a0", "! ") + v.respellIn(e.term, inNot)
	case words:
		if e.value.kind == literal {
			return v.respellText(e.value.text)
		}
		return e.String()
	case attribute:
		return v.respellTerm(e, false)
	}
	panic("no such expression")
}

func (v inventor) respellAll(terms []Expr, tight bool, place int, between ...string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteString(v.pick(between...))
		}
		b.WriteString(v.respellIn(t, place))
	}
	if tight {
		return "(" + b.String() + ")"
	}
	return b.String()
}

// respellText writes a text in one of the quotes.
func (v inventor) respellText(text string) string {
	quoted := strings.Trim((&printer{}).quoted(text), `"`)
	if strings.HasSuffix(text, `"`) || strings.HasPrefix(text, `"`) || strings.ContainsAny(text, doubleQuotes+singleQuotes) {
		return (&printer{}).quoted(text)
	}
	q := strings.Fields(v.pick(`" "`, `“ ”`, `„ “`, `« »`, `' '`, `‘ ’`))
	return q[0] + quoted + q[1]
}

// quoted is a text in straight quotes.
func (p *printer) quoted(text string) string {
	p.quote(text)
	return p.String()
}

// respellings are other ways to write each operator, as it is and negated.
var respellings = [numOps][2][]string{
	opHas: {{":"}, {"!:"}}, opEqual: {{"=", "==", ":=", " = ", " == "}, {"!=", "<>", " != ", "!=="}}, opAtLeast: {{">=", ":>=", " >= ", "=>"}}, opAtMost: {{"<=", ":<=", " <= ", "=<"}},
	opMore: {{">", ":>", " > "}}, opLess: {{"<", ":<", " < "}}, opContains: {{"~", "~=", " ~ "}, {"!~", "!~=", " !~ "}},
}

func (v inventor) respellTerm(e attribute, negated bool) string {
	forms := respellings[e.op][0]
	if negated {
		forms = respellings[e.op][1]
	}
	name := e.name
	if !bareName(name) {
		name = (&printer{}).quoted(name)
	}
	if in := e.op == opEqual && inEquals(e); len(e.values) > 1 && (in || e.op == opHas) {
		var values []string
		for _, o := range e.values {
			values = append(values, v.respellValue(e, o))
		}
		spellings := []string{name + ":"}
		if in {
			spellings = []string{name + " in ", name + " IN ", name + "="}
		}
		return v.pick(spellings...) + "(" + strings.Join(values, v.pick(", ", ",", " or ", " | ", " || ")) + ")"
	}
	if x := e.values[0]; x.kind == expression && e.op == opHas && len(e.values) == 1 {
		return name + v.pick(":", "=~", "~~=", ":~", " =~ ") + v.respellValue(e, x)
	}
	text := name + v.pick(forms...)
	for i, o := range e.values {
		if i > 0 {
			text += ","
		}
		text += v.respellValue(e, o)
	}
	return text
}

func (v inventor) respellValue(e attribute, o value) string {
	switch {
	case o.kind == fromFile:
		return v.pick("@"+o.text, `@"`+o.text+`"`)
	case o.kind == literal && takesTime(e.name), o.kind == literal && bareValue(o.text) && v.one(2):
		return strings.TrimPrefix(attribute{name: "x", op: opEqual, values: []value{o}}.String(), "x=")
	case o.kind == literal:
		return v.respellText(o.text)
	case o.kind == expression:
		if rest, ok := strings.CutPrefix(o.text, "(?i)"); ok && v.one(2) {
			return "/" + rest + "/i"
		}
		return "/" + o.text + "/"
	}
	return o.text
}
