package query

import (
	"slices"
	"strings"

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
	return &lines{hints: t.hints, plain: t.plain, reject: t.match, price: costLines,
		event: func(w *worker, line []byte, _ int) bool { return w.walker.texts(line, match) }}
}

// columnsWith matches rows of which the columns alone tell that they hold a text that passes a test. The value of a column stands
// in the line, and so do the keys that lead to it; those keys stand in most lines.
func columnsWith(match func(text []byte) bool) []predicate {
	var out []predicate
	for _, f := range model.Schema() {
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

// anyKey reports whether any of the keys on the path of an attribute passes a test.
func anyKey(f model.Field, match func(text []byte) bool) bool {
	return slices.ContainsFunc(strings.Split(f.String(), "."), func(key string) bool { return match([]byte(key)) })
}

// textTest decides on one decoded text.
type textTest struct {
	match func(text []byte) bool
	hints []needle // as those of lines
	plain bool     // as that of lines
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
	needles := make([]needle, len(pieces))
	hint := ""
	for i, p := range pieces {
		needles[i] = newNeedle(p, fold)
		if h := hintOf(p, fold); len(h) > len(hint) {
			hint = h
		}
	}
	t := textTest{match: func(text []byte) bool {
		for i := range needles {
			start, length := needles[i].find(text)
			if start < 0 {
				return false
			}
			text = text[start+length:]
		}
		return true
	}}
	if hint != "" {
		t.hints = []needle{newNeedle(hint, fold)}
		t.plain = len(pieces) == 1 && hint == pieces[0] && !strings.ContainsAny(hint, "{}[]:, \t\n\r")
	}
	return t
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
