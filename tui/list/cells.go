package list

import (
	"bytes"
	"strings"
	"time"

	"pawprint/model"
	"pawprint/model/field"
	"pawprint/tui/kit"
	"pawprint/tui/termsafe"
)

// cell is what one event has in a field.
type cell struct {
	show  termsafe.Safe
	text  model.Text // the value to filter by …
	exact bool       // … if it is one value and complete

	absent bool // the event does not have the field
}

// cellOptions says how the texts of cells are made printable.
type cellOptions struct {
	ascii  bool
	redact kit.Masking
}

// cellOptionsOf returns the options as the user set them. They are a value, so a job keeps them.
func cellOptionsOf(disp *kit.Display) cellOptions {
	return cellOptions{disp.Widther.ASCII, disp.Redact}
}

// cell copies as much of a text as a list shows.
func (k cellOptions) cell(t model.Text, exact bool) cell {
	head := strings.Clone(t.Raw()[:min(t.Len(), maxFactBytes)])
	return cell{show: factText(t, k.ascii), text: model.NewText(head), exact: exact && t.Len() <= maxFactBytes}
}

// cellReader reads the cells of a field. Only one goroutine may use it.
type cellReader struct {
	kind   field.Kind
	reader *field.Reader
	texts  []model.Text
}

func newCellReader(name string) *cellReader {
	f := field.Of(name)
	return &cellReader{kind: f.Kind, reader: field.NewReader(f)}
}

// read returns the cell of a row: the values that a query for the field tests.
func (c *cellReader) read(row *field.Row, k cellOptions) cell {
	switch c.kind {
	case field.Source:
		return k.cell(k.redact.Field("source", row.Snap.Sources()[row.Event.Origin.Source].Name), true)
	case field.Line:
		show := kit.LineNumber(row.Event.Origin)
		return cell{show: show, text: model.NewText(strings.ReplaceAll(show.String(), ",", "")), exact: row.Event.Origin.Line > 0}
	case field.Class:
		return cell{show: termsafe.Clean(row.Event.Class().String(), termsafe.Options{ASCII: k.ascii})}
	case field.Time:
		if row.Event.Flags&model.FlagNoTime == 0 {
			return k.cell(model.NewText(row.Event.Time().Format(time.RFC3339Nano)), true)
		}
		return cell{}
	}
	c.texts = c.reader.Texts(c.texts[:0], row, field.MostInCell)
	at := joinCell(c.texts, k)
	if at.exact { // a value inside an object is not a value of the field: a filter for it would not find the row
		at.exact = bytes.IndexByte(c.reader.Value(row).JSON, '{') < 0
	}
	return at
}

// joinCell returns the cell of several values.
func joinCell(values []model.Text, k cellOptions) cell {
	if len(values) == 1 {
		return k.cell(values[0], true)
	}
	var all []byte
	for i, v := range values {
		if len(all) > maxFactBytes {
			break
		}
		all = field.AppendCell(all, i, v.Raw())
	}
	joined := k.cell(model.NewText(string(all)), false)
	joined.absent = len(values) == 0
	return joined
}

// actorValue returns the value to filter for an event's actor: the id, as only that is unique, or the name if there is no id.
func actorValue(e *model.Event) (kit.Value, bool) {
	if !e.Actor.ID.Empty() {
		return kit.Value{Name: "actor.id", Text: e.Actor.ID}, true
	}
	label := e.Actor.Label()
	return kit.Value{Name: "actor", Text: label}, !label.Empty()
}

// Focused returns the value of the cell under both cursors. Without one value it has the name of the column alone, or none for times.
func (l *List) Focused() (kit.Value, bool) {
	r, ok := l.Row()
	if !ok {
		return kit.Value{}, false
	}
	e, c := l.Sel.Snapshot().Event(r), l.Columns.current()
	switch {
	case c.kind == timeColumn, c.kind == seenColumn:
		return kit.Value{}, false
	case e.Reject() && !ofMark(c.name):
		return kit.Value{Name: c.name}, false
	}
	switch c.kind {
	case resultColumn:
		return kit.Value{Name: c.name, Text: e.Outcome, Absent: e.Outcome.Empty()}, true
	case actionColumn:
		return kit.Value{Name: c.name, Text: e.Action, Absent: e.Action.Empty()}, true
	case actorColumn:
		label := e.Actor.Label()
		return kit.Value{Name: c.name, Text: label, Absent: label.Empty()}, true
	case targetColumn:
		return l.facts.targetValue(r)
	case ipColumn:
		return kit.Value{Name: c.name, Text: e.IP, Absent: e.IP.Empty()}, true
	}
	return l.facts.pathValue(r, &c)
}
