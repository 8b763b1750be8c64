package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pawprint/model"
)

// wordsPredicate matches the rows with a key or a value, decoded, that matches v. Of a reject, which has neither, the whole
// line has to match.
func wordsPredicate(v value) predicate {
	t := newTextTest(v)
	match := func(text []byte, _ bool) bool { return t.match(text) }
	return anyOf(append(columnsWith(t.match), t.lines(match))...)
}

func (t *textTest) lines(match func(text []byte, bare bool) bool) *lines {
	return &lines{hints: t.hints, choices: t.choices, plain: t.plain, text: t.match, reject: t.match, price: costLines,
		event: func(w *worker, line []byte, _ int) bool { return w.walker.texts(line, match) }}
}

// columnsWith matches rows of which the columns alone tell that they hold a text that passes a test. The value of a column stands
// in the line, and so do the keys that lead to it; those keys stand in most lines.
func columnsWith(match func(text []byte) bool) []predicate {
	var out []predicate
	for _, f := range model.Schema() {
		if f.Required && anyKey(f.Field, match) {
			out = append(out, none{flagged{present(f.Field)}})
		}
		if f.Column == model.NoColumn {
			continue
		}
		test := match
		if anyKey(f.Field, match) {
			test = func([]byte) bool { return true }
		}
		out = append(out, &columnTest{column: f.Column, match: test})
	}
	if anyKey(model.FieldErrors, match) {
		out = append(out, flagged{model.FlagErrors})
	}
	// A time stands in the one or the other.
	if anyKey(model.FieldTimestamp, match) && anyKey(model.FieldEventTime, match) {
		out = append(out, none{flagged{model.FlagNoTime | model.FlagReject}})
	}
	return out
}

// present gives the flags without which a row is an event that has a required attribute.
func present(f model.Field) model.Flags {
	if f == model.FieldTimestamp { // without it the time may be taken from elsewhere, with a warning
		return model.FlagError | model.FlagWarning | model.FlagReject
	}
	return model.FlagError | model.FlagReject
}

// anyKey reports whether any of the keys on the path of an attribute passes a test.
func anyKey(f model.Field, match func(text []byte) bool) bool {
	return slices.ContainsFunc(strings.Split(f.String(), "."), func(key string) bool { return match([]byte(key)) })
}

// textTest decides on one decoded text.
type textTest struct {
	match   func(text []byte) bool
	hints   []needle   // as those of lines
	choices [][]needle // as those of lines
	plain   bool       // as that of lines
}

// newTextTest makes the test for texts that hold v, in any case if v is in lower case.
func newTextTest(v value) textTest {
	fold := smartFold(v.text)
	if v.kind == expression {
		return expressionTest(v.text)
	}
	pieces := []string{v.text}
	if v.kind == glob {
		pieces = strings.Split(v.text, "*")
	}
	return piecesTest(pieces, fold)
}

// piecesTest makes the test for texts that hold all pieces one behind the other.
func piecesTest(pieces []string, fold bool) textTest {
	pieces = slices.DeleteFunc(pieces, func(p string) bool { return p == "" })
	needles := make([]needle, len(pieces))
	t := textTest{}
	for i, p := range pieces {
		needles[i] = newNeedle(p, fold)
		if h := hintOf(p, fold); h != "" {
			t.choices = append(t.choices, []needle{newNeedle(h, fold)})
		}
		if fold {
			t.choices = append(t.choices, runeHints(p)...)
		}
	}
	t.match = func(text []byte) bool {
		for i := range needles {
			start, length := needles[i].find(text)
			if start < 0 {
				return false
			}
			text = text[start+length:]
		}
		return true
	}
	if len(t.choices) > 0 {
		t.hints = t.choices[0]
	}
	if len(pieces) == 1 && hintOf(pieces[0], fold) == pieces[0] {
		t.plain = !strings.ContainsAny(pieces[0], "{}[]:, \t\n\r")
	}
	return t
}

// runeHints gives, for each rune of text that is not ASCII, all runes of that lower case: one of them has to stand in a line that
// holds text in any case.
func runeHints(text string) (choices [][]needle) {
	for i, r := range text {
		if r < utf8.RuneSelf || r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)) {
			continue
		}
		var hints []needle
		for _, one := range casesOf(foldRune(r)) {
			hints = append(hints, newNeedle(string(one), false))
		}
		choices = append(choices, hints)
	}
	return choices
}

// casesOf lists the runes whose lower case is r.
func casesOf(r rune) (cases []rune) {
	for one, first := r, true; first || one != r; one, first = unicode.SimpleFold(one), false {
		if foldRune(one) == r {
			cases = append(cases, one)
		}
	}
	return cases
}

// hintOf gives the longest part of text that a line must hold as these very bytes, or in another case if fold, unless it
// holds a \u escape.
func hintOf(text string, fold bool) string {
	best := ""
	for from, i := 0, 0; i <= len(text); i++ {
		if i < len(text) && hintable(text[i], fold) {
			continue
		}
		if i-from > len(best) {
			best = text[from:i]
		}
		from = i + 1
	}
	return best
}

// hintable reports whether a byte of a text stands for itself in a JSON string.
func hintable(c byte, fold bool) bool {
	return c >= ' ' && c != '"' && c != '\\' && c != '/' && !(fold && c >= 0x80)
}

// flagged matches the rows that have any of the flags.
type flagged struct{ flags model.Flags }

func (flagged) cost() int { return costFlags }

func (f flagged) narrow(w *worker, rows *model.Bitmap) error {
	flags := w.seg.Flags()
	for i, word := range rows {
		if word == 0 {
			continue
		}
		var match uint64
		for k, g := range flags[min(i<<6, len(flags)):min(i<<6+64, len(flags))] {
			if g&f.flags != 0 {
				match |= 1 << k
			}
		}
		rows[i] &= match
	}
	return nil
}
