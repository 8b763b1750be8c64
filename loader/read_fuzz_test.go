package loader

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"pawprint/loader/demo/damaged"
	"pawprint/loader/format"
	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/logtest"
)

// FuzzReaderKeepsTheBooks feeds any bytes to all that looks at what they are: formats, packing, tables. Whatever they are, each
// record must come out as an event, a reject or a blank, and be read back as one line.
func FuzzReaderKeepsTheBooks(f *testing.F) {
	event := logtest.Event()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(event + "\n" + event))
	_ = z.Close()
	for _, seed := range []string{
		event + "\n" + event, "[" + event + ",\n" + event + "]", `{"Records":[` + event + "]}", "{\n \"a\": 1\n}\n{\n", "\x1e{}\n\x1e{}\n",
		"actionName,timestamp,actor\nX,2026-11-02T10:00:00Z,\"{\"\"id\"\":1}\"\n", event + "\r" + event + "\r", packed.String(), packed.String()[:packed.Len()/2], packed.String() + "a\nb\n\x00c",
		"\ufeff{}\r\n[]\n\x00\x00\n", `{"data":{"auditLogs":{"edges":[{"node":` + event + "}]}}}",
	} {
		f.Add([]byte(seed))
	}
	for _, c := range damaged.Cases() {
		if c.Kind == damaged.Recovered {
			f.Add(c.Line)
			f.Add(append([]byte("{\n}\n"), c.Line...))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l := model.NewLog()
		err := (&Reader{Label: "fuzz", From: bytes.NewReader(text)}).Load(context.Background(), l)
		var unsupported *format.Unsupported
		var unpack *UnpackError
		if err != nil && !errors.As(err, &unsupported) && !errors.As(err, &unpack) && !errors.Is(err, ErrUnclosed) && !limited(err) {
			t.Fatalf("%q: %v", text, err)
		}
		s := l.Snapshot()
		if b := s.Books(); b.Lines != b.Events+b.Rejects+b.Blanks || int64(s.Rows()) != b.Events+b.Rejects {
			t.Fatalf("%q: books %+v, %d rows", text, b, s.Rows())
		}
		for r := range s.Rows() {
			if s.Flags(model.Row(r))&model.FlagGap != 0 {
				continue
			}
			raw, err := s.Raw(model.Row(r))
			behind := slices.ContainsFunc(s.Problems(model.Row(r)), func(p model.Problem) bool { return p.Code == model.BehindPacked })
			if err != nil || strings.Contains(raw.Raw(), "\n") && !behind { // bytes behind packed data are no lines
				t.Fatalf("%q: row %d is %q, %v", text, r, raw.Raw(), err)
			}
			_, err = line.Parse(raw)
			if event := s.Flags(model.Row(r))&model.FlagReject == 0; event && err != nil {
				t.Fatalf("%q: row %d is an event, but: %v", text, r, err)
			}
		}
	})
}
