package state

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
	"testing"
	"time"

	"pawprint/cmd/internal/disk"
	"pawprint/tui"
	"pawprint/tui/ptytest"
)

// inTime fails if do does not return in time, because it is blocked on a pipe or the like.
func inTime(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatalf("%s does not end", what)
	}
}

// strange lists things that may be in the place of a file.
var strange = []struct {
	name string
	make func(path string) error
	want string
}{
	{"a pipe", func(path string) error { return ptytest.MakePipe(path) }, "is a pipe, where a file should be"},
	{"a link to a pipe", func(path string) error {
		return errors.Join(ptytest.MakePipe(path+"-p"), os.Symlink(path+"-p", path))
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
	{"two values", func(path string) error { return os.WriteFile(path, []byte("{}{}"), 0o600) }, "there is more after its end"},
}

// shortDir returns a folder with a path that is short enough for a socket.
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
			f := Views{disk.File{Path: path}}
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
				if err := (Views{disk.File{Path: filepath.Join(dir, "views.json")}}).Save(t.Context(), []tui.SavedView{{Name: "n"}}); err == nil {
					t.Error("a view was saved without a lock")
				}
			})
		})
	}
}

func TestALockIsNotWaitedForWithoutAnEnd(t *testing.T) {
	f := Views{disk.File{Path: filepath.Join(t.TempDir(), "views.json")}}
	unlock, err := disk.Lock(t.Context(), f.file.Path)
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

// viewNames returns the names of the views in a file.
func viewNames(t *testing.T, f disk.File) map[string]bool {
	t.Helper()
	views, err := Views{f}.Load()
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
		f := disk.File{Path: filepath.Join(t.TempDir(), "pawprint", "views.json")}
		var all sync.WaitGroup
		for k := range instances {
			all.Go(func() {
				for i := range each {
					if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: fmt.Sprintf("%d-%d", k, i)}}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if names := viewNames(t, f); len(names) != instances*each {
			t.Errorf("%d instances keep %d views, want %d", instances, len(names), instances*each)
		}
		if got := namesIn(t, filepath.Dir(f.Path)); got != ".views.json.lock views.json" {
			t.Errorf("the folder holds %s", got)
		}
	}
}

func TestWhatIsDeletedWhileOthersSaveIsAllThatIsMissing(t *testing.T) {
	f := disk.File{Path: filepath.Join(t.TempDir(), "views.json")}
	const each = 20
	for i := range each {
		if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: fmt.Sprint("old", i)}}); err != nil {
			t.Fatal(err)
		}
	}
	var both sync.WaitGroup
	both.Go(func() {
		for range each {
			var saved savedViews
			err := f.Update(t.Context(), &saved, func() bool {
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
			if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: fmt.Sprint("new", i)}}); err != nil {
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

// The user may remove the file at any moment. Nothing worse happens than the loss of the views in it.
func TestAFileThatIsRemovedWhileOthersSaveIsMadeAnew(t *testing.T) {
	f := disk.File{Path: filepath.Join(t.TempDir(), "views.json")}
	var both sync.WaitGroup
	both.Go(func() {
		for range 50 {
			if err := os.Remove(f.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
		}
	})
	both.Go(func() {
		for i := range 50 {
			if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: fmt.Sprint(i)}}); err != nil {
				t.Error(err)
			}
		}
	})
	both.Wait()
	if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: "last"}}); err != nil || !viewNames(t, f)["last"] {
		t.Errorf("the last view is not there: %v", err)
	}
}

func TestSavingMakesTheFileThatALinkLeadsTo(t *testing.T) {
	dir := t.TempDir()
	f := disk.File{Path: filepath.Join(dir, "pawprint", "views.json")}
	if err := errors.Join(os.Mkdir(filepath.Dir(f.Path), 0o700), os.Symlink("../dotfiles.json", f.Path)); err != nil {
		t.Fatal(err)
	}
	if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: "n"}}); err != nil {
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
	f := disk.File{Path: filepath.Join(t.TempDir(), "views.json")}
	if err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: "small"}}); err != nil {
		t.Fatal(err)
	}
	err := (Views{f}).Save(t.Context(), []tui.SavedView{{Name: "large", Query: strings.Repeat("x", disk.MaxFile)}})
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
	for i := range MaxRecent {
		all.Go(func() { Remember([]string{fmt.Sprintf("/logs/%d.jsonl", i)}) })
	}
	all.Wait()
	if got, err := Recent(); err != nil || len(got) != MaxRecent {
		t.Errorf("%d runs remember %d sources, %v", MaxRecent, len(got), err)
	}
}

func TestTheStateFolderIsForTheUserAlone(t *testing.T) {
	state := filepath.Join(t.TempDir(), "deep", "state")
	t.Setenv("XDG_STATE_HOME", state)
	dir, err := Folder()
	if err != nil || dir != filepath.Join(state, "pawprint") {
		t.Fatalf("Folder() = %s, %v", dir, err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode() != 0o700|fs.ModeDir {
		t.Errorf("the folder has mode %v, %v", info.Mode(), err)
	}
	t.Setenv("XDG_STATE_HOME", "relative")
	t.Setenv("HOME", "/home/ann")
	if dir, err := Path(); err != nil || dir != "/home/ann/.local/state/pawprint" {
		t.Errorf("with a relative path Path() = %s, %v", dir, err)
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
