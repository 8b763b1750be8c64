package main

import (
	"io"
	"time"
)

// printer writes rows in one of the output formats.
type printer interface {
	row(r *record) error
	// end writes what stands behind the last row.
	end() error
}

// layout is what all formats have to know.
type layout struct {
	out    io.Writer
	zone   *time.Location
	ascii  bool
	fields []field // nil for those that suit the format
	shown  bool    // the bytes of a source are made printable, as they go to a terminal
}

// rowFormats are the output formats of rows.
var rowFormats = []format[func(layout) (printer, error)]{
	{"table", "aligned columns for people; the default on a terminal", newTablePrinter},
	{"jsonl", "the bytes of the source, a line each; with --fields an object of those fields; the default in a pipe", newLinesPrinter},
	{"json", "one list of the objects, in ASCII, else as the source wrote them; with --fields objects of those fields", newJSONPrinter},
	{"csv", "a header and the fields, and last why a line is no event; formulas are disarmed with a '", newCSVPrinter},
	{"md", "a Markdown table, every value as code", newMarkdownPrinter},
}

// defaultFields are those of formats that have columns, unless --fields names others.
var defaultFields = []string{"time", "result", "action", "actor", "ip", "target", "error", "source", "line"}

// printer makes the one that -o names.
func (q *queryCommand) printer(out io.Writer) (printer, error) {
	name := q.output
	if name == "" {
		name = q.plainOutput()
	}
	make, err := findFormat(rowFormats, name)
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
	return make(layout{out, zone, q.drawsASCII(), fields, q.std.out.terminal && !q.raw})
}

// withReject gives the fields, or the default ones, and last why a line is no event, unless that is among them.
func (l *layout) withReject() ([]field, error) {
	fields := l.fields
	if fields == nil {
		var err error
		if fields, err = newFields("fields", defaultFields); err != nil {
			return nil, err
		}
	}
	for _, f := range fields {
		if f.kind == fieldReject {
			return fields, nil
		}
	}
	reject, err := newFields("fields", []string{"reject"})
	return append(fields, reject...), err
}
