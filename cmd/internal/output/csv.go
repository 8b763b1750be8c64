package output

import (
	"io"
	"strings"
	"unicode"

	"pawprint/tui/termsafe"
)

// csvRows writes a header and one record for each row.
type csvRows struct {
	csvWriter
	columns []Column
	headed  bool
}

func newCSV(o Options, h Head) Writer {
	return &csvRows{csvWriter: csvWriter{out: o.Out, shown: o.Shown}, columns: h.Columns}
}

func (w *csvRows) Row(r *Row) error {
	if err := w.head(); err != nil {
		return err
	}
	for _, c := range r.Cells {
		switch c.kind {
		case cellBlank, cellAbsent:
			w.absent()
		case cellNumber:
			w.plain(c.text)
		default:
			w.cell(c.text)
		}
	}
	return w.end()
}

// head writes the header, once.
func (w *csvRows) head() error {
	if w.headed {
		return nil
	}
	w.headed = true
	for _, c := range w.columns {
		w.cell(c.Name)
	}
	return w.end()
}

func (w *csvRows) End() error { return w.head() }

// csvWriter writes records as in RFC 4180, but with a bare newline as line end, as Unix tools expect. Values stand as they are, newlines
// and tabs too, with four exceptions: a ' before what a spreadsheet could take for a formula, marks for other control characters, <FF> for
// bytes that are not UTF-8, and nothing for an absent value. An empty text is written as two quotes.
//
// On a terminal every record is one line of what [termsafe.Clean] shows.
type csvWriter struct {
	out   io.Writer
	shown bool // on a terminal
	buf   []byte
	cells int // of the record so far
}

// cell adds untrusted text. If a spreadsheet could take it for a formula, it gets a ' in front.
func (w *csvWriter) cell(text string) {
	value := termsafe.FileText(text)
	if w.shown {
		value = termsafe.Clean(text, termsafe.Options{RightToLeft: true, Drawing: true}).String()
	}
	if formula(text) {
		value = "'" + value
	}
	w.plain(value)
}

// plain adds trusted text, or a number.
func (w *csvWriter) plain(text string) {
	w.absent()
	if text == "" || strings.ContainsAny(text, "\",\r\n") || strings.HasPrefix(text, " ") || strings.HasSuffix(text, " ") {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	w.buf = append(w.buf, text...)
}

// absent adds an empty cell.
func (w *csvWriter) absent() {
	if w.cells > 0 {
		w.buf = append(w.buf, ',')
	}
	w.cells++
}

// end ends the record.
func (w *csvWriter) end() error {
	w.buf = append(w.buf, '\n')
	err := put(w.out, w.buf)
	w.buf, w.cells = w.buf[:0], 0
	return err
}

// formula reports whether a spreadsheet might run the text: its first character after spaces and invisible characters starts a
// formula.
func formula(text string) bool {
	for _, r := range text {
		switch {
		case strings.ContainsRune("=+-@\t\r\n\x00＝＋－＠", r):
			return true
		case !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			return false
		}
	}
	return false
}
