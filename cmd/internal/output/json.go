package output

import (
	"encoding/json"
	"fmt"
	"io"

	"pawprint/model/rawjson"
)

// jsonList writes one JSON list with an object on each line.
type jsonList struct {
	Options
	objects *objects
	begun   bool
}

func newJSON(o Options, h Head) Writer { return &jsonList{Options: o, objects: newObjects(h)} }

func (w *jsonList) Row(r *Row) error {
	before := ",\n"
	if !w.begun {
		before, w.begun = "[\n", true
	}
	if err := put(w.Out, []byte(before)); err != nil {
		return err
	}
	return put(w.Out, w.objects.object(r))
}

func (w *jsonList) End() error {
	if !w.begun {
		return put(w.Out, []byte("[]\n"))
	}
	return put(w.Out, []byte("\n]\n"))
}

// objects encodes rows as JSON objects in ASCII.
type objects struct {
	head  Head
	names [][]byte // of the columns, as JSON
	buf   []byte
}

func newObjects(h Head) *objects {
	o := &objects{head: h}
	for _, c := range h.Columns {
		o.names = append(o.names, rawjson.AppendASCIIString(nil, c.Name))
	}
	return o
}

var rejectName = []byte(`"reject"`)

// object returns the object of a row: the line of the source, or an object of the cells. The flaw of a row is an additional member,
// unless a column already holds it. The result is valid until the next call.
func (o *objects) object(r *Row) []byte {
	o.buf = o.buf[:0]
	if o.head.Lines && r.Flaw == "" {
		o.buf = rawjson.AppendASCII(o.buf, r.Line)
		return o.buf
	}
	for i := range r.Cells {
		o.member(o.names[i], &r.Cells[i])
	}
	if r.Flaw != "" && !o.head.Flaws {
		flaw := Text(r.Flaw)
		o.member(rejectName, &flaw)
	}
	o.buf = append(o.buf, '}')
	return o.buf
}

func (o *objects) member(name []byte, c *Cell) {
	before := byte(',')
	if len(o.buf) == 0 {
		before = '{'
	}
	o.buf = append(append(append(o.buf, before), name...), ':')
	switch {
	case c.json != "":
		o.buf = rawjson.AppendASCII(o.buf, []byte(c.json))
	case c.kind == cellBlank || c.kind == cellAbsent:
		o.buf = append(o.buf, "null"...)
	default:
		o.buf = rawjson.AppendASCIIString(o.buf, c.text)
	}
}

// WriteJSON writes v as one line of JSON. It escapes everything but printable ASCII, so that a terminal only ever sees text.
func WriteJSON(w io.Writer, v any) error {
	encoded, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encoding: %w", err)
	}
	return put(w, append(rawjson.AppendASCII(nil, encoded), '\n'))
}
