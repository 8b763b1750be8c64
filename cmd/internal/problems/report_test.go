package problems

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/redact"
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

func TestEveryReportNamesEachProblemAndHoldsTheBooks(t *testing.T) {
	snap := loaded(t, log)
	books := snap.Books()
	if books.Lines != 2 || books.Rejects != 1 || books.Errors+books.Warnings < 2 {
		t.Fatalf("the books are %+v", books)
	}
	for name, make := range map[string]func(io.Writer) Reporter{"text": Text, "json": JSON} {
		var out bytes.Buffer
		if err := Write(&snap, make(&out)); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if want := int(books.Errors + books.Warnings + 1); len(lines) != want || !strings.Contains(out.String(), secret) {
			t.Errorf("%s: %d lines, want %d:\n%s", name, len(lines), want, &out)
		}
		for _, line := range lines {
			if name == "json" && !json.Valid([]byte(line)) {
				t.Errorf("%q is no JSON", line)
			}
		}
		if last := lines[len(lines)-1]; !strings.Contains(last, "2 lines = 1 events + 1 rejects") && !strings.Contains(last, `"lines":2,"events":1,"rejects":1,`) {
			t.Errorf("%s: the last line is %s", name, last)
		}
		out.Reset()
		mask := new(redact.Masker)
		if err := Write(&snap, Masked(make(&out), mask)); err != nil || strings.Contains(out.String(), secret) || mask.Masked == 0 {
			t.Errorf("%s: %d masked, %v:\n%s", name, mask.Masked, err, &out)
		}
	}
}
