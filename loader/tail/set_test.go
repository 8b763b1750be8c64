package tail

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"pawprint/model"
)

// eachSet runs a scenario with the files that match a pattern in the test's folder: with notifications, with a poll alone,
// and with only one file kept open.
func eachSet(t *testing.T, pattern string, run func(r *rig)) {
	t.Helper()
	prepare := func(t *testing.T) *rig {
		t.Parallel() // a fault common to all ways is reported after one wait
		r := newRig(t)
		r.set.Paths = []string{filepath.Join(filepath.Dir(r.path), pattern)}
		return r
	}
	t.Run("watched", func(t *testing.T) {
		run(prepare(t))
	})
	t.Run("polled", func(t *testing.T) {
		r := prepare(t)
		r.set.Poll, r.set.watcher = 10*time.Millisecond, noWatch
		run(r)
	})
	t.Run("one open", func(t *testing.T) {
		r := prepare(t)
		r.set.maxOpen = 1
		run(r)
	})
}

// at is a path in the test's folder.
func (r *rig) at(name string) string {
	return filepath.Join(filepath.Dir(r.path), filepath.FromSlash(name))
}

// put appends new lines to a file of the test's folder.
func (r *rig) put(name string, lines int) {
	r.Helper()
	r.must(appendFile(r.at(name), r.lines(lines)))
}

func (r *rig) move(from, to string) {
	r.Helper()
	r.must(os.Rename(r.at(from), r.at(to)))
}

func (r *rig) folder(name string) {
	r.Helper()
	r.must(os.MkdirAll(r.at(name), 0o700))
}

// named waits until there is a source of that name, relative to the test's folder.
func (r *rig) named(name string) model.SourceState {
	r.Helper()
	var found model.SourceState
	r.until("with a source "+name, func(s model.Snapshot) bool {
		for _, source := range s.Sources() {
			if source.Name.Raw() == r.at(name) {
				found = source
				return true
			}
		}
		return false
	})
	return found
}

// sources is how many there are.
func (r *rig) sources() int {
	s := r.log.Snapshot()
	return len(s.Sources())
}

