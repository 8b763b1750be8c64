package field

import (
	"strconv"
	"time"

	"pawprint/model"
	"pawprint/model/marks"
	"pawprint/model/rawjson"
)

// Row is a row with everything that fields are read from.
type Row struct {
	Snap  *model.Snapshot
	Event model.Event
	Line  []byte              // empty if it could not be read: values that only it holds are absent then
	Zone  *time.Location      // of times; nil is UTC
	Mark  *marks.Mark         // what the user said about it; nil for nothing
	Mask  func(string) string // masks the text of a column; nil means no masking. Event and Line are used as they are
}

// TimeLayout is the layout of printed times, with the fraction of a second that the log has.
const TimeLayout = "2006-01-02T15:04:05.999999999Z07:00"

// Time is the time of the row as text; empty if it is not known.
func (r *Row) Time() string {
	if r.Event.Flags&model.FlagNoTime != 0 {
		return ""
	}
	zone := r.Zone
	if zone == nil {
		zone = time.UTC
	}
	return r.Event.Time().In(zone).Format(TimeLayout)
}

// Value returns the value of the field. A reject has only source, line, offset, time, reject and what was said about it.
func (r *Reader) Value(row *Row) Value {
	e := &row.Event
	switch r.field.Kind {
	case Time:
		return textValue(row.Time())
	case Source:
		return Value{Text: row.Snap.Sources()[e.Origin.Source].Name.Raw()}
	case Line:
		if e.Origin.Line <= 0 {
			return Value{Absent: true}
		}
		return Value{JSON: strconv.AppendInt(nil, e.Origin.Line, 10)}
	case Offset:
		return Value{JSON: strconv.AppendInt(nil, e.Origin.Offset, 10)}
	case Reject:
		why, ok := row.Snap.WhyReject(e.Row)
		return Value{Text: why, Absent: !ok}
	case Note, Tags, Verdict:
		return row.said(r.field.Kind)
	}
	if e.Reject() {
		return Value{Absent: true}
	}
	switch r.field.Kind {
	case Column:
		return row.column(r.field.Columns[0])
	case Actor:
		return row.actor(e.Actor.Label())
	case Identity:
		return row.actor(e.Actor.Identity())
	case Class:
		return textValue(e.Class().String())
	case Target:
		return textValue(string(r.walker.Target(row.Line, TargetKeys(e.Action))))
	case Path, Message:
		return r.lineValue(row.Line)
	}
	return Value{Absent: true}
}

// said returns what the user said about the row.
func (r *Row) said(k Kind) Value {
	switch {
	case r.Mark == nil:
		return Value{Absent: true}
	case k == Note:
		return textValue(r.Mark.Note)
	case k == Verdict:
		return textValue(string(r.Mark.Verdict))
	case len(r.Mark.Tags) == 1:
		return textValue(r.Mark.Tags[0])
	case len(r.Mark.Tags) == 0:
		return Value{Absent: true}
	}
	list := []byte{'['}
	for i, tag := range r.Mark.Tags {
		if i > 0 {
			list = append(list, ',')
		}
		list = rawjson.AppendString(list, tag)
	}
	return Value{JSON: append(list, ']')}
}

// actor returns a text for the actor. It is empty and not absent for an actor whose id is empty.
func (r *Row) actor(text model.Text) Value {
	_, there := r.Snap.Value(r.Event.Row, model.ColActorID)
	return Value{Text: text.Raw(), Absent: text.Empty() && !there}
}

func (r *Row) column(c model.Column) Value {
	value, ok := r.Snap.Value(r.Event.Row, c)
	text := value.Raw()
	if r.Mask != nil {
		text = r.Mask(text)
	}
	return Value{Text: text, Absent: !ok}
}

// Texts appends the single values of the field, including those within lists and objects, until dst has most values. It leaves out
// null but not the empty text. A query tests the same values.
func (r *Reader) Texts(dst []model.Text, row *Row, most int) []model.Text {
	if r.field.Kind == Tags && row.Mark != nil {
		for _, tag := range row.Mark.Tags[:min(len(row.Mark.Tags), max(0, most-len(dst)))] {
			dst = append(dst, model.NewText(tag))
		}
		return dst
	}
	if r.field.Kind != Path && r.field.Kind != Message {
		if v := r.Value(row); !v.Absent && len(dst) < most {
			dst = append(dst, model.NewText(v.String()))
		}
		return dst
	}
	if row.Event.Reject() {
		return dst
	}
	for _, raw := range r.read(row.Line) {
		if r.field.Kind == Message && len(dst) < most {
			dst = append(dst, model.NewText(string(r.walker.Text(raw))))
			continue
		}
		dst = r.walker.appendTexts(dst, raw, most)
	}
	return dst
}
