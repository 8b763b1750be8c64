package decode_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/loader/decode"
	"pawprint/model"
	"pawprint/model/logtest"
	"pawprint/model/suspicion"
)

// decodeText decodes the lines of a text, which ends with a newline, into a log.
func decodeText(text string) model.Snapshot {
	l := model.NewLog()
	b := &model.Batch{Source: l.AddSource(model.NewText("test")), Raw: strings.NewReader(text), Length: int64(len(text)), Line: 1}
	decode.New().Lines(b, []byte(text))
	l.Append(b)
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
		"no problem":   {logtest.Event(), nil},
		"missing name": {logtest.Event(`"actionName"`), func(string) string { return "0 error required, but absent in actionName" }},
		"null name": {logtest.Event(`"actionName":null`), func(l string) string {
			return fmt.Sprint(at(l, "null"), " error required, but null, must be a string in actionName")
		}},
		"number as name": {logtest.Event(`"actionName":7`), func(l string) string {
			return fmt.Sprint(at(l, "7"), " error wrong type: found a number, must be a string in actionName")
		}},
		"odd result": {logtest.Event(`"actionResult":"MAYBE"`), func(l string) string {
			return fmt.Sprint(at(l, "MAYBE"), " error must be SUCCEEDED, FAILED or PARTIALLY_FAILED in actionResult")
		}},
		"lower case result": {logtest.Event(`"actionResult":"failed"`), func(l string) string {
			return fmt.Sprint(at(l, "failed"), " error must be SUCCEEDED, FAILED or PARTIALLY_FAILED in actionResult")
		}},
		"no actor": {logtest.Event(`"actor"`), func(string) string { return "0 error required, but absent in actor" }},
		"null actor": {logtest.Event(`"actor":null`), func(l string) string {
			return fmt.Sprint(at(l, "null"), " error required, but null, must be an object in actor")
		}},
		"actor without id": {logtest.Event(`"actor":{"type":"TOKEN"}`), func(string) string { return "0 error required, but absent in actor.id" }},
		"odd actor type": {logtest.Event(`"actor":{"id":"x","type":"ROBOT"}`), func(l string) string {
			return fmt.Sprint(at(l, "ROBOT"), " error must be USER or TOKEN in actor.type")
		}},
		"unknown key":          {logtest.Event(`"shoeSize":44`), func(l string) string { return fmt.Sprint(at(l, "shoeSize"), ` warning not in the schema "shoeSize"`) }},
		"unknown key of actor": {logtest.Event(`"actor":{"id":"x","type":"USER","pet":1}`), func(l string) string { return fmt.Sprint(at(l, "pet"), ` warning not in the schema in actor "pet"`) }},
		"key in another case": {logtest.Event(`"ACTIONNAME":"X"`), func(l string) string {
			return fmt.Sprint(at(l, "ACTIONNAME"), ` warning not in the schema "ACTIONNAME"`)
		}},
		"lake keys": {logtest.Event(`"p_row_id":"1"`, `"p_anything":[1]`), nil},
		"trailing dot": {logtest.Event(`"sourceIP":"192.0.2.7."`), func(l string) string {
			return fmt.Sprint(at(l, "192"), " warning malformed IP address, must be a single one such as 192.0.2.7 or 2001:db8::7 in sourceIP")
		}},
		"impossible address": {logtest.Event(`"sourceIP":"10.0.1.300"`), func(l string) string {
			return fmt.Sprint(at(l, "10.0"), " warning malformed IP address, must be a single one such as 192.0.2.7 or 2001:db8::7 in sourceIP")
		}},
		"empty address": {logtest.Event(`"sourceIP":""`), nil},
		"IPv6":          {logtest.Event(`"sourceIP":"2001:db8::1"`), nil},
		"bad forwarded address": {logtest.Event(`"XForwardedFor":["192.0.2.1","x"]`), func(l string) string {
			return fmt.Sprint(at(l, `x"]`), " warning malformed IP address, must be a single one such as 192.0.2.7 or 2001:db8::7 in XForwardedFor")
		}},
		"forwarded number": {logtest.Event(`"XForwardedFor":[1]`), func(l string) string {
			return fmt.Sprint(at(l, `1]`), " error wrong type: found an element that is not a string, must be a list of strings in XForwardedFor")
		}},
		"null agent": {logtest.Event(`"userAgent":null`), nil},
		"no zone": {logtest.Event(`"timestamp":"2026-11-02 10:00:00.5"`), func(l string) string {
			return fmt.Sprint(at(l, "2026"), " warning time without a zone, taken as UTC in timestamp")
		}},
		"bad time": {logtest.Event(`"timestamp":"yesterday"`), func(l string) string {
			return fmt.Sprint(at(l, "yesterday"), " error not a date and time such as 2026-11-22T10:00:00Z in timestamp")
		}},
		"time from the lake": {logtest.Event(`"timestamp"`, `"p_event_time":"2026-11-02 10:00:00"`), func(l string) string {
			return fmt.Sprint(at(l, "2026"), " warning time taken from p_event_time in timestamp; 0 error required, but absent in timestamp")
		}},
		"another form of a time": {logtest.Event(`"timestamp":"2026-11-02 10:00:00.000 -0700"`), func(l string) string {
			return fmt.Sprint(at(l, "2026"), " warning time not written as in the schema in timestamp")
		}},
		"a Unix time in text": {logtest.Event(`"timestamp":"1793613600000"`), func(l string) string {
			return fmt.Sprint(at(l, "1793613600000"), " warning time not written as in the schema: taken as milliseconds since 1970 in timestamp")
		}},
		"a Unix time as a number": {logtest.Event(`"timestamp":1793613600`), func(l string) string {
			return fmt.Sprint(at(l, "1793613600"), " error wrong type: found a number, must be a date and time such as 2026-11-22T10:00:00Z in timestamp; ", at(l, "1793613600"), " warning time not written as in the schema: taken as seconds since 1970 in timestamp")
		}},
		"failed without errors": {logtest.Event(`"actionResult":"FAILED"`), func(string) string { return "0 warning failed, but no errors given in errors" }},
		"failed with errors":    {logtest.Event(`"actionResult":"FAILED"`, `"errors":[{"message":"no"}]`), nil},
		"errors an object": {logtest.Event(`"errors":{"message":"no"}`), func(l string) string {
			return fmt.Sprint(at(l, `{"message`), " error wrong type: found an object, must be a list of objects with a message in errors")
		}},
		"errors of strings": {logtest.Event(`"errors":["no"]`), func(l string) string {
			return fmt.Sprint(at(l, `"no"`), " error wrong type: found an element that is not an object, must be a list of objects with a message in errors")
		}},
		"message a number": {logtest.Event(`"errors":[{"message":5}]`), func(l string) string {
			return fmt.Sprint(at(l, `5}]`), " error wrong type: found a number, must be a string in errors.message")
		}},
		"parameters a string": {logtest.Event(`"actionParams":"x"`), func(l string) string {
			return fmt.Sprint(at(l, `"x"`), " error wrong type: found a string, must be an object in actionParams")
		}},
		"duplicate key": {logtest.Event()[:len(logtest.Event())-1] + `,"userAgent":"b"}`, func(l string) string {
			return fmt.Sprint(strings.LastIndex(l, "userAgent"), ` warning duplicate key in userAgent "userAgent"`)
		}},
		"duplicate in params": {logtest.Event(`"actionParams":{"a":1,"\u0061":2}`), func(l string) string {
			return fmt.Sprint(at(l, `\u0061`), ` warning duplicate key in actionParams "\\u0061"`)
		}},
		"hidden text": {logtest.Event(`"userAgent":"a\u202eb"`), func(l string) string {
			return fmt.Sprint(at(l, `a\u202e`), " warning hidden text: ", strings.Join(suspicion.Bidi.Reasons(), ", "), " in userAgent")
		}},
		"hidden text in params": {logtest.Event(`"actionParams":{"q":"a\u0007"}`), func(l string) string {
			return fmt.Sprint(at(l, `a\u0007`), " warning hidden text: ", strings.Join(suspicion.Control.Reasons(), ", "), " in actionParams")
		}},
		"line breaks in params": {logtest.Event(`"actionParams":{"sql":"SELECT 1\nFROM t\tx"}`), nil},
		"open attributes":       {logtest.Event(`"actor":{"id":"x","type":"USER","attributes":{"emailVerified":"yes","email":5,"roleId":[1],"roleName":{},"team":"blue"}}`), nil},
		"attributes a list": {logtest.Event(`"actor":{"id":"x","type":"USER","attributes":["email"]}`), func(l string) string {
			return fmt.Sprint(at(l, `["email"]`), " error wrong type: found a list, must be an object in actor.attributes")
		}},
		"duplicate attribute": {logtest.Event(`"actor":{"id":"x","type":"USER","attributes":{"team":1,"team":2}}`), func(l string) string {
			return fmt.Sprint(strings.LastIndex(l, "team"), ` warning duplicate key in actor.attributes "team"`)
		}},
		"empty name": {logtest.Event(`"actionName":""`), func(l string) string {
			return fmt.Sprint(at(l, `","actionR`), " warning required, but empty or blank in actionName")
		}},
		"blank version": {logtest.Event(`"pantherVersion":"   "`), func(l string) string {
			return fmt.Sprint(at(l, `   "`), " warning required, but empty or blank in pantherVersion")
		}},
		"blank id": {logtest.Event(`"actor":{"id":"  ","type":"USER"}`), func(l string) string {
			return fmt.Sprint(at(l, `  "`), " warning required, but empty or blank in actor.id")
		}},
		"empty text that is not required": {logtest.Event(`"actor":{"id":"x","type":"USER","name":" "}`, `"userAgent":""`, `"actionDescription":""`), nil},
		"unknown key of an error": {logtest.Event(`"errors":[{"message":"no"},{"message":"no","code":5}]`), func(l string) string {
			return fmt.Sprint(at(l, "code"), ` warning not in the schema in errors "code"`)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := decodeText(c.line + "\n")
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

func TestAFailureWhoseErrorsSayNothingIsAProblem(t *testing.T) {
	for errors, want := range map[string]string{
		`"errors"`: "failed, but no errors given", `"errors":null`: "failed, but no errors given", `"errors":[]`: "failed, but no errors given", `"errors":[ ]`: "failed, but no errors given",
		`"errors":[{}]`: "failed, but none of the errors has a message", `"errors":[{"message":""}]`: "failed, but none of the errors has a message", `"errors":[{"message":" \u00a0"}]`: "failed, but none of the errors has a message",
		`"errors":[{"message":null},{}]`: "failed, but none of the errors has a message", `"errors":[{"code":"E1"}]`: "failed, but none of the errors has a message", `"errors":[null]`: "failed, but none of the errors has a message",
		`"errors":{}`: "failed, but none of the errors has a message", `"errors":""`: "failed, but none of the errors has a message", `"errors":[[]]`: "failed, but none of the errors has a message", `"errors":[{"message":[]}]`: "failed, but none of the errors has a message",
		`"errors":[{"message":"no"}]`: "", `"errors":[{},{"message":"no"}]`: "", `"errors":[{"message":"\u006eo"}]`: "", `"errors":[{"mess\u0061ge":"no"}]`: "", `"errors":[{"Message":"no"}]`: "",
		`"errors":{"message":"no"}`: "", `"errors":"no"`: "", `"errors":["no"]`: "", `"errors":[{"message":404}]`: "", `"errors":7`: "", `"errors":[["no"]]`: "", `"errors":[{"message":{"code":1}}]`: "",
	} {
		for _, result := range []string{"FAILED", "PARTIALLY_FAILED", "SUCCEEDED"} {
			s := decodeText(logtest.Event(errors, `"actionResult":"`+result+`"`) + "\n")
			silent := slices.ContainsFunc(s.Problems(0), func(p model.Problem) bool { return p.Code == model.FailedWithoutErrors })
			if should := want != "" && result != "SUCCEEDED"; silent != should || silent && !strings.Contains(problemsOf(&s, 0), want) {
				t.Errorf("%s of %s: %s; want %q", errors, result, problemsOf(&s, 0), want)
			}
		}
	}
}

func TestColumnsKeepTheJSONOfWrongTypes(t *testing.T) {
	for _, value := range []string{`7`, `-1.50`, `true`, `[1, "a"]`, `{"a":1}`, `[]`, `{ }`, `["\u0061"]`} {
		for _, f := range model.Schema() {
			if f.Column == model.NoColumn {
				continue
			}
			member := `"` + f.Name + `":` + value
			switch {
			case f.Untyped():
				member = `"actor":{"id":"x","type":"USER","attributes":{"` + f.Key() + `":` + value + `}}`
			case !f.Top():
				member = `"actor":{"` + f.Key() + `":` + value + `}`
			}
			s := decodeText(logtest.Event(member) + "\n")
			if got, there := s.Value(0, f.Column); !there || got.Raw() != value {
				t.Errorf("%s of %s is %v, %v", f.Name, value, got, there)
			}
		}
	}
}

func TestAnActorThatIsNoObjectIsItsOwnID(t *testing.T) {
	for value, want := range map[string]string{`"scim"`: "scim", `"a\u0062"`: "ab", `7`: "7", `["x"]`: `["x"]`, `false`: "false", `null`: "", `{}`: ""} {
		s := decodeText(logtest.Event(`"actor":`+value) + "\n")
		if got := s.Event(0).Actor.ID.Raw(); got != want {
			t.Errorf("the id of the actor %s is %q, want %q", value, got, want)
		}
	}
}

func TestDecoderReadsTheColumns(t *testing.T) {
	s := decodeText(logtest.Event(`"actor":{"id":"u\u0031","type":"TOKEN","name":"ci \"x\"","attributes":{"email":""}}`, `"actionResult":"PARTIALLY_FAILED"`, `"userAgent":null`) + "\n")
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
		"{\"a\":\"\x01\"}": "6 error not JSON: a raw control byte in a string", `{"a":"\x"}`: "7 error not JSON: an escape that JSON does not allow",
		`{"a":` + strings.Repeat("[", 20_000): "10005 error nested too deep",
		`{"actionName":"X","shoe":1,"b":}`:    "31 error not JSON: unexpected byte",
	} {
		s := decodeText("{}\n" + in + "\r\n\n  \t\n{}\n")
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

func TestEveryLineWithAnEscapeThatMayHideTextIsFlagged(t *testing.T) {
	lines := []string{
		logtest.Event(), logtest.Event(`"actionParams":{"q":"\u0041"}`), logtest.Event(`"actionParams":{"\u0041":1}`), logtest.Event(`"userAgent":"\u0041"`), logtest.Event(`"p_x":"\u0041"`),
		logtest.Event(`"\u0041":1`), logtest.Event(`"actor":{"id":"\u0041","type":"USER"}`), logtest.Event(`"actionDescription":"\u0041"`), logtest.Event(`"errors":[{"message":"\u0041"}]`),
		logtest.Event(`"XForwardedFor":["\u0031"]`), logtest.Event(`"timestamp":"2026-11-02T10:00:00\u005a"`), logtest.Event(`"sourceIP":"\u0031"`),
	}
	for _, l := range lines[1:] { // letters that are not composed hide a text as well
		lines = append(lines, strings.NewReplacer(`\u0041`, "e\u0301", `\u0031`, "ſ", `\u005a`, "\u212a").Replace(l))
	}
	// The same lines again must not be taken for known and therefore plain.
	var text strings.Builder
	for range 3 {
		for _, l := range lines {
			text.WriteString(l + "\n")
		}
	}
	s := decodeText(text.String())
	for r := range model.Row(s.Rows()) {
		if got, want := s.Flags(r)&model.FlagEscapes != 0, int(r)%len(lines) != 0; got != want {
			t.Errorf("row %d: flagged is %v, want %v: %s", r, got, want, lines[int(r)%len(lines)])
		}
	}
}
