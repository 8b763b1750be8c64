package rows

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pawprint/cmd/internal/output"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/redact"
)

const log = `{"timestamp":"2026-11-22T10:00:00Z","actionName":"UPDATE_RULE","actionResult":"FAILED","pantherVersion":"1.0.0","actor":{"id":"u-1","type":"USER","name":"homer"},"sourceIP":"192.0.2.7","actionParams":{"password":"hunter22xx"}}
{"cut
`

// loaded returns a snapshot of a log, and then applies changes to the file behind it.
func loaded(t *testing.T, after func(path string) error) model.Snapshot {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	l := model.NewLog()
	if err := loader.Load(t.Context(), l, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	if after != nil {
		if err := after(path); err != nil {
			t.Fatal(err)
		}
	}
	return l.Snapshot()
}

// printed returns all rows of a snapshot in a format.
func printed(t *testing.T, format string, snap model.Snapshot, mask *redact.Masker, names ...string) (string, *Counts) {
	t.Helper()
	f, err := output.Rows.Find(format)
	if err != nil {
		t.Fatal(err)
	}
	fields, err := Fields("fields", names)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	p, err := NewPrinter(f, output.Options{Out: &out}, time.UTC, fields)
	if err != nil {
		t.Fatal(err)
	}
	var did Counts
	reader := NewReader(&snap, mask)
	for r := range snap.Rows() {
		row := reader.Read(model.Row(r))
		if err := p.Print(row); err != nil {
			t.Fatal(err)
		}
		did.Count(row)
	}
	if err := p.End(); err != nil {
		t.Fatal(err)
	}
	return out.String(), &did
}

func TestRowsThatAreNoEventsSayWhyInEveryFormat(t *testing.T) {
	for _, c := range []struct {
		format string
		fields []string
		want   []string
	}{
		{"table", nil, []string{"FAILED    UPDATE_RULE", "REJECT    ", `{"cut`}},
		{"table", []string{"actor"}, []string{"ACTOR", "homer", "REJECT ", `: {"cut`}},
		{"jsonl", nil, []string{log}},
		{"jsonl", []string{"actor"}, []string{`{"actor":"homer"}` + "\n", `{"actor":null,"reject":"`}},
		{"json", nil, []string{`"name":"homer"`, `{"reject":"`, `"line":2,`, `"text":"{\"cut"}`}},
		{"json", []string{"reject", "line"}, []string{`{"reject":null,"line":1}`, `","line":2}`}},
		{"csv", nil, []string{"error,source,line,reject\n", ",2,"}},
		{"csv", []string{"actor", "line"}, []string{"actor,line,reject\n", "homer,1,\n", "\n,2,"}},
		{"md", []string{"reject"}, []string{"| `reject` |\n", "|  |\n"}},
	} {
		got, did := printed(t, c.format, loaded(t, nil), nil, c.fields...)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s of %v lacks %q:\n%s", c.format, c.fields, want, got)
			}
		}
		if did.Rows != 2 || did.Bare+did.Absent != 0 || did.Trouble() != nil {
			t.Errorf("%s of %v: told is %+v", c.format, c.fields, did)
		}
	}
}

func TestRowsWhoseLinesAreGoneAreCounted(t *testing.T) {
	for format, want := range map[string]struct {
		rows, bare, absent int
		told               string
	}{
		"jsonl": {0, 0, 2, "wrote 0 of 2 rows: "},
		"json":  {2, 2, 0, "wrote 2 of 2 rows without their lines: "},
		"csv":   {2, 2, 0, "wrote 2 of 2 rows without their lines: "},
		"table": {2, 2, 0, "wrote 2 of 2 rows without their lines: "},
	} {
		got, did := printed(t, format, loaded(t, func(path string) error { return os.Truncate(path, 0) }), nil)
		if did.Rows != want.rows || did.Bare != want.bare || did.Absent != want.absent {
			t.Errorf("%s: told is %+v, want %+v", format, did, want)
		}
		if err := did.Trouble(); err == nil || !strings.HasPrefix(err.Error(), want.told) {
			t.Errorf("%s: told is %v, want %s", format, err, want.told)
		}
		if strings.Contains(got, "not read: ") != (format != "jsonl") {
			t.Errorf("%s: %s", format, got)
		}
	}
}

func TestMaskedValuesAreCountedOnce(t *testing.T) {
	for _, format := range []string{"table", "jsonl", "json", "csv", "md"} {
		got, did := printed(t, format, loaded(t, nil), new(redact.Masker), "params", "action")
		if strings.Contains(got, "hunter22xx") || did.Masked.Values != 1 || did.Masked.Words() != "1 event" {
			t.Errorf("%s: told is %+v, %s", format, did.Masked, got)
		}
	}
}

func TestFieldsAreReadOnceAndByName(t *testing.T) {
	for list, want := range map[string]string{
		"actor,ACTOR": "ACTOR is listed twice: remove one",
		"is":          "is a condition",
		"nothing":     "nothing",
		"a\x1b.b":     "",
	} {
		_, err := Fields("by", strings.Split(list, ","))
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasPrefix(err.Error(), "reading --by: ") || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %s", list, err, want)
		}
	}
}

func TestTablesNameTheirZoneAndTellAnHourThatComesTwiceApart(t *testing.T) {
	for _, c := range []struct {
		zone   string
		at     [2]string
		format string
		want   []string
	}{
		{"America/New_York", [2]string{"2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"}, "table", []string{"TIME (America/New_York) ", "2026-11-01 01:30:00.000-04:00 FAILED ", "2026-11-01 01:30:00.000-05:00 FAILED "}},
		{"Europe/Zurich", [2]string{"2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"}, "table", []string{"TIME (Europe/Zurich) ", "2026-10-25 02:30:00.000+02:00 FAILED ", "2026-10-25 03:30:00.000       FAILED "}},
		{"UTC", [2]string{"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"}, "table", []string{"TIME (UTC)              RESULT ", "2026-10-25 00:30:00.000 FAILED ", "2026-10-25 01:30:00.000 FAILED "}},
		{"Europe/Moscow", [2]string{"2014-10-25T21:30:00Z", "2014-10-25T22:30:00Z"}, "text", []string{"2014-10-26 01:30:00.000+04:00 ", "2014-10-26 01:30:00.000+03:00 "}},
		{"America/New_York", [2]string{"2026-11-01T04:30:00Z", "2026-11-01T06:30:00Z"}, "text", []string{"2026-11-01 00:30:00.000 EDT ", "2026-11-01 01:30:00.000-05:00 "}},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		event, _, _ := strings.Cut(log, "\n")
		var lines string
		for _, at := range c.at {
			lines += strings.Replace(event, "2026-11-22T10:00:00Z", at, 1) + "\n"
		}
		path := filepath.Join(t.TempDir(), "a.jsonl")
		if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		l := model.NewLog()
		if err := loader.Load(t.Context(), l, &loader.File{Path: path}); err != nil {
			t.Fatal(err)
		}
		f, err := output.Rows.Find(c.format)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		p, err := NewPrinter(f, output.Options{Out: &out}, zone, nil)
		if err != nil {
			t.Fatal(err)
		}
		snap := l.Snapshot()
		for r, reader := 0, NewReader(&snap, nil); r < snap.Rows(); r++ {
			if err := p.Print(reader.Read(model.Row(r))); err != nil {
				t.Fatal(err)
			}
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s in %s lacks %q:\n%s", c.format, c.zone, want, out.String())
			}
		}
	}
}
