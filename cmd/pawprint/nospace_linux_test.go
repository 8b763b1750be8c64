package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// noSpace lists reasons why the program cannot write its own files: a command to run it under, and a change to its folders. The limit
// on the size of files simulates a full disk.
var noSpace = []struct {
	name, reason string
	under        []string
	spoil        func(folder string) error
}{
	{name: "no space", reason: "the file is too large for this system", under: []string{"sh", "-c", `ulimit -f 0; exec "$0" "$@"`}},
	{name: "a file for a folder", reason: "a part of the path is not a folder",
		spoil: func(folder string) error { return os.WriteFile(filepath.Join(folder, "pawprint"), nil, 0o600) }},
	{name: "a file far above", reason: "a part of the path is not a folder",
		spoil: func(folder string) error { return errors.Join(os.Remove(folder), os.WriteFile(folder, nil, 0o600)) }},
}

// partsIn lists the program's files that are left in a folder, except locks.
func partsIn(t *testing.T, folder string) (left []string) {
	t.Helper()
	entries, _ := os.ReadDir(filepath.Join(folder, "pawprint")) // the folder may be missing
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".lock") {
			left = append(left, e.Name())
		}
	}
	return left
}

// Saving a view says why it failed. The list of recent sources is only a convenience and fails silently. The program goes on.
func TestWithoutRoomForItsOwnFilesTheProgramGoesOn(t *testing.T) {
	for _, c := range noSpace {
		t.Run(c.name, func(t *testing.T) {
			config, state := t.TempDir(), t.TempDir()
			for _, folder := range []string{config, state} {
				if c.spoil == nil {
					continue
				}
				if err := c.spoil(folder); err != nil {
					t.Fatal(err)
				}
			}
			x := startOn(t, terminalOptions{cols: 80, rows: 24, under: c.under, env: []string{"XDG_CONFIG_HOME=" + config, "XDG_STATE_HOME=" + state}}, nil, story)
			x.waitForText("2,000 events")
			x.typeKeys("smine\r")
			x.waitForText(c.reason + " (the view was not")
			x.typeKeys("f")
			x.waitForText("127 shown")
			x.typeKeys("q")
			x.waitForExit(0)
			if left := append(partsIn(t, config), partsIn(t, state)...); len(left) > 0 {
				t.Errorf("left are %q", left)
			}
		})
	}
}

// If the report cannot be written, the terminal is still restored and the message still printed.
func TestWithoutRoomForItsReportACrashGivesTheTerminalBack(t *testing.T) {
	for _, c := range noSpace {
		t.Run(c.name, func(t *testing.T) {
			state := t.TempDir()
			if c.spoil != nil {
				if err := c.spoil(state); err != nil {
					t.Fatal(err)
				}
			}
			x := startOn(t, terminalOptions{cols: 120, rows: 40, under: c.under, env: []string{"XDG_STATE_HOME=" + state}}, nil, story)
			x.waitForText("2,000 events")
			x.waitForKeeper()
			if err := x.Cmd.Process.Signal(syscall.SIGABRT); err != nil {
				t.Fatal(err)
			}
			<-x.Exited()
			x.waitUntil("the line that says what happened", nil, func() bool { return strings.Contains(x.screen(), "pawprint ended by an internal error") })
			x.waitForExit(2)
			// The list of recent sources is written meanwhile; whoever is ended in the middle of that cannot remove its part.
			left := slices.DeleteFunc(partsIn(t, state), func(name string) bool { return strings.HasPrefix(name, ".recent.json-") })
			if len(left) > 0 {
				t.Errorf("left are %q", left)
			}
		})
	}
}
