// Package rows reads the rows of a log with their lines, as they leave the program: masked, counted, and printed in a format of
// package output. Commands and exports print through it, so that both write the same bytes.
package rows

import (
	"errors"
	"time"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/redact"
)

// Row is a row with its line, ready to be printed.
type Row struct {
	snap   *model.Snapshot
	event  model.Event
	line   []byte
	unread error // why the bytes of the line cannot be had, so that line is empty; nil if they are there
	absent bool  // the printer left the row out, as there are no bytes to print
	mask   *redact.Masker
	masked int // values that were masked in it
}

// Reader reads the rows of a snapshot. It is for one goroutine.
type Reader struct {
	snap *model.Snapshot
	raw  *model.RawReader
	mask *redact.Masker // nil to show secrets
}

// NewReader returns a Reader that masks secrets, or with a nil mask shows them.
func NewReader(snap *model.Snapshot, mask *redact.Masker) *Reader {
	return &Reader{snap: snap, raw: model.NewRawReader(snap), mask: mask}
}

// Read returns a row. One whose bytes cannot be had any more still has its columns.
func (s *Reader) Read(r model.Row) *Row {
	row := &Row{snap: s.snap, event: s.snap.Event(r), mask: s.mask}
	if row.line, row.unread = s.raw.Line(r); s.mask != nil {
		row.maskAll()
	}
	return row
}

// maskAll masks the line, and what the columns hold. That is mostly the same, and is counted once.
func (r *Row) maskAll() {
	before := r.mask.Masked
	r.line = r.mask.Line(r.line)
	r.masked = r.mask.Masked - before
	before = r.mask.Masked
	r.maskColumns()
	r.masked = max(r.masked, r.mask.Masked-before)
}

// maskColumns masks what the columns hold.
func (r *Row) maskColumns() {
	e := &r.event
	for _, t := range []*model.Text{&e.Action, &e.Outcome, &e.Actor.ID, &e.Actor.Type, &e.Actor.Name, &e.Actor.Email, &e.IP, &e.Agent, &e.Version} {
		*t = model.NewText(r.mask.Text("", t.Raw()))
	}
}

// flawed reports whether the row is not the event that the source has: it never was one, or its line is gone.
func (r *Row) flawed() bool { return r.event.Reject() || r.unread != nil }

// reason says in fixed words why the row is no event, or why its line is missing; empty of an event with its line.
func (r *Row) reason() string {
	switch {
	case r.event.Reject():
		for _, p := range r.snap.Problems(r.event.Row) {
			return p.Message()
		}
		return "no event"
	case errors.Is(r.unread, model.ErrChanged):
		return "not read: " + model.ErrChanged.Error()
	case r.unread != nil:
		return "not read: the source cannot be read any more"
	}
	return ""
}

// valueReader reads the values of fields from rows. It is for one goroutine.
type valueReader struct {
	zone    *time.Location
	fields  []Field
	readers []*field.Reader // by field
	walker  field.Walker
}

func newValueReader(zone *time.Location, fields []Field) *valueReader {
	r := &valueReader{zone: zone, fields: fields, walker: field.NewWalker()}
	for i := range fields {
		r.readers = append(r.readers, field.NewReader(fields[i].Field))
	}
	return r
}

// value returns the value of field i.
func (x *valueReader) value(r *Row, i int) field.Value {
	if x.fields[i].Kind == field.Reject {
		reason := r.reason()
		return field.Value{Text: reason, Absent: reason == ""}
	}
	row := field.Row{Snap: r.snap, Event: r.event, Line: r.line, Zone: x.zone}
	if r.mask != nil {
		row.Mask = func(text string) string { return r.mask.Text("", text) }
	}
	return x.readers[i].Value(&row)
}
