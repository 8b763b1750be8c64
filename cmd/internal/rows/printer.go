package rows

import (
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/model/field"
)

// Printer prints rows in one of the output formats. It is for one goroutine.
type Printer struct {
	writer output.Writer
	whole  output.Whole
	asked  bool // for fields, whatever the format shows of an event otherwise
	values *valueReader
	row    output.Row
}

// DefaultFields are those of formats with fixed fields, unless --fields names others.
var DefaultFields = []string{"time", "result", "action", "actor", "ip", "target", "error", "source", "line"}

// placeFields are those of a row whose line is not to be had as an object; its text follows.
var placeFields = []string{"reject", "source", "line", "offset"}

// NewPrinter returns a Printer of fields, or without any of what the format shows of an event.
func NewPrinter(f *output.Format, o output.Options, zone *time.Location, fields []Field) (*Printer, error) {
	p := &Printer{whole: f.Whole, asked: fields != nil}
	fields, err := p.fields(fields)
	if err != nil {
		return nil, err
	}
	p.values = newValueReader(zone, fields)
	head := output.Head{Lines: !p.asked && (p.whole == output.WholeLine || p.whole == output.WholeObject)}
	for i := range fields {
		head.Columns = append(head.Columns, output.Column{Name: fields[i].Name, Cells: fields[i].Width})
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
func (p *Printer) fields(asked []Field) ([]Field, error) {
	switch {
	case p.whole == output.WholeFields && !p.asked:
		return Fields("fields", append(DefaultFields[:len(DefaultFields):len(DefaultFields)], "reject"))
	case p.whole == output.WholeFields:
		return withReject(asked)
	case p.asked:
		return asked, nil
	case p.whole == output.WholeSummary:
		return nil, nil
	}
	return Fields("fields", placeFields)
}

// withReject gives the fields, and last why a line is no event, unless that is among them.
func withReject(fields []Field) ([]Field, error) {
	for _, f := range fields {
		if f.Kind == field.Reject {
			return fields, nil
		}
	}
	reject, err := Fields("fields", []string{"reject"})
	return append(fields, reject...), err
}

// Print prints a row, or notes that it has nothing to print.
func (p *Printer) Print(r *Row) error {
	if !p.asked && p.whole == output.WholeLine && r.unread != nil {
		r.absent = true
		return nil
	}
	p.row.Cells, p.row.Line, p.row.Flaw, p.row.Reject = p.row.Cells[:0], r.line, r.reason(), r.event.Reject()
	switch {
	case p.asked || p.whole == output.WholeFields:
		p.readFields(r)
	case p.whole == output.WholeSummary:
		p.row.Cells, p.row.Flaw = p.values.summary(p.row.Cells, r), "" // it is in the cells
	case r.flawed():
		p.readFields(r)
		p.row.Cells = append(p.row.Cells, r.text())
	}
	return p.writer.Row(&p.row)
}

func (p *Printer) readFields(r *Row) {
	for i := range p.values.fields {
		p.row.Cells = append(p.row.Cells, cellOf(p.values.value(r, i)))
	}
}

// End prints what stands behind the last row.
func (p *Printer) End() error { return p.writer.End() }

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
func (r *Row) text() output.Cell {
	if r.unread != nil {
		return output.Absent()
	}
	return output.Text(string(r.line))
}
