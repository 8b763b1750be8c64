package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// got is a record as tests compare it.
type got struct {
	Text           string
	Offset, Length int64
	Line           int64
	TooLong        bool
}

// split gives the records of a text that is written in chunks of at most size bytes.
func split(t testing.TB, f Format, limits Limits, text string, size int) []got {
	t.Helper()
	s, err := NewSplitter(f, limits)
	if err != nil {
		t.Fatal(err)
	}
	var records []got
	emit := func(r Record) {
		records = append(records, got{string(r.Text), r.Offset, r.Length, r.Line, r.TooLong})
	}
	for p := []byte(text); len(p) > 0; {
		n := min(size, len(p))
		chunk := bytes.Clone(p[:n])
		s.Write(chunk, emit)
		if !bytes.Equal(chunk, p[:n]) {
			t.Fatalf("Write changed its chunk to %q", chunk)
		}
		clear(chunk)
		p = p[n:]
	}
	s.Close(emit)
	return records
}

func texts(records []got) []string {
	list := []string{}
	for _, r := range records {
		list = append(list, r.Text)
	}
	return list
}

// valueTexts are texts with the records that they hold.
var valueTexts = []struct {
	name, text string
	want       []string
}{
	{"empty", "", nil},
	{"array on one line", `[{"a":1},{"b":[1,{}]}, {"c":"]}"}]`, []string{`{"a":1}`, `{"b":[1,{}]}`, `{"c":"]}"}`}},
	{"array of scalars", "[1, \"x,y\", null,true\n,-1e5,[1,2], {} ]", []string{`1`, `"x,y"`, `null`, `true`, `-1e5`, `[1,2]`, `{}`}},
	{"two arrays", "[{\"a\":1}]\n[{\"a\":2}]", []string{`{"a":1}`, `{"a":2}`}},
	{"empty array", " [ ] \n", nil},
	{"pretty", "{\n  \"a\": 1,\n  \"b\": [\n    {\n      \"c\": 1\n    }\n  ]\n}\n{\r\n  \"d\": 2\r\n}\r\n",
		[]string{"{\t  \"a\": 1,\t  \"b\": [\t    {\t      \"c\": 1\t    }\t  ]\t}", "{\t\t  \"d\": 2\t\t}"}},
	{"pretty without indentation", "{\n\"a\": [\n{\n\"b\": 1\n},\n{\n\"b\": 2\n}\n]\n}\n{\n\"c\": 1\n}",
		[]string{"{\t\"a\": [\t{\t\"b\": 1\t},\t{\t\"b\": 2\t}\t]\t}", "{\t\"c\": 1\t}"}},
	{"brace after a colon and a line end", "{\"a\":\n{\"b\":1}}\n{\"c\":[\n{},\n{}]}", []string{"{\"a\":\t{\"b\":1}}", "{\"c\":[\t{},\t{}]}"}},
	{"pretty array", "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n", []string{"{\t    \"a\": 1\t  }", "{\t    \"a\": 2\t  }"}},
	{"concatenated", `{"a":1}{"b":2} {"c":3},{"d":"\"{\\"}`, []string{`{"a":1}`, `{"b":2}`, `{"c":3}`, `{"d":"\"{\\"}`}},
	{"byte order mark", "\ufeff{\"a\":1}{\"b\":2}", []string{`{"a":1}`, `{"b":2}`}},
	{"half a byte order mark", "\xef\xbb", []string{"\xef\xbb"}},
	{"Records", `{"Records":[{"actionName":"A"},{"b":2}]}`, []string{`{"actionName":"A"}`, `{"b":2}`}},
	{"pretty Records", "{\n  \"Records\" : [\n    {\n      \"a\": 1\n    },\n    2\n  ]\n}\n", []string{"{\t      \"a\": 1\t    }", `2`}},
	{"Records behind other members", `{"Count":2,"x":{"y":[{}]},"Records":[{"a":1}],"more":{"z":"]"}}{"b":2}`, []string{`{"a":1}`, `{"b":2}`}},
	{"Records a line", "{\"Records\":[{\"a\":1}]}\n{\"Records\":[]}\n{\"Records\":[{\"a\":2}]}\n", []string{`{"a":1}`, `{"a":2}`}},
	{"Records that are no array", `{"Records":5}{"Records":{"a":[1]}}`, []string{`{"Records":5}`, `{"Records":{"a":[1]}}`}},
	{"an event with Records", `{"actionName":"A","Records":[{"a":1}]}`, []string{`{"actionName":"A","Records":[{"a":1}]}`}},
	{"lake row with data", `{"p_row_id":"1","data":{"edges":[{"node":{}}]}}`, []string{`{"p_row_id":"1","data":{"edges":[{"node":{}}]}}`}},
	{"page", `{"data":{"auditLogs":{"edges":[{"node":{"actionName":"A"}},{"cursor":"x","node":{"b":2}, "z":{"q":[1]}}],"pageInfo":{"hasNextPage":false,"endCursor":"}]"}}}}`,
		[]string{`{"actionName":"A"}`, `{"b":2}`}},
	{"deep page behind extensions", `{"extensions":{"cost":[1]},"data":{"dataLakeQuery":{"message":"","status":"succeeded","results":{"edges":[{"node":{"a":1}}]}}}}`, []string{`{"a":1}`}},
	{"pages a line", "{\"data\":{\"q\":{\"edges\":[{\"node\":{\"a\":1}}]}}}\n{\"data\":{\"q\":{\"edges\":[]}}}\n{\"data\":{\"q\":{\"edges\":[{\"node\":{\"a\":2}}]}}}",
		[]string{`{"a":1}`, `{"a":2}`}},
	{"array of pages", `[{"data":{"q":{"edges":[{"node":{"a":1}}]}}},{"data":{"q":{"edges":[{"node":{"a":2}}]}}}]`, []string{`{"a":1}`, `{"a":2}`}},
	{"two lists of a page", `{"data":{"x":{"edges":[{"node":1}]},"y":{"edges":[{"node":null}]}}}`, []string{`1`, `null`}},
	{"edges alone", `{"edges":[{"node":{"a":1}}],"pageInfo":{}}`, []string{`{"a":1}`}},
	{"edges that are not wrappers", `{"data":{"q":{"edges":[{"actionName":"A","node":{}},7,{"x":1},{}]}}}`, []string{`{"actionName":"A","node":{}}`, `7`, `{"x":1}`, `{}`}},
	{"page of errors", `{"errors":[{"message":"no"}],"data":null}`, []string{`{"errors":[{"message":"no"}],"data":null}`}},
	{"data that is not a page", `{"data":{"x":{"y":{"z":[1]}}},"q":1}{"b":1}`, []string{`{"data":{"x":{"y":{"z":[1]}}},"q":1}`, `{"b":1}`}},
	{"page of items", `{"next":{"x":[1]},"items" : [ {"a":1},{"b":{"items":[{}]}} ],"total":{"y":[{}]}}`, []string{`{"a":1}`, `{"b":{"items":[{}]}}`}},
	{"pretty page of events", "{\n  \"events\": [\n    {\n      \"a\": 1\n    }\n  ],\n  \"next\": null\n}\n", []string{"{\t      \"a\": 1\t    }"}},
	{"page of values, then a line", "{\"value\":[{\"a\":1}]}\n{\"b\":2}\n", []string{`{"a":1}`, `{"b":2}`}},
	{"page of logs, empty", `{"logs":[]}{"logs":[7]}`, []string{`{"logs":[]}`, `{"logs":[7]}`}},
	{"page of hits", `{"took":3,"hits":{"total":{"value":2},"max_score":null,"hits":[{"_id":"1","_source":{"a":1}},{"_id":"2"}]}}`, []string{`{"_id":"1","_source":{"a":1}}`, `{"_id":"2"}`}},
	{"hits that are none", `{"hits":3}{"hits":{"total":1}}`, []string{`{"hits":3}`, `{"hits":{"total":1}}`}},
	{"page cut in an event", `{"items":[{"a":1},{"b":`, []string{`{"a":1}`, `{"b":`}},
	{"page with a key of events", `{"items":[{"a":1}],"actionName":"X","z":1}`, []string{`{"a":1}`, `"X"`}},
	{"an event with items", `{"actionName":"X","items":[{"a":1}]}`, []string{`{"actionName":"X","items":[{"a":1}]}`}},
	{"behind NULs", "{\n}\n\x00\x00{\"a\":1}\n", []string{"{\t}", "\x00\x00{\"a\":1}"}},
	{"before NULs", "{\"a\":1}\x00 \x00\n{\"b\":1}\x00{\"c\":1}\x00", []string{"{\"a\":1}\x00 \x00", "{\"b\":1}\x00", "{\"c\":1}\x00"}},
	{"behind a header", "[pod/a/b] {\"a\":1}\n2026-11-22T09:00:00Z stdout F {\n\"b\":1}", []string{"[pod/a/b] {\"a\":1}", "2026-11-22T09:00:00Z stdout F {\t\"b\":1}"}},
	{"behind a mark, at the end", "{\n}\ufeff{\"a\":1}\ufeff", []string{"{\t}\ufeff", "{\"a\":1}\ufeff"}},
	{"behind what may not stand there", "x \x00{\"a\":1} y\n[pod/a]\n{\"b\":1}\x00z\n", []string{"x \x00", `{"a":1}`, "y", "pod/a", `{"b":1}`, "\x00z"}},
	{"numbers before an object", "1 2 {\"a\":1}", []string{"1", "2", `{"a":1}`}},
	{"NULs in a list", "[\x00{\"a\":1}\x00]", []string{"\x00", `{"a":1}`, "\x00"}},
	{"text sequence", "\x1e{\"a\":1}\n\x1e{\n\"b\":2}\n\x1e\x1e[{\"c\":3}]\n\x1e4\n", []string{`{"a":1}`, "{\t\"b\":2}", `{"c":3}`, `4`}},
	{"text sequence, one cut", "\x1e{\"a\":\"x\x1e{\"b\":[\n\x1e{\"c\":3}\n", []string{`{"a":"x`, `{"b":[`, `{"c":3}`}},

	{"cut in a string, then a line", "{\"a\":1}\n{\"b\":\"x\n{\"c\":3}\n{\"d\":4}\n", []string{`{"a":1}`, `{"b":"x`, `{"c":3}`, `{"d":4}`}},
	{"cut behind a comma", "[\n{\"a\":1,\n{\"b\":2},\n{\"c\":3}\n]", []string{`{"a":1,`, `{"b":2}`, `{"c":3}`}},
	{"cut where a value is due", "[\n{\"a\":1,\"x\":\n{\"b\":2},\n{\"c\":[\n{\"d\":3},\n{\"e\":4}\n]\n", []string{`{"a":1,"x":`, `{"b":2}`, `{"c":[`, `{"d":3}`, `{"e":4}`}},
	{"pretty, cut", "{\n  \"a\": 1,\n  \"b\": [\n{\n  \"c\": 2\n}\n{\n  \"d\": 3\n}\n", []string{"{\t  \"a\": 1,\t  \"b\": [", "{\t  \"c\": 2\t}", "{\t  \"d\": 3\t}"}},
	{"pretty array, cut in a string", "[\n  {\n    \"a\": \"x\n  },\n  {\n    \"b\": [{\n      \"c\": 1 }]\n  }\n]\n",
		[]string{"{\t    \"a\": \"x\t  }", "{\t    \"b\": [{\t      \"c\": 1 }]\t  }"}},
	{"line end in a string", "[{\"a\":\"x\ny\"},\n{\"b\":2}]", []string{"{\"a\":\"x\ty\"},", `{"b":2}`}},
	{"last one damaged", "[\n {\"a\":1},\n {\"b\":\"x}\n]\n", []string{`{"a":1}`, `{"b":"x}`}},
	{"a bracket too many", "{\"a\":1}}\n{\"b\":2}]\n{\"c\":3}", []string{`{"a":1}`, `}`, `{"b":2}`, `]`, `{"c":3}`}},
	{"words between", "# note\n{\"a\":1}\noops {\"b\":2}\n\"quoted\nnul\x00\n", []string{`# note`, `{"a":1}`, `oops`, `{"b":2}`, `"quoted`, "nul\x00"}},
	{"cut page, then a page", "{\"data\":{\"q\":{\"edges\":[{\"node\":{\"a\":1}},{\"node\":{\"b\":\n{\"data\":{\"q\":{\"edges\":[{\"node\":{\"c\":3}}]}}}\n",
		[]string{`{"a":1}`, `{"b":`, `{"c":3}`}},
	{"page cut in its information", "{\"data\":{\"q\":{\"edges\":[{\"node\":{\"a\":1}}],\"pageInfo\":{\"x\":\"y\n{\"data\":{\"q\":{\"edges\":[{\"node\":{\"c\":3}}]}}}\n",
		[]string{`{"a":1}`, `"y`, `{"c":3}`}},
	{"page cut between members", "{\"data\":{\"q\":{\"edges\":[{\"node\":{\"a\":1}}],\n{\"data\":{\"q\":{\"edges\":[{\"node\":{\"c\":3}}]}}}\n", []string{`{"a":1}`, `{"c":3}`}},
	{"cut at the end", `[{"a":1},{"b":{"c":"\`, []string{`{"a":1}`, `{"b":{"c":"\`}},
	{"a separator in a key", "{\"x\x1e{\"b\":1}", []string{`{"x`, `{"b":1}`}},
	{"a control byte in a key", "0{\"edges\x15:[", []string{`0`, "{\"edges\x15:["}},
	{"page cut in a key", `{"data":{"q":{"edges":[{"node":{"a":1}}],"page`, []string{`{"a":1}`, `"page`}},
}

func TestValuesAreSplitIntoRecords(t *testing.T) {
	for _, c := range valueTexts {
		t.Run(c.name, func(t *testing.T) {
			records := split(t, Format{Kind: Values}, Limits{}, c.text, 1<<20)
			if diff := cmp.Diff(append([]string{}, c.want...), texts(records)); diff != "" {
				t.Errorf("records of %q (-want +got):\n%s", c.text, diff)
			}
			checkPlaces(t, c.text, records)
		})
	}
}

// checkPlaces fails if a record is not what the text has at its place, or its line is another.
func checkPlaces(t *testing.T, text string, records []got) {
	t.Helper()
	last := int64(0)
	for _, r := range records {
		if r.Offset < last || r.Length < int64(len(r.Text)) || r.Length == 0 || r.Offset+r.Length > int64(len(text)) {
			t.Fatalf("%q at %d+%d, the one before ends at %d, text %q", r.Text, r.Offset, r.Length, last, text)
		}
		last = r.Offset + r.Length
		flat := []byte(text[r.Offset:][:len(r.Text)])
		if Flatten(flat); string(flat) != r.Text || !r.TooLong && r.Length != int64(len(r.Text)) {
			t.Fatalf("at %d+%d stands %q, Text is %q", r.Offset, r.Length, flat, r.Text)
		}
		if want := int64(1 + strings.Count(text[:r.Offset], "\n")); r.Line != want {
			t.Fatalf("%q at %d of %q: line %d, want %d", r.Text, r.Offset, text, r.Line, want)
		}
	}
}

func TestRecordsDoNotDependOnChunks(t *testing.T) {
	check := func(t *testing.T, f Format, limits Limits, text string) {
		t.Helper()
		whole := split(t, f, limits, text, len(text)+1)
		checkPlaces(t, text, whole)
		for size := 1; size <= len(text); size++ {
			if diff := cmp.Diff(whole, split(t, f, limits, text, size)); diff != "" {
				t.Fatalf("%q with limit %d in chunks of %d (-whole +chunks):\n%s", text, limits.RecordBytes, size, diff)
			}
		}
	}
	for _, c := range valueTexts {
		for _, limit := range []int{0, 1, 4, 7, 20} {
			check(t, Format{Kind: Values}, Limits{RecordBytes: limit}, c.text)
		}
	}
}

func TestLongRecordsAreGivenByTheirHead(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", 200_000) + `"}`
	for _, c := range []struct {
		name, text string
		want       []got
	}{
		{"whole", "[" + long + `,{"b":2}]`, []got{{long[:longRecordHead], 1, int64(len(long)), 1, true}, {`{"b":2}`, int64(len(long)) + 2, 7, 1, false}}},
		{"never ending", "{\"a\":[\"" + strings.Repeat("y", 150_000) + "\"\n{\"b\":2}\n",
			[]got{{("{\"a\":[\"" + strings.Repeat("y", 150_000))[:longRecordHead], 0, 150_009, 1, true}, {`{"b":2}`, 150_009, 7, 2, false}}},
	} {
		for _, size := range []int{999, 1 << 20} {
			if diff := cmp.Diff(c.want, split(t, Format{Kind: Values}, Limits{RecordBytes: 100_000}, c.text, size)); diff != "" {
				t.Errorf("%s in chunks of %d (-want +got):\n%s", c.name, size, diff)
			}
		}
	}
}

// TestHostileBracketsCostLinearTime ends at all, which it would not within any patience if lines were looked at again and again.
func TestHostileBracketsCostLinearTime(t *testing.T) {
	text := strings.Repeat("{\"a\":[\n", 1<<19)
	records := split(t, Format{Kind: Values}, Limits{}, text, 1<<16)
	if len(records) != 1<<19 {
		t.Errorf("%d records, want one a line", len(records))
	}
}

func TestFlattenNeverMakesARecordValid(t *testing.T) {
	for _, text := range []string{"{\"a\":\"x\ny\"}", "{\"a\":\"x\ry\"}", "{\"a\"\n:\"x\"\r\n}"} {
		flat := []byte(text)
		Flatten(flat)
		if bytes.ContainsAny(flat, "\r\n") || json.Valid(flat) != json.Valid([]byte(text)) {
			t.Errorf("Flatten(%q) = %q", text, flat)
		}
	}
}

// elements are the records of a valid text that has no wrappers: its values, and the elements of those that are arrays.
func elements(text []byte) ([]string, error) {
	list := []string{}
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var v json.RawMessage
		if err := d.Decode(&v); err == io.EOF {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		if next := d.InputOffset(); next < int64(len(text)) && !strings.ContainsRune("{[\"", rune(v[0])) && !strings.ContainsRune(" \t\r\n{[\"", rune(text[next])) {
			return nil, errors.New("two scalars without a separator, which only this decoder takes")
		}
		if v[0] != '[' {
			list = append(list, string(v))
			continue
		}
		var inner []json.RawMessage
		if err := json.Unmarshal(v, &inner); err != nil {
			return nil, err
		}
		for _, e := range inner {
			list = append(list, string(e))
		}
	}
}

func FuzzValues(f *testing.F) {
	for _, c := range valueTexts {
		f.Add(c.text, 3, 0)
		f.Add(c.text, 5, 16)
	}
	f.Fuzz(func(t *testing.T, text string, size, limit int) {
		if limit < 0 || limit > 1000 {
			limit = 0
		}
		limits := Limits{RecordBytes: limit}
		s := newValues(limits)
		records := split(t, Format{Kind: Values}, limits, text, len(text)+1)
		s.Write([]byte(text), func(Record) {})
		checkPlaces(t, text, records)
		if size = max(1, size%64); !cmp.Equal(records, split(t, Format{Kind: Values}, limits, text, size)) {
			t.Fatalf("%q in chunks of %d has other records", text, size)
		}
		for _, key := range []string{"edges", "Records", "hits", "results", "events", "items", "value", "logs"} {
			if s.found != "" || strings.Contains(text, `"`+key+`"`) {
				return
			}
		}
		checkCoverage(t, text, records)
		if want, err := elements([]byte(text)); err == nil && limit == 0 && !strings.Contains(text, byteOrderMark) {
			for i, w := range want {
				flat := []byte(w)
				Flatten(flat)
				want[i] = string(flat)
			}
			if diff := cmp.Diff(want, texts(records)); diff != "" {
				t.Fatalf("%q (-want +got):\n%s", text, diff)
			}
		}
	})
}

// checkCoverage fails if a byte outside of records is no white space and no separator.
func checkCoverage(t *testing.T, text string, records []got) {
	t.Helper()
	at := int64(len(text) - len(strings.TrimPrefix(text, byteOrderMark)))
	for _, r := range append(records, got{Offset: int64(len(text))}) {
		if rest := strings.Trim(text[at:r.Offset], " \t\r\n,[]\x1e"); rest != "" {
			t.Fatalf("%q lies in no record of %q", rest, text)
		}
		at = r.Offset + r.Length
	}
}

func benchmarkText(indent bool) []byte {
	var b bytes.Buffer
	for i := range 4000 {
		e := fmt.Sprintf(`{"actionName":"UPDATE_RULE","actionDescription":"Updates a rule","actionResult":"SUCCEEDED","actor":{"id":"00000000-0000-4000-8000-%012d","type":"USER","name":"Ann Example","attributes":{"email":"ann@example.com","emailVerified":true,"roleId":"r-1"}},"actionParams":{"dynamic":{"input":{"detections":[{"id":"Rule.%d","enabled":false}],"query":"SELECT \"a\" FROM b"}}},"errors":null,"sourceIP":"192.0.2.7","userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36","timestamp":"2026-11-22 10:00:00.123","pantherVersion":"1.113.138"}`, i, i)
		if indent {
			json.Indent(&b, []byte(e), "", "  ")
			b.WriteByte('\n')
		} else {
			b.WriteString(e + ",")
		}
	}
	return b.Bytes()
}

func BenchmarkValues(b *testing.B) {
	for name, text := range map[string][]byte{"compact": benchmarkText(false), "pretty": benchmarkText(true)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			s := newValues(Limits{})
			n := 0
			emit := func(Record) { n++ }
			for b.Loop() {
				for p := text; len(p) > 0; {
					k := min(len(p), 256<<10)
					s.Write(p[:k], emit)
					p = p[k:]
				}
			}
			if n == 0 {
				b.Fatal("no records")
			}
		})
	}
}
