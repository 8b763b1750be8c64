// Package output writes what commands print: rows of events as they are found, and grids such as counts. All formats are in one table,
// formats; a new one is a row there and a file.
//
// Text is untrusted unless a cell says otherwise, and each format makes it harmless for the programs that read the format. The package
// does not know about standard output or files, nor what the cells mean.
package output

import (
	"fmt"
	"io"
	"strings"

	"pawprint/tui/paint"
)

// Format is a way to write rows.
type Format struct {
	Name  string
	Whole Whole
	rows  string // a line of help on how it shows events; empty if it cannot
	grids string // the same for grids
	make  func(Options, Head) Writer
}

// Whole says what a format shows of an event when the user chose no fields.
type Whole uint8

const (
	WholeFields   Whole = iota // a fixed list of fields, and last the flaw of the row
	WholeSummary               // a few columns for people
	WholeObject                // the line of the source; for a row with a flaw, an object that explains it
	WholeLine                  // the line of the source; for a row that never had its whole line, an object that explains it; a row that lost its line is left out
	WholeSentence              // a sentence; the format takes no fields
)

// formats lists every output format.
var formats = []Format{
	{"table", WholeSummary, "aligned columns for people; the default on a terminal", "aligned columns for people; the default on a terminal", newTable},
	{"jsonl", WholeLine, "the bytes of the source, a line each; with --fields an object of those fields; the default in a pipe", "", newLines},
	{"json", WholeObject, "one array of the objects of the source, but in ASCII; with --fields, objects of those fields", "a list of objects", newJSON},
	{"csv", WholeFields, "a header and the fields, then why a line is not an event; formulas are disarmed with a '",
		"with a header; formulas are disarmed with a '; the default in a pipe", newCSV},
	{"md", WholeFields, "a Markdown table, every value as code", "", newMarkdown},
	{"text", WholeSentence, "a sentence for each event, which says when, who, what, from where, and the error", "", newText},
}

// Options says where rows go and how text is drawn.
type Options struct {
	Out   io.Writer
	ASCII bool         // draw with ASCII only
	Shown bool         // the output is a terminal: lines of the source are made printable
	Color *paint.Tones // in which a table shows what went wrong; nil for none
	Width int          // the cells of a terminal that a table has to fit; 0 if nothing may be cut
}

// Head describes the rows to come.
type Head struct {
	Columns []Column
	Lines   bool // rows are lines of the source; only rows with a flaw have cells
	Flaws   bool // one of the columns holds the flaw
	Grid    bool // the rows are a grid: a table fits its columns to them, and marks absent values
}

// Column is a name and, for a table that is not a grid, a width in cells. The last column is as wide as it needs to be.
type Column struct {
	Name  string
	Cells int
	Note  string // shown beside the name in a table, such as a zone
	Fit   Fit
}

// Row is a row to write. A Writer does not keep references to it after Row returns.
type Row struct {
	Cells  []Cell // by column
	Line   []byte // the bytes of the source
	Flaw   string // why the row is not an event with its line, in fixed words; empty if it is
	Reject bool   // the row never was an event; Flaw is set too
	Part   bool   // Line is not the whole line of the source; only with Flaw
}

// Writer writes rows in one format. It is for one goroutine.
type Writer interface {
	Row(r *Row) error
	// End writes whatever follows the last row. It does not flush or close the output.
	End() error
}

// Separator is a Writer that can set groups of rows apart: formats for people can, those for programs have no place for it.
type Separator interface {
	// Separate writes a line between two groups of rows.
	Separate() error
}

// Flusher is a Writer that may hold rows back, to look at several before it writes the first.
type Flusher interface {
	// Flush writes the rows that are held back. It does not flush the output.
	Flush() error
}

// separator is the line between two groups.
var separator = []byte("--\n")

// New returns a Writer that writes the format to o.Out.
func (f *Format) New(o Options, h Head) Writer { return f.make(o, h) }

// Kind says what is written: rows of events, or a grid.
type Kind bool

const (
	Rows  Kind = false // of events
	Grids Kind = true
)

// Formats returns the formats for this kind.
func (k Kind) Formats() []Format {
	var out []Format
	for _, f := range formats {
		if f.Doc(k) != "" {
			out = append(out, f)
		}
	}
	return out
}

// Doc is a line of help on how the format shows what is of a kind; empty if it cannot.
func (f *Format) Doc(k Kind) string {
	if k == Grids {
		return f.grids
	}
	return f.rows
}

// Find returns the format with the name that --output gave.
func (k Kind) Find(name string) (*Format, error) {
	for _, f := range k.Formats() {
		if f.Name == name {
			return &f, nil
		}
	}
	return nil, fmt.Errorf("reading --output: %q is not a format: choose from %s", name, k.Names("and"))
}

// Names lists the names of the formats, with word, such as "or", before the last one.
func (k Kind) Names(word string) string {
	var names []string
	for _, f := range k.Formats() {
		names = append(names, f.Name)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + word + " " + names[last]
}

// Help describes the formats, one on each line.
func (k Kind) Help() string {
	var b strings.Builder
	for _, f := range k.Formats() {
		fmt.Fprintf(&b, "  %-6s %s\n", f.Name, f.Doc(k))
	}
	return strings.TrimRight(b.String(), "\n")
}

// Does describes in a few words how the format shows events, without the details of flags and special rows.
func (f *Format) Does() string {
	does, _, _ := strings.Cut(strings.ReplaceAll(f.rows, ";", ","), ",")
	return does
}

// put writes bytes and wraps the error.
func put(w io.Writer, text []byte) error {
	if _, err := w.Write(text); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}
