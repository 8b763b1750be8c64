package field

import (
	"bytes"
	"strings"

	"pawprint/model"
)

// Reader reads the values of a field from rows. It keeps its buffers between calls and is for one goroutine.
type Reader struct {
	field  Field
	walker Walker
	top    string                                          // the first key of all places, to search for it only once; empty if there is one place
	places []string                                        // below top
	tops   []int                                           // where the values at top begin
	found  [][]byte                                        // the values that are not null
	there  bool                                            // a value was found, even null
	each   func(b []byte, i int) (end int, found, ok bool) // collect
}

// NewReader returns the reader of a field.
func NewReader(f Field) *Reader {
	r := &Reader{field: f, walker: NewWalker(), places: f.Places}
	if f.First {
		r.top, r.places = cutTop(f.Places)
	}
	r.each = r.collect
	return r
}

// cutTop cuts off the first key, if all places share it; else top is empty.
func cutTop(places []string) (top string, below []string) {
	top, _, _ = strings.Cut(places[0], ".")
	for _, place := range places {
		rest, ok := strings.CutPrefix(place, top+".")
		if !ok {
			return "", places
		}
		below = append(below, rest)
	}
	return top, below
}

// Value is the value of a field in a row. The zero value is the empty text.
type Value struct {
	Absent bool
	Text   string
	JSON   []byte // numbers, true, false, lists and objects as written; nil for a text
}

// String is the text of the value, or its JSON.
func (v Value) String() string {
	if v.JSON != nil {
		return string(v.JSON)
	}
	return v.Text
}

// textValue is a text; an empty one is absent.
func textValue(text string) Value { return Value{Text: text, Absent: text == ""} }

// lineValue returns the value of a path or of the messages in a line: null is absent, and several values are a JSON list.
func (r *Reader) lineValue(line []byte) Value {
	switch found := r.read(line); len(found) {
	case 0:
		return Value{Absent: true}
	case 1:
		if raw := found[0]; raw[0] == '"' {
			return Value{Text: string(r.walker.Text(raw))}
		}
		return Value{JSON: bytes.Clone(found[0])}
	default:
		list := append([]byte{'['}, bytes.Join(found, []byte{','})...)
		return Value{JSON: append(list, ']')}
	}
}

// read returns the values in a line that are not null, as JSON. They are valid until the next call.
func (r *Reader) read(line []byte) [][]byte {
	r.found = r.found[:0]
	if r.field.Kind == Message {
		r.walker.Messages(line, func(raw []byte) bool {
			r.found = append(r.found, raw)
			return false
		})
		return r.found
	}
	if r.top == "" {
		for _, place := range r.places {
			r.walker.At(line, place, r.each)
		}
		return r.found
	}
	r.there, r.tops = false, r.tops[:0]
	r.walker.At(line, r.top, func(b []byte, i int) (int, bool, bool) {
		r.tops = append(r.tops, i)
		return r.walker.Down(b, i, r.places[0], r.each)
	})
	for _, place := range r.places[1:] {
		if r.there && r.field.First {
			break
		}
		for _, i := range r.tops {
			r.walker.Down(line, i, place, r.each)
		}
	}
	return r.found
}

// collect adds the value at b[i] to found, unless it is null.
func (r *Reader) collect(b []byte, i int) (end int, found, ok bool) {
	end, ok = r.walker.Scanner.Value(b, i)
	if ok {
		r.there = true
		if b[i] != 'n' {
			r.found = append(r.found, b[i:end])
		}
	}
	return end, false, ok
}

// appendTexts appends the strings, numbers and words in a JSON value, until dst has most of them.
func (w *Walker) appendTexts(dst []model.Text, raw []byte, most int) []model.Text {
	w.leaves(raw, 0, func(b []byte) bool {
		if len(dst) < most {
			dst = append(dst, model.NewText(string(w.Text(b))))
		}
		return len(dst) >= most
	})
	return dst
}

// leaves calls visit for the strings, numbers, true and false in the value at b[i], as JSON, until visit returns true.
func (w *Walker) leaves(b []byte, i int, visit func(raw []byte) bool) (end int, found, ok bool) {
	switch {
	case i >= len(b):
		return i, false, false
	case b[i] == '{':
		return w.Members(b, i, func(_ []byte, i int) (int, bool, bool) { return w.leaves(b, i, visit) })
	case b[i] == '[':
		return w.Elements(b, i, func(i int) (int, bool, bool) { return w.leaves(b, i, visit) })
	}
	end, ok = w.Scanner.Value(b, i)
	return end, ok && b[i] != 'n' && visit(b[i:end]), ok
}
