package output

import "pawprint/tui/termsafe"

// lines writes JSON lines: the bytes of the source, or objects of the chosen fields.
type lines struct {
	Options
	objects *objects // nil to write the bytes of the source
	clean   termsafe.Options
}

func newLines(o Options, h Head) Writer {
	w := &lines{Options: o, clean: termsafe.Options{ASCII: o.ASCII}}
	if !h.Lines {
		w.objects = newObjects(h)
	}
	return w
}

func (w *lines) Row(r *Row) error {
	line := r.Line
	switch {
	case w.objects != nil:
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
