package field

import (
	"strconv"
	"time"

	"pawprint/model"
)

// Row is a row with what fields are read from.
type Row struct {
	Snap  *model.Snapshot
	Event model.Event
	Line  []byte              // empty if the bytes cannot be had: what only they hold is absent then
	Zone  *time.Location      // of times; nil is UTC
	Mask  func(string) string // masks the text of a column; nil shows it. Event and Line are taken as they are
}

// TimeLayout is how times are printed: with what the log says of the second.
const TimeLayout = "2006-01-02T15:04:05.999999999Z07:00"

// Time is when the row happened; empty if that is not known.
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

// Value returns the value of the field. A row that is no event has only its place and its time; why it is none, the field reject,
// only the caller knows how to say, so that field is absent here.
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
	}
	if e.Reject() {
		return Value{Absent: true}
	}
	switch r.field.Kind {
	case Column:
		return row.column(r.field.Columns[0])
	case Actor:
		return textValue(e.Actor.Label().Raw())
	case Class:
		return textValue(e.Class().String())
	case Target:
		return textValue(string(r.walker.Target(row.Line, TargetKeys(e.Action))))
	case Path, Message:
		return r.lineValue(row.Line)
	}
	return Value{Absent: true}
}

func (r *Row) column(c model.Column) Value {
	value, ok := r.Snap.Value(r.Event.Row, c)
	text := value.Raw()
	if r.Mask != nil {
		text = r.Mask(text)
	}
	return Value{Text: text, Absent: !ok}
}

// Texts appends the single values that a row has of the field, stepping into lists and objects, at most so many altogether. null
// is none; an empty text is one. These are the values that a query tests.
func (r *Reader) Texts(dst []model.Text, row *Row, most int) []model.Text {
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
