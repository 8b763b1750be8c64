package output

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
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

func FuzzCSVReadsBackAsOneRecordOfVisibleCells(f *testing.F) {
	for _, text := range []string{"", "a", "a,b", "\"", "a\nb", "\r\n", " a ", "\x1b[2J", "\xff", "=1", "\"\"\n,"} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		line := csvLine(a, b)
		rows, err := csv.NewReader(strings.NewReader(line)).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != 2 || strings.Count(line, "\n") != 1 {
			t.Fatalf("%q, %q → %q → %q, %v", a, b, line, rows, err)
		}
		for _, cell := range rows[0] {
			if formula(cell) {
				t.Errorf("%q, %q: the cell %q is a formula", a, b, cell)
			}
			for _, r := range cell {
				if r < 0x20 || r >= 0x7f && r < 0xa0 {
					t.Errorf("the cell %q holds a control", cell)
				}
			}
		}
	})
}
