package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"pawprint/tui"
)

// inTime fails unless do returns: what must not be waited for would be waited for without an end.
func inTime(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(patience):
		t.Fatalf("%s does not end", what)
	}
}

// strange are things that may be in the place of a file.
var strange = []struct {
	name string
	make func(path string) error
	want string
}{
	{"a pipe", func(path string) error { return syscall.Mkfifo(path, 0o600) }, "is a pipe, where a file should be"},
	{"a link to a pipe", func(path string) error {
		return errors.Join(syscall.Mkfifo(path+"-p", 0o600), os.Symlink(path+"-p", path))
	}, "is a pipe, where a file should be"},
	{"a folder", func(path string) error { return os.Mkdir(path, 0o700) }, "is a folder, where a file should be"},
	{"a link to a device", func(path string) error { return os.Symlink("/dev/zero", path) }, "is a device, where a file should be"},
	{"a socket", func(path string) error {
		socket, err := net.ListenUnix("unix", &net.UnixAddr{Name: path})
		if err == nil {
			socket.SetUnlinkOnClose(false)
			err = socket.Close()
		}
		return err
	}, "is a socket, where a file should be"},
	{"a link to itself", func(path string) error { return os.Symlink(path, path) }, "too many levels of symbolic links"},
	{"a file without an end", func(path string) error {
		return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<40))
	}, "it is larger than "},
	{"two values", func(path string) error { return os.WriteFile(path, []byte("{}{}"), 0o600) }, "there is something behind the end"},
}

// shortDir is a folder with a path that is short enough for a socket.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func TestOwnFilesAreNeverWaitedForNorReplacedByMistake(t *testing.T) {
	for _, c := range strange {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(shortDir(t), "views.json")
			if err := c.make(path); err != nil {
				t.Fatal(err)
			}
			before, err := os.Lstat(path)
			if err != nil {
				t.Fatal(err)
			}
			f := viewsFile{ownFile{path}}
			inTime(t, "loading", func() {
				if _, err := f.Load(); err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("Load says %v, want %s", err, c.want)
				}
			})
			inTime(t, "saving", func() {
				if err := f.Save(t.Context(), []tui.SavedView{{Name: "n"}}); err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("Save says %v, want %s", err, c.want)
				}
			})
			if after, err := os.Lstat(path); err != nil || !os.SameFile(before, after) || after.Size() != before.Size() {
				t.Errorf("what was there is gone: %v", err)
			}
		})
	}
}

func TestNothingStrangeIsTakenForALock(t *testing.T) {
	for _, c := range strange[:6] {
		t.Run(c.name, func(t *testing.T) {
			dir := shortDir(t)
			if err := c.make(filepath.Join(dir, ".views.json.lock")); err != nil {
				t.Fatal(err)
			}
			inTime(t, "saving", func() {
				if err := (viewsFile{ownFile{filepath.Join(dir, "views.json")}}).Save(t.Context(), []tui.SavedView{{Name: "n"}}); err == nil {
					t.Error("a view was saved without a lock")
				}
			})
		})
	}
}

