package query

import (
	"slices"
	"strings"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/marks"
)

// Completion is a text that may replace the word being typed.
type Completion struct {
	Text  string // as it is written in a query
	Doc   string // what it means; empty for values
	Count int    // of a value: how many rows have it
}

// ValueCount is a value of a column and how many rows have it.
type ValueCount struct {
	Value model.Text
	Count int
}

// Data is what Complete knows about the log. The zero value knows nothing.
type Data struct {
	Values func(model.Column) []ValueCount // the values of a column, in the order to offer them; nil for none
	Paths  []PathCount                     // the paths that rows have; see Paths
	Views  []View                          // the user's own views
	Said   func() marks.Said               // what the user said about events; nil for nothing
}

// Complete lists the texts that may replace text[from:to] when the cursor is at byte at: names with their operators, classes,
// the words of enumerations, and the values and paths of data, in its order.
func Complete(text string, at int, data Data) (from, to int, options []Completion) {
	at = max(0, min(at, len(text)))
	from = termStart(text[:at])
	to = at
	if !strings.Contains(text[from:at], `"`) {
		to += wordEnd(text[at:], false)
	}
	typed := text[from:at]
	if n := nameEnd(typed); n > 0 && n < len(typed) {
		if s := operatorAt(typed[n:]); s.length > 0 {
			return from, to, completeValue(typed[:n], s.op, typed[:n+s.length], typed[n+s.length:], data)
		}
	}
	return from, to, append(completeName(typed), completePath(typed, data.Paths)...)
}

// termStart returns the start of the unfinished term at the end of text.
func termStart(text string) int {
	start, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ' ' || c == '\t' || c == '(' || c == ')' || c == '-' && i == start):
			start = i + 1
		}
	}
	return min(start, len(text))
}

// completeName lists the names and classes that begin with what was typed. A name typed in full is listed with each of its operators.
func completeName(typed string) []Completion {
	var out []Completion
	for _, n := range Names() {
		switch {
		case field.Same(n.Name, typed):
			for _, o := range operatorsOf(lookup(n.Name).kind) {
				out = append(out, Completion{Text: n.Name + o.text(), Doc: n.Doc})
			}
		case field.HasPrefix(n.Name, typed):
			out = append(out, Completion{Text: n.Name + ":", Doc: n.Doc})
		}
	}
	for _, c := range Classes() {
		_, word, _ := strings.Cut(c.Name, ":")
		if typed != "" && (field.HasPrefix(c.Name, typed) || field.HasPrefix(word, typed)) {
			out = append(out, Completion{Text: c.Name, Doc: c.Doc})
		}
	}
	return out
}

// completePath lists the paths that begin with what was typed; none before the first letter.
func completePath(typed string, paths []PathCount) []Completion {
	var out []Completion
	for _, p := range paths {
		if typed != "" && field.HasPrefix(p.Path, typed) {
			out = append(out, Completion{Text: p.Path + ":", Count: p.Count})
		}
	}
	return out
}

// completeValue lists the values for what was typed after the operator or the last comma: words that begin with it, and values
// of data that contain it.
func completeValue(name string, o op, head, typed string, data Data) []Completion {
	if i := strings.LastIndexByte(typed, ','); i >= 0 && !strings.HasPrefix(typed, `"`) {
		head, typed = head+typed[:i+1], typed[i+1:]
	}
	typed = strings.TrimPrefix(typed, `"`)
	s := lookup(name)
	var out []Completion
	if wordKinds.has(s.kind) {
		return completeWord(name, s.kind, head, typed, data.Views)
	}
	known := map[string]bool{}
	contained := newNeedle(typed, true)
	for _, v := range slices.Concat(data.valuesOf(name, s.Columns), data.saidOf(s.kind)) {
		if text := v.Value.Raw(); text != "" && !known[text] && contained.in([]byte(text)) {
			known[text] = true
			out = append(out, Completion{Text: head + valueText(o, text), Count: v.Count})
		}
	}
	for _, word := range s.values {
		if !known[word] && field.HasPrefix(word, typed) {
			out = append(out, Completion{Text: head + word})
		}
	}
	return out
}

// completeWord lists the classes or views that begin with what was typed.
func completeWord(name string, k kind, head, typed string, own []View) []Completion {
	var out []Completion
	if k == kindView {
		for _, v := range slices.Concat(own, views) {
			if field.HasPrefix(v.Name, typed) {
				out = append(out, Completion{Text: head + valueText(opHas, v.Name), Doc: v.Title})
			}
		}
		return out
	}
	for _, c := range Classes() {
		if class, word, _ := strings.Cut(c.Name, ":"); field.Same(class, name) && field.HasPrefix(word, typed) {
			out = append(out, Completion{Text: head + word, Doc: c.Doc})
		}
	}
	return out
}

// valuesOf lists the values of columns, or of a path.
func (d *Data) valuesOf(name string, columns []model.Column) []ValueCount {
	var out []ValueCount
	for _, c := range columns {
		if d.Values != nil {
			out = append(out, d.Values(c)...)
		}
	}
	name = strings.ReplaceAll(name, "[]", "")
	for _, p := range d.Paths {
		if field.Same(p.Path, name) {
			out = append(out, p.Values...)
		}
	}
	return out
}

// saidOf lists the tags or verdicts of marked events.
func (d *Data) saidOf(k kind) (out []ValueCount) {
	if d.Said == nil || k != kindTag && k != kindVerdict {
		return nil
	}
	said := d.Said()
	words := said.Tags
	if k == kindVerdict {
		words = said.Verdicts
	}
	for _, w := range words {
		out = append(out, ValueCount{model.NewText(w.Text), w.Count})
	}
	return out
}

// valueText writes a value as it appears after an operator, quoted if necessary.
func valueText(o op, text string) string {
	e := attribute{name: "x", op: o, values: []value{{literal, text}}}
	return strings.TrimPrefix(e.String(), "x"+o.text())
}
