package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestABillionEventsTakeTheMemoryOfThoseThatAreLoaded compares the most memory that a load takes with that of the same rows in a file.
func TestABillionEventsTakeTheMemoryOfThoseThatAreLoaded(t *testing.T) {
	s := billion(t)
	const rows = 10_000
	var lines strings.Builder
	for i := s.n - rows; i < s.n; i++ {
		lines.WriteString(s.line(i) + "\n")
	}
	path := filepath.Join(t.TempDir(), "newest.jsonl")
	if err := os.WriteFile(path, []byte(lines.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	ofFile := peakOf(t, "query", "", path)
	ofDatabase := peakOf(t, "query", "--rows", fmt.Sprint(rows), "", s.url())
	if ofDatabase > 2*ofFile+64<<20 {
		t.Errorf("%d MiB, and %d MiB for a file of the same rows", ofDatabase>>20, ofFile>>20)
	}
	t.Logf("%d MiB, and %d MiB for a file of the same rows", ofDatabase>>20, ofFile>>20)
}

// peakOf runs pawprint and returns the most memory that it had, in bytes.
func peakOf(t *testing.T, args ...string) int64 {
	t.Helper()
	c := exec.Command(program(t), args...)
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	return c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
}
