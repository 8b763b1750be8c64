package salvage

import (
	"bytes"

	"pawprint/model"
	"pawprint/model/rawjson"
)

// shape is what the keys of an object tell about it.
type shape struct {
	end    int     // the index after it
	schema bool    // it has a key of events
	errors bool    // it has errors, as events and pages of answers have
	action bool    // an actionName, which is a text
	told   bool    // an actor or a timestamp
	inner  []inner // the values that may hold events
}

// event reports whether the object can only be an event.
func (s *shape) event() bool { return s.action && s.told }

// eventKeys are the keys of an event.
var eventKeys = func() map[string]model.Field {
	m := map[string]model.Field{}
	for _, f := range model.Schema() {
		if f.Top() {
			m[f.Name] = f.Field
		}
	}
	return m
}()

// shape reads the object that begins at b[i]. If it is not one, end is the index of the fault.
func (f *Finder) shape(b []byte, i int) (s shape, ok bool) {
	if i >= len(b) || b[i] != '{' {
		return shape{end: i}, false
	}
	if i = f.scan.Space(b, i+1); i < len(b) && b[i] == '}' {
		return shape{end: i + 1}, true
	}
	for {
		key, at, end, ok := f.member(b, i)
		if !ok {
			s.end = end
			return s, false
		}
		s.see(key, b, at, end)
		if i = f.scan.Space(b, end); i < len(b) && b[i] == ',' {
			i = f.scan.Space(b, i+1)
			continue
		}
		s.end = i + 1
		if i == len(b) || b[i] != '}' {
			s.end = i
			f.scan.Fault = rawjson.Fault{Code: rawjson.UnexpectedByte, Offset: i}
			if i == len(b) {
				f.scan.Fault.Code = rawjson.Cut
			}
			return s, false
		}
		return s, true
	}
}

// OfEvent reports whether a text, which may have several lines, begins with an object that has a key of events, other than errors.
func (f *Finder) OfEvent(b []byte) bool {
	f.scan.Multiline = true
	s, ok := f.shape(b, f.scan.Space(b, 0))
	f.scan.Multiline = false
	return ok && s.schema
}

// member reads the member at b[i]: its key, without escapes, and the bounds of its value.
func (f *Finder) member(b []byte, i int) (key []byte, at, end int, ok bool) {
	if i == len(b) || b[i] != '"' {
		f.scan.Fault = rawjson.Fault{Code: rawjson.UnexpectedByte, Offset: i}
		if i == len(b) {
			f.scan.Fault.Code = rawjson.Cut
		}
		return nil, i, i, false
	}
	end, info, ok := f.scan.String(b, i+1)
	if !ok {
		return nil, i, end, false
	}
	key = b[i+1 : end]
	if info&rawjson.Escaped != 0 {
		f.name = rawjson.Unquote(f.name[:0], key)
		key = f.name
	}
	if at, ok = f.scan.Colon(b, end+1); !ok {
		return nil, at, at, false
	}
	end, ok = f.scan.Value(b, at)
	return key, at, end, ok
}

// see takes note of a member, whose value is b[at:end].
func (s *shape) see(key, b []byte, at, end int) {
	field, known := eventKeys[string(key)]
	switch {
	case known && field == model.FieldErrors:
		s.errors = true
	case known || len(key) > 2 && key[0] == 'p' && key[1] == '_':
		s.schema = true
	default:
		if e, known := envelopes[string(key)]; known && len(s.inner) < maxInner {
			if detail := e.of(b[at]); detail != 0 {
				s.inner = append(s.inner, inner{detail, at, end})
			}
		}
	}
	switch field {
	case model.FieldActionName:
		s.action = s.action || end-at > 2 && b[at] == '"'
	case model.FieldActor, model.FieldTimestamp:
		s.told = s.told || b[at] != 'n'
	}
}

// Begins returns where an object begins in a line that is not one: an event that stands whole wherever it does, else, in a line that does
// not begin with a brace, the first object, which may be cut. It returns -1 if there is none, and works in time that is linear in the
// length of the line.
func (f *Finder) Begins(b []byte) int {
	first, start := -1, f.Skip(b)
	for i, left := 0, 4*len(b)+longestWord; left > 0; i++ {
		k := bytes.IndexByte(b[i:], '{')
		if k < 0 {
			break
		}
		i += k
		if q := f.scan.Space(b, i+1); q == len(b) || b[q] != '"' {
			continue
		}
		s, ok := f.shape(b, i)
		left -= s.end - i + 1
		switch {
		case ok && s.event():
			return i
		case first < 0 && (ok || f.scan.Fault.Code == rawjson.Cut):
			first = i
		}
		if ok {
			i = s.end - 1
		}
	}
	if start < len(b) && b[start] == '{' && first != start || first == start && start == 0 {
		return -1
	}
	return first
}

// Skip returns the index of the first byte of b that is neither a blank nor a control byte.
func (f *Finder) Skip(b []byte) int {
	f.marks, f.owned = f.marks[:0], 0
	return f.junk(b, 0)
}