func TestALockIsNotWaitedForWithoutAnEnd(t *testing.T) {
	f := viewsFile{ownFile{filepath.Join(t.TempDir(), "views.json")}}
	unlock, err := lockBeside(t.Context(), f.file.path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	inTime(t, "saving", func() {
		if err := f.Save(ctx, []tui.SavedView{{Name: "n"}}); !errors.Is(err, context.Canceled) {
			t.Errorf("Save says %v", err)
		}
	})
	unlock()
	if err := f.Save(t.Context(), []tui.SavedView{{Name: "n"}}); err != nil {
		t.Errorf("with the lock free again Save says %v", err)
	}
}

// viewNames are the names of the views in a file.
func viewNames(t *testing.T, f ownFile) map[string]bool {
	t.Helper()
	views, err := viewsFile{f}.Load()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, v := range views {
		names[v.Name] = true
	}
	if len(names) != len(views) {
		t.Errorf("%d views have %d names", len(views), len(names))
	}
	return names
}

func TestInstancesKeepEachOthersViews(t *testing.T) {
	const each = 20
	for _, instances := range []int{2, 10} {
		f := ownFile{filepath.Join(t.TempDir(), "pawprint", "views.json")}
		var all sync.WaitGroup
		for k := range instances {
			all.Go(func() {
				for i := range each {
					if err := (viewsFile{f}).Save(t.Context(), []tui.SavedView{{Name: fmt.Sprintf("%d-%d", k, i)}}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if names := viewNames(t, f); len(names) != instances*each {
			t.Errorf("%d instances keep %d views, want %d", instances, len(names), instances*each)
		}
		if got := namesIn(t, filepath.Dir(f.path)); got != ".views.json.lock views.json" {
			t.Errorf("the folder holds %s", got)
		}
	}
}

func TestWhatIsDeletedWhileOthersSaveIsAllThatIsMissing(t *testing.T) {
	f := ownFile{filepath.Join(t.TempDir(), "views.json")}
	const each = 20
	for i := range each {
		if err := (viewsFile{f}).Save(t.Context(), []tui.SavedView{{Name: fmt.Sprint("old", i)}}); err != nil {
			t.Fatal(err)
		}
	}
	var both sync.WaitGroup
	both.Go(func() {
		for range each {
			var saved savedViews
			err := f.update(t.Context(), &saved, func() bool {
				for i, v := range saved.Views {
					if strings.HasPrefix(v.Name, "old") {
						saved.Views = append(saved.Views[:i], saved.Views[i+1:]...)
						return true
					}
				}
				return false
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
	both.Go(func() {
		for i := range each {
			if err := (viewsFile{f}).Save(t.Context(), []tui.SavedView{{Name: fmt.Sprint("new", i)}}); err != nil {
				t.Error(err)
			}
		}
	})
	both.Wait()
	names := viewNames(t, f)
	for i := range each {
		if !names[fmt.Sprint("new", i)] || names[fmt.Sprint("old", i)] {
			t.Errorf("of the views numbered %d there are %v", i, names)
		}
	}
}

// A person may remove the file at any moment; nothing worse happens than that the views in it are gone.
func TestAFileThatIsRemovedWhileOthersSaveIsMadeAnew(t *testing.T) {
	f := ownFile{filepath.Join(t.TempDir(), "views.json")}
	var both sync.WaitGroup
	both.Go(func() {
		for range 50 {
			if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
		}
	})
	both.Go(func() {
		for i := range 50 {
			if err := (viewsFile{f}).Save(t.Context(), []tui.SavedView{{Name: fmt.Sprint(i)}}); err != nil {
				t.Error(err)
			}
		}
	})
	both.Wait()
	if err := (viewsFile{f}).Save(t.Context(), []tui.SavedView{{Name: "last"}}); err != nil || !viewNames(t, f)["last"] {
		t.Errorf("the last view is not there: %v", err)
	}
}

func TestSavingMakesTheFileThatALinkLeadsTo(t *testing.T) {
	dir := t.TempDir()
	f := ownFile{filepath.Join(dir, "pawprint", "views.json")}
	if err := errors.Join(os.Mkdir(filepath.Dir(f.path), 0o700), os.Symlink("../dotfiles.json", f.path)); err != nil {
		t.Fatal(err)
	}
	if err := (viewsFile{f}).Save(t.Context(), []tui.SavedView{{Name: "n"}}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(filepath.Join(dir, "dotfiles.json")); err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != 0o600 {
		t.Errorf("behind the link there is %v, %v", info, err)
	}
	if !viewNames(t, f)["n"] {
		t.Error("the view is not found through the link")
	}
}

func TestViewsThatWouldNotBeReadAgainAreNotSaved(t *testing.T) {
	f := ownFile{filepath.Join(t.TempDir(), "views.json")}
	if err := (viewsFile{f}).Save(t.Context(), []tui.SavedView{{Name: "small"}}); err != nil {
		t.Fatal(err)
	}
	err := (viewsFile{f}).Save(t.Context(), []tui.SavedView{{Name: "large", Query: strings.Repeat("x", maxOwnFile)}})
	if err == nil || !strings.Contains(err.Error(), "would be larger than") {
		t.Errorf("Save says %v", err)
	}
	if names := viewNames(t, f); len(names) != 1 || !names["small"] {
		t.Errorf("the views are %v", names)
	}
}

func TestRunsRememberTheSourcesOfEachOther(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	var all sync.WaitGroup
	for i := range maxRecent {
		all.Go(func() { remember([]string{fmt.Sprintf("/logs/%d.jsonl", i)}) })
	}
	all.Wait()
	if got, err := recentSources(); err != nil || len(got) != maxRecent {
		t.Errorf("%d runs remember %d sources, %v", maxRecent, len(got), err)
	}
}

func TestTheStateFolderIsForTheUserAlone(t *testing.T) {
	state := filepath.Join(t.TempDir(), "deep", "state")
	t.Setenv("XDG_STATE_HOME", state)
	dir, err := stateFolder()
	if err != nil || dir != filepath.Join(state, "pawprint") {
		t.Fatalf("stateFolder() = %s, %v", dir, err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode() != 0o700|fs.ModeDir {
		t.Errorf("the folder has mode %v, %v", info.Mode(), err)
	}
	t.Setenv("XDG_STATE_HOME", "relative")
	t.Setenv("HOME", "/home/ann")
	if dir, err := statePath(); err != nil || dir != "/home/ann/.local/state/pawprint" {
		t.Errorf("with a relative path statePath() = %s, %v", dir, err)
	}
}

// Two programs save views as fast as they can be typed, and are left in the middle of the last one.
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
	if names := viewNames(t, ownFile{filepath.Join(config, "pawprint", "views.json")}); len(names) != 2*each {
		t.Errorf("%d views are kept, want %d", len(names), 2*each)
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
