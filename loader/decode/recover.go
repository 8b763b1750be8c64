package decode

import (
	"bytes"

	"pawprint/loader/salvage"
	"pawprint/model"
	"pawprint/model/rawjson"
)

// recovered adds the events that stand whole on the line that begins at start, which is not one object. It returns the start of the next
// line, and reports whether there are any.
func (d *Decoder) recovered(start int) (next int, ok bool) {
	if d.Torn || d.Whole {
		return start, false
	}
	fault, newline := d.scan.Fault, start+bytes.IndexByte(d.b[start:], '\n')
	objects := d.finder.Line(d.b[start:newline])
	if len(objects) == 0 {
		d.scan.Fault = fault
		return start, false
	}
	for i := range objects {
		d.batch.DropProblems()
		d.recover(start, &objects[i])
	}
	d.batch.Extra += int64(len(objects) - 1)
	return newline + 1, true
}

// recover adds the row of an event within the line that begins at start.
func (d *Decoder) recover(start int, o *salvage.Object) {
	at := start + o.Start
	d.line, d.problems = at, 0
	d.row = model.RowRecord{Offset: uint32(at), Length: uint32(o.End - o.Start), Line: d.row.Line, Flags: model.FlagRecovered}
	for _, m := range d.finder.Marks(o) {
		d.problem(m.Code, model.FieldNone, start+m.At, 0, m.Detail)
	}
	if d.Page != 0 {
		d.problem(model.Enveloped, model.FieldNone, at, 0, d.Page)
	}
	if d.finder.Shared() {
		d.problem(model.Shared, model.FieldNone, at, 0, 0)
	}
	if o.Quoted {
		d.unquoted(d.b[at : start+o.End])
	} else if _, ok := d.record(at); !ok {
		panic("decode: an event that was found is none")
	}
	d.batch.AddRow(&d.row)
}

// unquoted decodes an event that is the text of a string, from its bytes with their escapes.
func (d *Decoder) unquoted(raw []byte) {
	d.row.Flags |= model.FlagQuoted
	line := d.b
	d.unquoting = append(rawjson.Inside(d.unquoting[:0], raw), '\n')
	d.b, d.line, d.escapes = d.unquoting, 0, rawjson.Escapes{Text: raw}
	if _, ok := d.record(0); !ok {
		panic("decode: a text that was found to be an event is none")
	}
	d.b, d.escapes = line, rawjson.Escapes{}
}
