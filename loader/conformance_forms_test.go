package loader_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pawprint/loader"
)

func plain(_ testing.TB, text []byte) []byte { return text }

func threeMembers(tb testing.TB, text []byte) []byte {
	third := len(text) / 3
	return slices.Concat(gzipped(tb, text[:third]), gzipped(tb, text[third:2*third]), gzipped(tb, text[2*third:]))
}

// array writes the lines as elements of one list.
func array(_ testing.TB, text []byte) []byte {
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return slices.Concat([]byte("["), bytes.Join(lines, []byte(",\n")), []byte("]\n"))
}

func pretty(tb testing.TB, text []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(text) {
		if err := json.Indent(&out, line, "", "  "); err != nil {
			tb.Fatal(err)
		}
	}
	return out.Bytes()
}

// table writes the attributes as columns, with JSON text in those that are nested.
func table(tb testing.TB, text []byte) []byte {
	var rows []map[string]json.RawMessage
	var columns []string
	for line := range bytes.Lines(text) {
		row := map[string]json.RawMessage{}
		if err := json.Unmarshal(line, &row); err != nil {
			tb.Fatal(err)
		}
		for name := range row {
			if !slices.Contains(columns, name) {
				columns = append(columns, name)
			}
		}
		rows = append(rows, row)
	}
	slices.Sort(columns)
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	write := func(cells []string) {
		if err := w.Write(cells); err != nil {
			tb.Fatal(err)
		}
	}
	write(columns)
	for _, row := range rows {
		cells := make([]string, len(columns))
		for i, name := range columns {
			cells[i] = string(row[name])
			var s string
			if json.Unmarshal(row[name], &s) == nil {
				cells[i] = s
			}
		}
		write(cells)
	}
	w.Flush()
	return out.Bytes()
}

// oneFile makes a source of one file that holds the text in some form.
func oneFile(name string, form func(testing.TB, []byte) []byte) func(*testing.T, string, []byte) loader.Source {
	return func(t *testing.T, dir string, text []byte) loader.Source {
		return &loader.File{Path: put(t, filepath.Join(dir, name), form(t, text))}
	}
}

func put(t testing.TB, path string, text []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// spread puts the text into several files, some packed, in several folders.
func spread(t *testing.T, dir string, text []byte) {
	lines := slices.Collect(bytes.Lines(text))
	for i := range 20 {
		part := bytes.Join(lines[i*len(lines)/20:(i+1)*len(lines)/20], nil)
		if i%2 == 0 {
			put(t, filepath.Join(dir, fmt.Sprintf("day=%d", i/4), fmt.Sprintf("%d.json.gz", i)), gzipped(t, part))
		} else {
			put(t, filepath.Join(dir, fmt.Sprintf("%d.jsonl", i)), part)
		}
	}
}

// chunks gives a text in pieces of a few bytes.
type chunks struct {
	text []byte
	n    int
}

func (c *chunks) Read(p []byte) (int, error) {
	if len(c.text) == 0 {
		return 0, io.EOF
	}
	c.n = c.n*7%113 + 1
	n := copy(p[:min(len(p), c.n)], c.text)
	c.text = c.text[n:]
	return n, nil
}
