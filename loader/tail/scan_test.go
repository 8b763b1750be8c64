package tail

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// TestSetReadsManyFilesWithFewOpen has a system that lets only a few files be open at the same time.
func TestSetReadsManyFilesWithFewOpen(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	var mu sync.Mutex
	var opened []*os.File
	most := 0
	r.set.open = func(path string) (*os.File, error) {
		mu.Lock()
		defer mu.Unlock()
		open := 0
		for _, f := range opened {
			if f.Fd() != ^uintptr(0) {
				open++
			}
		}
		if most = max(most, open); open >= 4 {
			return nil, &os.PathError{Op: "open", Path: path, Err: syscall.EMFILE}
		}
		f, err := openShared(path)
		opened = append(opened, f)
		return f, err
	}
	r.set.Paths = []string{filepath.Dir(r.path)}
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}
	for _, n := range names {
		r.put(n+".jsonl", 2)
	}
	r.start()
	r.caughtUp()
	for range 3 {
		for _, n := range names {
			r.put(n+".jsonl", 2)
		}
		r.caughtUp()
	}
	r.noted("too few files can be open at the same time (ulimit -n)")
	r.halt()
	if most != 4 {
		t.Errorf("%d files were open at the same time, want the 4 that the system allows", most)
	}
}

// TestSetSharesOneWatch has several arguments and many folders.
func TestSetSharesOneWatch(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	opened := 0
	r.set.watcher = func() (watcher, error) {
		opened++
		return newSystemWatcher()
	}
	for _, n := range []string{"a", "b/c", "d"} {
		r.folder(n)
	}
	r.set.Paths = []string{r.at("a"), r.at("b"), r.at("d/x.jsonl"), r.at("d/*.log")}
	r.set.Poll = time.Minute // only notifications can be so fast
	r.put("a/1.jsonl", 1)
	r.put("d/x.jsonl", 1)
	r.start()
	r.caughtUp()
	for range 3 {
		r.put("a/1.jsonl", 1)
		r.put("b/c/2.jsonl", 1)
		r.put("d/x.jsonl", 1)
		r.put("d/y.log", 1)
		r.caughtUp()
	}
	r.halt()
	if opened != 1 {
		t.Errorf("%d watches were opened, want one", opened)
	}
}

// TestSetLooksAtAllAfterAnOverflow has a watch that tells of nothing but its overflow.
func TestSetLooksAtAllAfterAnOverflow(t *testing.T) {
	t.Parallel()
	w := newFakeWatcher()
	r := newRig(t)
	r.set.Paths = []string{filepath.Dir(r.path)}
	r.set.Poll, r.set.watcher = time.Hour, func() (watcher, error) { return w, nil }
	r.put("a.jsonl", 1)
	r.start()
	r.caughtUp()
	for range 3 {
		r.put("a.jsonl", 1)
		r.put("b.jsonl", 1)
		w.errs <- fsnotify.ErrEventOverflow
		r.caughtUp()
	}
	r.halt()
}

func TestSetSaysThatItPolls(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.set.Paths = []string{filepath.Dir(r.path)}
	r.set.Poll, r.set.watcher = 10*time.Millisecond, func() (watcher, error) { return nil, syscall.EMFILE }
	r.put("a.jsonl", 1)
	r.start()
	r.noted("polling: the watch limit is reached")
	r.put("b.jsonl", 1)
	r.caughtUp()
	r.halt()
}

// TestSetFindsFilesThatWereRenamedWhileClosed writes to files and renames them between two looks.
func TestSetFindsFilesThatWereRenamedWhileClosed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.set.Paths, r.set.maxOpen = []string{filepath.Dir(r.path)}, 1
	for _, n := range []string{"a", "b", "c"} {
		r.put(n+".jsonl", 3)
	}
	s := newSet(t.Context(), r.set, r.log)
	s.begin()
	settled(r, s)
	r.compare()
	r.put("a.jsonl", 2)
	r.move("a.jsonl", "a.jsonl.1") // no name of a log in a folder
	r.put("a.jsonl", 2)
	r.put("b.jsonl", 2)
	r.move("b.jsonl", "b.elsewhere")
	settled(r, s)
	r.must(s.close())
	r.compare()
}

// settled lets a set look until there is nothing new.
func settled(r *rig, s *set) {
	r.Helper()
	for range 5 {
		for _, f := range s.order {
			f.due = time.Time{}
		}
		s.nextScan, s.scanAgain = time.Time{}, time.Time{}
		for s.round() {
		}
	}
	if s.loads.failed != nil || s.full != nil {
		r.Fatal(errors.Join(s.loads.failed...))
	}
}

func TestSetReadsAPipeThatIsNamed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(makePipe(r.path, 0o600))
	r.set.Paths = []string{r.path, r.at("a.jsonl")}
	r.put("a.jsonl", 1)
	r.start()
	w, err := os.OpenFile(r.path, os.O_WRONLY, 0)
	r.must(err)
	for range 3 {
		_, err = w.WriteString(r.line())
		r.must(err)
		r.put("a.jsonl", 1)
		r.caughtUp()
	}
	r.must(w.Close())
	r.halt()
}
