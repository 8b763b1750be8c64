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
	return rows.NewPrinter(format, output.Options{Out: out, ASCII: q.drawsASCII(), Shown: q.std.out.terminal && !q.raw}, zone, fields)
}
