package query

import (
	"bytes"
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
)

// pathPredicate matches the rows where a value at one of the places passes one of the tests. If first is set, only the first
// place that exists counts. A reject has no places.
func pathPredicate(places []string, first bool, t tests) predicate {
	l := linesWith(places, first, t)
	if len(places) == 1 && places[0] == model.FieldXForwardedFor.String() {
		return newForwardedTest(t, l)
	}
	return l
}

// linesWith is pathPredicate by the lines of rows alone.
func linesWith(places []string, first bool, t tests) *lines {
	p := &pathTest{places: places, first: first, tests: t, top: topOf(places)}
	key := places[0][strings.LastIndexByte(places[0], '.')+1:]
	if key != "" && hintOf(key, true) == key && !strings.Contains(key, "[") { // an index is no part of the key
		p.key = newNeedle(key+`"`, true)
	}
	l := &lines{hints: t.hints(), event: p.match, reject: never, price: costLines}
	if len(p.key.text) > 0 {
		key := []needle{p.key}
		if len(l.hints) > 0 {
			l.choices = [][]needle{l.hints, slices.Clone(key)}
		} else {
			l.hints = key
		}
	}
	if len(l.hints) == 0 {
		l.price = costParse
	}
	return l
}

// pathTest looks for values by their paths.
type pathTest struct {
	places []string
	first  bool
	tests  tests
	top    topKey // the attribute that all places begin with
	key    needle // the end of the last key of every place, with its closing quote; empty if it may be escaped
}

func (p *pathTest) match(w *worker, line []byte, row int) bool {
	if len(p.top.name) > 0 && w.seg.Flags()[row]&ambiguousFlags == 0 {
		return p.below(&w.walker, line)
	}
	if len(p.key.text) > 0 && !unicodeEscape(line) && !p.mayMatch(&w.walker, line) {
		return false
	}
	return p.decide(&w.walker, line, w.walker.Scanner.Space(line, 0), 0)
}

// decide tests the values at the places. The value at line[i] is the one that the first above bytes of each place name.
func (p *pathTest) decide(w *walker, line []byte, i, above int) bool {
	for _, place := range p.places {
		there := false
		_, match, _ := w.Down(line, i, strings.TrimPrefix(place[above:], "."), func(b []byte, i int) (int, bool, bool) {
			if there = true; w.passes(b, i, p.tests) {
				return i, true, true
			}
			end, ok := w.Scanner.Value(b, i)
			return end, false, ok
		})
		if match || there && p.first {
			return match
		}
	}
	return false
}

// below is match for a line that has the top attribute at most once.
func (p *pathTest) below(w *walker, line []byte) bool {
	keyed := len(p.key.text) > 0
	i := p.top.early(w, line)
	switch {
	case i < 0:
		if keyed && !p.mayMatch(w, line) {
			return false
		}
		if i = p.top.find(w, line); i < 0 {
			return false
		}
	case keyed && len(p.top.name) < len(p.places[0]): // the last key is below the attribute
		end, ok := w.Scanner.Value(line, i)
		if !ok || !p.mayMatch(w, line[i:end]) {
			return false
		}
	}
	return p.decide(w, line, i, len(p.top.name))
}

// maxKeyHits bounds the keys that are tried before the line is walked after all: nested values would be read again and again.
const maxKeyHits = 16

// mayMatch reports whether a value after a key with the right end, anywhere in the line, passes the tests, or there are too many such keys.
// Most lines fail here and need no walk.
func (p *pathTest) mayMatch(w *walker, line []byte) bool {
	at := 0
	for range maxKeyHits {
		k, n := p.key.find(line[at:])
		if k < 0 {
			return false
		}
		at += k + n
		if i, ok := w.Scanner.Colon(line, at); ok && w.passes(line, i, p.tests) {
			return true
		}
	}
	return true
}

// unicodeEscape reports whether b contains a \u escape.
func unicodeEscape(b []byte) bool {
	for {
		i := bytes.IndexByte(b, '\\')
		if i < 0 || i+1 >= len(b) {
			return false
		}
		if b[i+1] == 'u' {
			return true
		}
		b = b[i+2:]
	}
}

// passes reports whether the value at b[i] passes one of the tests.
func (w *walker) passes(b []byte, i int, ts tests) bool {
	for k := range ts {
		if _, match := w.value(b, i, &ts[k]); match {
			return true
		}
	}
	return false
}

// value decides on the value at b[i]. If it does not match, end is the index after it, or i if b stops being JSON there.
func (w *walker) value(b []byte, i int, t *test) (end int, match bool) {
	if i >= len(b) {
		return i, false
	}
	switch b[i] {
	case 'n':
		return field.BareEnd(b, i), false
	case '"':
		close, info, ok := w.Scanner.String(b, i+1)
		if !ok {
			return i, false
		}
		return close + 1, t.any || t.text(w.Decode(b[i+1:close], info))
	case '{', '[':
		return w.container(b, i, t)
	}
	end = field.BareEnd(b, i)
	return end, end > i && (t.any || t.bare(b[i:end]))
}

// container decides on the list or object at b[i].
func (w *walker) container(b []byte, i int, t *test) (end int, match bool) {
	if t.any {
		return i, true
	}
	if k := w.Scanner.Space(b, i+1); k < len(b) && (b[k] == '}' || b[k] == ']') {
		return k + 1, t.empty
	}
	if !t.deep && b[i] == '[' {
		end, match, ok := w.Elements(b, i, func(i int) (int, bool, bool) {
			end, match := w.value(b, i, t)
			return end, match, end > i
		})
		if !ok {
			return i, false
		}
		return end, match
	}
	end, ok := w.Scanner.Value(b, i)
	if !ok {
		return i, false
	}
	return end, t.deep && w.texts(b[i:end], func(text []byte, bare bool) bool {
		if bare {
			return text[0] != 'n' && t.bare(text)
		}
		return t.text(text)
	})
}
