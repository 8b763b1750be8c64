package main

import (
	"fmt"
	"io"

	"pawprint/model/rawjson"
	"pawprint/tui/termsafe"
)

// linesPrinter writes JSON lines: the bytes of the source, or objects of the fields that were asked for.
type linesPrinter struct {
	out     io.Writer
	objects *objectWriter // nil for the bytes of the source
	shown   bool
	clean   termsafe.Options
}

func newLinesPrinter(l layout) (printer, error) {
	p := &linesPrinter{out: l.out, shown: l.shown, clean: termsafe.Options{ASCII: l.ascii}}
	if l.fields != nil {
		p.objects = newObjectWriter(l)
	}
	return p, nil
}

func (p *linesPrinter) row(r *record) error {
	line := r.line
	switch {
	case p.objects != nil:
		line = p.objects.object(r)
	case r.unread != nil:
		r.absent = true
		return nil
	case p.shown && r.event.Reject():
		line = []byte(termsafe.CleanBytes(line, p.clean).String())
	case p.shown:
		line = []byte(termsafe.JSONLine(line, p.clean).String())
	}
	if _, err := p.out.Write(line); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	_, err := p.out.Write([]byte{'\n'})
	return err
}

func (p *linesPrinter) end() error { return nil }

// jsonPrinter writes one list, an object in each line.
type jsonPrinter struct {
	out     io.Writer
	objects *objectWriter
	begun   bool
}

func newJSONPrinter(l layout) (printer, error) {
	return &jsonPrinter{out: l.out, objects: newObjectWriter(l)}, nil
}

func (p *jsonPrinter) row(r *record) error {
	before := ",\n"
	if !p.begun {
		before, p.begun = "[\n", true
	}
	if _, err := fmt.Fprintf(p.out, "%s%s", before, p.objects.object(r)); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

func (p *jsonPrinter) end() error {
	text := "\n]\n"
	if !p.begun {
		text = "[]\n"
	}
	if _, err := io.WriteString(p.out, text); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}

// objectWriter makes the JSON objects of rows, in ASCII.
type objectWriter struct {
	reader *recordReader
	reject bool // among the fields
	buf    []byte
}

func newObjectWriter(l layout) *objectWriter {
	w := &objectWriter{reader: newRecordReader(l.zone, l.fields)}
	for _, f := range l.fields {
		w.reject = w.reject || f.kind == fieldReject
	}
	return w
}

// object gives the object of a row until the next call: that of the source, or one of the fields that were asked for. A line
// that is no event, or cannot be read any more, becomes an object with the reason, the place and the text, or has the reason as
// a further member.
func (w *objectWriter) object(r *record) []byte {
	w.buf = w.buf[:0]
	fields := w.reader.fields
	switch {
	case len(fields) == 0 && !r.flawed():
		w.buf = rawjson.AppendASCII(w.buf, r.line)
		return w.buf
	case len(fields) == 0:
		w.member("reject", value{text: r.reason()})
		w.member("source", value{text: r.source().Raw()})
		w.member("line", value{json: fmt.Appendf(nil, "%d", r.event.Origin.Line)})
		w.member("offset", value{json: fmt.Appendf(nil, "%d", r.event.Origin.Offset)})
		w.member("text", value{text: string(r.line), absent: r.unread != nil})
	default:
		for i := range fields {
			w.member(fields[i].name, w.reader.value(r, i))
		}
		if r.flawed() && !w.reject {
			w.member("reject", value{text: r.reason()})
		}
	}
	w.buf = append(w.buf, '}')
	return w.buf
}

func (w *objectWriter) member(name string, v value) {
	before := byte(',')
	if len(w.buf) == 0 {
		before = '{'
	}
	w.buf = append(w.buf, before)
	w.buf = rawjson.AppendASCIIString(w.buf, name)
	w.buf = append(w.buf, ':')
	switch {
	case v.absent:
		w.buf = append(w.buf, "null"...)
	case v.json != nil:
		w.buf = rawjson.AppendASCII(w.buf, v.json)
	default:
		w.buf = rawjson.AppendASCIIString(w.buf, v.text)
	}
}
