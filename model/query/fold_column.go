package query

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"pawprint/model"
	"pawprint/model/condition"
)

// facts are what is known about the values that pass a test of a column, apart from the test itself. The zero value knows nothing.
type facts struct {
	any    bool     // it passes all
	filled bool     // it passes all but the empty text
	only   []string // it passes these and no others; nil if they are not known
	hints  []needle // it passes only values that hold one of these texts; nil if they are not known
}

// facts returns what is known about the values that pass one of the tests.
func (ts tests) facts() facts {
	k := facts{hints: ts.hints()}
	for _, t := range ts {
		k.any = k.any || t.any
	}
	for _, t := range ts {
		if t.only == nil {
			return k
		}
		k.only = append(k.only, *t.only)
	}
	return k
}

// pathOf returns the path of an attribute of the schema.
func pathOf(f model.Field) []string { return strings.Split(f.String(), ".") }

// columnPaths are the paths of the columns.
var columnPaths = func() (paths [model.NumColumns][]string) {
	for _, f := range model.Schema() {
		if f.Column != model.NoColumn {
			paths[f.Column] = pathOf(f.Field)
		}
	}
	return paths
}()

// fold asks for the values that pass, if they are known or a dictionary lists them; otherwise for the texts that such values contain.
func (c *columnTest) fold(f *folder) limits {
	path := columnPaths[c.column]
	text := condition.Unsettled{Path: path, Text: true}
	there := condition.Present{Path: path}
	switch {
	case c.facts.any:
		return settled(there, text)
	case c.facts.filled:
		return settled(condition.And(there, condition.Negate(condition.In{Path: path, Values: []string{""}})), text)
	case c.facts.only != nil:
		return foldValues(path, c.facts.only)
	}
	if f.dictionaries != nil {
		if values, ok := f.dictionaries.Values(path); ok {
			return foldValues(path, c.passing(values))
		}
	}
	if hints := hintsCondition(c.facts.hints); hints != nil {
		return limits{cover: condition.Or(hints...), core: condition.Const(false)}
	}
	return unasked
}

func (c *columnTest) passing(values []string) (out []string) {
	for _, v := range values {
		if c.match([]byte(v)) {
			out = append(out, v)
		}
	}
	return out
}

// foldValues asks for values of a column. For one with control bytes, which engines write in different ways, it asks only for the escape
// that its line contains.
func foldValues(path, values []string) limits {
	var plain []string
	var escapes []condition.Condition
	for _, v := range values {
		switch i := strings.IndexFunc(v, func(r rune) bool { return r < ' ' }); {
		case !utf8.ValidString(v): // such lines are unsettled
		case i < 0:
			plain = append(plain, v)
		default:
			escapes = append(escapes, escapeCondition(v[i]))
		}
	}
	in := condition.Condition(condition.Const(false))
	if len(plain) > 0 {
		in = condition.In{Path: path, Values: plain}
	}
	out := settled(in, condition.Unsettled{Path: path, Text: true})
	out.cover = condition.Or(append([]condition.Condition{out.cover}, escapes...)...)
	return out
}

// escapeCondition is true of the lines with the usual escape of a control byte. Any other escape of it contains \u, so its line is
// unsettled.
func escapeCondition(control byte) condition.Condition {
	if i := strings.IndexByte("\b\f\n\r\t", control); i >= 0 {
		return condition.Holds{Text: `\` + string("bfnrt"[i])}
	}
	return condition.Holds{Text: fmt.Sprintf(`\u%04x`, control)}
}
