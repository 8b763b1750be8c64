package model

import "testing"

func TestProblemsNameTheirValue(t *testing.T) {
	for _, c := range []struct {
		code   Code
		line   string
		at     int64
		want   string
		quoted bool
	}{
		{NotInEnumeration, `{"actionResult":"MAYBE"}`, 17, "MAYBE", true},
		{NotInEnumeration, `{"actionResult":""}`, 17, "", true},
		{BadIP, `{"XForwardedFor":["a","b\u0041\"c"]}`, 23, `bA"c`, true},
		{WrongType, `{"actionName":7.50}`, 14, "7.50", false},
		{WrongType, `{"actionName":{"a": [1]} }`, 14, `{"a": [1]}`, false},
		{WrongType, `{"actionParams":"x"}`, 16, "x", true},
		{WrongType, "{\n\"errors\": [\n[ 1,\n2 ]]}", 14, "[ 1,\n2 ]", false},
		{BadTime, `{"timestamp":"soon"}`, 14, "soon", true},
		{EmptyText, `{"actionName":"  "}`, 15, "  ", true},
		{UnusualTime, `{"timestamp":12}`, 13, "12", false},
		{Missing, `{"a":1}`, 0, "", false}, {IsNull, `{"a":null}`, 5, "", false}, {UnknownField, `{"a":1}`, 2, "", false},
		{NotJSON, `x`, 0, "", false}, {FailedWithoutErrors, `{}`, 0, "", false},
		{BadIP, `{"a":"b`, 6, "", false}, {BadIP, `{}`, 40, "", false}, {BadIP, ``, 0, "", false},
	} {
		p := Problem{Code: c.code, Origin: Origin{Offset: 1000}, Offset: 1000 + c.at}
		if got, quoted := p.Value([]byte(c.line)); got != c.want || quoted != c.quoted {
			t.Errorf("the value of %q in %s is %q, %v; want %q, %v", c.code, c.line, got, quoted, c.want, c.quoted)
		}
	}
	before := Problem{Code: BadIP, Origin: Origin{Offset: 10}, Offset: 5}
	if got, quoted := before.Value([]byte(`{"a":1}`)); got != "" || quoted {
		t.Errorf("a problem before the line has the value %q", got)
	}
}

func TestMessagesSayWhatIsAllowed(t *testing.T) {
	for _, c := range []struct {
		problem Problem
		want    string
	}{
		{Problem{Code: NotInEnumeration, Field: FieldActionResult}, "must be SUCCEEDED, FAILED or PARTIALLY_FAILED"},
		{Problem{Code: NotInEnumeration, Field: FieldActorType}, "must be USER or TOKEN"},
		{Problem{Code: WrongType, Field: FieldActionName, Detail: "found a number"}, "wrong type: found a number, must be a string"},
		{Problem{Code: WrongType, Field: FieldActor, Detail: "found a list"}, "wrong type: found a list, must be an object"},
		{Problem{Code: WrongType, Field: FieldActionResult, Detail: "found null"}, "wrong type: found null, must be SUCCEEDED, FAILED or PARTIALLY_FAILED"},
		{Problem{Code: WrongType, Field: FieldXForwardedFor, Detail: "found a string"}, "wrong type: found a string, must be a list of strings"},
		{Problem{Code: WrongType, Field: FieldErrors, Detail: "found a string"}, "wrong type: found a string, must be a list of objects with a message"},
		{Problem{Code: WrongType, Field: FieldTimestamp, Detail: "found a number"}, "wrong type: found a number, must be a date and time such as 2026-11-22T10:00:00Z"},
		{Problem{Code: BadTime, Field: FieldTimestamp}, "not a date and time such as 2026-11-22T10:00:00Z"},
		{Problem{Code: BadIP, Field: FieldSourceIP}, "malformed IP address, must be a single one such as 192.0.2.7 or 2001:db8::7"},
		{Problem{Code: IsNull, Field: FieldActionName}, "required, but null, must be a string"},
		{Problem{Code: Missing, Field: FieldActionName}, "required, but absent"},
		{Problem{Code: UnknownField}, "not in the schema"},
		{Problem{Code: FailedWithoutErrors, Field: FieldErrors, Detail: "failed, but none of the errors has a message"}, "failed, but none of the errors has a message"},
	} {
		if got := c.problem.Message(); got != c.want {
			t.Errorf("the message is %q, want %q", got, c.want)
		}
	}
}
