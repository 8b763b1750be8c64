package rawjson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

var texts = []struct {
	in   string
	code Code
	at   int
}{
	{`{}`, OK, 0}, {`[]`, OK, 0}, {`{"a":1}`, OK, 0}, {`{"a":{"b":[1,2,{"c":null}]},"d":"x"}`, OK, 0},
	{` { "a" : [ 1 , -0 , 1.0 , 1e400 , 9007199254740993 ] } `, OK, 0},
	{`"plain"`, OK, 0}, {`"\u00e9\"\\\/\b\f\n\r\t"`, OK, 0}, {`true`, OK, 0}, {`-0.5E+10`, OK, 0},
	{``, Cut, 0}, {`{`, Cut, 1}, {`{"a`, Cut, 3}, {`{"a"`, Cut, 4}, {`{"a":`, Cut, 5}, {`{"a":1`, Cut, 6}, {`{"a":1,`, Cut, 7},
	{`[1,`, Cut, 3}, {`"\`, Cut, 2}, {`"\u12`, Cut, 5}, {`tru`, Cut, 3}, {`-`, Cut, 1}, {`1.`, Cut, 2}, {`1e`, Cut, 2},
	{`{"a":1,}`, UnexpectedByte, 7}, {`[1,]`, UnexpectedByte, 3}, {`{'a':1}`, UnexpectedByte, 1}, {`{a:1}`, UnexpectedByte, 1},
	{`{"a" 1}`, UnexpectedByte, 5}, {`[1 2]`, UnexpectedByte, 3}, {`[1}`, UnexpectedByte, 2}, {`{"a":1]`, UnexpectedByte, 6},
	{`{"a":NaN}`, BadLiteral, 5}, {`nulL`, BadLiteral, 3}, {`{"a":undefined}`, BadLiteral, 5},
	{`01`, BadNumber, 1}, {`-x`, BadNumber, 1}, {`1.x`, BadNumber, 2}, {`1e+x`, BadNumber, 3}, {`+1`, UnexpectedByte, 0}, {`.5`, UnexpectedByte, 0},
	{"\"a\x00b\"", BadString, 2}, {"\"a\tb\"", BadString, 2}, {`"\x41"`, BadEscape, 2}, {`"\u12G4"`, BadEscape, 5},
	{`{} {}`, TrailingBytes, 3}, {`{}x`, TrailingBytes, 2}, {"\x00", UnexpectedByte, 0},
	{strings.Repeat("[", 1000) + strings.Repeat("]", 1000), OK, 0},
	{strings.Repeat("[", 100_000), TooDeep, MaxDepth},
	{"{\"a\":\n1}", Cut, 5},
}

func TestScannerNamesTheFaultAndItsByte(t *testing.T) {
	for _, c := range texts {
		t.Run(fmt.Sprintf("%.40q", c.in), func(t *testing.T) {
			var s Scanner
			ok := s.Valid([]byte(c.in))
			if ok != (c.code == OK) || !ok && s.Fault != (Fault{c.code, c.at}) {
				t.Errorf("Valid = %v, fault %v at %d; want %v at %d", ok, s.Fault.Code, s.Fault.Offset, c.code, c.at)
			}
		})
	}
}

func TestScannerTakesNewlinesAsSpaceOnRequest(t *testing.T) {
	s := Scanner{Multiline: true}
	if !s.Valid([]byte("{\n \"a\":\n1\n}\n")) {
		t.Errorf("fault %v, want none", s.Fault)
	}
	if s.Valid([]byte("\"a\nb\"")) || s.Fault.Code != BadString {
		t.Errorf("a newline in a string: fault %v, want %v", s.Fault.Code, BadString)
	}
}

func TestScannerFindsDuplicateKeysByMeaning(t *testing.T) {
	many := func(n int, extra string) string {
		var b strings.Builder
		b.WriteByte('{')
		for i := range n {
			fmt.Fprintf(&b, `"key%d":{"x":1,"y":{}},`, i)
		}
		return b.String() + extra + "}"
	}
	for _, c := range []struct {
		in   string
		want []string
	}{
		{`{"a":1,"b":2}`, nil},
		{`{"a":1,"a":2}`, []string{"a"}},
		{`{"a":1,"\u0061":2}`, []string{`\u0061`}},
		{`{"\u0061":1,"a":2}`, []string{"a"}},
		{`{"a":{"a":1},"b":{"a":1}}`, nil},
		{`{"o":{"long-key-one":1,"x":[{"long-key-one":1}],"long-key-one":2}}`, []string{"long-key-one"}},
		{`{"long-key-1-one":1,"long-key-2-one":2}`, nil},
		{`{"a":1,"a":2,"a":3}`, []string{"a", "a"}},
		{many(100, `"key7":1,"new":2,"new":3`), []string{"key7", "new"}},
		{`{"o":` + many(50, `"p":`+many(60, `"key3":0`)+`,"key49":1`) + `,"o":1}`, []string{"key3", "key49", "o"}},
	} {
		var got []string
		s := Scanner{OnDuplicate: func(b []byte, start, end int) { got = append(got, string(b[start:end])) }}
		if !s.Valid([]byte(c.in)) {
			t.Fatalf("%.60q: %v", c.in, s.Fault)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%.60q: duplicates %q, want %q", c.in, got, c.want)
		}
	}
}

func TestScannerReportsOddStrings(t *testing.T) {
	var got []string
	s := Scanner{OnOdd: func(b []byte, start, end int, info Info, key bool) {
		got = append(got, fmt.Sprintf("%q %d %v", b[start:end], info, key))
	}}
	in := "{\"a\":\"plain \\n \\\" text\",\"\\u202e\":1,\"b\":[\"caf\u00e9\",\"\xff\",\"\\r\"]}"
	if !s.Valid([]byte(in)) {
		t.Fatal(s.Fault)
	}
	want := []string{
		fmt.Sprintf("%q %d true", `\u202e`, Escaped|Odd), fmt.Sprintf("%q %d false", "café", Odd|NonASCII|Tame),
		fmt.Sprintf("%q %d false", "\xff", Odd|NonASCII|BadUTF8), fmt.Sprintf("%q %d false", `\r`, Escaped|Odd),
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestUnquote(t *testing.T) {
	for in, want := range map[string]string{
		`plain`: "plain", `\u00e9`: "é", `\ud83d\ude00!`: "😀!", `\ud83d`: "\xed\xa0\xbd", `\ud83d\u0041`: "\xed\xa0\xbdA",
		`a\"b\\c\/d\b\f\n\r\t`: "a\"b\\c/d\b\f\n\r\t", "raw \xff": "raw \xff", `\ude00`: "\xed\xb8\x80",
	} {
		if got := string(Unquote(nil, []byte(in))); got != want {
			t.Errorf("Unquote(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzScannerAgreesWithEncodingJSON holds the scanner against an independent implementation: the same texts are valid.
func FuzzScannerAgreesWithEncodingJSON(f *testing.F) {
	for _, c := range texts {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s := Scanner{Multiline: true}
		got, want := s.Valid(b), json.Valid(b)
		if got != want && !(want && s.Fault.Code == TooDeep) {
			t.Fatalf("Valid(%q) = %v (%v at %d), encoding/json says %v", b, got, s.Fault.Code, s.Fault.Offset, want)
		}
		if !got && (s.Fault.Offset < 0 || s.Fault.Offset > len(b)) {
			t.Fatalf("Valid(%q): the fault is at %d", b, s.Fault.Offset)
		}
		var text string
		if got && json.Unmarshal(b, &text) == nil {
			trimmed := bytes.TrimSpace(b)
			mine := Unquote(nil, trimmed[1:len(trimmed)-1])
			if replaced := strings.ToValidUTF8(string(mine), "\ufffd"); len(trimmed) > 0 && trimmed[0] == '"' && !sameText(replaced, text) {
				t.Fatalf("Unquote(%q) = %q, encoding/json says %q", b, mine, text)
			}
		}
	})
}

// sameText compares texts whose bad bytes were replaced; how many marks a run of bad bytes becomes is free.
func sameText(a, b string) bool {
	fold := func(s string) string {
		for strings.Contains(s, "\ufffd\ufffd") {
			s = strings.ReplaceAll(s, "\ufffd\ufffd", "\ufffd")
		}
		return s
	}
	return fold(a) == fold(b)
}
