package decode_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pawprint/loader/demo/damaged"
	"pawprint/model"
	"pawprint/model/logtest"
)

func TestAnEventThatStandsWholeOnADamagedLineIsAnEvent(t *testing.T) {
	event := logtest.Event()
	for name, c := range map[string]struct {
		line   string
		events int
		want   string // the problems of the last event
	}{
		"NUL bytes":       {"\x00\x00" + event, 1, "-2 warning recovered: its line holds other bytes too: NUL bytes"},
		"a mark":          {"\ufeff" + event, 1, "-3 warning recovered: its line holds other bytes too: a byte order mark"},
		"colours":         {"\x1b[1m" + event + "\x1b[m", 1, fmt.Sprintf("-4 warning recovered: its line holds other bytes too: escape sequences of a terminal; %d warning recovered: its line holds other bytes too: escape sequences of a terminal", len(event))},
		"two":             {event + " " + event, 2, "0 warning recovered: its line holds several events"},
		"a pod's time":    {"2026-11-02T10:00:00Z " + event, 1, "-21 warning recovered: its line holds other bytes too: a time, as kubectl logs --timestamps writes it"},
		"a problem of it": {"\f" + logtest.Event(`"sourceIP":"x"`), 1, fmt.Sprintf("-1 warning recovered: its line holds other bytes too: control bytes; %d warning malformed IP address, must be a single one such as 192.0.2.7 or 2001:db8::7 in sourceIP", strings.Index(logtest.Event(`"sourceIP":"x"`), `x"`))},
	} {
		s := decodeText("{}\n" + c.line + "\r\n\n" + event + "\n")
		b := s.Books()
		if b.Lines != int64(3+c.events) || b.Events != int64(2+c.events) || b.Rejects != 0 || b.Blanks != 1 || b.Recovered != int64(c.events) {
			t.Errorf("%s: books %+v", name, b)
			continue
		}
		for i := range c.events {
			row := model.Row(1 + i)
			e := s.Event(row)
			text, err := s.Raw(row)
			if at := strings.Index(c.line, text.Raw()); err != nil || !strings.HasPrefix(text.Raw(), "{") || at < 0 || !strings.HasSuffix(text.Raw(), "}") {
				t.Errorf("%s: raw %v, %v", name, text, err)
			}
			if e.Origin.Line != 2 || e.Flags&model.FlagRecovered == 0 || e.Action.Raw() != "GET_RULE" || e.Origin.Length != int64(text.Len()) {
				t.Errorf("%s: %+v", name, e)
			}
		}
		if got := problemsOf(&s, model.Row(c.events)); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
		if last := model.Row(s.Rows() - 1); s.Origin(last).Line != 4 || s.Flags(last)&model.FlagRecovered != 0 {
			t.Errorf("%s: the event on a line of its own is %+v", name, s.Event(last))
		}
	}
}

// FuzzRecoveredRowsEqualTheirObjects feeds any line: each event that is found on it must be the same row as its object on a line of
// its own.
func FuzzRecoveredRowsEqualTheirObjects(f *testing.F) {
	for _, c := range damaged.Cases() {
		if c.Kind == damaged.Recovered {
			f.Add(c.Line)
		}
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if bytes.IndexByte(line, '\n') >= 0 {
			return
		}
		s := decodeText(string(line) + "\n")
		for r := range model.Row(s.Rows()) {
			if s.Flags(r)&model.FlagRecovered == 0 {
				continue
			}
			text, err := s.Raw(r)
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			alone := decodeText(text.Raw() + "\n")
			got, want := s.Event(r), alone.Event(0)
			got.Row, got.Origin, got.Flags, want.Origin, want.Flags = 0, model.Origin{}, got.Flags&^(model.FlagRecovered|model.FlagQuoted|model.FlagWarning), model.Origin{}, want.Flags&^model.FlagWarning
			if want.Flags&model.FlagNoTime != 0 {
				got.Nanos = want.Nanos // that of a neighbour
			}
			if got != want {
				t.Fatalf("%q:\ngot  %+v\nwant %+v", line, got, want)
			}
			if got, want := s.Problems(r), alone.Problems(0); len(got) <= len(want) && len(want) < 64 {
				t.Fatalf("%q: problems %v, alone %v", line, got, want)
			}
		}
	})
}
