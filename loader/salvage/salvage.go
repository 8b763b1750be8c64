// Package salvage finds the events that stand whole on a line that is not one JSON object: behind NUL bytes, behind the header of a
// log shipper, two on one line, or in the document that an export put around them.
//
// It is pure, and it repairs nothing: it finds bytes that are an event as they stand. Nobody who controls only the values of an event can
// make it find another one: everything else on the line has to be blanks, control bytes, the header of a writer that it knows, or such
// events; and it never looks into an event.
package salvage

import (
	"pawprint/model"
	"pawprint/model/rawjson"
)

// Object is an event that stands whole on a line.
type Object struct {
	Start, End int  // in the line
	Quoted     bool // these bytes are those of a JSON string; the event is its text

	marks [2]int
}

// Mark says what else is on the line of an object. Code is Surrounded or Enveloped, with a Detail of it.
type Mark struct {
	Code   model.Code
	Detail model.Detail
	At     int // where it begins in the line
}

// Finder finds events on lines. The zero value is ready. It keeps its buffers between calls and is for one goroutine.
type Finder struct {
	scan      rawjson.Scanner
	name      []byte // of a key with escapes
	text      []byte // of a string that is opened
	objects   []Object
	marks     []Mark
	owned     int    // marks before it belong to the objects
	shared    bool   // the line holds several events side by side
	inText    bool   // the bytes are the text of a string
	enclosing []Mark // the envelopes around what is looked at
}

// Line returns the events on a line, in the order of their bytes, and none if anything on the line is neither an event nor one of the
// things that may stand around one. b has no newline at its end. The objects are valid until the next call.
func (f *Finder) Line(b []byte) []Object {
	f.objects, f.marks, f.owned, f.shared = f.objects[:0], f.marks[:0], 0, false
	if _, ok := f.line(b, 0); !ok {
		return nil
	}
	return f.objects
}

// line adds the events of a line, or of a string that holds one. It reports how many objects stand side by side there, and whether
// nothing else does.
func (f *Finder) line(b []byte, depth int) (found int, ok bool) {
	for i := 0; ; found++ {
		at, headed := f.around(b, i)
		if at == len(b) && !headed {
			break
		}
		if i, ok = f.object(b, at, depth); !ok {
			return found, false
		}
	}
	if found > 0 {
		f.objects[len(f.objects)-1].marks[1], f.owned = len(f.marks), len(f.marks)
	}
	f.shared = f.shared || found > 1
	return found, true
}

// Marks says what else is on the line of an object that the last call of Line found.
func (f *Finder) Marks(o *Object) []Mark { return f.marks[o.marks[0]:o.marks[1]] }

// Shared reports whether the last line had several events side by side.
func (f *Finder) Shared() bool { return f.shared }

// around skips what may stand before an object, and marks it. headed says that the last of it was the header of a writer.
func (f *Finder) around(b []byte, i int) (at int, headed bool) {
	for {
		if at = f.junk(b, i); at > i {
			i = at
		}
		if i == len(b) || b[i] == '{' {
			return i, headed
		}
		end, detail := header(b, i)
		if end < 0 {
			return i, headed
		}
		f.mark(model.Surrounded, detail, i)
		i, headed = end, true
	}
}

// mark notes what stands around the next object, unless it is noted already.
func (f *Finder) mark(code model.Code, detail model.Detail, at int) {
	for _, m := range f.marks[f.owned:] {
		if m.Code == code && m.Detail == detail {
			return
		}
	}
	f.marks = append(f.marks, Mark{code, detail, at})
}

// object adds the event at b[i], or the events within the envelope there. depth counts the envelopes around it.
func (f *Finder) object(b []byte, i, depth int) (end int, ok bool) {
	s, ok := f.shape(b, i)
	switch {
	case !ok:
		return s.end, false
	case s.event():
		f.add(Object{Start: i, End: s.end})
		return s.end, true
	}
	return s.end, f.open(b, i, &s, depth)
}

// add adds an object with the marks since the last one.
func (f *Finder) add(o Object) {
	f.marks = append(f.marks, f.enclosing...)
	o.marks = [2]int{f.owned, len(f.marks)}
	f.objects, f.owned = append(f.objects, o), len(f.marks)
}

// Before reports whether b, which ends where an object begins, may stand before it.
func (f *Finder) Before(b []byte) bool {
	f.marks, f.owned = f.marks[:0], 0
	at, _ := f.around(b, 0)
	return at == len(b)
}

// Behind reports whether b, which ends with its line or where another object begins, may stand behind an object.
func (f *Finder) Behind(b []byte) bool {
	f.marks, f.owned = f.marks[:0], 0
	return f.junk(b, 0) == len(b)
}
