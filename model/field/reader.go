package field

import (
	"bytes"

	"pawprint/model"
)

// Reader reads the values that rows have of a field. It keeps its buffers between calls and is for one goroutine.
type Reader struct {
	field  Field
	walker Walker
	found  [][]byte // the values that are not null
}

// NewReader returns the reader of a field.
func NewReader(f Field) *Reader { return &Reader{field: f, walker: NewWalker()} }

// Value is what a row has of a field. The zero value is the empty text.
type Value struct {
	Absent bool
	Text   string
	JSON   []byte // of numbers, true, false, lists and objects: as they are written; nil for a text
}

// String is the text of the value, or its JSON.
func (v Value) String() string {
	if v.JSON != nil {
		return string(v.JSON)
	}
	return v.Text
}

// Number reports whether the value is a JSON number.
func (v Value) Number() bool {
	return len(v.JSON) > 0 && (v.JSON[0] == '-' || v.JSON[0]-'0' < 10)
}

// textValue is a text, of which the empty one is none.
func textValue(text string) Value { return Value{Text: text, Absent: text == ""} }

// lineValue returns what a line holds of a path or of the messages: nothing for null, and a JSON list if there are several values.
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

// read returns the values in a line that are not null, as they are written, until the next call.
func (r *Reader) read(line []byte) [][]byte {
	r.found = r.found[:0]
	if r.field.Kind == Message {
		r.walker.Messages(line, func(raw []byte) bool {
			r.found = append(r.found, raw)
			return false
		})
		return r.found
	}
	for _, place := range r.field.Places {
		there := false
		r.walker.At(line, place, func(b []byte, i int) bool {
			if end, ok := r.walker.Scanner.Value(b, i); ok {
				there = true
				if b[i] != 'n' {
					r.found = append(r.found, b[i:end])
				}
			}
			return false
		})
		if there && r.field.First {
			break
		}
	}
	return r.found
}

// appendTexts appends the single values in a value as it is written, at most so many altogether.
func (w *Walker) appendTexts(dst []model.Text, raw []byte, most int) []model.Text {
	w.leaves(raw, 0, func(b []byte) bool {
		if len(dst) < most {
			dst = append(dst, model.NewText(string(w.Text(b))))
		}
		return len(dst) >= most
	})
	return dst
}

// leaves calls visit for the strings, numbers, true and false in the value at b[i], as they are written, until it reports true.
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
