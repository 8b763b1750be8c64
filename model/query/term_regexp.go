package query

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"pawprint/model/letters"
)

// checkExpression refuses a token that is not a valid regular expression.
func checkExpression(t token) *SyntaxError {
	if _, err := regexp.Compile(t.value.text); err != nil {
		msg := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		return &SyntaxError{Offset: t.at, Msg: "the regular expression is wrong: " + msg}
	}
	return nil
}

// expressionTest makes the test for texts that match a regular expression, which must be valid: as they are, or composed.
func expressionTest(text string) textTest {
	t := textTest{match: expressionMatch(text)}
	match := t.match
	parsed, err := syntax.Parse(letters.ComposeString(text), syntax.Perl)
	if err != nil {
		return t
	}
	parsed = parsed.Simplify()
	// Only a regular expression reads bytes that are not UTF-8 as utf8.RuneError.
	if parsed.Op == syntax.OpLiteral && parsed.Flags&syntax.FoldCase == 0 && !slices.Contains(parsed.Rune, utf8.RuneError) {
		return piecesTest([]string{string(parsed.Rune)}, false)
	}
	hints := required(parsed)
	for _, h := range hints {
		part := hintOf(h.text, h.fold)
		if part == "" {
			return t
		}
		t.hints = append(t.hints, newNeedle(part, h.fold))
	}
	if len(hints) > 0 {
		t.match = func(b []byte) bool { return anyIn(t.hints, b) && match(b) }
	}
	return t
}

// expressionMatch matches the text and the expression as they are, so that combining marks can be searched for, and otherwise both
// composed.
func expressionMatch(text string) func([]byte) bool {
	re := regexp.MustCompile(text)
	composed, err := regexp.Compile(letters.ComposeString(text))
	if err != nil {
		composed = re
	}
	differ := composed.String() != text
	return func(b []byte) bool {
		if re.Match(b) {
			return true
		}
		if plain := letters.Plain(b); plain && !differ {
			return false
		}
		return composed.Match(letters.Compose(b))
	}
}

func anyIn(hints []needle, b []byte) bool {
	for i := range hints {
		if hints[i].in(b) {
			return true
		}
	}
	return false
}

// requirement is a text that every match must contain, in any case if fold.
type requirement struct {
	text string
	fold bool
}

// maxHints bounds the texts that are searched for instead of an alternation.
const maxHints = 8

// required returns texts; every match of the expression contains at least one of them. It returns nil if there are no such texts.
func required(re *syntax.Regexp) []requirement {
	switch re.Op {
	case syntax.OpLiteral:
		return requiredLiteral(re)
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []requirement
		for _, sub := range re.Sub {
			if r := required(sub); worth(r) > worth(best) {
				best = r
			}
		}
		return best
	case syntax.OpAlternate:
		return requiredOfEach(re.Sub)
	}
	return nil
}

// requiredOfEach joins the required texts of alternatives; nil if one of them has none.
func requiredOfEach(subs []*syntax.Regexp) []requirement {
	var out []requirement
	for _, sub := range subs {
		r := required(sub)
		if len(r) == 0 || len(out)+len(r) > maxHints {
			return nil
		}
		out = append(out, r...)
	}
	return out
}

// worth ranks requirements by their shortest text, then by their number: fewer are better.
func worth(r []requirement) int {
	if len(r) == 0 {
		return 0
	}
	shortest := len(r[0].text)
	for _, one := range r {
		shortest = min(shortest, len(one.text))
	}
	return shortest*2*maxHints - len(r)
}

// requiredLiteral returns the text of a literal. If case does not matter, it leaves out everything that is not ASCII.
func requiredLiteral(re *syntax.Regexp) []requirement {
	if re.Flags&syntax.FoldCase == 0 {
		return []requirement{{text: string(re.Rune)}}
	}
	parts := strings.FieldsFunc(string(re.Rune), func(r rune) bool { return r >= 0x80 })
	best := ""
	for _, p := range parts {
		if len(p) > len(best) {
			best = p
		}
	}
	if best == "" {
		return nil
	}
	return []requirement{{text: best, fold: true}}
}
