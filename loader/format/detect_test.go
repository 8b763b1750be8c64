package format

import (
	"errors"
	"strings"
	"testing"
)

// event is one event as a compact log has it.
const event = `{"actionName":"UPDATE_RULE","actor":{"id":"a-1","type":"USER"},"timestamp":"2026-11-22 10:00:00.1"}`

// prettyEvent is one as people look at it.
const prettyEvent = "{\n  \"actionName\": \"UPDATE_RULE\",\n  \"errors\": [\n    {\"message\": \"x\"}\n  ]\n}\n"

const page = `{"data":{"auditLogs":{"edges":[{"node":` + event + `}],"pageInfo":{"hasNextPage":false}}}}`

func TestDetect(t *testing.T) {
	long := `{"actionName":"` + strings.Repeat("x", 2*HeadBytes) + `"}`
	for _, c := range []struct {
		name, text string
		want       Format
	}{
		{"empty", "", Format{}},
		{"blank", " \n\n", Format{}},
		{"lines", event + "\n" + event + "\n", Format{}},
		{"one line without an end", event, Format{}},
		{"lines with CRLF", event + "\r\n" + event + "\r\n", Format{}},
		{"byte order mark", "\ufeff" + event + "\n", Format{}},
		{"blank first", "\n\n" + event + "\n", Format{}},
		{"comment first", "# exported\n" + event + "\n" + event + "\n", Format{}},
		{"cut first line", event[20:] + "\n" + event + "\n" + event + "\n", Format{}},
		{"first line cut at its end", event[:50] + "\n" + event + "\n" + event + "\n", Format{}},
		{"first line cut between tokens", event[:27] + "\n" + event + "\n", Format{}},
		{"mostly damaged", event[:50] + "\n" + event[:50] + "\n" + event[:50] + "\n" + event + "\n", Format{}},
		{"NULs first", strings.Repeat("\x00", 500) + event + "\n" + event + "\n", Format{}},
		{"only NULs", strings.Repeat("\x00", 500), Format{}},
		{"a line longer than the head", long + "\n" + event + "\n", Format{}},
		{"text", "2026-11-22 10:00:00,123 INFO actionName changed\nmore, text\n", Format{}},
		{"text in brackets", "[2026-11-22 10:00:00] {INFO} x\n[main] y\n", Format{}},
		{"text and lines", "starting\nready {\n" + event + "\nstopping\n" + event + "\n", Format{}},
		{"objects that are none", "{\"a\":1,}\n\"x\"\n{\"b\":2,}\n\"y\"\n", Format{}},
		{"only garbage", "\xff\x00\x10\x80", Format{}},
		{"CR lines", event + "\r" + event + "\r", Format{CR: true}},

		{"array", "[" + event + "," + event + "]", Format{Kind: Values, Name: NameArray}},
		{"array over lines", "[\n" + event + ",\n" + event + "\n]\n", Format{Kind: Values, Name: NameArray}},
		{"array that begins with an event", "[" + event + ",\n" + event + "\n]\n", Format{Kind: Values, Name: NameArray}},
		{"array of a long record", "[" + long + "]", Format{Kind: Values, Name: NameArray}},
		{"empty array", "[]", Format{Kind: Values, Name: NameArray}},
		{"array that begins with null", "[null," + event + "]", Format{Kind: Values, Name: NameArray}},
		{"array with a mark", "\ufeff [ " + event + "]", Format{Kind: Values, Name: NameArray}},
		{"array of pages", "[" + page + "," + page + "]", Format{Kind: Values, Name: NameArray}},
		{"pretty", prettyEvent + prettyEvent, Format{Kind: Values, Name: NamePretty}},
		{"pretty, one only", strings.TrimSpace(prettyEvent), Format{Kind: Values, Name: NamePretty}},
		{"pretty with CRLF", strings.ReplaceAll(prettyEvent, "\n", "\r\n"), Format{Kind: Values, Name: NamePretty}},
		{"pretty with CR", strings.ReplaceAll(prettyEvent, "\n", "\r"), Format{Kind: Values, Name: NamePretty, CR: true}},
		{"pretty without indentation", "{\n\"actionName\": \"A\",\n\"errors\": [\n{\n\"message\": \"x\"\n}\n]\n}\n", Format{Kind: Values, Name: NamePretty}},
		{"pretty behind a title", "# exported\n" + prettyEvent, Format{Kind: Values, Name: NamePretty}},
		{"pretty behind a damaged one", prettyEvent[10:] + prettyEvent, Format{Kind: Values, Name: NamePretty}},
		{"concatenated", event + event, Format{Kind: Values, Name: NameConcatenated}},
		{"concatenated with spaces", event + "  " + event + "\n" + event + event + "\n", Format{Kind: Values, Name: NameConcatenated}},
		{"lines with commas", event + ",\n" + event + ",\n", Format{Kind: Values, Name: NameConcatenated}},
		{"Records", `{"Records":[` + event + `]}`, Format{Kind: Values, Name: NameRecords}},
		{"Records of a long record", `{"Records":[` + long + `]}`, Format{Kind: Values, Name: NameRecords}},
		{"pretty Records", "{\n  \"Records\": [\n    {}\n  ]\n}\n", Format{Kind: Values, Name: NameRecords}},
		{"Records a line", "{\"Records\":[{}]}\n{\"Records\":[{}]}\n", Format{Kind: Values, Name: NameRecords}},
		{"an event with Records", `{"actionName":"A","Records":[{}]}`, Format{}},
		{"page", page, Format{Kind: Values, Name: NamePage}},
		{"page without events", `{"data":{"q":{"results":{"edges":[],"pageInfo":{}}}}}`, Format{Kind: Values, Name: NamePage}},
		{"pages a line", page + "\n" + page + "\n", Format{Kind: Values, Name: NamePage}},
		{"page of items", `{"items":[` + event + `]}`, Format{Kind: Values, Name: NameEvents}},
		{"pretty page of events", "{\n  \"next\": null,\n  \"events\": [\n    {}\n  ]\n}\n", Format{Kind: Values, Name: NameEvents}},
		{"page of hits", `{"took":1,"hits":{"total":1,"hits":[{"_source":` + event + `}]}}`, Format{Kind: Values, Name: NameHits}},
		{"an event with items before its name", `{"items":[` + event + `],"actionName":"A"}`, Format{}},
		{"items that are not objects", `{"items":[1,2]}`, Format{}},
		{"lines of docker", `{"log":"{\"actionName\":\"A\"}\n","stream":"stdout"}` + "\n", Format{}},
		{"lines behind headers", "2026-11-22T09:00:00Z stdout F " + event + "\n[pod/a/b] " + event + "\n", Format{}},
		{"text sequence", "\x1e" + event + "\n\x1e" + event + "\n", Format{Kind: Values, Name: NameSequence}},

		{"CSV", "timestamp,actionName,actor\n", Format{Kind: Table, Name: NameCSV, Comma: ','}},
		{"CSV in upper case", "P_EVENT_TIME,\"ACTIONNAME\",ACTOR\r\nx,y,z\r\n", Format{Kind: Table, Name: NameCSV, Comma: ','}},
		{"CSV with the table in front", "panther_audit.actionName,PANTHER_LOGS.PUBLIC.PANTHER_AUDIT.TIMESTAMP", Format{Kind: Table, Name: NameCSV, Comma: ','}},
		{"CSV with a mark", "\ufeff\"timestamp\",\"p_row_id\"\n", Format{Kind: Table, Name: NameCSV, Comma: ','}},
		{"CSV with CR", "timestamp,actor\rx,y\r", Format{Kind: Table, Name: NameCSV, Comma: ',', CR: true}},
		{"semicolons", "timestamp;actor;sourceIP\n", Format{Kind: Table, Name: NameCSV, Comma: ';'}},
		{"TSV", "timestamp\tactor, maybe\tactionName\n", Format{Kind: Table, Name: NameTSV, Comma: '\t'}},
		{"another table", "time,user,action\n1,2,3\n", Format{}},
		{"one column", "timestamp\nx\n", Format{}},
		{"no telling column", "actor,sourceIP\n", Format{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want.Kind == Lines {
				c.want.Name = NameLines
			}
			head := c.text[:min(len(c.text), HeadBytes)]
			f, err := Detect([]byte(head), len(head) == len(c.text))
			if err != nil || f != c.want {
				t.Errorf("Detect(%.200q) = %+v, %v, want %+v", head, f, err, c.want)
			}
		})
	}
}

