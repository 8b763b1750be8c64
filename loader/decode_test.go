package loader

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pawprint/model"
	"pawprint/model/line"
	"pawprint/model/suspicion"
)

// good is an event without problems; with gives it another value, or takes an attribute away.
var good = []string{
	`"actionName":"GET_RULE"`, `"actionResult":"SUCCEEDED"`, `"actor":{"id":"u1","type":"USER","name":"Ann","attributes":{"email":"ann@example.com"}}`,
	`"errors":null`, `"sourceIP":"192.0.2.7"`, `"userAgent":"cli"`, `"timestamp":"2026-11-02T10:00:00.5Z"`, `"pantherVersion":"1.113.138"`,
}

func with(changes ...string) string {
	parts := append([]string(nil), good...)
	for _, c := range changes {
		key, _, _ := strings.Cut(c, ":")
		at := -1
		for i, p := range parts {
			if strings.HasPrefix(p, key+":") || p == key {
				at = i
			}
		}
		switch {
		case at >= 0 && strings.Contains(c, ":"):
			parts[at] = c
		case at >= 0:
			parts = append(parts[:at], parts[at+1:]...)
		default:
			parts = append(parts, c)
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// loadText loads a text through a Reader.
func loadText(t *testing.T, text string, limits Limits) model.Snapshot {
	t.Helper()
	l := model.NewLog()
	if err := (&Reader{Label: "test", From: strings.NewReader(text), Limits: limits}).Load(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	return l.Snapshot()
}

func problemsOf(s *model.Snapshot, r model.Row) string {
	var out []string
	for _, p := range s.Problems(r) {
		text := fmt.Sprintf("%d %s %s", p.Offset-p.Origin.Offset, p.Severity(), p.Message())
		if f := p.Field.String(); f != "" {
			text += " in " + f
		}
		if !p.Key.Empty() {
			text += fmt.Sprintf(" %v", p.Key)
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func TestDecoderNamesEveryProblem(t *testing.T) {
	at := func(line, part string) int { return strings.Index(line, part) }
	for name, c := range map[string]struct {
		line string
		want func(line string) string
	}{
		"no problem":   {with(), nil},
		"missing name": {with(`"actionName"`), func(string) string { return "0 error required, but absent in actionName" }},
		"null name":    {with(`"actionName":null`), func(l string) string { return fmt.Sprint(at(l, "null"), " error required, but null in actionName") }},
		"number as name": {with(`"actionName":7`), func(l string) string {
			return fmt.Sprint(at(l, "7"), " error wrong type: found a number in actionName")
		}},
		"odd result": {with(`"actionResult":"MAYBE"`), func(l string) string {
			return fmt.Sprint(at(l, "MAYBE"), " error not one of the values that the schema names in actionResult")
		}},
		"lower case result": {with(`"actionResult":"failed"`), func(l string) string {
			return fmt.Sprint(at(l, "failed"), " error not one of the values that the schema names in actionResult")
		}},
		"no actor":         {with(`"actor"`), func(string) string { return "0 error required, but absent in actor" }},
		"null actor":       {with(`"actor":null`), func(l string) string { return fmt.Sprint(at(l, "null"), " error required, but null in actor") }},
		"actor without id": {with(`"actor":{"type":"TOKEN"}`), func(string) string { return "0 error required, but absent in actor.id" }},
		"odd actor type": {with(`"actor":{"id":"x","type":"ROBOT"}`), func(l string) string {
			return fmt.Sprint(at(l, "ROBOT"), " error not one of the values that the schema names in actor.type")
		}},
		"unknown key":          {with(`"shoeSize":44`), func(l string) string { return fmt.Sprint(at(l, "shoeSize"), ` warning not in the schema "shoeSize"`) }},
		"unknown key of actor": {with(`"actor":{"id":"x","type":"USER","pet":1}`), func(l string) string { return fmt.Sprint(at(l, "pet"), ` warning not in the schema in actor "pet"`) }},
		"key in another case": {with(`"ACTIONNAME":"X"`), func(l string) string {
			return fmt.Sprint(at(l, "ACTIONNAME"), ` warning not in the schema "ACTIONNAME"`)
		}},
		"lake keys":          {with(`"p_row_id":"1"`, `"p_anything":[1]`), nil},
		"trailing dot":       {with(`"sourceIP":"192.0.2.7."`), func(l string) string { return fmt.Sprint(at(l, "192"), " warning malformed IP address in sourceIP") }},
		"impossible address": {with(`"sourceIP":"10.0.1.300"`), func(l string) string { return fmt.Sprint(at(l, "10.0"), " warning malformed IP address in sourceIP") }},
		"empty address":      {with(`"sourceIP":""`), nil},
		"IPv6":               {with(`"sourceIP":"2001:db8::1"`), nil},
		"bad forwarded address": {with(`"XForwardedFor":["192.0.2.1","x"]`), func(l string) string {
			return fmt.Sprint(at(l, `x"]`), " warning malformed IP address in XForwardedFor")
		}},
		"forwarded number": {with(`"XForwardedFor":[1]`), func(l string) string {
			return fmt.Sprint(at(l, `1]`), " error wrong type: found an element that is not a string in XForwardedFor")
		}},
		"null agent": {with(`"userAgent":null`), nil},
		"no zone": {with(`"timestamp":"2026-11-02 10:00:00.5"`), func(l string) string {
			return fmt.Sprint(at(l, "2026"), " warning time without a zone, taken as UTC in timestamp")
		}},
		"bad time": {with(`"timestamp":"yesterday"`), func(l string) string {
			return fmt.Sprint(at(l, "yesterday"), " error not a date and time in timestamp")
		}},
		"time from the lake": {with(`"timestamp"`, `"p_event_time":"2026-11-02 10:00:00"`), func(l string) string {
			return fmt.Sprint(at(l, "2026"), " warning no timestamp, time taken from p_event_time in timestamp")
		}},
		"failed without errors": {with(`"actionResult":"FAILED"`), func(string) string { return "0 warning failed, but no errors given in errors" }},
		"failed with errors":    {with(`"actionResult":"FAILED"`, `"errors":[{"message":"no"}]`), nil},
		"errors an object": {with(`"errors":{"message":"no"}`), func(l string) string {
			return fmt.Sprint(at(l, `{"message`), " error wrong type: found an object in errors")
		}},
		"errors of strings": {with(`"errors":["no"]`), func(l string) string {
			return fmt.Sprint(at(l, `"no"`), " error wrong type: found an element that is not an object in errors")
		}},
		"message a number": {with(`"errors":[{"message":5}]`), func(l string) string {
			return fmt.Sprint(at(l, `5}]`), " error wrong type: found a number in errors.message")
		}},
		"parameters a string": {with(`"actionParams":"x"`), func(l string) string {
			return fmt.Sprint(at(l, `"x"`), " error wrong type: found a string in actionParams")
		}},
		"duplicate key": {with()[:len(with())-1] + `,"userAgent":"b"}`, func(l string) string {
			return fmt.Sprint(strings.LastIndex(l, "userAgent"), ` warning duplicate key in userAgent "userAgent"`)
		}},
		"duplicate in params": {with(`"actionParams":{"a":1,"\u0061":2}`), func(l string) string {
			return fmt.Sprint(at(l, `\u0061`), ` warning duplicate key in actionParams "\\u0061"`)
		}},
		"hidden text": {with(`"userAgent":"a\u202eb"`), func(l string) string {
			return fmt.Sprint(at(l, `a\u202e`), " warning hidden text: ", strings.Join(suspicion.Bidi.Reasons(), ", "), " in userAgent")
		}},
		"hidden text in params": {with(`"actionParams":{"q":"a\u0007"}`), func(l string) string {
			return fmt.Sprint(at(l, `a\u0007`), " warning hidden text: ", strings.Join(suspicion.Control.Reasons(), ", "), " in actionParams")
		}},
		"line breaks in params": {with(`"actionParams":{"sql":"SELECT 1\nFROM t\tx"}`), nil},
		"email verified as text": {with(`"actor":{"id":"x","type":"USER","attributes":{"emailVerified":"yes"}}`), func(l string) string {
			return fmt.Sprint(at(l, `"yes"`), " error wrong type: found a string in actor.attributes.emailVerified")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := loadText(t, c.line+"\n", Limits{})
			if s.Rows() != 1 || s.Books().Events != 1 {
				t.Fatalf("%s: books %+v: %s", c.line, s.Books(), problemsOf(&s, 0))
			}
			want := ""
			if c.want != nil {
				want = c.want(c.line)
			}
			if got := problemsOf(&s, 0); got != want {
				t.Errorf("%s\ngot  %s\nwant %s", c.line, got, want)
			}
		})
	}
}

func TestDecoderReadsTheColumns(t *testing.T) {
	s := loadText(t, with(`"actor":{"id":"u\u0031","type":"TOKEN","name":"ci \"x\"","attributes":{"email":""}}`, `"actionResult":"PARTIALLY_FAILED"`, `"userAgent":null`)+"\n", Limits{})
	e := s.Event(0)
	if e.Action.Raw() != "GET_RULE" || e.Result != model.PartiallyFailed || e.Actor.ID.Raw() != "u1" || e.Actor.Name.Raw() != `ci "x"` ||
		e.Actor.Type.Raw() != "TOKEN" || e.IP.Raw() != "192.0.2.7" || e.Version.Raw() != "1.113.138" || e.Class() != model.ReadClass {
		t.Errorf("event = %+v", e)
	}
	if want := time.Date(2026, 11, 2, 10, 0, 0, 500_000_000, time.UTC); !e.Time().Equal(want) {
		t.Errorf("time = %v, want %v", e.Time(), want)
	}
	id := s.Segment(0).IDs(model.ColActorEmail).At(0)
	if agent := s.Segment(0).IDs(model.ColUserAgent).At(0); id != model.IDEmpty || agent != model.IDAbsent {
		t.Errorf("an empty e-mail has id %d, an absent agent %d", id, agent)
	}
}

func TestLinesThatAreNoObjectAreRejectsWithTheirReason(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":1`: "7 error cut: the line ends inside a value", `{"a":"x`: "7 error cut: the line ends inside a value",
		`{"a":1,}`: "7 error not JSON: unexpected byte", `{'a':1}`: "1 error not JSON: unexpected byte", `{} x`: "3 error not JSON: bytes after the end of the value",
		`{"a":01}`: "6 error not JSON: a number that JSON does not allow", `{"a":NaN}`: "5 error not JSON: a bare word that is neither true, false nor null",
		`[1,2]`: "0 error not a JSON object: found a list", `"x"`: "0 error not a JSON object: found a string", `null`: "0 error not a JSON object: found null",
		`12`: "0 error not a JSON object: found a number", `hello`: "0 error not JSON: a bare word that is neither true, false nor null", "\x00\x00\x00": "0 error NUL bytes instead of text",
		"{\"a\":\"\x01\"}": "6 error not JSON: a raw control byte in a string", `{"a":"\x"}`: "7 error not JSON: an escape that JSON does not know",
		`{"a":` + strings.Repeat("[", 20_000): "10005 error nested too deep",
		`{"actionName":"X","shoe":1,"b":}`:    "31 error not JSON: unexpected byte",
	} {
		s := loadText(t, "{}\n"+in+"\r\n\n  \t\n{}\n", Limits{})
		if b := s.Books(); b.Lines != 5 || b.Events != 2 || b.Rejects != 1 || b.Blanks != 2 {
			t.Errorf("%.40q: books %+v", in, b)
			continue
		}
		if got := problemsOf(&s, 1); got != want {
			t.Errorf("%.40q: %s, want %s", in, got, want)
		}
		if line, err := s.Raw(1); err != nil || line.Raw() != in+"\r" {
			t.Errorf("%.40q: raw %v, %v", in, line, err)
		}
		if e := s.Event(1); !e.Reject() || e.Origin.Line != 2 || e.Origin.Offset != 3 {
			t.Errorf("%.40q: origin %+v, flags %b", in, e.Origin, e.Flags)
		}
	}
}

// FuzzDecoderKeepsTheBooks feeds any bytes: every line must come out as an event, a reject or a blank, and be read back.
func FuzzDecoderKeepsTheBooks(f *testing.F) {
	f.Add([]byte(with() + "\n" + with(`"errors":[{"message":"x"}]`) + "\n\n{\"a\":"))
	f.Add([]byte("\ufeff{}\r\n[]\n\x00\x00\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		l := model.NewLog()
		store := new(Store)
		store.Write(text)
		stream := NewStream(l, l.AddSource(model.NewText("fuzz")), store, true, 0, 1, Limits{})
		stream.Write(text)
		stream.Close()
		s := l.Snapshot()
		body := bytes.TrimPrefix(text, []byte("\ufeff"))
		lines := bytes.Count(body, []byte("\n"))
		if len(body) > 0 && body[len(body)-1] != '\n' {
			lines++
		}
		b := s.Books()
		if b.Lines != int64(lines) || b.Lines != b.Events+b.Rejects+b.Blanks || b.Bytes != int64(len(text)) || int64(s.Rows()) != b.Events+b.Rejects {
			t.Fatalf("%q: books %+v, %d lines, %d bytes", text, b, lines, len(text))
		}
		for r := range s.Rows() {
			raw, err := s.Raw(model.Row(r))
			o := s.Origin(model.Row(r))
			if err != nil || raw.Raw() != string(text[o.Offset:o.Offset+o.Length]) || strings.Contains(raw.Raw(), "\n") {
				t.Fatalf("%q: row %d is %v, %v", text, r, raw, err)
			}
			if _, err := line.Parse(raw); (err == nil) == (s.Flags(model.Row(r))&model.FlagReject != 0) && err != nil {
				t.Fatalf("%q: row %d is an event, but: %v", text, r, err)
			}
			s.Problems(model.Row(r))
		}
	})
}

func TestEveryLineWithAnEscapeThatMayHideTextIsFlagged(t *testing.T) {
	lines := []string{
		with(), with(`"actionParams":{"q":"\u0041"}`), with(`"actionParams":{"\u0041":1}`), with(`"userAgent":"\u0041"`), with(`"p_x":"\u0041"`),
		with(`"\u0041":1`), with(`"actor":{"id":"\u0041","type":"USER"}`), with(`"actionDescription":"\u0041"`), with(`"errors":[{"message":"\u0041"}]`),
		with(`"XForwardedFor":["\u0031"]`), with(`"timestamp":"2026-11-02T10:00:00\u005a"`), with(`"sourceIP":"\u0031"`),
	}
	// The same lines again must not be taken for known and therefore plain.
	var text strings.Builder
	for range 3 {
		for _, l := range lines {
			text.WriteString(l + "\n")
		}
	}
	s := loadText(t, text.String(), Limits{})
	for r := range model.Row(s.Rows()) {
		if got, want := s.Flags(r)&model.FlagEscapes != 0, int(r)%len(lines) != 0; got != want {
			t.Errorf("row %d: flagged is %v, want %v: %s", r, got, want, lines[int(r)%len(lines)])
		}
	}
}
