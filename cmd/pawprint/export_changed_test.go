package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pawprint/cmd/internal/export"
	"pawprint/model"
	"pawprint/tui"
	"pawprint/tui/termsafe"
)

// forged is an event that is in a log only after something has overwritten it.
const forged = "FORGED"

// changes lists what may happen to a log between its load and an export.
var changes = map[string]func(t *testing.T, path string){
	"truncated to nothing": func(t *testing.T, path string) { truncateTo(t, path, 0) },
	"truncated in the middle": func(t *testing.T, path string) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		truncateTo(t, path, info.Size()/2)
	},
	"overwritten as a whole": func(t *testing.T, path string) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		line := strings.Replace(event(forged, "FAILED"), "\n", strings.Repeat(" ", 77)+"\n", 1)
		overwrite(t, path, 0, strings.Repeat(line, int(info.Size())/len(line)+1)[:info.Size()])
	},
	"overwritten in one line": func(t *testing.T, path string) { overwrite(t, path, 1000, forged) },
	"truncated and grown again": func(t *testing.T, path string) {
		truncateTo(t, path, 0)
		overwrite(t, path, 0, strings.Repeat(event(forged, "FAILED"), 9000))
	},
	"renamed and made anew": func(t *testing.T, path string) {
		if err := os.Rename(path, path+".1"); err != nil {
			t.Fatal(err)
		}
		overwrite(t, path, 0, event(forged, "FAILED"))
	},
	"removed": func(t *testing.T, path string) {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	},
}

func truncateTo(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

// overwrite writes over the bytes of a file in place.
func overwrite(t *testing.T, path string, at int64, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt([]byte(text), at)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// copyLog copies the first lines of a shared log, so that a test may damage the copy.
func copyLog(t *testing.T, lines int) string {
	t.Helper()
	text, err := os.ReadFile(story)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.Join(bytes.SplitAfterN(text, []byte("\n"), lines+1)[:lines], nil)
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// rowsIn counts the rows in an exported file, and those that say that their lines could not be read.
func rowsIn(t *testing.T, format string, text []byte) (rows, bare int) {
	t.Helper()
	bare = bytes.Count(text, []byte("not read: "+model.ErrChanged.Error()))
	switch format {
	case "jsonl", "text":
		return bytes.Count(text, []byte("\n")), bare
	case "json":
		var all []json.RawMessage
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
		return len(all), bare
	case "csv":
		all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return len(all) - 1, bare
	}
	return bytes.Count(text, []byte("\n")) - 2, bare
}

func TestAnExportCountsWhatItWroteOfASourceThatChanged(t *testing.T) {
	for change, make := range changes {
		for _, f := range (&export.Exporter{}).Formats() {
			t.Run(change+" as "+f.Name, func(t *testing.T) {
				log := copyLog(t, 500)
				sel := exportSelection(t, log, "")
				make(t, log)
				path := filepath.Join(t.TempDir(), "out")
				result, err := f.Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC})
				if err != nil {
					mustSayNothingWasWritten(t, err, sel.Len(), path)
					return
				}
				text, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				rows, bare := rowsIn(t, f.Name, text)
				if rows != result.Rows || bare != result.Bare || result.Rows+result.Absent != sel.Len() {
					t.Errorf("the file has %d rows, %d of them without lines, of %d; told is %+v", rows, bare, sel.Len(), result)
				}
				if got, want := result.Unread != nil, result.Bare+result.Absent > 0; got != want {
					t.Errorf("told is %+v", result)
				}
				if bytes.Contains(text, []byte(forged)) {
					t.Error("bytes are in the file that were never loaded")
				}
				if kept := change == "removed" || change == "renamed and made anew"; kept != (result.Unread == nil) {
					t.Errorf("told is %+v", result)
				}
			})
		}
	}
}

// mustSayNothingWasWritten checks the error of an export that could not write a single row.
func mustSayNothingWasWritten(t *testing.T, err error, rows int, path string) {
	t.Helper()
	want := fmt.Sprintf("wrote 0 of %v: %v; no file was written (%s)", termsafe.Count(int64(rows), "row", "rows"), model.ErrChanged, path)
	if err.Error() != want || !errors.Is(err, model.ErrChanged) {
		t.Errorf("the error is %q, want %q", err, want)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 0 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func TestTheInterfaceSaysFirstWhatAnExportLacks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ format, change, want, file string }{
		{"jsonl", "truncated to nothing", "wrote 0 of 2,000 rows: the source changed", ""},
		{"jsonl", "truncated in the middle", " of 2,000 rows: the source changed after it was loaded; the file is ", "out"},
		{"csv", "truncated to nothing", "2,000 of 2,000 rows written without their lines: the source changed", "out"},
		{"md", "overwritten as a whole", "2,000 of 2,000 rows written without their lines: the source changed", "out"},
		{"json", "removed", "2,000 rows written to ", "out"},
	} {
		t.Run(c.format+" "+c.change, func(t *testing.T) {
			log, dir := copyLog(t, 2000), t.TempDir()
			x := startOn(t, terminalOptions{cols: 80, rows: 24}, nil, log)
			x.waitForText("2,000 events")
			changes[c.change](t, log)
			x.chooseExport(c.format)
			x.typeKeys("\x15" + filepath.Join(dir, "out") + "\r")
			x.waitForText(c.want)
			x.typeKeys("q")
			x.waitForExit(0)
			entries, err := os.ReadDir(dir)
			names := []string{}
			for _, e := range entries {
				names = append(names, e.Name())
			}
			want := []string{}
			if c.file != "" {
				want = []string{c.file, c.file + ".origin.json"}
			}
			if err != nil || !slices.Equal(names, want) {
				t.Errorf("the folder holds %q, %v, want %q", names, err, want)
			}
		})
	}
}
