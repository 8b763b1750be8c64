package tail

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pawprint/model"
)

func TestLoadWaitsForThePath(t *testing.T) {
	t.Parallel()
	cases := map[string]func(r *rig){
		"absent file": func(r *rig) {
			r.start()
			r.noted("the file does not exist")
			r.write(r.lines(2))
		},
		"absent folder": func(r *rig) {
			r.path = filepath.Join(filepath.Dir(r.path), "later", "audit.jsonl")
			r.follow()
			r.follow()
			r.start()
			r.noted("the file does not exist")
			r.must(os.Mkdir(filepath.Dir(r.path), 0o700))
			r.write(r.lines(2))
		},
		"folder removed and made again": func(r *rig) {
			r.inFolder()
			r.must(os.RemoveAll(filepath.Dir(r.path)))
			r.noted("the file does not exist")
			r.must(os.Mkdir(filepath.Dir(r.path), 0o700))
			for range 5 { // the watch must have come back as well
				r.write(r.lines(2))
				r.caughtUp()
			}
		},
		"folder renamed and made again": func(r *rig) {
			r.inFolder()
			folder := filepath.Dir(r.path)
			r.must(os.Rename(folder, folder+".old"))
			r.noted("the file does not exist")
			r.must(appendFile(filepath.Join(folder+".old", "audit.jsonl"), r.line())) // it is still open
			r.caughtUp()
			r.must(os.Mkdir(folder, 0o700))
			r.write(r.lines(2))
		},
		"path becomes a folder": func(r *rig) {
			r.write(r.line())
			r.start()
			r.caughtUp()
			r.must(os.Remove(r.path))
			r.must(os.Mkdir(r.path, 0o700))
			r.noted("the path is a folder")
			r.must(os.Remove(r.path))
			r.write(r.lines(2))
		},
		"path becomes a folder with a log": func(r *rig) {
			r.set.rescan = time.Millisecond
			r.write(r.line())
			r.start()
			r.caughtUp()
			r.must(os.Remove(r.path))
			r.must(os.Mkdir(r.path, 0o700))
			for range 3 { // the folder was listed and checked since, and the note still says what the path is
				r.must(appendFile(filepath.Join(r.path, "inside.jsonl"), r.line()))
				r.caughtUp()
				r.noted("the path is a folder")
			}
			r.must(os.RemoveAll(r.path))
			r.write(r.lines(2))
		},
		"symlink loop": func(r *rig) {
			r.must(os.Symlink(r.path, r.path))
			r.start()
			r.noted("waiting: ")
			r.must(os.Remove(r.path))
			r.write(r.lines(2))
		},
		"empty file": func(r *rig) {
			r.must(os.WriteFile(r.path, nil, 0o600))
			r.start()
			r.live()
			r.write(r.lines(2))
		},
	}
	for name, run := range cases {
		t.Run(name, func(t *testing.T) {
			eachWay(t, func(r *rig) {
				r.T.Parallel()
				run(r)
				r.caughtUp()
				r.end()
			})
		})
	}
}

// inFolder follows a file in a folder that can be removed.
func (r *rig) inFolder() {
	r.path = filepath.Join(filepath.Dir(r.path), "folder", "audit.jsonl")
	r.follow()
	r.must(os.Mkdir(filepath.Dir(r.path), 0o700))
	r.write(r.lines(2))
	r.start()
	r.caughtUp()
}

// TestLoadWaitsForPermission refuses to open the file, as chmod hinders no superuser.
func TestLoadWaitsForPermission(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		var refused atomic.Bool
		r.set.open = func(path string) (*os.File, error) {
			if refused.Load() {
				return nil, &os.PathError{Op: "open", Path: path, Err: os.ErrPermission}
			}
			return openShared(path)
		}
		refused.Store(true)
		r.write(r.line())
		r.start()
		r.noted("permission denied")
		if s := r.log.Snapshot(); s.Sources()[0].Phase != model.Waiting {
			r.Errorf("the source is %v, want waiting", s.Sources()[0].Phase)
		}
		refused.Store(false)
		r.caughtUp()
		refused.Store(true)
		r.write(r.line()) // the file is open: nothing changes for it
		r.caughtUp()
		r.rotate(".1")
		r.write(r.line())
		r.noted("permission denied")
		refused.Store(false)
		r.caughtUp()
		r.end()
	})
}

// TestLoadWaitsForRights takes the right to read away. It hinders nobody who is privileged: then all is read all the time.
func TestLoadWaitsForRights(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		r.write(r.lines(2))
		r.must(os.Chmod(r.path, 0))
		r.start()
		if file, err := os.Open(r.path); err == nil {
			r.must(file.Close())
			r.caughtUp()
		} else {
			r.noted("permission denied")
		}
		r.must(os.Chmod(r.path, 0o600))
		r.caughtUp()
		r.must(os.Chmod(r.path, 0))
		r.must(os.Chmod(r.path, 0o600))
		r.end()
	})
}

// TestLoadWaitsForADescriptor has a system on which no more files can be opened for a while.
func TestLoadWaitsForADescriptor(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		var full atomic.Bool
		r.set.open = func(path string) (*os.File, error) {
			if full.Load() {
				return nil, &os.PathError{Op: "open", Path: path, Err: syscall.EMFILE}
			}
			return openShared(path)
		}
		full.Store(true)
		r.write(r.line())
		r.start()
		r.noted("too many files are open")
		full.Store(false)
		r.caughtUp()
		full.Store(true)
		r.rotate(".1")
		r.write(r.line())
		r.noted("too many files are open")
		full.Store(false)
		r.end()
	})
}

// TestLoadLoadsAPackedFileOnce follows a path that leads to a compressed file, which is then replaced.
func TestLoadLoadsAPackedFileOnce(t *testing.T) {
	t.Parallel()
	eachWay(t, func(r *rig) {
		r.must(os.WriteFile(r.path, gzipped(r.T, r.lines(5)), 0o600))
		r.start()
		r.caughtUp()
		r.until("complete", func(s model.Snapshot) bool { return s.Sources()[0].Phase == model.Complete })
		r.must(appendFile(r.path, string(gzipped(r.T, "{}\n"))))
		r.noted("it changed after it was loaded")
		r.must(os.WriteFile(r.path+".new", []byte(r.lines(2)), 0o600))
		r.must(os.Rename(r.path+".new", r.path))
		r.caughtUp()
		r.end()
	})
}
