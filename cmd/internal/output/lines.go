package output

import "pawprint/tui/termsafe"

// lines writes JSON lines: the bytes of the source, or objects of the chosen fields.
type lines struct {
	Options
	objects *objects
	chosen  bool // write objects of the chosen fields, not the bytes of the source
	clean   termsafe.Options
}

func newLines(o Options, h Head) Writer {
	return &lines{Options: o, objects: newObjects(h), chosen: !h.Lines, clean: termsafe.Options{ASCII: o.ASCII}}
}

func (w *lines) Row(r *Row) error {
	line := r.Line
	switch {
	case w.chosen || r.Part:
		line = w.objects.object(r)
	case w.Shown && r.Reject:
		line = []byte(termsafe.CleanBytes(line, w.clean).String())
	case w.Shown:
		line = []byte(termsafe.JSONLine(line, w.clean).String())
	}
	if err := put(w.Out, line); err != nil {
		return err
	}
	return put(w.Out, newline)
}

var newline = []byte{'\n'}

func (w *lines) End() error { return nil }
