// Package output writes what commands print: rows of events as they are found, and grids such as those of counts, in the formats
// of one table. A new format is a row of that table and a file.
//
// What it is given is untrusted text, unless a cell says otherwise: each format makes it harmless for where it is read. It knows
// nothing of standard output or of files, and nothing of what the cells mean.
package output

import (
	"fmt"
	"io"
	"strings"
)

// Format is a way to write rows.
type Format struct {
	Name  string
	Whole Whole
	rows  string // what it makes of events, a line for the help; empty if it is not for them
	grids string // the same of grids
	make  func(Options, Head) Writer
}

// Whole is what a format shows of an event when no fields are asked for.
type Whole uint8

const (
	WholeFields  Whole = iota // fields that are the same for every event, and last why a row is no event
	WholeSummary              // a few columns for people
	WholeObject               // the line of the source; of a row that is no event, an object that says why
	WholeLine                 // the line of the source, and nothing of a row without one
)

// formats are all formats there are.
var formats = []Format{
	{"table", WholeSummary, "aligned columns for people; the default on a terminal", "aligned columns for people; the default on a terminal", newTable},
	{"jsonl", WholeLine, "the bytes of the source, a line each; with --fields an object of those fields; the default in a pipe", "", newLines},
	{"json", WholeObject, "one list of the objects, in ASCII, else as the source wrote them; with --fields objects of those fields", "a list of objects", newJSON},
	{"csv", WholeFields, "a header and the fields, and last why a line is no event; formulas are disarmed with a '",
		"with a header; formulas are disarmed with a '; the default in a pipe", newCSV},
	{"md", WholeFields, "a Markdown table, every value as code", "", newMarkdown},
}

// Options say where rows go.
type Options struct {
	Out   io.Writer
	ASCII bool // draw with ASCII only
	Shown bool // lines of the source are made printable, as they go to a terminal
}

// Head says what rows have.
type Head struct {
	Columns []Column
	Lines   bool // rows are lines of the source; only those with a flaw have cells
	Flaws   bool // one of the columns says why a row is no event
	Grid    bool // all rows are there: a table measures its columns, and tells absent values from empty ones
}

// Column is a name and, for a table that is not measured, a width in cells; the last column takes what it needs.
type Column struct {
	Name  string
	Cells int
}

// Row is a row to be written. A Writer keeps none of its memory.
type Row struct {
	Cells  []Cell // by column
	Line   []byte // the bytes of the source
	Flaw   string // why the row is not the event of the source, in fixed words; empty if it is
	Reject bool   // the row never was an event; then there is a flaw, too
}

// Writer writes rows in one format. It is for one goroutine.
type Writer interface {
	Row(r *Row) error
	// End writes what stands behind the last row.
	End() error
}

// New returns a Writer of the format.
func (f *Format) New(o Options, h Head) Writer { return f.make(o, h) }

// Kind is what is written.
type Kind bool

const (
	Rows  Kind = false // of events
	Grids Kind = true
)

// Formats are those that can write it.
func (k Kind) Formats() []Format {
	var out []Format
	for _, f := range formats {
		if f.doc(k) != "" {
			out = append(out, f)
		}
	}
	return out
}

func (f *Format) doc(k Kind) string {
	if k == Grids {
		return f.grids
	}
	return f.rows
}

// Find finds the format that --output names.
func (k Kind) Find(name string) (*Format, error) {
	for _, f := range k.Formats() {
		if f.Name == name {
			return &f, nil
		}
	}
	return nil, fmt.Errorf("reading --output: no format is called %q; there are %s", name, k.Names("and"))
}

// Names lists the names of the formats, with a word before the last one.
func (k Kind) Names(word string) string {
	var names []string
	for _, f := range k.Formats() {
		names = append(names, f.Name)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + word + " " + names[last]
}

// Help lists the formats, a line each.
func (k Kind) Help() string {
	var b strings.Builder
	for _, f := range k.Formats() {
		fmt.Fprintf(&b, "  %-6s %s\n", f.Name, f.doc(k))
	}
	return strings.TrimRight(b.String(), "\n")
}

// Does says in a few words what the format makes of events, without what concerns flags and special lines.
func (f *Format) Does() string {
	does, _, _ := strings.Cut(strings.ReplaceAll(f.rows, ";", ","), ",")
	return does
}

// put writes bytes as a part of an output.
func put(w io.Writer, text []byte) error {
	if _, err := w.Write(text); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}
