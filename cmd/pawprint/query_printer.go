package main

import (
	"io"

	"pawprint/cmd/internal/output"
	"pawprint/cmd/internal/rows"
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
	fields, err := rows.Fields("fields", q.fields)
	if err != nil {
		return nil, err
	}
	options := q.printing(out)
	options.Shown = options.Shown && !q.raw
	return rows.NewPrinter(format, options, zone, fields)
}
