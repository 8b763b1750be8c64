package main

import (
	"errors"
	"strconv"
	"time"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/redact"
)

// record is one row with its line, ready to be printed.
type record struct {
	snap   *model.Snapshot
	event  model.Event
	line   []byte
	unread error      // why the bytes of the line cannot be had, so that line is empty; nil if they are there
	absent bool       // the printer left the row out, as there are no bytes to print
	doc    *line.Node // nil until it is wanted
	mask   *redact.Masker
	masked int // values that were masked in it
}

// recordSource reads the records of a snapshot. It is for one goroutine.
type recordSource struct {
	snap *model.Snapshot
	raw  *model.RawReader
	mask *redact.Masker // nil to show secrets
}

func newRecordSource(snap *model.Snapshot, mask *redact.Masker) *recordSource {
	return &recordSource{snap: snap, raw: model.NewRawReader(snap), mask: mask}
}

// read gives a row. One whose bytes cannot be had any more still has its columns.
func (s *recordSource) read(r model.Row) *record {
	rec := &record{snap: s.snap, event: s.snap.Event(r), mask: s.mask}
	if rec.line, rec.unread = s.raw.Line(r); s.mask != nil {
		rec.maskAll()
	}
	return rec
}

// maskAll masks the line, and what the columns hold. That is mostly the same, and is counted once.
func (r *record) maskAll() {
	before := r.mask.Masked
	r.line = r.mask.Line(r.line)
	r.masked = r.mask.Masked - before
	before = r.mask.Masked
	r.maskColumns()
	r.masked = max(r.masked, r.mask.Masked-before)
}

// maskColumns masks what the columns hold.
func (r *record) maskColumns() {
	e := &r.event
	for _, t := range []*model.Text{&e.Action, &e.Outcome, &e.Actor.ID, &e.Actor.Type, &e.Actor.Name, &e.Actor.Email, &e.IP, &e.Agent, &e.Version} {
		*t = model.NewText(r.mask.Text("", t.Raw()))
	}
}

// document is the parsed line, nil of a reject.
func (r *record) document() *line.Node {
	if r.doc == nil && !r.event.Reject() {
		r.doc, _ = line.Parse(model.NewText(string(r.line))) // a line that is no JSON has nothing to give
	}
	return r.doc
}

// flawed reports whether the row is not the event that the source has: it never was one, or its line is gone.
func (r *record) flawed() bool { return r.event.Reject() || r.unread != nil }

// reason says in fixed words why the row is no event, or why its line is missing; empty of an event with its line.
func (r *record) reason() string {
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

func (r *record) source() model.Text { return r.snap.Sources()[r.event.Origin.Source].Name }

// timeLayout keeps what the log told of the second.
const timeLayout = "2006-01-02T15:04:05.999999999Z07:00"

// time is when it happened; empty if that is not known.
func (r *record) time(zone *time.Location) string {
	if r.event.Flags&model.FlagNoTime != 0 {
		return ""
	}
	return r.event.Time().In(zone).Format(timeLayout)
}

// recordReader gives the values of fields for rows. It is for one goroutine.
type recordReader struct {
	zone   *time.Location
	fields []field
	paths  []*pathReader // by field; nil of those without a path
	target *targetReader
}

func newRecordReader(zone *time.Location, fields []field) *recordReader {
	r := &recordReader{zone: zone, fields: fields, paths: make([]*pathReader, len(fields)), target: newTargetReader()}
	for i, f := range fields {
		if f.kind == fieldPath {
			r.paths[i] = newPathReader(f.path)
		}
	}
	return r
}

// value gives the value of field i.
func (x *recordReader) value(r *record, i int) value {
	f := &x.fields[i]
	origin := &r.event.Origin
	switch f.kind {
	case fieldTime:
		return textValue(r.time(x.zone))
	case fieldSource:
		return value{text: r.source().Raw()}
	case fieldLine:
		if origin.Line <= 0 {
			return value{absent: true}
		}
		return value{json: strconv.AppendInt(nil, origin.Line, 10)}
	case fieldOffset:
		return value{json: strconv.AppendInt(nil, origin.Offset, 10)}
	case fieldReject:
		return textValue(r.reason())
	}
	if r.event.Reject() {
		return value{absent: true}
	}
	switch f.kind {
	case fieldColumn:
		return columnValue(r, f.col)
	case fieldActor:
		return textValue(r.event.Actor.Label().Raw())
	case fieldClass:
		return textValue(r.event.Class().String())
	case fieldTarget:
		return textValue(x.target.target(r.line, r.event.Action).Raw())
	}
	return x.paths[i].value(r.line)
}

func columnValue(r *record, c model.Column) value {
	t, ok := r.snap.Value(r.event.Row, c)
	text := t.Raw()
	if r.mask != nil {
		text = r.mask.Text("", text)
	}
	return value{text: text, absent: !ok}
}

// textValue is a text, of which the empty one is none.
func textValue(text string) value { return value{text: text, absent: text == ""} }