func TestSetFollowsFilesAsTheyComeAndGo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pattern string
		run     func(r *rig)
	}{
		"files that are there": {"", func(r *rig) {
			r.folder("a/b")
			r.put("a.jsonl", 2)
			r.put("a/x.log", 2)
			r.put("a/b/y.ndjson", 2)
			r.must(os.WriteFile(r.at("a/notes.txt"), []byte("no log\n"), 0o600))
			r.must(os.WriteFile(r.at(".hidden.jsonl"), []byte("no log\n"), 0o600))
			r.start()
			r.caughtUp()
			r.put("a/x.log", 2)
			r.put("a/b/y.ndjson", 1)
		}},
		"new files in a folder": {"", func(r *rig) {
			r.start()
			r.noted("there is no file yet")
			r.put("a.jsonl", 2)
			r.caughtUp()
			r.put("b.jsonl", 2)
			r.put("a.jsonl", 2)
			r.caughtUp()
			r.put("b.jsonl", 1)
			r.named("b.jsonl")
		}},
		"new files in new folders": {"", func(r *rig) {
			r.put("a.jsonl", 1)
			r.start()
			r.caughtUp()
			r.folder("x/y/z")
			r.put("x/y/z/c.jsonl", 3)
			r.put("x/b.jsonl", 3)
			r.caughtUp()
			r.put("x/y/z/c.jsonl", 3)
		}},
		"a folder that comes late": {"logs/", func(r *rig) {
			r.set.Paths[0] += "/"
			r.start()
			r.noted("the folder does not exist")
			r.folder("logs")
			r.put("logs/a.jsonl", 2)
		}},
		"a path that becomes a folder": {"logs", func(r *rig) {
			r.start()
			r.noted("the file does not exist")
			r.folder("logs")
			r.put("logs/a.jsonl", 2)
			r.caughtUp()
			r.noted("it is a folder")
			r.put("logs/b.jsonl", 2)
		}},
		"a folder that is removed and made again": {"logs", func(r *rig) {
			r.folder("logs/sub")
			r.put("logs/sub/a.jsonl", 2)
			r.start()
			r.caughtUp()
			r.must(os.RemoveAll(r.at("logs")))
			r.folder("logs/sub")
			r.put("logs/sub/a.jsonl", 2)
			r.caughtUp()
			for range 3 {
				r.put("logs/sub/a.jsonl", 2)
				r.caughtUp()
			}
		}},
		"a folder that is renamed": {"", func(r *rig) {
			r.folder("a")
			r.put("a/x.jsonl", 2)
			r.put("a/y.jsonl", 2)
			r.start()
			r.caughtUp()
			r.move("a", "b")
			r.put("b/x.jsonl", 2)
			r.caughtUp()
			r.put("b/y.jsonl", 2)
			r.caughtUp()
			if n := r.sources(); n != 2 {
				r.Errorf("there are %d sources, want those of the two files", n)
			}
		}},
		"a glob over folders": {"**/au*.jsonl", func(r *rig) {
			r.put("audit.jsonl", 2)
			r.must(appendFile(r.at("other.jsonl"), "not read\n"))
			r.start()
			r.caughtUp()
			r.folder("x/y")
			r.put("x/y/aux.jsonl", 2)
			r.must(appendFile(r.at("x/y/other.jsonl"), "not read\n"))
			r.caughtUp()
			r.put("x/au.jsonl", 2)
		}},
		"a file that leaves the glob": {"*.jsonl", func(r *rig) {
			r.put("a.jsonl", 2)
			r.put("b.jsonl", 2)
			r.start()
			r.caughtUp()
			r.put("a.jsonl", 3)
			r.move("a.jsonl", "a.done")
			r.caughtUp()
			r.until("let go of it", func(s model.Snapshot) bool { return s.Sources()[0].Phase == model.Complete })
			r.must(appendFile(r.at("a.done"), "not read\n"))
			r.put("b.jsonl", 1)
		}},
		"links in circles": {"", func(r *rig) {
			r.folder("a/b")
			r.must(os.Symlink(r.at("a"), r.at("a/b/up")))
			r.must(os.Symlink(r.at("a/b"), r.at("z")))
			r.must(os.Symlink(r.at("self"), r.at("self")))
			r.put("a/b/x.jsonl", 2)
			r.start()
			r.caughtUp()
			r.put("a/b/x.jsonl", 2)
			r.put("a/b/y.jsonl", 2)
			r.caughtUp()
			r.named("a/b/y.jsonl")
			if n := r.sources(); n != 2 {
				r.Errorf("there are %d sources, want those of the two files", n)
			}
		}},
		"one file with several names": {"*.jsonl", func(r *rig) {
			r.put("a.jsonl", 2)
			r.must(os.Link(r.at("a.jsonl"), r.at("b.jsonl")))
			r.must(os.Symlink("a.jsonl", r.at("0.jsonl")))
			r.start()
			r.caughtUp()
			r.named("a.jsonl")
			r.put("0.jsonl", 2)
			r.caughtUp()
			r.must(os.Remove(r.at("a.jsonl"))) // it goes on as b
			r.put("b.jsonl", 2)
			r.caughtUp()
			if n := r.sources(); n != 1 {
				r.Errorf("there are %d sources, want one", n)
			}
		}},
		"a link that is switched": {"*.log", func(r *rig) {
			r.folder("data")
			r.put("data/1", 2)
			r.put("data/2", 2)
			r.must(os.Symlink("data/1", r.at("now.log")))
			r.wanted = r.wanted[:2]
			r.start()
			r.caughtUp()
			r.put("data/1", 1)
			r.caughtUp()
			r.must(os.Symlink("data/3", r.at("new")))
			r.put("data/3", 2)
			r.move("new", "now.log")
			r.caughtUp()
			r.put("data/3", 2)
		}},
		"a pipe in a folder is none of its files": {"", func(r *rig) {
			r.must(makePipe(r.at("pipe.jsonl"), 0o600))
			r.put("a.jsonl", 2)
			r.start()
			r.caughtUp()
			if n := r.sources(); n != 1 {
				r.Errorf("there are %d sources, want one", n)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			eachSet(t, c.pattern, func(r *rig) {
				c.run(r)
				r.caughtUp()
				r.halt()
			})
		})
	}
}
