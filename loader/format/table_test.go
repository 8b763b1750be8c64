package format

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/model"
)

// tableTexts are tables with the records that they hold.
var tableTexts = []struct {
	name, text string
	comma      byte
	want       []string
}{
	{"plain", "timestamp,actionName\n1,A\n2,B\n", ',', []string{`{"timestamp":"1","actionName":"A"}`, `{"timestamp":"2","actionName":"B"}`}},
	{"CRLF, no end, a mark", "\ufeffTIMESTAMP,\"ACTIONNAME\"\r\n1,A\r\n\r\n2,\"B\"", ',', []string{`{"timestamp":"1","actionName":"A"}`, `{"timestamp":"2","actionName":"B"}`}},
	{"CR behind a quote at the end", "timestamp,actionName\r\n1,\"A\"\r", ',', []string{`{"timestamp":"1","actionName":"A"}`}},
	{"semicolons", "timestamp;actionName;x\n2026-11-22 18:04:11.203;A,B;\"a;b\"\n", ';', []string{`{"timestamp":"2026-11-22 18:04:11.203","actionName":"A,B","x":"a;b"}`}},
	{"tabs, JSON without quoting", "timestamp\tACTOR\n1\t{\"id\": \"a\"}\n", '\t', []string{`{"timestamp":"1","actor":{"id": "a"}}`}},
	{"JSON in cells", "timestamp,ACTOR,ERRORS,P_ANY_EMAILS,X\n1,\"{\"\"id\"\":\n \"\"a\"\"}\",null,\"[\"\"a@example.com\"\"]\",\"{\"\"y\"\":1}\"\n", ',',
		[]string{"{\"timestamp\":\"1\",\"actor\":{\"id\":\t \"a\"},\"errors\":null,\"p_any_emails\":[\"a@example.com\"],\"X\":{\"y\":1}}"}},
	{"text that looks like JSON", "actionName,actionDescription,actor,userAgent,x\n\"[1]\",\"{\"\"a\"\":1}\",{a},null,null\n", ',',
		[]string{`{"actionName":"[1]","actionDescription":"{\"a\":1}","actor":"{a}","userAgent":"null","x":"null"}`}},
	{"JSON that is none", "timestamp,actor\n1,\"{\"\"id\"\":\"\n2,\"{\"\"id\"\":\"\"x\ny\"\"}\"\n", ',',
		[]string{`{"timestamp":"1","actor":"{\"id\":"}`, `{"timestamp":"2","actor":"{\"id\":\"x\ny\"}"}`}},
	{"empty cells", "timestamp,actor,x\n,,\n1,\"\",\n,,2", ',', []string{`{}`, `{"timestamp":"1"}`, `{"x":"2"}`}},
	{"a last empty cell without an end", "timestamp,actor\n1,", ',', []string{`{"timestamp":"1"}`}},
	{"escapes", "timestamp,userAgent\n1,\"a\"\"b\\\n\tc\x01\r\"\n2,é\xff\n", ',', []string{`{"timestamp":"1","userAgent":"a\"b\\\n\tc\u0001\u000d"}`, "{\"timestamp\":\"2\",\"userAgent\":\"é\xff\"}"}},
	{"names", "panther_audit.actionname,PANTHER_LOGS.PUBLIC.PANTHER_AUDIT.P_ROW_ID, timestamp ,\"Odd \"\"x\"\"\",sourceip,my.Own\n1,2,3,4,5,6\n", ',',
		[]string{`{"actionName":"1","p_row_id":"2","timestamp":"3","Odd \"x\"":"4","sourceIP":"5","my.Own":"6"}`}},
	{"header again", "timestamp,actor\n1,a\ntimestamp,actor\n2,b\n", ',', []string{`{"timestamp":"1","actor":"a"}`, `{"timestamp":"2","actor":"b"}`}},

	{"too few and too many cells", "timestamp,actor\n1\n1,2,3\n4,5\n", ',', []string{`1`, `1,2,3`, `{"timestamp":"4","actor":"5"}`}},
	{"stray quotes", "timestamp,actor\n1,a\"b\n2,\"a\"b\n3,\"a\" \n4,c\n", ',', []string{"1,a\"b", "2,\"a\"b", "3,\"a\" ", `{"timestamp":"4","actor":"c"}`}},
	{"a cut quoted cell", "timestamp,actor\n1,\"{\"\"a\"\":\n2,\"{\"\"b\"\":1}\"\n3,c\n", ',', []string{`1,"{""a"":`, `{"timestamp":"2","actor":{"b":1}}`, `{"timestamp":"3","actor":"c"}`}},
	{"a quote never closed", "timestamp,actor\n1,\"a\n2,b\n3,c\n", ',', []string{`1,"a`, `{"timestamp":"2","actor":"b"}`, `{"timestamp":"3","actor":"c"}`}},
	{"an event where a row is due", "timestamp,actor\n{\"actionName\":\"A\"}\n1,a\n", ',', []string{`"{\"actionName\":\"A\"}"`, `{"timestamp":"1","actor":"a"}`}},
	{"only a header", "timestamp,actor", ',', nil},
}

func TestTableRowsBecomeObjects(t *testing.T) {
	for _, c := range tableTexts {
		t.Run(c.name, func(t *testing.T) {
			records := split(t, Format{Kind: Table, Comma: c.comma}, Limits{}, c.text, 1<<20)
			if diff := cmp.Diff(append([]string{}, c.want...), texts(records)); diff != "" {
				t.Errorf("records of %q (-want +got):\n%s", c.text, diff)
			}
			checkConverted(t, records)
		})
	}
}

