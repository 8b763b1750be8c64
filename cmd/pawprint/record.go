package main

import (
	"strconv"
	"time"

	"pawprint/model"
)

// record is one row with its line, ready to be printed.
type record struct {
	snap  *model.Snapshot
	event model.Event
	line  []byte
	doc   *model.Node // nil until it is wanted
}

// readRecord reads a row.
func readRecord(snap *model.Snapshot, raw *model.RawReader, r model.Row) (*record, error) {
	line, err := raw.Line(r)
	if err != nil {
		return nil, err
	}
	return &record{snap: snap, event: snap.Event(r), line: line}, nil
}

// document is the parsed line, nil of a reject.
func (r *record) document() *model.Node {
	if r.doc == nil && !r.event.Reject() {
		r.doc, _ = model.ParseLine(model.NewText(string(r.line))) // a line that is no JSON has nothing to give
	}
	return r.doc
}

// reason says in fixed words why the row is no event; empty of an event.
func (r *record) reason() string {
	if !r.event.Reject() {
		return ""
	}
	for _, p := range r.snap.Problems(r.event.Row) {
		return p.Message()
	}
	return "no event"
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
	seg := r.snap.Segment(int(r.event.Row) / model.SegmentRows)
	id := seg.IDs(c).At(int(r.event.Row) % model.SegmentRows)
	return value{text: r.snap.Dictionary(c).Text(id).Raw(), absent: id == model.IDAbsent}
}

// textValue is a text, of which the empty one is none.
func textValue(text string) value { return value{text: text, absent: text == ""} }
