package redact

import (
	"encoding/json"
	"strings"
	"testing"
)

const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJl"

func TestLineMasksByKeyAndByShapeAndKeepsTheRest(t *testing.T) {
	for _, c := range []struct {
		name, line, want string
		masked           int
	}{
		{"nothing", `{"actionName": "DELETE_RULE", "n": 1.0}`, `{"actionName": "DELETE_RULE", "n": 1.0}`, 0},
		{"key", `{"a":{ "clientSecret" : "x1" , "b":2}}`, `{"a":{ "clientSecret" : "[redacted]" , "b":2}}`, 1},
		{"number under a key", `{"api_key":12345}`, `{"api_key":"[redacted]"}`, 1},
		{"nothing under a key", `{"password":null,"token":"","private":true}`, `{"password":null,"token":"","private":true}`, 0},
		{"all below a key", `{"credentials":{"user":"u","list":["v",[7]]},"z":"w"}`, `{"credentials":{"user":"[redacted]","list":["[redacted]",["[redacted]"]]},"z":"w"}`, 3},
		{"escaped key", `{"pass\u0077ord":"x"}`, `{"pass\u0077ord":"[redacted]"}`, 1},
		{"key with an invisible rune", "{\"pass\u200bword\":\"x\"}", "{\"pass\u200bword\":\"[redacted]\"}", 1},
		{"which token it was", `{"apiTokenId":"t-1","tokenName":"ci"}`, `{"apiTokenId":"t-1","tokenName":"ci"}`, 0},
		{"web token", `{"h":"got ` + token + ` here"}`, `{"h":"got [redacted] here"}`, 1},
		{"web token behind a letter", `{"h":"u` + token + `"}`, `{"h":"u[redacted]"}`, 1},
		{"AWS key id", `["AKIAEXAMPLEEXAMPLE12","x"]`, `["[redacted]","x"]`, 1},
		{"hidden AWS key id", "[\"AKIAEXAM\u200bPLEEXAMPLE12\"]", `["[redacted]"]`, 1},
		{"bearer", `{"e":"sent Bearer abcdefgh12345678"}`, `{"e":"sent Bearer [redacted]"}`, 1},
		{"presigned", `"https://b.example.com/k?X-Amz-Signature=0123abcd&x=1"`, `"https://b.example.com/k?X-Amz-Signature=[redacted]&x=1"`, 1},
		{"URL user info", `"https://user:pa55@example.com/x"`, `"https://[redacted]@example.com/x"`, 1},
		{"chat hook", `"https://hooks.slack.com/services/T000/B000/xyz"`, `"https://hooks.slack.com/services/[redacted]"`, 1},
		{"private key", `"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY----- x"`, `"-----BEGIN RSA PRIVATE KEY----- [redacted] x"`, 1},
		{"cut private key", `"-----BEGIN PRIVATE KEY-----\nAAAA"`, `"-----BEGIN PRIVATE KEY----- [redacted]"`, 1},
		{"quotes stay escaped", `{"e":"say \"password=hunter22\" now"}`, `{"e":"say \"password=[redacted]\" now"}`, 1},
		{"no JSON", `oops AKIAEXAMPLEEXAMPLE12 {`, `oops [redacted] {`, 1},
		{"white space", " \t[ 1 , {} , [] ] ", " \t[ 1 , {} , [] ] ", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var m Masker
			got := string(m.Line([]byte(c.line)))
			if got != c.want || m.Masked != c.masked {
				t.Errorf("Line(%s) = %s with %d masked, want %s with %d", c.line, got, m.Masked, c.want, c.masked)
			}
			if json.Valid([]byte(c.line)) && !json.Valid([]byte(got)) {
				t.Errorf("Line(%s) = %s is no JSON", c.line, got)
			}
		})
	}
}

func TestTextMasksTheWholeValueUnderASecretKey(t *testing.T) {
	var m Masker
	if got := m.Text("Authorization", "x"); got != Mask {
		t.Errorf("Text = %q", got)
	}
	if got := m.Text("userAgent", "curl "+token); got != "curl "+Mask {
		t.Errorf("Text = %q", got)
	}
	if got := m.Text("actionName", "CREATE_API_TOKEN"); got != "CREATE_API_TOKEN" || m.Masked != 2 {
		t.Errorf("Text = %q, %d masked", got, m.Masked)
	}
}

// Whatever the line, the result of a valid one is valid, the same when masked again, and holds none of the planted secrets.
func FuzzLine(f *testing.F) {
	for _, s := range []string{`{"a":"b","token":["x",{"y":1}]}`, `["\ud83d\ude00 Bearer aaaaaaaaaaaa"]`, `{"a":{"b":[[],{}]}} `, "x\xff", `"` + token + `"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		var m Masker
		got := string(m.Line([]byte(line)))
		if json.Valid([]byte(line)) && !json.Valid([]byte(got)) {
			t.Fatalf("Line(%q) = %q is no JSON", line, got)
		}
		if m.Masked == 0 && got != line {
			t.Fatalf("Line(%q) = %q, but nothing was masked", line, got)
		}
		if strings.Contains(line, "PLANTED-1") {
			return // what a plain key holds stays
		}
		planted, err := json.Marshal(map[string]any{"x": line, "secret": "PLANTED-1", "y": []string{token}})
		if err != nil {
			t.Fatal(err)
		}
		if out := string(m.Line(planted)); strings.Contains(out, "PLANTED-1") || strings.Contains(out, token) {
			t.Fatalf("Line(%s) = %s", planted, out)
		}
	})
}

func BenchmarkLine(b *testing.B) {
	line := []byte(`{"actionName":"UPDATE_RULE","actor":{"id":"u-1","name":"homer","type":"USER"},"actionParams":{"dynamic":{"input":{"id":"AWS.Root.Login","body":"def rule(event):\n  return event.get('x')"}}}}`)
	var m Masker
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		m.Line(line)
	}
}
