package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"pawprint/loader/demo/shapes"
)

// TestCountingByColumnsKeepsNoTextOfPackedFiles runs commands on a packed file. Those that read no lines reserve less memory than the text
// takes when it is packed.
func TestCountingByColumnsKeepsNoTextOfPackedFiles(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(shapes.All()[1].Lines(1, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.gz")
	if err := os.WriteFile(path, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	for _, c := range []struct {
		args []string
		kept bool
	}{
		{[]string{"query", "-c", "is:failed"}, false},
		{[]string{"query", "-c", "actor:ada OR ip:198.18.0.0/16 since:2001-01-01"}, false},
		{[]string{"query", "-c", ""}, false},
		{[]string{"query", "-c", "displayName:new"}, true},
		{[]string{"query", "-c", "panther_audit"}, true},
		{[]string{"query", "-c", "is:failed", "-q", "panther_audit"}, true},
		{[]string{"query", "-c", "tag:seen"}, true},
		{[]string{"query", "-n", "1", "is:failed"}, true},
		{[]string{"stats"}, false},
		{[]string{"stats", "--by", "actor,result", "--distinct", "ip"}, false},
		{[]string{"stats", "--every", "1h"}, false},
		{[]string{"stats", "--by", "actionParams.dynamic.input.severity"}, true},
		{[]string{"stats", "--distinct", "actionParams.dynamic.input.severity"}, true},
		{[]string{"stats", "--by", "actor", "-q", "panther_audit"}, true},
		{[]string{"stats", "--by", "tag"}, true},
	} {
		s := settingsOn(t)
		root := newRootOf(s)
		root.SetArgs(append(c.args, "--no-config", path))
		if err := root.ExecuteContext(t.Context()); err != nil && exitCode(err, nil) != exitNothing {
			t.Errorf("%q: %v", c.args, err)
		}
		used := s.budget.Load().Used()
		if kept := used >= int64(packed.Len()); kept != c.kept {
			t.Errorf("%q reserved %d bytes; the file has %d", c.args, used, packed.Len())
		}
	}
}
