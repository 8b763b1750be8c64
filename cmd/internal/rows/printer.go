package rows

import (
	"errors"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/model"
	"pawprint/model/field"
)

// Printer prints rows in one of the output formats. It is for one goroutine.
type Printer struct {
	writer output.Writer
	whole  output.Whole
	chosen bool // the user chose the fields; otherwise the format decides
	values *valueReader
	row    output.Row
}

// DefaultFields are the fields of csv and md without --fields.
var DefaultFields = []string{"time", "result", "action", "actor", "ip", "target", "error", "source", "line"}

// placeFields are the fields of a row with a flaw in JSON; the text of its line follows.
var placeFields = []string{"reject", "source", "line", "offset"}

// NewPrinter returns a Printer of these fields. If fields is nil, the format decides what it shows of an event.
func NewPrinter(f *output.Format, o output.Options, zone *time.Location, fields []Field) (*Printer, error) {
	p := &Printer{whole: f.Whole, chosen: fields != nil}
	fields, err := p.fields(fields)
	if err != nil {
		return nil, err
	}
	p.values = newValueReader(zone, fields)
	head := output.Head{Lines: !p.chosen && (p.whole == output.WholeLine || p.whole == output.WholeObject)}
	for i := range fields {
		head.Columns = append(head.Columns, column(&fields[i], zone))
		head.Flaws = head.Flaws || fields[i].Kind == field.Reject
	}
	switch {
	case head.Lines:
		head.Columns = append(head.Columns, output.Column{Name: "text"})
	case !p.chosen && p.whole == output.WholeSummary:
		head.Columns = summaryColumns(zone)
	}
	p.writer = f.New(o, head)
	return p, nil
}

// column returns the column of a field.
func column(f *Field, zone *time.Location) output.Column {
	c := output.Column{Name: f.Name, Cells: f.Width}
	switch f.Kind {
	case field.Time:
		c.Note, c.Fit = zone.String(), output.FitWhole
	case field.Line, field.Offset:
		c.Fit = output.FitWhole
	default:
		if f.IsColumn(model.ColAction) || f.IsColumn(model.ColSourceIP) {
			c.Fit = output.FitWhole
		}
	}
	return c
}

// fields returns the fields to read from each row.
func (p *Printer) fields(chosen []Field) ([]Field, error) {
	switch {
	case p.whole == output.WholeFields && !p.chosen:
		return Fields("fields", append(DefaultFields[:len(DefaultFields):len(DefaultFields)], "reject"))
	case p.whole == output.WholeFields:
		return withReject(chosen)
	case p.whole == output.WholeSentence && p.chosen:
		return nil, errors.New("reading --fields: the format text is a sentence and has no fields; choose table, csv, md, json or jsonl")
	case p.chosen:
		return chosen, nil
	case p.whole == output.WholeSummary, p.whole == output.WholeSentence:
		return nil, nil
	}
	return Fields("fields", placeFields)
}

// withReject adds the reject field at the end, unless it is among the fields.
func withReject(fields []Field) ([]Field, error) {
	for _, f := range fields {
		if f.Kind == field.Reject {
			return fields, nil
		}
	}
	reject, err := Fields("fields", []string{"reject"})
	return append(fields, reject...), err
}

// Print prints a row. If the format prints lines and the row has lost its line, Print marks the row as absent instead.
func (p *Printer) Print(r *Row) error {
	part := r.part()
	if !p.chosen && p.whole == output.WholeLine && r.unread != nil && !part {
		r.absent = true
		return nil
	}
	p.row.Cells, p.row.Line, p.row.Flaw, p.row.Reject = p.row.Cells[:0], r.line, r.reason(), r.event.Reject()
	p.row.Part = part
	switch {
	case p.chosen || p.whole == output.WholeFields:
		p.readFields(r)
	case p.whole == output.WholeSentence:
		p.row.Cells, p.row.Flaw = p.values.sentence(p.row.Cells, r), "" // likewise
	case p.whole == output.WholeSummary:
		p.row.Cells, p.row.Flaw = p.values.summary(p.row.Cells, r), "" // the cells include it
	case r.flawed():
		p.readFields(r)
		p.row.Cells = append(p.row.Cells, r.text())
	}
	return p.writer.Row(&p.row)
}

func (p *Printer) readFields(r *Row) {
	for i := range p.values.fields {
		v := p.values.value(r, i)
		c := cellOf(v)
		switch f := &p.values.fields[i]; {
		case f.Kind == field.Time && r.event.Flags&model.FlagNoTime == 0:
			c = c.Short(ShortTime(r.event.Time().In(p.values.zone)))
		case f.IsColumn(model.ColResult):
			c = c.Toned(Tone(v.Text))
		}
		p.row.Cells = append(p.row.Cells, c)
	}
}

// Separate sets the rows to come apart from those before, if the format can.
func (p *Printer) Separate() error {
	if s, ok := p.writer.(output.Separator); ok {
		return s.Separate()
	}
	return nil
}

// Flush prints the rows that are held back, for a reader who waits for them.
func (p *Printer) Flush() error {
	if f, ok := p.writer.(output.Flusher); ok {
		return f.Flush()
	}
	return nil
}

// End prints whatever follows the last row.
func (p *Printer) End() error { return p.writer.End() }

// cellOf converts a value to a cell.
func cellOf(v field.Value) output.Cell {
	switch {
	case v.Absent:
		return output.Absent()
	case v.JSON != nil:
		return output.JSON(string(v.JSON))
	}
	return output.Text(v.Text)
}

// text returns the line of a row as a cell, absent if the line cannot be read.
func (r *Row) text() output.Cell {
	if r.unread != nil {
		return output.Absent()
	}
	return output.Text(string(r.line))
}
