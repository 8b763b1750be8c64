package main

import (
	"io"
	"slices"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/rows"
	"pawprint/model/query"
)

// printer returns a Printer of the format that --output names.
func (q *queryCommand) printer(out io.Writer) (*rows.Printer, error) {
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
	names := q.fieldsOf(format)
	if e, err := q.expression(q.commandQuery); err == nil && len(names) == 0 && format.Whole == output.WholeFields && query.AsksForMarks(e) {
		names = rows.WithMarks(nil)
	}
	fields, firsts, err := rows.ColumnFields(names)
	if err != nil {
		return nil, err
	}
	q.showsFirsts = firsts
	if err := q.checkMarks(fields); err != nil {
		return nil, err
	}
	q.showsMarks = slices.ContainsFunc(fields, func(f rows.Field) bool { return f.OfMark() })
	options := q.printing(out)
	options.Shown = options.Shown && !q.raw
	return rows.NewPrinter(format, options, zone, fields)
}
