package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// redirected opens a file as a shell does for < FILE.
func redirected(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestARedirectedFileIsFollowedOnTheScreen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.jsonl")
	appendTo(t, path, event("GET_FIRST", "SUCCEEDED"))
	x := start(t, redirected(t, path), "-f", "-")
	x.waitForText("GET_FIRST")
	appendTo(t, path, event("GET_SECOND", "SUCCEEDED"))
	x.waitForText("GET_SECOND")
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, event("GET_ANOTHER", "SUCCEEDED"))
	appendTo(t, path+".1", event("GET_THIRD", "SUCCEEDED"))
	x.waitForText("GET_THIRD")
	x.waitForText("3 events")
	x.typeKeys("q")
	x.waitForExit(0)
}

func TestARedirectedFileIsPrintedAsItGrowsAndEachLineOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "live.jsonl")
	var want []string
	grow := func(n int) {
		var all strings.Builder
		for range n {
			want = append(want, fmt.Sprintf("GET_%05d", len(want)))
			all.WriteString(event(want[len(want)-1], "SUCCEEDED"))
		}
		appendTo(t, path, all.String())
	}
	grow(300)
	skipped := 100
	in := redirected(t, path)
	if _, err := in.Seek(int64(skipped*len(event("GET_00000", "SUCCEEDED"))), io.SeekStart); err != nil {
		t.Fatal(err)
	}
	x := start(t, in, "query", "-f", "-o", "jsonl", "", "-")
	for range 50 {
		x.waitForText(want[len(want)-1])
		grow(7)
	}
	x.waitForText(want[len(want)-1])
	if err := x.Cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	x.waitForExit(130)
	x.mu.Lock()
	defer x.mu.Unlock()
	var got []string
	for _, part := range strings.Split(x.raw.String(), `"actionName":"`)[1:] {
		got = append(got, part[:len("GET_00000")])
	}
	if !slices.Equal(got, want[skipped:]) {
		t.Errorf("%d lines were printed, %d written; the last are %q", len(got), len(want)-skipped, got[max(0, len(got)-3):])
	}
}

func TestARedirectedFileEndsWhereItEndsIfItIsNotFollowed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.jsonl")
	appendTo(t, path, event("GET_FIRST", "SUCCEEDED"))
	x := start(t, redirected(t, path), "query", "-o", "jsonl", "", "-")
	x.waitUntil("GET_FIRST", nil, func() bool { return strings.Contains(x.screen(), "GET_FIRST") })
	x.waitForExit(0)
}
