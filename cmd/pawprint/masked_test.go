package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/cmd/internal/export"
	"pawprint/tui"
)

// secretLog writes a log with three secrets in two events and one in a reject.
func secretLog(t *testing.T) string {
	t.Helper()
	const begin = `{"timestamp":"2026-11-22T10:00:00Z","actionName":"UPDATE_RULE","actionResult":"SUCCEEDED","pantherVersion":"1.0.0","actor":{"id":"u-1","type":"USER","name":"homer"},`
	text := begin + `"actionParams":{"password":"hunter22xx","note":"api_key=hunter33xx"}}` + "\n" +
		begin + `"userAgent":"curl Bearer hunter44xx","actionParams":{"hasPassword":true}}` + "\n" +
		begin + `"actionParams":{"tokenId":"t-1"}}` + "\n" +
		`{"cut":"token=hunter55xx` + "\n"
	path := filepath.Join(t.TempDir(), "secrets.jsonl")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// saidBy runs the program and returns both of its outputs.
func saidBy(t *testing.T, args ...string) (out, said string) {
	t.Helper()
	cmd := exec.Command(ourselves(t), args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // the exit code says whether something was found
	return stdout.String(), stderr.String()
}

func TestWhatWasMaskedIsCountedOnStandardError(t *testing.T) {
	log := secretLog(t)
	const books = "pawprint: 4 lines = 3 events + 1 rejects + 0 blanks\n" // the log has a reject
	for _, c := range []struct {
		name, want string
		args       []string
	}{
		{"lines", "pawprint: masked 4 values in 2 events and 1 reject; others may remain\n", []string{"query", "", log}},
		{"csv", "pawprint: masked 4 values in 2 events and 1 reject; others may remain\n", []string{"query", "-o", "csv", "", log}},
		{"only events", "pawprint: masked 3 values in 2 events; others may remain\n", []string{"query", "-o", "json", "--", "-is:reject", log}},
		{"one event", "pawprint: masked 1 value in 1 event; others may remain\n", []string{"query", "-o", "md", "ua:curl", log}},
		{"no secret", "pawprint: nothing was masked, but secrets may remain\n", []string{"query", "param.tokenId:t-1", log}},
		{"reject", "pawprint: masked 1 value in 1 reject; others may remain\n", []string{"query", "is:reject", log}},
		{"a number alone", "", []string{"query", "-c", "", log}},
		{"followed", "pawprint: masked 1 value in 1 event; others may remain\n", []string{"query", "-f", "-n", "1", "ua:curl", log}},
		{"counts", "pawprint: masked 1 value in the table; others may remain\n", []string{"stats", "--by", "ua", log}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, said := saidBy(t, slices.Insert(slices.Clone(c.args), 1, "--redact")...)
			if said != c.want+books {
				t.Errorf("%v says %q, want %q", c.args, said, c.want+books)
			}
			if strings.Contains(out, "hunter") || strings.Contains(out, "others may remain") {
				t.Errorf("%v prints %s", c.args, out)
			}
			if _, said := saidBy(t, c.args...); strings.Contains(said, "masked") {
				t.Errorf("without --redact %v says %q", c.args, said)
			}
		})
	}
}

func TestCheckMasksKeysThatAreSecrets(t *testing.T) {
	key := "gh" + "p_" + strings.Repeat("Zq7K", 9)
	path := filepath.Join(t.TempDir(), "keys.jsonl")
	line := `{"timestamp":"2026-11-22T10:00:00Z","actionName":"A","actionResult":"SUCCEEDED","actor":{"id":"i"},"` + key + `":1,"` + key + `":2}` + "\n"
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"text", "json"} {
		shown, _ := saidBy(t, "check", "-o", format, path)
		masked, said := saidBy(t, "check", "--redact", "-o", format, path)
		if !strings.Contains(shown, key) || strings.Contains(masked, key[:12]) || !strings.Contains(masked, "[redacted]") || !strings.Contains(said, "in the report; others may remain") {
			t.Errorf("check -o %s prints %s, with --redact %s and says %q", format, shown, masked, said)
		}
	}
}

func TestExportCountsWhatWasMasked(t *testing.T) {
	log := secretLog(t)
	for _, format := range []string{"jsonl", "csv", "json", "md"} {
		path := filepath.Join(t.TempDir(), "out")
		result, err := exportFormat(t, &export.Exporter{}, format).Write(t.Context(), tui.ExportRequest{Rows: exportSelection(t, log, ""), Path: path, Zone: time.UTC, Redact: true})
		if err != nil || result.Masked != 4 {
			t.Errorf("%s: %+v, %v, want 4 masked", format, result, err)
		}
		written, err := os.ReadFile(path)
		if err != nil || bytes.Contains(written, []byte("hunter")) {
			t.Errorf("%s: %s, %v", format, written, err)
		}
	}
}
