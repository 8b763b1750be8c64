// Package rows prints the rows of a log: it reads them with their lines, masks secrets, counts what was printed, and writes a format of
// package output. Commands and exports both print through it, so that they write the same bytes.
package rows

import (
	"errors"
	"slices"
	"time"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/model/marks"
	"pawprint/model/redact"
)

// Row is a row of the log with its line, masked if secrets are masked. Its line is valid until the next Read.
type Row struct {
	snap   *model.Snapshot
	event  model.Event
	line   []byte
	unread error // why the line could not be read; then it is empty
	absent bool  // the printer left the row out because its line is missing
	mark   *marks.Mark
	seen   model.Seen
	mask   *redact.Masker
	masked int // number of values masked in it
}

// Reader reads the rows of a snapshot. It is for one goroutine.
type Reader struct {
	snap *model.Snapshot
	raw  *model.RawReader
	mask *redact.Masker // nil to show secrets

	Firsts *model.Firsts               // which rows are the first of their kind; nil if nobody asks
	Marks  func(model.Row) *marks.Mark // what the user said about a row, nil for nothing; nil says nothing about any
}

// NewReader returns a Reader of a snapshot. It masks secrets unless mask is nil.
func NewReader(snap *model.Snapshot, mask *redact.Masker) *Reader {
	return &Reader{snap: snap, raw: model.NewRawReader(snap), mask: mask}
}

// Read returns a row. If the bytes of its line can no longer be read, the row still has its columns.
func (s *Reader) Read(r model.Row) *Row {
	row := &Row{snap: s.snap, event: s.snap.Event(r), mask: s.mask}
	row.seen = s.Firsts.Seen(&row.event)
	if s.Marks != nil {
		row.mark = s.Marks(r)
	}
	if row.line, row.unread = s.raw.Line(r); s.mask != nil {
		row.maskAll()
	}
	return row
}

// maskAll masks the line and the columns. Both mostly hold the same values, so only the larger of the two counts is kept.
func (r *Row) maskAll() {
	before := r.mask.Masked
	r.line = r.mask.Line(r.line)
	r.masked = r.mask.Masked - before
	before = r.mask.Masked
	r.maskColumns()
	r.masked = max(r.masked, r.mask.Masked-before)
	r.maskMark()
}

// maskMark masks what the user said.
func (r *Row) maskMark() {
	if r.mark == nil {
		return
	}
	before, m := r.mask.Masked, *r.mark
	m.Note, m.Tags = r.mask.Text("", m.Note), slices.Clone(m.Tags)
	for i := range m.Tags {
		m.Tags[i] = r.mask.Text("", m.Tags[i])
	}
	r.mark, r.masked = &m, r.masked+r.mask.Masked-before
}

// maskColumns masks the text of the columns.
func (r *Row) maskColumns() {
	e := &r.event
	for _, t := range []*model.Text{&e.Action, &e.Outcome, &e.Actor.ID, &e.Actor.Type, &e.Actor.Name, &e.Actor.Email, &e.IP, &e.Agent, &e.Version} {
		*t = model.NewText(r.mask.Text("", t.Raw()))
	}
}

// flawed reports whether the row is a reject or its line could not be read.
func (r *Row) flawed() bool { return r.event.Reject() || r.unread != nil }

// part reports whether the row never had the whole line of the source.
func (r *Row) part() bool {
	if !r.event.Reject() {
		return false
	}
	for _, p := range r.snap.Problems(r.event.Row) {
		if p.Code.Partial() {
			return true
		}
	}
	return false
}

// reason returns the flaw of the row in fixed words: why it is not an event, or why its line is missing. For an event with its line it
// is empty.
func (r *Row) reason() string {
	why, reject := r.snap.WhyReject(r.event.Row)
	switch {
	case reject:
		return why
	case errors.Is(r.unread, model.ErrChanged):
		return "not read: " + model.ErrChanged.Error()
	case r.unread != nil:
		return "not read: the source can no longer be read"
	}
	return ""
}

// valueReader reads the values of the fields of a row. It is for one goroutine.
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
	if x.fields[i].seen {
		return field.Value{Text: r.seen.String(), Absent: r.seen == model.SeenUnknown}
	}
	row := field.Row{Snap: r.snap, Event: r.event, Line: r.line, Zone: x.zone, Mark: r.mark}
	if r.mask != nil {
		row.Mask = func(text string) string { return r.mask.Text("", text) }
	}
	return x.readers[i].Value(&row)
}
