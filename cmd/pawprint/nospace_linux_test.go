package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
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
	{name: "a read-only folder", reason: "permission denied", under: []string{withoutRoot}, spoil: func(folder string) error { return os.Chmod(folder, 0o500) }},
}

// withoutRoot is a name under which the test binary runs a command without the powers of root, for whom no folder is read-only. Dropping
// them must need no powers itself, because in some containers root lacks them.
const withoutRoot = "without-root"

func init() {
	programs[withoutRoot] = func() {
		runtime.LockOSThread()
		none := [2]unix.CapUserData{}
		err := unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &none[0])
		if err == nil {
			err = unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) // otherwise what root runs next would get them back
		}
		if err == nil {
			err = unix.Exec(os.Args[1], os.Args[1:], os.Environ())
		}
		fmt.Fprintln(os.Stderr, withoutRoot, err)
		os.Exit(1)
	}
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
			t.Parallel()
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
			x.waitUntil("the line that says what happened", nil, func() bool { return strings.Contains(x.screen(), "pawprint ended with an internal error") })
			x.waitForExit(2)
			// The list of recent sources is written meanwhile; whoever is ended in the middle of that cannot remove its part.
			left := slices.DeleteFunc(partsIn(t, state), func(name string) bool { return strings.HasPrefix(name, ".recent.json-") })
			if len(left) > 0 {
				t.Errorf("left are %q", left)
			}
		})
	}
}

// TestASealOntoAFullDiskFails writes a manifest where there is no space.
func TestASealOntoAFullDiskFails(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	std := &streams{in: os.Stdin, out: newOutlet(full), err: newOutlet(full)}
	path := filepath.Join(t.TempDir(), "a.jsonl")
	write(t, path, []byte(event("GET_FIRST", "SUCCEEDED")))
	if code := run([]string{"seal", path}, std); code != exitError {
		t.Errorf("exit code %d", code)
	}
}

// Where marks cannot be kept that is said, the program goes on, and its end says what was not kept.
func TestWithoutRoomForMarksTheProgramGoesOn(t *testing.T) {
	for _, c := range noSpace {
		t.Run(c.name, func(t *testing.T) {
			state := t.TempDir()
			if c.spoil != nil {
				if err := c.spoil(state); err != nil {
					t.Fatal(err)
				}
			}
			path, _ := markedLog(t)
			x := startOn(t, terminalOptions{cols: 120, rows: 24, under: c.under, env: []string{"XDG_STATE_HOME=" + state}}, nil, path)
			x.waitForText(" 3/3") // the title may come before the rows
			x.typeKeys("gm")
			x.waitForText(c.reason)
			x.typeKeys("j'")
			x.waitForText("1/3")
			x.typeKeys("q")
			x.waitUntil("what was not kept", nil, func() bool { return strings.Contains(x.screen(), "1 change of marks was not saved") })
			<-x.Exited()
		})
	}
}

// Where a session and filters cannot be kept that is said once, on the screen or behind the end.
func TestWithoutRoomForASessionTheProgramGoesOn(t *testing.T) {
	for _, c := range noSpace {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path, state, o := storyIn(t)
			must(t, os.MkdirAll(state, 0o700))
			if c.spoil != nil {
				must(t, c.spoil(state))
			}
			o.under = c.under
			x := startOn(t, o, nil, path)
			x.waitForText("2,000 events")
			said, read := 0, strings.Contains(c.name, "a file") // what is kept is read before it is written
			if read {
				x.waitForText(c.reason + " (loading the marks)")
				x.typeKeys("j") // makes room for the next message
				x.waitForText(c.reason + " (loading the last session)")
				said = 1
			}
			for _, step := range [][2]string{{"/is:failed\r", "127 matches"}, {"gj", " 2/127"}} {
				x.typeKeys(step[0])
				x.waitFor(step[1], func(s string) bool {
					if !read && strings.Contains(s, c.reason) {
						said = 1 // the machine is so slow that the program stores before the end
					}
					return strings.Contains(s, step[1]) && !(read && strings.Contains(s, c.reason))
				})
			}
			x.typeKeys("q")
			x.waitForExit(0)
			x.waitForLastWords()
			if said += strings.Count(x.screen(), c.reason); said != 1 {
				t.Errorf("it is said %d times:\n%s", said, x.screen())
			}
			if left := partsIn(t, state); len(left) > 0 {
				t.Errorf("left are %q", left)
			}
		})
	}
}

// Without a home nothing can be kept. That is said, for marks and views when there are some, and the program goes on.
func TestWithoutAHomeTheProgramGoesOn(t *testing.T) {
	path, _ := markedLog(t)
	x := startOn(t, terminalOptions{cols: 120, rows: 24, env: []string{"HOME=", "XDG_STATE_HOME=", "XDG_CONFIG_HOME=", "XDG_CACHE_HOME="}}, nil, path)
	x.waitForText(" 3/3") // the title may come before the rows
	x.typeKeys("gm")
	x.waitForText("$HOME is not defined: set it, or XDG_STATE_HOME (the mark was not saved")
	x.typeKeys("s")
	x.waitForText("views cannot be saved here")
	x.typeKeys("/action:get\r")
	x.waitForText("1 match")
	x.typeKeys("q")
	<-x.Exited()
	x.waitForLastWords()
	if !strings.Contains(x.screen(), "1 change of marks was not saved") {
		t.Errorf("the end does not say what was not kept:\n%s", x.screen())
	}
	if n := strings.Count(x.screen(), "$HOME"); n != 1 {
		t.Errorf("the end says %d times that there is no home:\n%s", n, x.screen())
	}
}
