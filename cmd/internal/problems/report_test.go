package problems

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/redact"
	"pawprint/tui/paint"
)

// loaded is a snapshot of a log.
func loaded(t *testing.T, text string) model.Snapshot {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.Reader{Label: "a.jsonl", From: strings.NewReader(text)}); err != nil {
		t.Fatal(err)
	}
	return log.Snapshot()
}

const secret = "hunter22xx"

const log = `{"timestamp":"2026-11-22T10:00:00Z","actionName":"A","actionResult":"SUCCEEDED","pantherVersion":"1.0.0","actor":{"id":"u-1","type":"USER"},"api_key=` + secret + `":1}
no event
`

// whole writes all parts of a report.
func whole(snap *model.Snapshot, report Reporter) error {
	return errors.Join(Write(snap, report), WriteSummary(snap, report))
}

func plainText(out io.Writer) Reporter { return Text(out, Look{}) }

func TestEveryReportNamesEachProblemAndHoldsTheBooks(t *testing.T) {
	snap := loaded(t, log)
	books := snap.Books()
	if books.Lines != 2 || books.Rejects != 1 || books.Errors+books.Warnings < 2 {
		t.Fatalf("the books are %+v", books)
	}
	for name, make := range map[string]func(io.Writer) Reporter{"text": plainText, "json": JSON} {
		var out bytes.Buffer
		if err := whole(&snap, make(&out)); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if want := int(books.Errors + books.Warnings + 1); len(lines) != want || !strings.Contains(out.String(), secret) {
			t.Errorf("%s: %d lines, want %d:\n%s", name, len(lines), want, &out)
		}
		for _, line := range lines {
			if name == "json" && !json.Valid([]byte(line)) {
				t.Errorf("%q is not JSON", line)
			}
		}
		if last := lines[len(lines)-1]; !strings.Contains(last, "2 lines = 1 events + 1 rejects") && !strings.Contains(last, `"lines":2,"events":1,"rejects":1,`) {
			t.Errorf("%s: the last line is %s", name, last)
		}
		out.Reset()
		mask := new(redact.Masker)
		if err := whole(&snap, Masked(make(&out), mask)); err != nil || strings.Contains(out.String(), secret) || mask.Masked == 0 {
			t.Errorf("%s: %d masked, %v:\n%s", name, mask.Masked, err, &out)
		}
	}
}

func TestMessagesNameTheValueMaskedAndCut(t *testing.T) {
	event := func(member string) string {
		return `{"timestamp":"2026-11-22T10:00:00Z","actionName":"A","pantherVersion":"1.0.0","actor":{"id":"u-1","type":"USER"},` + member + "}\n"
	}
	snap := loaded(t, event(`"actionResult":"MAY\u0041BE \"x\""`)+event(`"actionResult":"api_key=`+secret+`"`)+event(`"actionResult":["api_key=`+secret+`"]`)+event(`"actionResult":{"password":"`+secret+`"}`)+
		event(`"actionResult":"`+strings.Repeat("é", 5000)+`"`)+event(`"actionResult":"SUCCEEDED","sourceIP":"\u001b[2J192.0.2.7:443"`)+event(`"actionResult":"SUCCEEDED","":1`))
	var plain, masked, lines bytes.Buffer
	for report, out := range map[Reporter]*bytes.Buffer{Text(&plain, Look{}): &plain, Masked(Text(&masked, Look{}), new(redact.Masker)): &masked, JSON(&lines): &lines} {
		if err := errors.Join(Write(&snap, report), WriteSummary(&snap, report)); err != nil || strings.ContainsRune(out.String(), 0x1b) || out.Len() > 8000 {
			t.Fatalf("%v, %d bytes:\n%s", err, out.Len(), out)
		}
	}
	for _, want := range []string{`: error: actionResult: "MAYABE \"x\"": must be SUCCEEDED, FAILED or PARTIALLY_FAILED`, `"api_key=` + secret + `": must be`, `["api_key=` + secret + `"]: wrong type: found a list, must be SUCCEEDED`,
		`\u001b[2J192.0.2.7:443": malformed IP address`, `\u00e9...": must be`, `: "": not in the schema`} {
		if !strings.Contains(plain.String(), want) {
			t.Errorf("the report has no %s:\n%s", want, &plain)
		}
	}
	if strings.Contains(masked.String(), secret) || strings.Count(masked.String(), "\n") != strings.Count(plain.String(), "\n") {
		t.Errorf("the masked report holds a secret or has other lines:\n%s", &masked)
	}
}

// On a terminal no word of a problem is broken and none is lost; severities are coloured.
func TestProblemsFitTheTerminal(t *testing.T) {
	snap := loaded(t, log)
	var full bytes.Buffer
	if err := whole(&snap, plainText(&full)); err != nil {
		t.Fatal(err)
	}
	for _, cells := range []int{30, 80} {
		var out bytes.Buffer
		if err := whole(&snap, Text(&out, Look{Cells: cells})); err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Fields(out.String()), strings.Fields(full.String()); !slices.Equal(got, want) {
			t.Errorf("at %d cells: %q, want the words %q", cells, got, want)
		}
	}
	var out bytes.Buffer
	if err := whole(&snap, Text(&out, Look{Color: paint.BasicTones()})); err != nil || !strings.Contains(out.String(), "\x1b[0;1;31merror\x1b[m") {
		t.Errorf("no red error: %v, %q", err, &out)
	}
}
