package tail

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"pawprint/model"
)

// eachSet runs a scenario with the files that match a pattern in the test's folder: with notifications, with a poll alone,
// and with only one file kept open.
func eachSet(t *testing.T, pattern string, run func(r *rig)) {
	t.Helper()
	prepare := func(t *testing.T) *rig {
		r := newRig(t)
		r.paths = []string{filepath.Join(filepath.Dir(r.path), pattern)}
		return r
	}
	t.Run("watched", func(t *testing.T) {
		run(prepare(t))
	})
	t.Run("polled", func(t *testing.T) {
		r := prepare(t)
		r.file.Poll, r.file.watcher = 10*time.Millisecond, noWatch
		run(r)
	})
	t.Run("one open", func(t *testing.T) {
		r := prepare(t)
		r.maxOpen = 1
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
			r.paths[0] += "/"
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

func TestSetKnowsFilesByIdentity(t *testing.T) {
	for name, run := range map[string]func(r *rig){
		"renamed within the glob": func(r *rig) {
			r.move("audit.jsonl", "audit.jsonl.1")
			r.put("audit.jsonl", 2)
			r.caughtUp()
			r.put("audit.jsonl.1", 2) // late
			r.caughtUp()
			r.noted("renamed from audit.jsonl to audit.jsonl.1")
			if n := r.sources(); n != 2 {
				r.Errorf("there are %d sources, want 2", n)
			}
		},
		"renamed again and again": func(r *rig) {
			for range 4 {
				for i := 3; i >= 1; i-- {
					_ = os.Rename(r.at("audit.jsonl."+string('0'+rune(i))), r.at("audit.jsonl."+string('1'+rune(i))))
				}
				r.move("audit.jsonl", "audit.jsonl.1")
				r.put("audit.jsonl", 2)
				r.caughtUp()
			}
			if n := r.sources(); n != 5 {
				r.Errorf("there are %d sources, want 5", n)
			}
		},
		"swapped": func(r *rig) {
			r.put("audit.jsonl.1", 3)
			r.caughtUp()
			r.move("audit.jsonl", "tmp")
			r.move("audit.jsonl.1", "audit.jsonl")
			r.move("tmp", "audit.jsonl.1")
			r.caughtUp()
			r.put("audit.jsonl", 3)
			r.put("audit.jsonl.1", 3)
		},
		"copied and truncated": func(r *rig) {
			for _, to := range []string{".1", ".2", ".3"} {
				r.put("audit.jsonl", 40)
				r.copyTruncate(to)
				r.put("audit.jsonl", 1)
				r.caughtUp()
			}
			r.noted("truncated after byte")
			r.noted("a copy of audit.jsonl")
		},
		"copied and truncated while short": func(r *rig) {
			r.caughtUp()
			r.put("audit.jsonl", 1)
			r.copyTruncate(".1")
			r.put("audit.jsonl", 1)
		},
		"copied over older copies": func(r *rig) {
			for range 3 {
				r.put("audit.jsonl", 5)
				r.caughtUp()
				if old, err := os.ReadFile(r.at("audit.jsonl.1")); err == nil {
					r.must(os.WriteFile(r.at("audit.jsonl.2"), old, 0o600))
				}
				r.copyTruncate(".1")
				r.put("audit.jsonl", 1)
				r.caughtUp()
			}
		},
		"a copy that goes on": func(r *rig) {
			r.put("audit.jsonl", 40)
			r.caughtUp()
			r.must(os.WriteFile(r.at("audit.jsonl.x"), []byte(r.read()), 0o600))
			r.noted("a copy of audit.jsonl, where it was read")
			r.put("audit.jsonl", 3)
			r.put("audit.jsonl.x", 3)
			r.caughtUp()
			s := r.named("audit.jsonl.x")
			if s.Books.Events != 3 {
				r.Errorf("%d events were read from the copy, want 3", s.Books.Events)
			}
		},
		"a new file that begins as one that is read": func(r *rig) {
			first, _, _ := strings.Cut(r.read(), "\n")
			r.must(os.WriteFile(r.at("audit.jsonl.x"), []byte(first+"\n"+r.lines(1)), 0o600))
			r.expect(first)
		},
		"a new file that is the first line of one that is read": func(r *rig) {
			first, _, _ := strings.Cut(r.read(), "\n")
			r.must(os.WriteFile(r.at("audit.jsonl.x"), []byte(first+"\n"), 0o600))
			r.expect(first)
		},
		"a number of a file that is used again": func(r *rig) {
			for range 5 {
				r.must(os.Remove(r.at("audit.jsonl")))
				r.put("audit.jsonl.y", 3) // mostly gets the same number
				r.caughtUp()
				r.move("audit.jsonl.y", "audit.jsonl")
				r.put("audit.jsonl", 3)
				r.caughtUp()
			}
		},
		"moved out and back": func(r *rig) {
			r.put("audit.jsonl", 40)
			r.caughtUp()
			r.move("audit.jsonl", "other")
			r.until("let go of it", func(s model.Snapshot) bool { return s.Sources()[0].Phase == model.Complete })
			r.move("other", "audit.jsonl.1")
			r.put("audit.jsonl.1", 2)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachSet(t, "audit.jsonl*", func(r *rig) {
				r.write(r.lines(3))
				r.start()
				r.caughtUp()
				run(r)
				r.caughtUp()
				r.put("audit.jsonl.z", 1) // what was read twice shows
				r.caughtUp()
				r.halt()
			})
		})
	}
}

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSetLoadsWholeFilesOnce(t *testing.T) {
	for name, run := range map[string]func(r *rig){
		"gzipped away": func(r *rig) {
			r.put("audit.jsonl", 200)
			r.caughtUp()
			r.move("audit.jsonl", "audit.jsonl.1")
			r.put("audit.jsonl", 1)
			r.must(os.WriteFile(r.at("audit.jsonl.1.gz"), gzipped(r.T, readAll(r, "audit.jsonl.1")), 0o600))
			r.must(os.Remove(r.at("audit.jsonl.1")))
			r.noted("it holds what was read from audit.jsonl")
		},
		"gzipped away with lines that nobody saw": func(r *rig) {
			all := r.read() + r.lines(3)
			r.must(os.WriteFile(r.at("audit.jsonl.1.gz"), gzipped(r.T, all), 0o600))
			r.must(os.Remove(r.at("audit.jsonl")))
			r.noted("it holds what was read from audit.jsonl")
		},
		"new and gzipped": func(r *rig) {
			r.must(os.WriteFile(r.at("audit.jsonl.5.gz"), gzipped(r.T, r.lines(50)), 0o600))
			r.caughtUp()
			r.until("complete", func(s model.Snapshot) bool {
				last := s.Sources()[len(s.Sources())-1]
				return last.Phase == model.Complete && last.Form == "JSON lines, gzip"
			})
		},
		"gzipped and renamed": func(r *rig) {
			r.must(os.WriteFile(r.at("audit.jsonl.5.gz"), gzipped(r.T, r.lines(50)), 0o600))
			r.caughtUp()
			r.move("audit.jsonl.5.gz", "audit.jsonl.6.gz")
			r.must(os.WriteFile(r.at("audit.jsonl.5.gz"), gzipped(r.T, r.lines(50)), 0o600))
		},
		"gzipped and changed": func(r *rig) {
			r.must(os.WriteFile(r.at("audit.jsonl.5.gz"), gzipped(r.T, r.lines(5)), 0o600))
			r.caughtUp()
			r.until("complete", func(s model.Snapshot) bool { return s.Sources()[len(s.Sources())-1].Phase == model.Complete })
			r.must(appendFile(r.at("audit.jsonl.5.gz"), "more"))
			r.noted("it changed after it was loaded")
		},
		"an array": func(r *rig) {
			lines := strings.Split(strings.TrimSpace(r.lines(3)), "\n")
			r.must(os.WriteFile(r.at("audit.jsonl.json"), []byte("[\n"+strings.Join(lines, ",\n")+"\n]\n"), 0o600))
			r.noted("not followed, as it is not written line by line: JSON array")
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachSet(t, "audit.jsonl*", func(r *rig) {
				r.write(r.lines(3))
				r.start()
				r.caughtUp()
				run(r)
				r.caughtUp()
				r.put("audit.jsonl.z", 1)
				r.caughtUp()
				r.halt()
			})
		})
	}
}

func readAll(r *rig, name string) string {
	r.Helper()
	b, err := os.ReadFile(r.at(name))
	r.must(err)
	return string(b)
}

// TestSetReadsManyFilesWithFewOpen has a system that lets only a few files be open at the same time.
func TestSetReadsManyFilesWithFewOpen(t *testing.T) {
	r := newRig(t)
	var mu sync.Mutex
	var opened []*os.File
	most := 0
	r.file.open = func(path string) (*os.File, error) {
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
	r.paths = []string{filepath.Dir(r.path)}
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
	r.halt()
	if most != 4 {
		t.Errorf("%d files were open at the same time, want the 4 that the system allows", most)
	}
}

// TestSetSharesOneWatch has several arguments and many folders.
func TestSetSharesOneWatch(t *testing.T) {
	r := newRig(t)
	opened := 0
	r.file.watcher = func() (watcher, error) {
		opened++
		return newSystemWatcher()
	}
	for _, n := range []string{"a", "b/c", "d"} {
		r.folder(n)
	}
	r.paths = []string{r.at("a"), r.at("b"), r.at("d/x.jsonl"), r.at("d/*.log")}
	r.file.Poll = time.Minute // only notifications can be so fast
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
	w := newFakeWatcher()
	r := newRig(t)
	r.paths = []string{filepath.Dir(r.path)}
	r.file.Poll, r.file.watcher = time.Hour, func() (watcher, error) { return w, nil }
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
	r := newRig(t)
	r.paths = []string{filepath.Dir(r.path)}
	r.file.Poll, r.file.watcher = 10*time.Millisecond, func() (watcher, error) { return nil, syscall.EMFILE }
	r.put("a.jsonl", 1)
	r.start()
	r.noted("polling: the watch limit is reached")
	r.put("b.jsonl", 1)
	r.caughtUp()
	r.halt()
}

// TestSetFindsFilesThatWereRenamedWhileClosed writes to files and renames them between two looks.
func TestSetFindsFilesThatWereRenamedWhileClosed(t *testing.T) {
	r := newRig(t)
	r.paths, r.maxOpen = []string{filepath.Dir(r.path)}, 1
	for _, n := range []string{"a", "b", "c"} {
		r.put(n+".jsonl", 3)
	}
	s := newSet(t.Context(), r.set(), r.log)
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
	if s.failed != nil || s.full != nil {
		r.Fatal(errors.Join(s.failed...))
	}
}

func TestSetReadsAPipeThatIsNamed(t *testing.T) {
	r := newRig(t)
	r.must(makePipe(r.path, 0o600))
	r.paths = []string{r.path, r.at("a.jsonl")}
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
