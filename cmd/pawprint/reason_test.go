package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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

// The limit on the size of files simulates a disk that fills in the middle of an export.
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
