package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pawprint/tui"
)

func TestFoldersListWhatMayBeALog(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.jsonl", "a.JSON.gz", "notes.txt", ".hidden.jsonl", "x\x1b[2J.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "z"), 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := (&starter{}).List(dir)
	want := tui.Folder{Path: dir, Entries: []tui.FolderEntry{{Name: "z", Folder: true}, {Name: "a.JSON.gz", Size: "1 B"}, {Name: "b.jsonl", Size: "1 B"}, {Name: "x\x1b[2J.csv", Size: "1 B"}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("List() gives the error %v (-want +got):\n%s", err, diff)
	}
}

// Without a source the interface starts with a choice. A source that cannot be opened says why, and another one can be chosen.
func TestStartScreenOpensASourceAndRemembersIt(t *testing.T) {
	state, dir := t.TempDir(), t.TempDir()
	t.Setenv("XDG_STATE_HOME", state)
	t.Chdir(dir)
	if err := os.WriteFile(filepath.Join(dir, "a.jsonl"), []byte(event("GET_FIRST", "SUCCEEDED")), 0o600); err != nil {
		t.Fatal(err)
	}
	x := start(t, nil)
	x.waitForText("Open a log")
	x.waitForText("a.jsonl")
	x.typeKeys("/nowhere/x.jsonl\r")
	x.waitForText("no such file")
	x.typeKeys("\x15a.jsonl\r")
	x.waitForText("GET_FIRST")
	x.typeKeys("q")
	x.waitForExit(0)

	x = start(t, nil)
	x.waitForText("again")
	x.typeKeys("again\r")
	x.waitForText("GET_FIRST")
	x.typeKeys("q")
	x.waitForExit(0)

	x = start(t, nil)
	x.waitForText("The demonstration")
	x.typeKeys("demonstration\r")
	x.waitForText("events")
	x.waitForText("ci-token")
	x.typeKeys("q")
	x.waitForExit(0)

	x = start(t, nil)
	x.waitForText("Open a log")
	x.typeKeys("\x1b")
	x.waitForExit(0)
}
