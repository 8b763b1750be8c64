package salvage

import (
	"pawprint/model"
	"pawprint/model/rawjson"
)

// envelope says what the values of a key are that hold events. 0 is for values that hold none.
type envelope struct{ text, object, list model.Detail }

// of returns what a value is that begins with c.
func (e envelope) of(c byte) model.Detail {
	switch c {
	case '"':
		return e.text
	case '{':
		return e.object
	case '[':
		return e.list
	}
	return 0
}

// envelopes are the keys under which exports and shippers of logs put events.
var envelopes = map[string]envelope{
	"log":     {text: model.InDockerLog},
	"message": {text: model.InMessage, object: model.InMessage},
	"_source": {object: model.InSource},
	"hits":    {object: model.InHits, list: model.InHits},
	"result":  {object: model.InResult},
	"results": {list: model.InResult},
	"_raw":    {text: model.InRawText},
	"events":  {list: model.InEvents},
	"items":   {list: model.InItems},
	"value":   {list: model.InValue},
	"logs":    {list: model.InLogs},
	"Records": {list: model.InRecords},
}

// Page returns the detail of Enveloped for a list of events under a key, and 0 for other keys.
func Page(key []byte) model.Detail { return envelopes[string(key)].list }

// inner is a value that may hold events.
type inner struct {
	detail  model.Detail
	at, end int
}

// The bounds of envelopes. What exceeds them is not opened.
const (
	maxInner = 8 // such values in an object
	maxDepth = 4 // envelopes in each other
)

// open adds the events within the object s at b[i], if it is an envelope. Where a value may hold events but also holds anything else, it
// adds none of it.
func (f *Finder) open(b []byte, i int, s *shape, depth int) (found bool) {
	if s.schema || depth == maxDepth {
		return false
	}
	for _, in := range s.inner {
		objects, marks, owned, shared := len(f.objects), len(f.marks), f.owned, f.shared
		f.enclosing = append(f.enclosing, Mark{model.Enveloped, in.detail, i})
		if f.value(b, in, s, depth+1) {
			found = true
		} else {
			f.objects, f.marks, f.owned, f.shared = f.objects[:objects], f.marks[:marks], owned, shared
		}
		f.enclosing = f.enclosing[:len(f.enclosing)-1]
	}
	return found
}

// value adds the events of one value of an envelope, and reports whether it holds nothing else.
func (f *Finder) value(b []byte, in inner, s *shape, depth int) bool {
	switch b[in.at] {
	case '{':
		_, ok := f.object(b, in.at, depth)
		return ok
	case '[':
		return f.list(b, in.at, depth)
	}
	return !s.errors && !f.inText && f.textOf(b[in.at+1:in.end-1], in.at+1, depth)
}

// list adds the events of the list at b[i], which is known to be valid JSON.
func (f *Finder) list(b []byte, i, depth int) bool {
	for found := false; ; found = true {
		i = f.scan.Space(b, i+1)
		if b[i] == ']' {
			return found
		}
		end, ok := f.object(b, i, depth)
		if !ok {
			return false
		}
		if i = f.scan.Space(b, end); b[i] == ']' {
			return true
		}
	}
}

// textOf adds the events of a string, which begins at byte at of the line.
func (f *Finder) textOf(raw []byte, at, depth int) bool {
	objects, marks := len(f.objects), len(f.marks)
	f.inText, f.text = true, rawjson.Inside(f.text[:0], raw)
	found, ok := f.line(f.text, depth)
	f.inText = false
	if !ok || found == 0 {
		return false
	}
	place := rawjson.Escapes{Text: raw}
	for i := range f.objects[objects:] {
		o := &f.objects[objects+i]
		o.Start, o.End, o.Quoted = at+place.Index(o.Start), at+place.Index(o.End), true
	}
	place = rawjson.Escapes{Text: raw}
	for i := range f.marks[marks:] {
		if m := &f.marks[marks+i]; m.Code == model.Surrounded {
			m.At = at + place.Index(m.At)
		}
	}
	return true
}
