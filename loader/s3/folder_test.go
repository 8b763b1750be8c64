//go:build unix

package s3

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"pawprint/model"
)

// cached loads 50 events into a new cache, and returns its folder.
func cached(t *testing.T, s *store) string {
	t.Helper()
	for i := range 5 {
		s.put(fmt.Sprintf("logs/%d.json", i), events(100+i, 1)) // all of one length
	}
	dir := filepath.Join(t.TempDir(), "pawprint", "s3")
	if got := numbers(t, s.must("logs/", Options{Cache: &Cache{Dir: dir, Levels: 2}})); len(got) != 5 {
		t.Fatalf("events %v", got)
	}
	return dir
}

// entries are the files of a cache with an ending.
func entries(t *testing.T, dir, ending string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*"+ending))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%v %v", paths, err)
	}
	return paths
}

func do(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestWhatStandsInThePlaceOfAFileOfTheCacheIsNeitherReadNorWaitedFor(t *testing.T) {
	for name, replace := range map[string]func(t *testing.T, path string){
		"a pipe":             func(t *testing.T, path string) { do(t, os.Remove(path), syscall.Mkfifo(path, 0o600)) },
		"a link to itself":   func(t *testing.T, path string) { do(t, os.Remove(path), os.Symlink(path, path)) },
		"a link to nothing":  func(t *testing.T, path string) { do(t, os.Remove(path), os.Symlink(path+".x", path)) },
		"a link to a device": func(t *testing.T, path string) { do(t, os.Remove(path), os.Symlink("/dev/zero", path)) },
		"a link to the same": func(t *testing.T, path string) {
			do(t, os.Rename(path, path+".x"), os.Symlink(filepath.Base(path)+".x", path))
		},
		"a link out of there": func(t *testing.T, path string) {
			away := filepath.Join(t.TempDir(), "x")
			do(t, os.Rename(path, away), os.Symlink(away, path))
		},
		"a link to a pipe": func(t *testing.T, path string) {
			do(t, os.Remove(path), syscall.Mkfifo(path+".x", 0o600), os.Symlink(filepath.Base(path)+".x", path))
		},
		"a folder":           func(t *testing.T, path string) { do(t, os.Remove(path), os.Mkdir(path, 0o700)) },
		"a folder with file": func(t *testing.T, path string) { do(t, os.Remove(path), os.MkdirAll(path+"/x", 0o700)) },
		"writable by others": func(t *testing.T, path string) { do(t, os.Chmod(path, 0o602)) },
		"writable by group":  func(t *testing.T, path string) { do(t, os.Chmod(path, 0o660)) },
		"not readable":       func(t *testing.T, path string) { do(t, os.Chmod(path, 0), os.Truncate(path, 0)) },
		"a socket": func(t *testing.T, path string) {
			do(t, os.Remove(path), os.Chdir(filepath.Dir(path))) // the names of sockets are short
			l, err := net.Listen("unix", "sock")
			do(t, err)
			t.Cleanup(func() { _ = l.Close() })
			do(t, os.Rename("sock", path))
		},
	} {
		for _, ending := range []string{objectEnding, listingEnding, keyName} {
			t.Run(name+" "+ending, func(t *testing.T) {
				t.Chdir(t.TempDir())
				s := newStore(t)
				dir := cached(t, s)
				for _, path := range entries(t, dir, ending) {
					replace(t, path)
				}
				for range 2 { // the second time something new may stand there
					if got := numbers(t, s.must("logs/", Options{Cache: &Cache{Dir: dir, Levels: 2}})); len(got) != 5 || got[0] != 100 {
						t.Errorf("events %v", got)
					}
				}
			})
		}
	}
}

func TestWhatAnotherWroteIntoTheCacheIsNotBelieved(t *testing.T) {
	forged := func(name string, data []byte) []byte {
		sum := sha256.Sum256(data)
		at := folder{key: make([]byte, keyBytes)}
		return append(bytes.Clone(data), at.trailer(name, int64(len(data)), sum[:])...)
	}
	for name, poison := range map[string]func(t *testing.T, paths []string){
		"other bytes of the same length": func(t *testing.T, paths []string) {
			for _, path := range paths {
				data, err := os.ReadFile(path)
				do(t, err)
				data = bytes.Replace(data, []byte("LIST_RULES"), []byte("EVIL_RULES"), 1)
				do(t, os.WriteFile(path, data, 0o600))
			}
		},
		"with the right sum and another key": func(t *testing.T, paths []string) {
			for _, path := range paths {
				data, err := os.ReadFile(path)
				do(t, err, os.WriteFile(path, forged(filepath.Base(path), bytes.Replace(data[:len(data)-trailerBytes], []byte("LIST"), []byte("EVIL"), 1)), 0o600))
			}
		},
		"that of another object": func(t *testing.T, paths []string) {
			first, err := os.ReadFile(paths[0])
			do(t, err)
			for _, path := range paths[1:] {
				do(t, os.WriteFile(path, first, 0o600))
			}
		},
		"renamed": func(t *testing.T, paths []string) {
			do(t, os.Rename(paths[0], paths[1]), os.Rename(paths[2], paths[0]))
		},
		"with a key that is empty": func(t *testing.T, paths []string) {
			do(t, os.WriteFile(filepath.Join(filepath.Dir(paths[0]), keyName), nil, 0o600))
		},
		"with a key that all may write": func(t *testing.T, paths []string) {
			key := filepath.Join(filepath.Dir(paths[0]), keyName)
			do(t, os.WriteFile(key, make([]byte, keyBytes), 0o600), os.Chmod(key, 0o666))
			for _, path := range paths {
				data, err := os.ReadFile(path)
				do(t, err, os.WriteFile(path, forged(filepath.Base(path), bytes.Replace(data[:len(data)-trailerBytes], []byte("LIST"), []byte("EVIL"), 1)), 0o600))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			dir := cached(t, s)
			poison(t, entries(t, dir, objectEnding))
			log := s.must("logs/", Options{Cache: &Cache{Dir: dir}})
			if got := fmt.Sprint(numbers(t, log)); got != "[100 101 102 103 104]" {
				t.Errorf("events %s", got)
			}
			snap := log.Snapshot()
			for i := range snap.Rows() {
				if raw, err := snap.Raw(model.Row(i)); err != nil || strings.Contains(raw.Raw(), "EVIL") {
					t.Errorf("row %d is %v, %v", i, raw, err)
				}
			}
		})
	}
}

func TestAFolderThatIsNotTheUsersAloneIsRefusedBeforeAnythingIsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string)
		want  string
	}{
		"writable by the group": {func(t *testing.T, dir string) { do(t, os.Chmod(dir, 0o770)) }, "others can write to it"},
		"writable by others":    {func(t *testing.T, dir string) { do(t, os.Chmod(dir, 0o702)) }, "chmod go-w"},
		"writable by all":       {func(t *testing.T, dir string) { do(t, os.Chmod(dir, 0o777)) }, "others can write to it"},
		"like /tmp":             {func(t *testing.T, dir string) { do(t, os.Chmod(dir, 0o777|os.ModeSticky)) }, "others can write to it"},
		"a link": {func(t *testing.T, dir string) { do(t, os.Rename(dir, dir+".x"), os.Symlink(dir+".x", dir)) },
			"it is a symbolic link"},
		"a link to nothing": {func(t *testing.T, dir string) { do(t, os.RemoveAll(dir), os.Symlink(dir+".x", dir)) }, "it is a symbolic link"},
	} {
		for level := range 2 {
			t.Run(fmt.Sprint(name, " ", level), func(t *testing.T) {
				s := newStore(t)
				dir := cached(t, s)
				before := len(s.requests())
				bad := dir
				if level == 1 {
					bad = filepath.Dir(dir)
				}
				c.spoil(t, bad)
				log, err := s.load("logs/", Options{Cache: &Cache{Dir: dir, Levels: 2}})
				if err == nil || !strings.Contains(err.Error(), "using the cache folder "+bad+": ") || !strings.Contains(err.Error(), c.want) {
					t.Errorf("error %v", err)
				}
				if snap := log.Snapshot(); snap.Rows() > 0 || len(s.requests()) > before {
					t.Errorf("%d rows, %d requests", snap.Rows(), len(s.requests())-before)
				}
			})
		}
	}
}