func TestDetectNamesWhatCannotBeRead(t *testing.T) {
	tar := make([]byte, 512)
	copy(tar, "audit.json")
	copy(tar[257:], "ustar\x0000")
	utf16 := func(s string, big int) (out string) {
		for _, c := range []byte(s) {
			out += string([]byte{c, 0, c}[big : big+2])
		}
		return out
	}
	for _, c := range []struct{ head, what, do string }{
		{"\xff\xfe{\x00", "UTF-16 text", "convert it with: iconv -f UTF-16 -t UTF-8 FILE"},
		{"\xfe\xff\x00{", "UTF-16 text", "convert it with: iconv -f UTF-16 -t UTF-8 FILE"},
		{utf16(event, 1), "UTF-16 text", "UTF-16BE"},
		{utf16(event, 0), "UTF-16 text", "UTF-16LE"},
		{"\xff\xfe\x00\x00{\x00\x00\x00", "UTF-32 text", "iconv -f UTF-32"},
		{"PAR1\x15\x04", "a Parquet file", "convert it with: "},
		{"PARE\x15\x04", "an encrypted Parquet file", "decrypt it"},
		{"ARROW1\x00\x00", "an Arrow file", "export it"},
		{"Obj\x01\x04", "an Avro file", "export it"},
		{"ORC\x00\x01", "an ORC file", "export it"},
		{"SQLite format 3\x00", "an SQLite database", "export it"},
		{"\xfd7zXZ\x00\x00", "an xz archive", "unpack it with: xz -dc FILE | pawprint -"},
		{"BZh91AY&SY", "a bzip2 archive", "unpack it with: bzip2 -dc FILE | pawprint -"},
		{"BZh9\x17\x72\x45\x38\x50\x90", "a bzip2 archive", "bzip2 -dc"},
		{"LZIP\x01", "an lzip archive", "lzip -dc"},
		{"\x04\x22\x4d\x18\x64", "an lz4 frame", "lz4 -dc"},
		{"\xff\x06\x00\x00sNaPpY", "a snappy stream", "snzip"},
		{"\x1f\x9d\x90", "a compress archive", "uncompress"},
		{"\x1f\x8b\x08", "a gzip archive within another", "gzip -dc"},
		{"\x28\xb5\x2f\xfd\x04", "a zstd archive within another", "zstd -dc"},
		{"PK\x03\x04\x14", "a zip archive", "unzip -p"},
		{"PK\x05\x06", "an empty zip archive", "nothing"},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z x"},
		{"Rar!\x1a\x07\x01", "a rar archive", "unrar"},
		{string(tar), "a tar archive", "tar -xOf"},
		{"%PDF-1.7", "a PDF file", "export it"},
	} {
		var u *Unsupported
		_, err := Detect([]byte(c.head), false)
		if !errors.As(err, &u) || u.What != c.what || !strings.Contains(u.Do, c.do) {
			t.Errorf("Detect(%.20q) = %v, want %s, %s", c.head, err, c.what, c.do)
			continue
		}
		if got := err.Error(); got != u.What+" cannot be read; "+u.Do || strings.Contains(got, "\n") {
			t.Errorf("Error() = %q", got)
		}
	}
	for _, text := range []string{"BZhello\n", "ORChard\n", "PK is short\n", "a\x00"} {
		if f, err := Detect([]byte(text), true); err != nil || f.Kind != Lines {
			t.Errorf("Detect(%q) = %+v, %v, want lines", text, f, err)
		}
	}
}

func TestDetectLooksAtAnyHead(t *testing.T) {
	for _, text := range []string{event, page, prettyEvent, "[" + event + "]", "timestamp,actor\n1,2\n", "\x1e{}", "\ufeff{}\r"} {
		for n := range len(text) {
			for _, whole := range []bool{false, true} {
				if f, err := Detect([]byte(text[:n]), whole); err != nil || f.Name == "" {
					t.Errorf("Detect(%q, %v) = %+v, %v", text[:n], whole, f, err)
				}
			}
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, text := range []string{event, page, prettyEvent, "[" + event + "]", "timestamp,actor\n1,2\n", "\x1e{}", "\ufeff{}\r", "{\n{\n"} {
		f.Add([]byte(text), true)
	}
	f.Fuzz(func(t *testing.T, head []byte, whole bool) {
		format, err := Detect(head, whole)
		var u *Unsupported
		if err != nil && !errors.As(err, &u) || (err == nil) != (format.Name != "") {
			t.Fatalf("Detect(%q) = %+v, %v", head, format, err)
		}
		if _, err := NewSplitter(format, Limits{}); (err == nil) != (format.Kind != Lines) {
			t.Fatalf("NewSplitter(%+v): %v", format, err)
		}
	})
}