// checkConverted fails if records are not one behind the other in the converted text, or hold line ends.
func checkConverted(t *testing.T, records []got) {
	t.Helper()
	at, line := int64(0), int64(0)
	for _, r := range records {
		if r.Offset != at || r.Length != int64(len(r.Text)) || r.Line <= line || strings.ContainsAny(r.Text, "\r\n") {
			t.Fatalf("record %+v, want it at %d and behind line %d", r, at, line)
		}
		at, line = at+r.Length+1, r.Line
	}
}

func TestTableRowsHaveTheirLines(t *testing.T) {
	text := "timestamp,actor\n\n1,\"a\nb\"\n2,\"c\n3,d\n4\n"
	var lines []int64
	for _, r := range split(t, Format{Kind: Table, Comma: ','}, Limits{}, text, 5) {
		lines = append(lines, r.Line)
	}
	if diff := cmp.Diff([]int64{3, 5, 6, 7}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func TestTableSpellsColumnsAsTheSchema(t *testing.T) {
	for _, f := range model.Schema() {
		if f.Field == model.FieldLake {
			continue
		}
		text := strings.ToUpper(f.Name) + ",XNAME\n1,2\n"
		records := split(t, Format{Kind: Table, Comma: ','}, Limits{}, text, 100)
		if diff := cmp.Diff([]string{`{"` + f.Name + `":"1","XNAME":"2"}`}, texts(records)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
	}
}

func TestTableRecordsDoNotDependOnChunks(t *testing.T) {
	for _, c := range tableTexts {
		for _, limit := range []int{0, 3, 16, 30} {
			limits, f := Limits{RecordBytes: limit}, Format{Kind: Table, Comma: c.comma}
			whole := split(t, f, limits, c.text, len(c.text)+1)
			for size := 1; size <= len(c.text); size++ {
				if diff := cmp.Diff(whole, split(t, f, limits, c.text, size)); diff != "" {
					t.Fatalf("%q with limit %d in chunks of %d (-whole +chunks):\n%s", c.text, limit, size, diff)
				}
			}
		}
	}
}

func TestLongRowsAreGivenByTheirHead(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	text := "timestamp,actor\n1," + long + "\n2,b\n3,\"" + long + "\n4,d\n"
	want := []got{
		{("1," + long)[:longRecordHead], 0, longRecordHead, 2, true},
		{`{"timestamp":"2","actor":"b"}`, longRecordHead + 1, 29, 3, false},
		{("3,\"" + long)[:longRecordHead], longRecordHead + 31, longRecordHead, 4, true},
		{`{"timestamp":"4","actor":"d"}`, 2*longRecordHead + 32, 29, 5, false},
	}
	for _, size := range []int{777, 1 << 20} {
		if diff := cmp.Diff(want, split(t, Format{Kind: Table, Comma: ','}, Limits{RecordBytes: 100_000}, text, size)); diff != "" {
			t.Errorf("in chunks of %d (-want +got):\n%s", size, diff)
		}
	}
}

func TestSplittersAreMadeForTablesAndValuesOnly(t *testing.T) {
	for _, f := range []Format{{}, {Kind: Table}, {Kind: Table, Comma: 'x'}} {
		if s, err := NewSplitter(f, Limits{}); err == nil || s != nil {
			t.Errorf("NewSplitter(%+v) = %v, %v, want an error", f, s, err)
		}
	}
}

func FuzzTable(f *testing.F) {
	for _, c := range tableTexts {
		f.Add(c.text, 3, 0)
	}
	f.Add("timestamp,actor\n\"a\"\"\nb\",\"\n\n\"\n", 1, 9)
	f.Fuzz(func(t *testing.T, text string, size, limit int) {
		if limit < 0 || limit > 1000 {
			limit = 0
		}
		limits, format := Limits{RecordBytes: limit}, Format{Kind: Table, Comma: ','}
		records := split(t, format, limits, text, len(text)+1)
		checkConverted(t, records)
		if size = max(1, size%64); !cmp.Equal(records, split(t, format, limits, text, size)) {
			t.Fatalf("%q in chunks of %d has other records", text, size)
		}
	})
}

func BenchmarkTable(b *testing.B) {
	var text bytes.Buffer
	text.WriteString("TIMESTAMP,ACTIONNAME,ACTIONRESULT,ACTOR,ACTIONPARAMS,ERRORS,SOURCEIP,USERAGENT,P_ROW_ID\n")
	for i := range 4000 {
		fmt.Fprintf(&text, "2026-11-22 10:00:00.%03d,UPDATE_RULE,SUCCEEDED,\"{\"\"id\"\":\"\"00000000-0000-4000-8000-%012d\"\",\"\"type\"\":\"\"USER\"\",\"\"name\"\":\"\"Ann Example\"\"}\",\"{\"\"dynamic\"\":{\"\"input\"\":{\"\"detections\"\":[{\"\"id\"\":\"\"Rule.%d\"\"}],\"\"sql\"\":\"\"select a, b from c where d > 5 and e < 7\"\"}}}\",,192.0.2.7,\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\",%032d\n", i%1000, i, i, i)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		s, err := newTable(',', Limits{})
		if err != nil {
			b.Fatal(err)
		}
		for p := text.Bytes(); len(p) > 0; {
			k := min(len(p), 256<<10)
			s.Write(p[:k], func(Record) { n++ })
			p = p[k:]
		}
		s.Close(func(Record) { n++ })
	}
	if n == 0 {
		b.Fatal("no records")
	}
}
