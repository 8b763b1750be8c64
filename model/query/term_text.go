package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pawprint/model"
	"pawprint/model/letters"
)

// wordsPredicate matches the rows with a key or a value, decoded, that matches v. A reject has neither, so its whole line is tested.
func wordsPredicate(v value) predicate {
	t := newTextTest(v)
	match := func(text []byte, _ bool) bool { return t.match(text) }
	columns, lines := columnsWith(t.match), t.lines(match)
	return wordTest{anyOf(append(slices.Clone(columns), lines)...), columns, lines}
}

func (t *textTest) lines(match func(text []byte, bare bool) bool) *lines {
	return &lines{hints: t.hints, choices: t.choices, plain: t.plain, text: t.match, reject: t.match, price: costLines,
		event: func(w *worker, line []byte, _ int) bool { return w.walker.texts(line, match) }}
}

// columnsWith matches rows whose column values, or the keys above them, already pass the test, without reading the line. Those
// keys are in most lines.
func columnsWith(match func(text []byte) bool) []predicate {
	var out []predicate
	for _, f := range model.Schema() {
		if f.Required && anyKey(f.Field, match) {
			out = append(out, keyTest{complement{flagged{present(f.Field)}}, f.Field})
		}
		if f.Column == model.NoColumn {
			continue
		}
		// The brackets and commas in the JSON of a wrong type are not part of any text.
		test, known := func(value []byte) bool { return !nested(value) && match(value) }, facts{}
		// An actor that is not an object is in the column of the id, without that key.
		if !f.Required && anyKey(f.Field, match) {
			test, known.any = func([]byte) bool { return true }, true
		}
		out = append(out, &columnTest{column: f.Column, match: test, facts: known})
	}
	if anyKey(model.FieldErrors, match) {
		out = append(out, flagged{model.FlagErrors})
	}
	// A row with a time has one of the two keys.
	if anyKey(model.FieldTimestamp, match) && anyKey(model.FieldEventTime, match) {
		out = append(out, complement{flagged{model.FlagNoTime | model.FlagReject}})
	}
	return out
}

// present returns flags; a row with none of them is an event that has the required attribute.
func present(f model.Field) model.Flags {
	if f == model.FieldTimestamp { // without it the time may come from another attribute, with a warning
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
	hints   []needle   // as in lines
	choices [][]needle // as in lines
	plain   bool       // as in lines
}

// newTextTest makes the test for texts that contain v, in any case if v is in lower case, however their letters are written.
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

// piecesTest makes the test for texts that contain all pieces, one after the other.
func piecesTest(pieces []string, fold bool) textTest {
	pieces = slices.DeleteFunc(pieces, func(p string) bool { return p == "" })
	needles := make([]needle, len(pieces))
	t, marked := textTest{}, false
	for i, p := range pieces {
		marked = marked || letters.Marked(p)
		p = letters.ComposeString(p)
		needles[i] = newNeedle(p, fold)
		if h := hintOf(p, fold); h != "" {
			t.choices = append(t.choices, []needle{newNeedle(h, fold)})
		}
		if fold {
			t.choices = append(t.choices, runeHints(p)...)
		}
	}
	hold := func(text []byte) bool {
		for i := range needles {
			start, length := needles[i].find(text)
			if start < 0 {
				return false
			}
			text = text[start+length:]
		}
		return true
	}
	t.match = func(text []byte) bool {
		if len(needles) == 0 {
			return true
		}
		ready := needles[0].ready(text)
		return hold(ready) || marked && hold(text) // a mark alone is not in a composed text
	}
	if len(t.choices) > 0 {
		t.hints = t.choices[0]
	}
	if len(pieces) == 1 && !marked && hintOf(letters.ComposeString(pieces[0]), fold) == pieces[0] {
		t.plain = !strings.ContainsAny(pieces[0], "{}[]:, \t\n\r")
	}
	return t
}

// runeHints returns a hint list for each rune of text that is not ASCII: all runes with the same lower case. A line that contains
// text in any case contains one of them.
func runeHints(text string) (choices [][]needle) {
	for i, r := range text {
		if r < utf8.RuneSelf || r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)) {
			continue
		}
		var hints []needle
		for _, one := range casesOf(letters.Fold(r)) {
			hints = append(hints, newNeedle(string(one), false))
		}
		choices = append(choices, hints)
	}
	return choices
}

// casesOf lists the runes that fold to r.
func casesOf(r rune) (cases []rune) {
	for one, first := r, true; first || one != r; one, first = unicode.SimpleFold(one), false {
		cases = append(cases, one)
	}
	return cases
}

// hintOf returns the longest part of text that a line with text must contain as the same bytes, or in another case if fold, unless
// the line has a \u escape.
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
