package query

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/ipaddr"
	"pawprint/model/letters"
	"pawprint/model/near"
)

// test decides on one value of an event.
type test struct {
	text  func(text []byte) bool // for a string, decoded
	bare  func(text []byte) bool // for a number, true or false, as written
	any   bool                   // every value but null passes
	empty bool                   // an empty list or object passes
	whole bool                   // the value of a column passes only as a whole
	deep  bool                   // the keys and values in an object are tested too
	hints []needle               // as in lines; nil if the value has no usable hint
	only  *string                // the only text that passes; nil if there may be others
	part  *addressPart           // of the texts that are one IPv4 address in its usual form, those with this part pass; nil if the test is not about a part
	span  *ipaddr.Span           // of the texts that are one address in its usual form, those in the span pass; nil if the test is not about a span
}

// onText decides on the text of a column.
func (t *test) onText(text []byte) bool { return t.any || t.text(text) }

// tests passes a value that one of them passes.
type tests []test

func (ts tests) onText(text []byte) bool {
	for i := range ts {
		if ts[i].onText(text) {
			return true
		}
	}
	return false
}

// onColumn decides on the value of a column. That is a text, or the JSON of a value of a wrong type, in which lists and objects are
// looked into as at a path.
func (ts tests) onColumn(value []byte) bool {
	if ts.onText(value) {
		return true
	}
	if !nested(value) {
		return false
	}
	w := walker{field.NewWalker()}
	return slices.ContainsFunc(ts, func(t test) bool {
		_, match := w.value(value, 0, &t)
		return match && !t.whole
	})
}

// nested reports whether the value of a column may be the JSON of a list or an object.
func nested(value []byte) bool { return len(value) > 0 && (value[0] == '[' || value[0] == '{') }

// hints joins the hints of all tests; nil if one of them has none.
func (ts tests) hints() []needle {
	var out []needle
	for _, t := range ts {
		if len(t.hints) == 0 || len(out)+len(t.hints) > maxHints {
			return nil
		}
		out = append(out, t.hints...)
	}
	return out
}

// valueTest makes the test for the value of an operator that tests texts; msg says what is wrong with the value.
func (o *operator) valueTest(s subject, v value) (t test, msg string) {
	switch {
	case v.kind == glob && v.text == "*":
		return test{any: true, text: never, bare: never}, ""
	case v.kind == expression:
		return patternTest(v.text), ""
	case v.kind == glob && o.parts:
		return globTest("*" + v.text + "*"), ""
	case v.kind == glob && s.kind == kindAddress:
		t := usualTest(globTest(v.text))
		t.part = partOf(v.text)
		return t, ""
	case v.kind == glob:
		return globTest(v.text), ""
	case v.text == "":
		return test{empty: true, text: func(b []byte) bool { return len(b) == 0 }, bare: never, only: new(string)}, ""
	}
	return o.test(s, v.text)
}

// heldTest passes values that contain the text, begin with it or equal it, by the kind of the subject.
func heldTest(s subject, text string) (test, string) {
	switch s.kind {
	case kindEnumeration, kindActionClass, kindVerdict:
		return enumerationTest(s, text)
	case kindTag:
		return tagTest(text)
	case kindID:
		return prefixTest(text), ""
	case kindAddress:
		return addressTest(text)
	}
	return heldText(text), ""
}

func never([]byte) bool { return false }

// patternTest passes values that match a regular expression.
func patternTest(text string) test {
	t := expressionTest(text)
	return test{deep: true, text: t.match, bare: t.match, hints: t.hints}
}

// globTest passes values that match the whole pattern, in any case.
func globTest(pattern string) test {
	pieces := strings.Split(folded(pattern), "*")
	first, last := []byte(pieces[0]), []byte(pieces[len(pieces)-1])
	middle := pieces[1 : len(pieces)-1]
	match := func(text []byte) bool {
		b := letters.FoldAppend(nil, text)
		if len(b) < len(first)+len(last) || !bytes.HasPrefix(b, first) || !bytes.HasSuffix(b, last) {
			return false
		}
		b = b[len(first) : len(b)-len(last)]
		for _, p := range middle {
			i := bytes.Index(b, []byte(p))
			if i < 0 {
				return false
			}
			b = b[i+len(p):]
		}
		return true
	}
	return test{deep: true, text: match, bare: match, hints: hintsOf(pieces, true)}
}

// hintsOf makes a hint of the longest of several texts that all have to be there.
func hintsOf(pieces []string, fold bool) []needle {
	best := ""
	for _, p := range pieces {
		if h := hintOf(letters.ComposeString(p), fold); len(h) > len(best) {
			best = h
		}
	}
	if best == "" {
		return nil
	}
	return []needle{newNeedle(best, fold)}
}

// equalTest passes the value with exactly that text, or the same address.
func equalTest(s subject, text string) (test, string) {
	if s.kind == kindAddress {
		return equalAddressTest(text), ""
	}
	match := func(b []byte) bool { return string(b) == text }
	t := test{text: match, bare: match, hints: bareHints(text, hintsOf([]string{text}, false)), only: &text}
	if _, ok := parseNumber([]byte(text)); ok {
		t.bare = equalsBare(text)
	}
	return t, ""
}

// containsTest passes strings that contain the text in any case. Numbers, true and false have to equal it.
func containsTest(text string) test {
	n := newNeedle(text, true)
	return test{deep: true, text: n.in, bare: equalsBare(text), hints: bareHints(text, hintsOf([]string{text}, true))}
}

// partTest passes values that contain the text in any case, whatever their type and the kind of the field.
func partTest(_ subject, text string) (test, string) {
	n := newNeedle(text, true)
	return test{deep: true, text: n.in, bare: n.in, hints: hintsOf([]string{text}, true)}, ""
}

// prefixTest passes strings that begin with the text in any case. Numbers, true and false have to equal it.
func prefixTest(text string) test {
	n := newNeedle(text, true)
	match := func(b []byte) bool { return foldedPrefix(n.ready(b), n.text) >= 0 }
	return test{deep: true, text: match, bare: equalsBare(text), hints: bareHints(text, hintsOf([]string{text}, true))}
}

// equals compares in any case.
func equals(text string) func([]byte) bool {
	want := letters.FoldAppend(nil, []byte(text))
	return func(b []byte) bool { return equalFold(b, want) }
}

// enumerationTest passes the word of the subject that text equals or abbreviates, in any case.
func enumerationTest(s subject, text string) (t test, msg string) {
	var found []string
	for _, word := range s.values {
		if field.Same(word, text) {
			found = []string{word}
			break
		}
		if len(text) < len(word) && field.Same(word[:len(text)], text) {
			found = append(found, word)
		}
	}
	if len(found) != 1 {
		name := s.Name
		if s.Schema != model.FieldNone {
			name = s.Schema.String()
		}
		msg = fmt.Sprintf("%s is none of %s (%s=%s looks for exactly that)", text, strings.Join(s.values, ", "), name, text)
		if like := near.Word(text, s.values); like != "" {
			msg += fmt.Sprintf("; did you mean %s?", like)
		}
		return t, msg
	}
	match := equals(found[0])
	return test{text: match, bare: match, hints: hintsOf(found, true)}, ""
}
