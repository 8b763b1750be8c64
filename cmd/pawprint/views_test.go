package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"pawprint/cmd/internal/state"
)

func TestAViewIsSavedAndFoundInTheNextRun(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(event("GET_FIRST", "SUCCEEDED")+event("DELETE_LAST", "FAILED")), 0o600); err != nil {
		t.Fatal(err)
	}
	x := start(t, nil, "-q", "is:failed", path)
	x.waitForText("1 shown")
	x.typeKeys("smine\r")
	x.waitForText("saved as mine")
	x.typeKeys("q")
	x.waitForExit(0)
	x = start(t, nil, path)
	x.waitForText("GET_FIRST")
	x.typeKeys("V")
	x.waitForText("Detections deleted or disabled")
	x.typeKeys("mine\r")
	x.waitForText("1 shown")
	x.typeKeys("q")
	x.waitForExit(0)
}

// Two programs save views as fast as keys can be typed, and quit while they save the last one.
func TestViewsOfTwoProgramsAreAllKept(t *testing.T) {
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	const each = 20
	programs := []*terminal{start(t, nil, story), start(t, nil, story)}
	for _, x := range programs {
		x.waitForText("2,000 events")
	}
	var both sync.WaitGroup
	for k, x := range programs {
		both.Go(func() {
			var keys strings.Builder
			for i := range each {
				fmt.Fprintf(&keys, "sv%d-%d\r", k, i)
			}
			x.typeKeys(keys.String() + "q")
		})
	}
	both.Wait()
	for _, x := range programs {
		x.waitForExit(0)
	}
	views, err := state.UserViews().Load()
	if err != nil || len(views) != 2*each {
		t.Errorf("%d views are kept, want %d: %v", len(views), 2*each, err)
	}
}

func TestPipesInThePlaceOfOwnFilesAreSaid(t *testing.T) {
	config, state := t.TempDir(), t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	t.Setenv("XDG_STATE_HOME", state)
	for _, path := range []string{filepath.Join(config, "pawprint", "views.json"), filepath.Join(state, "pawprint", "recent.json")} {
		if err := errors.Join(os.Mkdir(filepath.Dir(path), 0o700), syscall.Mkfifo(path, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	x := startOn(t, terminalOptions{cols: 80, rows: 24}, nil, story)
	x.waitForText("2,000 events")
	x.typeKeys("V")
	x.waitForText("views.json is a pipe, where a file should be")
	x.typeKeys("\x1b")
	x.waitFor("the list closed", func(s string) bool { return !strings.Contains(s, "─ Views") })
	x.typeKeys("smine\r")
	x.waitForText("views.json is a pipe, where a file should be (the view was not")
	x.typeKeys("q")
	x.waitForExit(0)
	x = startOn(t, terminalOptions{cols: 80, rows: 24}, nil)
	x.waitForText("recent.json is a pipe, where a file should be")
	x.typeKeys("\x03")
	x.waitForExit(0)
}
