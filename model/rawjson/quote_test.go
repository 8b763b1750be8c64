package rawjson

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

var quoted = []struct{ text, plain, ascii string }{
	{"", `""`, `""`},
	{"plain text", `"plain text"`, `"plain text"`},
	{`a "quote" and \`, `"a \"quote\" and \\"`, `"a \"quote\" and \\"`},
	{"\n\t", `"\n\t"`, `"\n\t"`},
	{"\r\b\f\x00\x0f\x10\x1f", `"\u000d\u0008\u000c\u0000\u000f\u0010\u001f"`, `"\r\b\f\u0000\u000f\u0010\u001f"`},
	{"\x7f<&>'", "\"\x7f<&>'\"", `"\u007f\u003c\u0026\u003e'"`},
	{"é家👍\u2028\u202e", "\"é家👍\u2028\u202e\"", `"\u00e9\u5bb6\ud83d\udc4d\u2028\u202e"`},
	{"a\xff\xfeb\xff", "\"a\xff\xfeb\xff\"", `"a\ufffdb\ufffd"`},
	{"\ufffd\xff\ufffd", "\"\ufffd\xff\ufffd\"", `"\ufffd\ufffd\ufffd"`},
	{"far behind many plain bytes: \"", `"far behind many plain bytes: \""`, `"far behind many plain bytes: \""`},
}

func TestStringsAreWritten(t *testing.T) {
	for _, c := range quoted {
		if got := string(AppendString([]byte("x"), c.text)); got != "x"+c.plain {
			t.Errorf("AppendString(%q) = %s, want x%s", c.text, got, c.plain)
		}
		if got := string(AppendString(nil, []byte(c.text))); got != c.plain {
			t.Errorf("AppendString([]byte(%q)) = %s, want %s", c.text, got, c.plain)
		}
		if got := string(AppendASCIIString([]byte("x"), c.text)); got != "x"+c.ascii {
			t.Errorf("AppendASCIIString(%q) = %s, want x%s", c.text, got, c.ascii)
		}
	}
}

func TestATextInASCIIIsOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"{\"é\":\t1,\r\n\"b\": \"👍\x7f\"}": `{"\u00e9": 1,  "b": "\ud83d\udc4d\u007f"}`,
		"\"a\xff\xfe\"":                    `"a\ufffd\ufffd"`,
		`{"a":"\u00e9 <&>"}`:               `{"a":"\u00e9 <&>"}`,
	} {
		if got := string(AppendASCII(nil, []byte(in))); got != want {
			t.Errorf("AppendASCII(%q) = %s, want %s", in, got, want)
		}
	}
}

// FuzzStringsReadBack holds the writers of strings against the scanner, Unquote and encoding/json.
func FuzzStringsReadBack(f *testing.F) {
	for _, c := range quoted {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var s Scanner
		plain, ascii := AppendString(nil, text), AppendASCIIString(nil, text)
		if !s.Valid(plain) || !s.Valid(ascii) {
			t.Fatalf("%q becomes %s and %s: %v", text, plain, ascii, s.Fault)
		}
		if got := Unquote(nil, plain[1:len(plain)-1]); string(got) != text {
			t.Fatalf("%q reads back as %q", text, got)
		}
		var read string
		if err := json.Unmarshal(plain, &read); err != nil || utf8.ValidString(text) && read != text {
			t.Fatalf("encoding/json reads %s as %q, %v; want %q", plain, read, err, text)
		}
		encoded, err := json.Marshal(strings.ToValidUTF8(text, "\ufffd"))
		if want := AppendASCII(nil, encoded); err != nil || !bytes.Equal(ascii, want) {
			t.Fatalf("AppendASCIIString(%q) = %s, encoding/json says %s, %v", text, ascii, want, err)
		}
	})
}

// FuzzATextInASCIIMeansTheSame rewrites JSON texts, and reads both with encoding/json.
func FuzzATextInASCIIMeansTheSame(f *testing.F) {
	for _, c := range texts {
		f.Add([]byte(c.in))
	}
	for _, c := range quoted {
		f.Add([]byte("[\t" + c.plain + "\n]"))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		out := AppendASCII(nil, text)
		if at := bytes.IndexFunc(out, func(r rune) bool { return r < ' ' || r > '~' }); at >= 0 {
			t.Fatalf("AppendASCII(%q) = %q: byte %d is not printable", text, out, at)
		}
		var before, after any
		if json.Unmarshal(text, &before) != nil {
			return
		}
		if err := json.Unmarshal(out, &after); err != nil || !reflect.DeepEqual(before, after) {
			t.Fatalf("AppendASCII(%q) = %s: %v", text, out, err)
		}
	})
}
