package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"pawprint/cmd/internal/export"
	"pawprint/loader"
	"pawprint/model"
	"pawprint/model/query"
	"pawprint/tui"
)

// exportSelection selects rows of a file of the shared test data.
func exportSelection(t *testing.T, path, filter string) *model.Selection {
	t.Helper()
	log := model.NewLog()
	if err := loader.Load(t.Context(), log, &loader.File{Path: path}); err != nil {
		t.Fatal(err)
	}
	e, err := query.Parse(filter)
	if err != nil {
		t.Fatal(err)
	}
	sel, err := model.Select(t.Context(), log.Snapshot(), query.Compile(e, query.Env{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	return sel
}

// exportFormat returns a format of an exporter.
func exportFormat(t *testing.T, x *export.Exporter, name string) tui.ExportFormat {
	t.Helper()
	for _, f := range x.Formats() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("there is no format %s", name)
	return tui.ExportFormat{}
}

// exportPath returns the absolute path of a shared log.
func exportPath(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExportEqualsWhatQueryPrints(t *testing.T) {
	t.Parallel()
	program := ourselves(t)
	log := exportPath(t, "damaged.jsonl")
	for _, filter := range []string{"", "is:failed", "is:reject", "nobody-did-this"} {
		for _, redacted := range []bool{false, true} {
			for _, format := range []string{"jsonl", "csv", "json", "md"} {
				args := []string{"query", "-o", format, filter, log}
				if redacted {
					args = append(args, "--redact")
				}
				want, err := exec.Command(program, args...).Output()
				var code *exec.ExitError
				if err != nil && (!errors.As(err, &code) || code.ExitCode() != exitNothing) {
					t.Fatalf("%v: %v", args, err)
				}
				path := filepath.Join(t.TempDir(), "out")
				var progress atomic.Int64
				sel := exportSelection(t, log, filter)
				result, err := exportFormat(t, &export.Exporter{}, format).Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC, Redact: redacted, Progress: &progress})
				if err != nil || result.Unread != nil {
					t.Fatal(err, result.Unread)
				}
				got, err := os.ReadFile(path)
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%v: the export has %d bytes, the query %d, %v", args, len(got), len(want), err)
				}
				if result.Rows != sel.Len() || progress.Load() != int64(sel.Len()) || result.Path != path {
					t.Errorf("%v: %+v with progress %d, want %d rows", args, result, progress.Load(), sel.Len())
				}
			}
		}
	}
}

func TestTheInterfaceExportsAFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "failed.jsonl")
	x := startOn(t, terminalOptions{cols: 120, rows: 40}, nil, exportPath(t, "audit.jsonl"))
	x.waitForText("2,000 events")
	x.typeKeys("f")
	x.waitForText("shown")
	x.typeKeys("o")
	x.waitForText("rows as jsonl")
	x.typeKeys("\r")
	x.waitForText("export to pawprint-")
	x.typeKeys("\x15" + path + "\r")
	x.waitForText("written to")
	x.typeKeys("q")
	x.waitForExit(0)
	got, err := os.ReadFile(path)
	if err != nil || bytes.Count(got, []byte("\n")) != exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed").Len() {
		t.Errorf("the export has %d lines, %v", bytes.Count(got, []byte("\n")), err)
	}
}
