package output

import "pawprint/tui/termsafe"

// text writes the cells of a row as a line of prose, without columns, and makes text from the log printable.
type text struct {
	Options
	clean termsafe.Options
}

func newText(o Options, _ Head) Writer { return &text{o, termsafe.Options{ASCII: o.ASCII}} }

func (w *text) Row(r *Row) error {
	var line []byte
	for i, c := range r.Cells {
		if i > 0 {
			line = append(line, ' ')
		}
		line = append(line, termsafe.Clean(c.text, w.clean).String()...)
	}
	return put(w.Out, append(line, '\n'))
}

func (w *text) Separate() error { return put(w.Out, separator) }

func (w *text) End() error { return nil }
