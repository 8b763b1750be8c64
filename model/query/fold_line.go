package query

import (
	"strings"
	"unicode/utf8"

	"pawprint/model"
	"pawprint/model/condition"
)

// fold asks for the texts that a matching line contains.
func (l *lines) fold(*folder) limits {
	choices := l.choices
	if choices == nil {
		choices = [][]needle{l.hints}
	}
	var all, hidden []condition.Condition
	for _, c := range choices {
		if hints := hintsCondition(c); hints != nil {
			all, hidden = append(all, hints[0]), append(hidden, hints[1:]...)
		}
	}
	if len(all) == 0 {
		return unasked
	}
	hold := condition.And(all...)
	return limits{cover: condition.Or(append([]condition.Condition{hold}, hidden...)...), core: condition.Const(false)}
}

// shortestHint is the length of the shortest text that is worth asking for.
const shortestHint = 2

// hintsCondition returns conditions for lines with a text that contains one of the hints; each such line satisfies at least one. The first
// condition is for hints as they are, the others for other spellings of their letters. It returns nil if there is nothing to ask for.
func hintsCondition(hints []needle) []condition.Condition {
	var plain []condition.Condition
	hidden := []condition.Condition{condition.Holds{Text: `\u`}}
	for i := range hints {
		text := asciiPart(hints[i].text)
		if len(text) < shortestHint {
			return nil
		}
		plain = append(plain, condition.Holds{Text: text})
		if key, is := strings.CutSuffix(text, `"`); is { // an event may stand in a string, where a quote is escaped
			plain = append(plain, condition.Holds{Text: key + `\`})
		}
		for _, s := range otherSpellings {
			if strings.Contains(text, s.ascii) {
				hidden = append(hidden, condition.Holds{Text: s.other})
			}
		}
	}
	if len(plain) == 0 {
		return nil
	}
	return append([]condition.Condition{condition.Or(plain...)}, hidden...)
}

// otherSpellings are the letters that a search takes for ASCII ones; see package letters.
var otherSpellings = []struct{ ascii, other string }{{"k", "\u212a"}, {"s", "ſ"}, {";", "\u037e"}, {"`", "\u1fef"}}

// asciiPart returns the longest part of a text that is ASCII, in lower case. The rest may be written in several ways, composed or not.
func asciiPart(text []byte) string {
	best := ""
	for _, part := range strings.FieldsFunc(string(text), func(r rune) bool { return r >= utf8.RuneSelf }) {
		if len(part) > len(best) {
			best = part
		}
	}
	return strings.ToLower(best)
}

// wordTest is a test of all keys and values of a line. Its columns decide most rows without reading the line.
type wordTest struct {
	predicate // any of the columns, or lines
	columns   []predicate
	lines     *lines
}

// fold of a word has the lines as its cover, which hold what the columns do as well.
func (t wordTest) fold(f *folder) limits {
	var cores []condition.Condition
	for _, p := range t.columns {
		cores = append(cores, p.fold(f).core)
	}
	return limits{cover: t.lines.fold(f).cover, core: condition.Or(cores...)}
}

// keyTest matches the rows that surely have a key of the schema.
type keyTest struct {
	predicate
	field model.Field
}

// fold of a key knows that what an engine finds is under that key.
func (t keyTest) fold(*folder) limits {
	path := pathOf(t.field)
	there := settled(condition.Present{Path: path}, condition.Unsettled{Path: path})
	return limits{cover: condition.Const(true), core: there.core}
}
