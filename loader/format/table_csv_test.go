package format

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// FuzzTableAgreesWithEncodingCSV compares the records of a table with the rows that encoding/csv reads, as far as it takes the
// text: as many rows, at the same lines, with the same cells. On purpose they differ in this:
//   - a carriage return before a line end in quotes is kept, where encoding/csv drops it;
//   - a line of white space is blank, where encoding/csv skips only empty ones;
//   - the header, where it comes again, is no row;
//   - a row with more or fewer cells than the header is kept as it stands, where encoding/csv takes it or refuses all;
//   - an empty cell makes no member, and one that holds a JSON object or list becomes that.
//
// What encoding/csv refuses is not compared: there a table goes on, and the other tests say how.
func FuzzTableAgreesWithEncodingCSV(f *testing.F) {
	for _, c := range tableTexts {
		f.Add(c.text, c.comma, 0)
		_, body, _ := strings.Cut(c.text, "\n")
		f.Add(body, c.comma, 2)
	}
	f.Add("\"a\"\"\r\nb\",\"\n\n\"\r\n \r\n\"\"\n\" \"\nc0,c1\n1,2\r\r\n\r3,4\r", byte(','), 2)
	f.Add("1\t\"[1,\r\n2]\"\n\t\n\"{\"\"a\"\":\"\"\xff\"\"}\"\t\xff\xfe\n", byte('\t'), 2)
	f.Add("\u00a0\n\"\u0085\"\n;\n\"x\";\"y", byte(';'), 1)
	f.Fuzz(func(t *testing.T, text string, comma byte, columns int) {
		if comma != ';' && comma != '\t' {
			comma = ','
		}
		if columns = max(0, columns) % 8; columns > 0 {
			text = ownHeader(comma, columns) + text
		}
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord = rune(comma), -1
		header, err := r.Read()
		if err != nil || !plainHeader(text, header) {
			return
		}
		compareWithCSV(t, text, r, header, split(t, Format{Kind: Table, Comma: comma}, Limits{}, text, len(text)))
	})
}

// ownHeader is a header whose names mean nothing to the schema.
func ownHeader(comma byte, columns int) string {
	names := make([]string, columns)
	for i := range names {
		names[i] = fmt.Sprint("c", i)
	}
	return strings.Join(names, string(comma)) + "\n"
}

// plainHeader reports whether a header is one to both, and its columns keep their names.
func plainHeader(text string, header []string) bool {
	seen := make(map[string]bool)
	for _, h := range header {
		if name, _ := columnName(h); name != h || seen[h] || h == "" || strings.ToValidUTF8(h, "") != h || strings.Contains(h, "\n") {
			return false
		}
		seen[h] = true
	}
	return !strings.HasPrefix(text, byteOrderMark)
}

func compareWithCSV(t *testing.T, text string, r *csv.Reader, header []string, records []got) {
	t.Helper()
	headerLine := bare(text[:r.InputOffset()])
	for {
		from := r.InputOffset()
		row, err := r.Read()
		if err != nil {
			if errors.Is(err, io.EOF) && len(records) > 0 {
				t.Fatalf("%q has records that are not rows: %q", text, texts(records))
			}
			return
		}
		line, _ := r.FieldPos(0)
		raw := bare(text[from:r.InputOffset()])
		if len(row) == 1 && strings.TrimSpace(raw) == "" || raw == headerLine {
			continue
		}
		if len(records) == 0 || records[0].Line != int64(line) {
			t.Fatalf("%q has a row %q at line %d; the records that are left are %+v", text, row, line, records)
		}
		if len(row) != len(header) {
			compareKept(t, raw, records[0].Text)
		} else {
			compareCells(t, header, row, records[0].Text)
		}
		records = records[1:]
	}
}

// bare is a row as it stands, without the empty lines before it and its end.
func bare(text string) string {
	for {
		rest, cut := strings.CutPrefix(text, "\n")
		if !cut {
			rest, cut = strings.CutPrefix(text, "\r\n")
		}
		if !cut {
			return strings.TrimRight(text, "\r\n")
		}
		text = rest
	}
}

// compareKept compares a row that was kept as it stands with its record.
func compareKept(t *testing.T, raw, record string) {
	t.Helper()
	flat := []byte(raw)
	Flatten(flat)
	var quoted string
	if record != string(flat) && (json.Unmarshal([]byte(record), &quoted) != nil || quoted != string([]rune(raw))) {
		t.Fatalf("the row %q became %q", raw, record)
	}
}

// compareCells compares the cells of a row with the members of its record.
func compareCells(t *testing.T, header, row []string, record string) {
	t.Helper()
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(record), &object); err != nil {
		t.Fatalf("row %q became %q: %v", row, record, err)
	}
	members := 0
	for i, cell := range row {
		raw, there := object[header[i]]
		if there {
			members++
		}
		if there != (cell != "") || there && !meansCell(raw, cell) {
			t.Fatalf("%q: the cell %q became %q", header[i], cell, raw)
		}
	}
	if members != len(object) {
		t.Fatalf("row %q became %q, with other members", row, record)
	}
}

// meansCell reports whether a value stands for a cell as encoding/csv reads it: the same text, or the JSON in it.
func meansCell(raw json.RawMessage, cell string) bool {
	var text string
	if raw[0] == '"' {
		err := json.Unmarshal(raw, &text)
		// Each byte that is not UTF-8 is a mark to encoding/json.
		return err == nil && strings.ReplaceAll(text, "\r\n", "\n") == string([]rune(cell))
	}
	// Line ends between the tokens are tabs, so that a record is a line.
	var got, want bytes.Buffer
	return json.Compact(&got, raw) == nil && json.Compact(&want, []byte(cell)) == nil && got.String() == want.String()
}
