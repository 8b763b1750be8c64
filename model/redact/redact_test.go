package redact

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pawprint/model/rawjson"
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
		{"private key", `"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY----- x"`, `"-----BEGIN RSA PRIVATE KEY-----[redacted] x"`, 1},
		{"cut private key", `"-----BEGIN PRIVATE KEY-----\nAAAA"`, `"-----BEGIN PRIVATE KEY-----[redacted]"`, 1},
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
				t.Errorf("Line(%s) = %s is not JSON", c.line, got)
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

// Whatever the line: JSON stays JSON of the same shape, what is masked stays so and is not masked again, a mask is all that a line
// may grow by, and no planted secret is left.
func FuzzLine(f *testing.F) {
	for _, s := range []string{
		`{"a":"b","token":["x",{"y":1}]}`, `["\ud83d\ude00 Bearer aaaaaaaaaaaa1"]`, `{"a":{"b":[[],{}]}} `, "x\xff", `"` + token + `"`, `{"a":"{\"password\":-1}"}`,
		`[{"name":"token","value":{"x":1}},["--password","x"]]`, `password%3Dx%26y "pass\u0077ord='x' Cookie: a=b`, `mysql -pxyz redis://:a@b token=a,b;c=d`,
		"-----BEGIN PRIVATE KEY-----\\nAAAA -----END PRIVATE KEY-----", "Authorization: Digest username=\"x\" \x10\x1f", "p\u0430ssword\uff1dx &quot;token&quot;:&quot;y",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		planted, err := json.Marshal(map[string]any{"x": line, "secret": "PLANTED-1", "y": []string{token}})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{line, string(planted)} {
			var m Masker
			got := string(m.Line([]byte(line)))
			if m.Masked == 0 && got != line {
				t.Fatalf("Line(%q) = %q, but nothing was masked", line, got)
			}
			if len(got) > len(line)+m.Masked*(len(Mask)+2<<maxNesting) {
				t.Fatalf("Line(%q) = %q, which is too long for %d masks", line, got, m.Masked)
			}
			if json.Valid([]byte(line)) && shape(line) != shape(got) {
				t.Fatalf("Line(%q) = %q: the shape %s became %s", line, got, shape(line), shape(got))
			}
			if again := string(new(Masker).Line([]byte(got))); again != got {
				t.Fatalf("Line(%q) = %q, and that again = %q", line, got, again)
			}
			if line == string(planted) && (strings.Contains(got, `:"PLANTED-1"`) || strings.Contains(got, `["`+token)) {
				t.Fatalf("Line(%s) = %s", line, got)
			}
		}
	})
}

// shape is a text of JSON with S for each key, string and number; empty for what is not JSON.
func shape(text string) string {
	var s rawjson.Scanner
	s.Multiline = true
	if !s.Valid([]byte(text)) {
		return ""
	}
	var out strings.Builder
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	for {
		switch token, err := d.Token(); token := token.(type) {
		case json.Delim:
			out.WriteString(token.String())
		case bool, nil:
			if err != nil {
				return out.String()
			}
			fmt.Fprint(&out, token)
		default:
			out.WriteByte('S')
		}
	}
}

func TestWhatIsNotASecretStaysByteForByte(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"control bytes as escapes", `{"a":"\u0010\u001f\u0000 password=hunter22 \u001b[31m\u007f"}`, `{"a":"\u0010\u001f\u0000 password=[redacted] \u001b[31m\u007f"}`},
		{"control bytes in a line that is not JSON", "\x10\x1f password=hunter22 \x1b[31m", "\x10\x1f password=[redacted] \x1b[31m"},
		{"spelling of escapes", `{"a":"\/ \u00e4 \ud83d\ude00 \b\f token=hunter22 \/ \u00E4"}`, `{"a":"\/ \u00e4 \ud83d\ude00 \b\f token=[redacted] \/ \u00E4"}`},
		{"runes that cannot be seen", "[\"x\u200by password=hunter22 x\u200by\"]", "[\"x\u200by password=[redacted] x\u200by\"]"},
		{"look-alikes", "[\"\u0430\u0435 p\u0430ssword=hunter22 \u0430\"]", "[\"\u0430\u0435 p\u0430ssword=[redacted] \u0430\"]"},
		{"bytes that are not UTF-8", "[\"\xff token=hunter22 \xfe\"]", "[\"\xff token=[redacted] \xfe\"]"},
		{"numbers", `{"n":1.0e+2,"secret":-1.5E3,"m":-0}`, `{"n":1.0e+2,"secret":"[redacted]","m":-0}`},
		{"duplicate keys", `{"a":1,"a":2,"token":"x","token":"y"}`, `{"a":1,"a":2,"token":"[redacted]","token":"[redacted]"}`},
		{"JSON in a string", `{"a":"{ \"password\" : -7 , \"b\":\"\\u0041\"}"}`, `{"a":"{ \"password\" : \"[redacted]\" , \"b\":\"\\u0041\"}"}`},
		{"JSON in JSON in a string", `["[\"{\\\"pin\\\":1234}\"]"]`, `["[\"{\\\"pin\\\":\\\"[redacted]\\\"}\"]"]`},
		{"encoded for a URL", `["a%20b%26token%3Dhunter22%26c"]`, `["a%20b%26token%3D[redacted]"]`},
		{"masked already", `{"password":"[redacted]","b":"token=[redacted] Bearer [redacted]"}`, `{"password":"[redacted]","b":"token=[redacted] Bearer [redacted]"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(new(Masker).Line([]byte(c.line))); got != c.want {
				t.Errorf("Line(%s) = %s, want %s", c.line, got, c.want)
			}
		})
	}
}

// The benchmarks stand beside their floor: checking that the line is JSON, which masking has to do.
func BenchmarkLine(b *testing.B) { benchmarkLine(b, new(Masker), plainLine) }

func BenchmarkLineWithASecret(b *testing.B) { benchmarkLine(b, new(Masker), secretLine) }

func BenchmarkLineOfANewMasker(b *testing.B) {
	b.SetBytes(int64(len(plainLine)))
	for b.Loop() {
		new(Masker).Line([]byte(plainLine))
	}
}

func BenchmarkFloor(b *testing.B) {
	scan := rawjson.Scanner{Multiline: true}
	line := []byte(plainLine)
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if !scan.Valid(line) {
			b.Fatal("the line is not JSON")
		}
	}
}

func benchmarkLine(b *testing.B, m *Masker, text string) {
	line := []byte(text)
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		m.Line(line)
	}
}

const (
	plainLine  = `{"actionName":"UPDATE_RULE","actor":{"id":"u-1","name":"homer","type":"USER"},"actionParams":{"dynamic":{"input":{"id":"AWS.Root.Login","body":"def rule(event):\n  return event.get('x')"}}}}`
	secretLine = `{"actionName":"UPDATE_RULE","actor":{"id":"u-1","name":"homer","type":"USER"},"actionParams":{"dynamic":{"input":{"id":"AWS.Root.Login","body":"password = 'hunter22'\n"},"token":"x"}}}`
)
