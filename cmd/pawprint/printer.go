package main

import (
	"io"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/field"
)

// printer prints records in one of the output formats. It is for one goroutine.
type printer struct {
	writer output.Writer
	whole  output.Whole
	asked  bool // for fields, whatever the format shows of an event otherwise
	reader *recordReader
	row    output.Row
}

// defaultFields are those of formats with fixed fields, unless --fields names others.
var defaultFields = []string{"time", "result", "action", "actor", "ip", "target", "error", "source", "line"}

// placeFields are those of a row whose line is not to be had as an object; its text follows.
var placeFields = []string{"reject", "source", "line", "offset"}

// summaryColumns are those of a table for people.
var summaryColumns = []output.Column{{Name: "time", Cells: 23}, {Name: "result", Cells: 9}, {Name: "action", Cells: 30}, {Name: "actor", Cells: 26},
	{Name: "ip", Cells: 16}, {Name: "target", Cells: 30}, {Name: "message"}}

// newPrinter makes a printer of fields, or without any of what the format shows of an event.
func newPrinter(f *output.Format, o output.Options, zone *time.Location, fields []askedField) (*printer, error) {
	p := &printer{whole: f.Whole, asked: fields != nil}
	fields, err := p.fields(fields)
	if err != nil {
		return nil, err
	}
	p.reader = newRecordReader(zone, fields)
	head := output.Head{Lines: !p.asked && (p.whole == output.WholeLine || p.whole == output.WholeObject)}
	for i := range fields {
		head.Columns = append(head.Columns, output.Column{Name: fields[i].name, Cells: fields[i].Width})
		head.Flaws = head.Flaws || fields[i].Kind == field.Reject
	}
	switch {
	case head.Lines:
		head.Columns = append(head.Columns, output.Column{Name: "text"})
	case !p.asked && p.whole == output.WholeSummary:
		head.Columns = summaryColumns
	}
	p.writer = f.New(o, head)
	return p, nil
}

// fields gives what is to be read of each row.
func (p *printer) fields(asked []askedField) ([]askedField, error) {
	switch {
	case p.whole == output.WholeFields && !p.asked:
		return newFields("fields", append(defaultFields[:len(defaultFields):len(defaultFields)], "reject"))
	case p.whole == output.WholeFields:
		return withReject(asked)
	case p.asked:
		return asked, nil
	case p.whole == output.WholeSummary:
		return nil, nil
	}
	return newFields("fields", placeFields)
}

// withReject gives the fields, and last why a line is no event, unless that is among them.
func withReject(fields []askedField) ([]askedField, error) {
	for _, f := range fields {
		if f.Kind == field.Reject {
			return fields, nil
		}
	}
	reject, err := newFields("fields", []string{"reject"})
	return append(fields, reject...), err
}

// print prints a row, or notes that it has nothing to print.
func (p *printer) print(r *record) error {
	if !p.asked && p.whole == output.WholeLine && r.unread != nil {
		r.absent = true
		return nil
	}
	p.row.Cells, p.row.Line, p.row.Flaw, p.row.Reject = p.row.Cells[:0], r.line, r.reason(), r.event.Reject()
	switch {
	case p.asked || p.whole == output.WholeFields:
		p.readFields(r)
	case p.whole == output.WholeSummary:
		p.row.Cells, p.row.Flaw = p.reader.summary(p.row.Cells, r), "" // it is in the cells
	case r.flawed():
		p.readFields(r)
		p.row.Cells = append(p.row.Cells, r.text())
	}
	return p.writer.Row(&p.row)
}

func (p *printer) readFields(r *record) {
	for i := range p.reader.fields {
		p.row.Cells = append(p.row.Cells, cellOf(p.reader.value(r, i)))
	}
}

// end prints what stands behind the last row.
func (p *printer) end() error { return p.writer.End() }

// printer makes the one that -o names.
func (q *queryCommand) printer(out io.Writer) (*printer, error) {
	name := q.output
	if name == "" {
		name = q.plainOutput()
	}
	format, err := output.Rows.Find(name)
	if err != nil {
		return nil, err
	}
	zone, err := q.location()
	if err != nil {
		return nil, err
	}
	fields, err := newFields("fields", q.fields)
	if err != nil {
		return nil, err
	}
	return newPrinter(format, output.Options{Out: out, ASCII: q.drawsASCII(), Shown: q.std.out.terminal && !q.raw}, zone, fields)
}

// summary appends the cells of a table for people: of an event what it is about, of another line the reason and its bytes.
func (x *recordReader) summary(dst []output.Cell, r *record) []output.Cell {
	e := &r.event
	if e.Reject() {
		return append(dst, x.shortTime(r), output.Text("REJECT"), output.Text(r.reason()), output.Cell{}, output.Cell{}, output.Cell{}, output.Text(string(r.line)))
	}
	target, message := x.describe(r)
	if r.unread != nil {
		message = r.reason()
	}
	return append(dst, x.shortTime(r), result(e), output.Text(e.Action.Raw()), output.Text(e.Actor.Label().Raw()), output.Text(e.IP.Raw()),
		output.Text(target), output.Text(message))
}

// describe returns the target of an event and its first error message, from its line.
func (x *recordReader) describe(r *record) (target, message string) {
	target = string(x.walker.Target(r.line, field.TargetKeys(r.event.Action)))
	x.walker.Messages(r.line, func(raw []byte) bool {
		message = string(x.walker.Text(raw))
		return true
	})
	return target, message
}

func (x *recordReader) shortTime(r *record) output.Cell {
	if r.event.Flags&model.FlagNoTime != 0 {
		return output.Text("no time")
	}
	return output.Text(r.event.Time().In(x.zone).Format("2006-01-02 15:04:05.000"))
}

// result is a word for people.
func result(e *model.Event) output.Cell {
	switch e.Result {
	case model.Succeeded:
		return output.Text("ok")
	case model.Failed:
		return output.Text("FAILED")
	case model.PartiallyFailed:
		return output.Text("PARTIAL")
	}
	return output.Text(e.Outcome.Raw())
}

// cellOf is a value as a cell.
func cellOf(v field.Value) output.Cell {
	switch {
	case v.Absent:
		return output.Absent()
	case v.JSON != nil:
		return output.JSON(string(v.JSON))
	}
	return output.Text(v.Text)
}

// text is the line of a row, which is absent if it cannot be read.
func (r *record) text() output.Cell {
	if r.unread != nil {
		return output.Absent()
	}
	return output.Text(string(r.line))
}
