package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pawprint/tui"
)

func TestAnExportThatFailsSaysTheReasonFirstAndLeavesNothing(t *testing.T) {
	sel := exportSelection(t, exportPath(t, "audit.jsonl"), "is:failed")
	touch := func(path string) error { return os.WriteFile(path, nil, 0o600) }
	for _, c := range []struct {
		name string
		path string // in a new folder
		make func(folder string) error
		want string
	}{
		{"no folder", "none/out", nil, "the folder does not exist"},
		{"a file for a folder", "file/out", func(d string) error { return touch(d + "/file") }, "a part of the path is not a folder"},
		{"a long name", strings.Repeat("n", 300), nil, "the name is too long"},
		{"a name that is taken", "out", func(d string) error { return touch(d + "/out") }, "there is already a file of that name"},
		{"a folder", "out", func(d string) error { return os.Mkdir(d+"/out", 0o700) }, "there is already a file of that name"},
		{"a link", "out", func(d string) error { return errors.Join(touch(d+"/x"), os.Symlink("x", d+"/out")) }, "there is already a file of that name"},
		{"a pipe", "out", func(d string) error { return syscall.Mkfifo(d+"/out", 0o600) }, "there is already a file of that name"},
		{"a folder that links to itself", "loop/out", func(d string) error { return os.Symlink("loop", d+"/loop") }, "too many levels of symbolic links"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.make != nil {
				if err := c.make(dir); err != nil {
					t.Fatal(err)
				}
			}
			before := namesIn(t, dir)
			path := filepath.Join(dir, c.path)
			_, err := exportFormat(t, &exporter{}, "csv").Write(t.Context(), tui.ExportRequest{Rows: sel, Path: path, Zone: time.UTC})
			if want := c.want + "; no file was written (" + path + ")"; err == nil || err.Error() != want {
				t.Errorf("the error is %v, want %s", err, want)
			}
			if after := namesIn(t, dir); after != before {
				t.Errorf("the folder held %s, now %s", before, after)
			}
		})
	}
}

// namesIn lists a folder.
func namesIn(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// The limit on the size of files stands for a disk that fills in the middle of an export.
func TestTheInterfaceSaysFirstWhyThereIsNoExport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long-", 20))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	small := []string{"/bin/sh", "-c", `ulimit -f 16; exec "$0" "$@"`}
	x := startOn(t, terminalOptions{cols: 80, rows: 24, under: small}, nil, exportPath(t, "audit.jsonl"))
	x.waitForText("2,000 events")
	for _, c := range []struct{ path, want string }{
		{dir + "/big.csv", "the file is too large for this system; no file was written ("},
		{dir + "/none/big.csv", "the folder does not exist; no file was written ("},
	} {
		x.typeKeys("ocsv\r")
		x.waitForText("export to pawprint-")
		x.typeKeys("\x15" + c.path + "\r")
		x.waitFor(c.want, func(s string) bool { return strings.Contains(s, c.want) && strings.Contains(s, "big.csv)") })
		if got := namesIn(t, dir); got != "" {
			t.Errorf("left is %s", got)
		}
		x.typeKeys("j")
	}
	x.typeKeys("q")
	x.waitForExit(0)
}
