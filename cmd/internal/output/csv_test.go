package output

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pawprint/tui/termsafe/hostile"
)

func TestCSVDisarmsFormulas(t *testing.T) {
	for _, text := range []string{"=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\x00x", "＝1", "＋1", "－1", "＠x", "  =1", "\ufeff=1", "\u200b=1",
		"\u00a0=1", " \u200d\u2060 =1", "\ufe0f@", "\U000e0041=1", "\t"} {
		if !formula(text) {
			t.Errorf("%q is not disarmed", text)
		}
		if got := csvLine(text); !strings.HasPrefix(strings.TrimPrefix(got, `"`), "'") {
			t.Errorf("%q is written as %q", text, got)
		}
	}
	for _, text := range []string{"", "a=1", "1-1", "'=1", " ", "x@example.com", "(=1)"} {
		if formula(text) {
			t.Errorf("%q is disarmed", text)
		}
	}
}

func csvLine(cells ...string) string {
	var out bytes.Buffer
	w := csvWriter{out: &out}
	for _, c := range cells {
		w.cell(c)
	}
	if err := w.end(); err != nil {
		return err.Error()
	}
	return out.String()
}

func TestCSVTellsEmptyFromAbsent(t *testing.T) {
	var out bytes.Buffer
	w := csvWriter{out: &out}
	w.absent()
	w.cell("")
	w.absent()
	w.plain("5")
	if err := w.end(); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), ",\"\",,5\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// expected is what a reader of CSV must get for a text.
func expected(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "<%02X>", text[i])
		case r == 0x7f:
			b.WriteRune('␡')
		case r < 0x20 && r != '\t' && r != '\n':
			b.WriteRune('␀' + r)
		case r >= 0x80 && r < 0xa0:
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteString(text[i : i+n])
		}
		i += n
	}
	if formula(text) {
		return "'" + b.String()
	}
	return b.String()
}

// A reader of CSV gets the values of the log, but for the four changes that the help names.
func TestCSVKeepsValues(t *testing.T) {
	texts := []string{"a\nb\tc", "👩\u200d💻 ❤️", "\u202eevil\u202c", "a\u200bb", "x\r\ny", "\u2028", "e\u0301", " a ", "\ufeffx", "a\x00b", "\x85", "\u0085",
		"'", "''", `\"`, `"a"`, `,`, "\n", "\r", "a\"b\nc,d", "null", "\\N", "TRUE", "1e5", "007"}
	for _, text := range hostile.Texts() {
		texts = append(texts, text.Raw, text.Raw+"\n"+text.Raw, `"`+text.Raw)
	}
	if len(texts) < 150 { // at least 1,500 without the race detector
		t.Fatalf("%d texts", len(texts))
	}
	for _, text := range texts {
		rows, err := csv.NewReader(strings.NewReader(csvLine(text, "next"))).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != 2 || rows[0][0] != expected(text) || rows[0][1] != "next" {
			t.Errorf("%q is read as %q, %v, want %q", text, rows, err, expected(text))
		}
	}
}

// On a terminal nothing is sent that it could obey, and a record is a line.
func TestCSVOnATerminalIsPrintable(t *testing.T) {
	for _, text := range hostile.Texts() {
		var out bytes.Buffer
		w := csvWriter{out: &out, shown: true}
		w.cell(text.Raw)
		if err := w.end(); err != nil {
			t.Fatal(err)
		}
		if leaks := hostile.Leaks(out.Bytes(), hostile.Allowed{}); len(leaks) > 0 || strings.Count(out.String(), "\n") != 1 {
			t.Errorf("%q is shown as %q: %v", text.Raw, &out, leaks)
		}
	}
}

func FuzzCSVReadsBackAsOneRecord(f *testing.F) {
	for _, text := range []string{"", "a", "a,b", "\"", "a\nb", "\r\n", " a ", "\x1b[2J", "\xff", "=1", "\"\"\n,"} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		line := csvLine(a, b)
		rows, err := csv.NewReader(strings.NewReader(line)).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != 2 || rows[0][0] != expected(a) || rows[0][1] != expected(b) {
			t.Fatalf("%q, %q → %q → %q, %v", a, b, line, rows, err)
		}
		for _, cell := range rows[0] {
			if formula(cell) {
				t.Errorf("%q, %q: the cell %q is a formula", a, b, cell)
			}
		}
	})
}
