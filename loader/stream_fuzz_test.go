package loader

import (
	"bytes"
	"strings"
	"testing"

	"pawprint/loader/demo/damaged"
	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/logtest"
	"pawprint/model/rawjson"
)

// FuzzStreamKeepsTheBooks feeds any bytes: every line must come out as an event, a reject or a blank, and be read back.
func FuzzStreamKeepsTheBooks(f *testing.F) {
	f.Add([]byte(logtest.Event() + "\n" + logtest.Event(`"errors":[{"message":"x"}]`) + "\n\n{\"a\":"))
	f.Add([]byte("\ufeff{}\r\n[]\n\x00\x00\n"))
	for _, c := range damaged.Cases() {
		if c.Kind == damaged.Recovered {
			f.Add(append(c.Line, "\n{}\n"...))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l := model.NewLog()
		store := new(Store)
		store.Write(text)
		stream := NewStream(l, l.AddSource(model.NewText("fuzz")), Bytes{Raw: store, Trusted: true}, Limits{})
		stream.Write(text)
		stream.Close()
		s := l.Snapshot()
		body := bytes.TrimPrefix(text, []byte("\ufeff"))
		lines := bytes.Count(body, []byte("\n"))
		if len(body) > 0 && body[len(body)-1] != '\n' {
			lines++
		}
		for r := 1; r < s.Rows(); r++ {
			if s.Origin(model.Row(r)).Line == s.Origin(model.Row(r-1)).Line {
				lines++
			}
		}
		b := s.Books()
		if b.Lines != int64(lines) || b.Lines != b.Events+b.Rejects+b.Blanks || b.Bytes != int64(len(text)) || int64(s.Rows()) != b.Events+b.Rejects {
			t.Fatalf("%q: books %+v, %d lines, %d bytes", text, b, lines, len(text))
		}
		for r := range s.Rows() {
			raw, err := s.Raw(model.Row(r))
			o := s.Origin(model.Row(r))
			want := text[o.Offset : o.Offset+o.Length]
			if s.Flags(model.Row(r))&model.FlagQuoted != 0 {
				want = rawjson.Inside(nil, want)
			}
			if err != nil || raw.Raw() != string(want) || strings.Contains(raw.Raw(), "\n") {
				t.Fatalf("%q: row %d is %v, %v", text, r, raw, err)
			}
			if _, err := line.Parse(raw); (err == nil) == (s.Flags(model.Row(r))&model.FlagReject != 0) && err != nil {
				t.Fatalf("%q: row %d is an event, but: %v", text, r, err)
			}
			s.Problems(model.Row(r))
		}
	})
}