func TestAFolderOfAnotherUserIsRefused(t *testing.T) {
	dir := "/" // for whom is not root, it is another's
	if os.Geteuid() == 0 {
		dir = filepath.Join(t.TempDir(), "s3")
		do(t, os.Mkdir(dir, 0o700), os.Chown(dir, 12345, -1))
	}
	if err := (&Cache{Dir: dir}).Check(); err == nil || !strings.Contains(err.Error(), "it belongs to another user") {
		t.Errorf("error %v", err)
	}
}

func TestTheFoldersAboveTheCacheAreTheUsersOwnAffair(t *testing.T) {
	real := t.TempDir()
	do(t, os.Chmod(real, 0o777|os.ModeSticky))
	link := filepath.Join(t.TempDir(), "link")
	do(t, os.Symlink(real, link))
	s := newStore(t)
	s.put("logs/a.json", events(0, 3))
	for _, dir := range []string{link, real} {
		wantNumbers(t, s.must("logs/", Options{Cache: &Cache{Dir: filepath.Join(dir, "pawprint", "s3"), Levels: 2}}), 3)
	}
	if got := s.gets(); got != 1 {
		t.Errorf("fetched %d times", got)
	}
}

func TestManyProcessesUseOneCache(t *testing.T) {
	s := newStore(t)
	for i := range 30 {
		s.put(fmt.Sprintf("logs/%02d.json", i), events(i*10, 10))
	}
	dir := filepath.Join(t.TempDir(), "s3")
	var wg sync.WaitGroup
	for range 6 { // each with an eye of its own on the folder, as a process has
		wg.Go(func() {
			log, err := s.load("logs/", Options{Cache: &Cache{Dir: dir, MaxBytes: 20_000}})
			if snap := log.Snapshot(); err != nil || snap.Rows() != 300 {
				t.Errorf("%d rows, %v", snap.Rows(), err)
			}
		})
	}
	wg.Wait()
	wantNumbers(t, s.must("logs/", Options{Cache: &Cache{Dir: dir}}), 300)
	before := s.gets()
	wantNumbers(t, s.must("logs/", Options{Cache: &Cache{Dir: dir}}), 300)
	if got := s.gets() - before; got != 0 {
		t.Errorf("fetched %d objects that are kept", got)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*"+partialEnding)); err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}
