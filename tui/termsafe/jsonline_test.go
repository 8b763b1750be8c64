package termsafe

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestJSONLineEscapesInStringsWhatCannotBeShown(t *testing.T) {
	for _, tt := range []struct{ raw, want string }{
		{`{"a":"plain","n":1.0}`, `{"a":"plain","n":1.0}`},
		{`{"a":"日本 é"}`, `{"a":"日本 é"}`},
		{"{\"a\":\"\u009b2J\u009d52;c;eA==\u009c\"}", `{"a":"\u009b2J\u009d52;c;eA==\u009c"}`},
		{"{\"a\u202eb\":\"\u2066x\u200b\"}", `{"a\u202eb":"\u2066x\u200b"}`},
		{"{\"a\":\"\U000e0041\U0001ffff\"}", `{"a":"\udb40\udc41\ud83f\udfff"}`},
		{"{\"a\":\"\x7f\xff\xed\xa0\x80\ufffd\"}", `{"a":"\u007f\ufffd\ufffd\ufffd\ufffd` + "\ufffd" + `"}`},
		{"{\"a\":\"אב\",\"b\":\"│█\"}", `{"a":"\u05d0\u05d1","b":"\u2502\u2588"}`},
		{"{\"\u0301a\":\"e" + strings.Repeat("\u0301", 6) + "\"}", `{"\u0301a":"e` + strings.Repeat("\u0301", 4) + `\u0301\u0301"}`},
		{"{\t\"a\"\t:\r1,\t\"b\":\"\\t\\u001b\\\\\",\"c\\\"\":\"\u00a0\"}", `{ "a" : 1, "b":"\t\u001b\\","c\"":"\u00a0"}`},
		{"[\"\\\\\",\"\u202e\",\"\\\"\u202e\"]", `["\\","\u202e","\"\u202e"]`},
	} {
		got := JSONLine([]byte(tt.raw), Options{}).String()
		if got != tt.want {
			t.Errorf("JSONLine(%q) = %s, want %s", tt.raw, got, tt.want)
		}
		checkSameJSON(t, tt.raw, got)
	}
	if got := JSONLine([]byte(`{"é":"日"}`), Options{ASCII: true}).String(); got != `{"\u00e9":"\u65e5"}` {
		t.Errorf("in ASCII: %s", got)
	}
}

func checkSameJSON(t *testing.T, raw, got string) {
	t.Helper()
	before, err := valueOf(raw)
	if err != nil {
		t.Fatalf("%q: %v", raw, err)
	}
	if after, err := valueOf(got); err != nil || !reflect.DeepEqual(before, after) {
		t.Fatalf("%q became %q: %v (%v)", raw, got, after, err)
	}
}

// valueOf reads a JSON text with its numbers as they are written, as a float64 does not hold all of them.
func valueOf(text string) (value any, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}

func TestJSONLineIsSafeAlsoOfWhatIsNoJSON(t *testing.T) {
	for _, raw := range []string{"\x1b]0;x\a", "\"\x1b[2J", "{\"a\x1b[2J\":\x1b[2J}", `"\`, "\"\\\xff\x1b", "\u009b", "\"a\nb"} {
		if got := JSONLine([]byte(raw), Options{}).String(); strings.ContainsAny(got, "\x1b\a\n\r\t\u009b") {
			t.Errorf("JSONLine(%q) = %q", raw, got)
		}
	}
}

func FuzzJSONLine(f *testing.F) {
	for _, h := range hostile {
		encoded, err := json.Marshal(map[string]string{h.raw: h.want})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(encoded))
		f.Add(`{"a":"` + h.raw + `"}`)
	}
	f.Add(`[8e1111110]`)
	f.Fuzz(func(t *testing.T, raw string) {
		for _, opt := range []Options{{}, {ASCII: true}, {RightToLeft: true, Drawing: true}} {
			got := JSONLine([]byte(raw), opt).String()
			if out, n := Tripwire(got); n > 0 || strings.ContainsAny(out, "\n\x1b") {
				t.Fatalf("JSONLine(%q) = %q", raw, got)
			}
			if json.Valid([]byte(raw)) {
				checkSameJSON(t, raw, got)
			}
		}
	})
}
