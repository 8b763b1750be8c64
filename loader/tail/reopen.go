package tail

import (
	"fmt"
	"os"
	"path/filepath"
)

// park closes the file of the tail, which knows enough to find and recognise it again.
func (t *tail) park() {
	if t.file != nil {
		_ = t.file.Close() // it was only read
		t.file = nil
	}
}

// awake opens the file again if it was closed. It reports whether there is one to read.
func (f *follower) awake(t *tail) (ok bool, err error) {
	if t.file != nil {
		return true, nil
	}
	if t.gone {
		return false, nil
	}
	for _, path := range []string{t.path, t.target} {
		file, info, err := f.open(path)
		if err == nil && os.SameFile(info, t.info) {
			t.file = file
			return true, nil
		}
		if err == nil {
			_ = file.Close()
		} else if c := cause(err); c != causeMissing && c != causeNoFolder {
			return false, err
		}
	}
	return f.seek(t)
}

// finds reports whether a path is followed by its own name.
func (s *siblings) finds(path string) bool { return s.follows != nil && s.follows(path) }

// seek looks for a file that is not at its path any more among those in its folder.
func (f *follower) seek(t *tail) (ok bool, err error) {
	folder := filepath.Dir(t.target)
	// Without a list there is nothing to find.
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil || !os.SameFile(info, t.info) {
			continue
		}
		path := filepath.Join(folder, e.Name())
		file, info, err := f.open(path)
		if err != nil {
			return false, err
		}
		// Numbers of files are used again. One that is not as it was may have been truncated, if its name tells that it was
		// rotated, and will not be found by that name anyway.
		if os.SameFile(info, t.info) && (t.is(file) || rotatedName(filepath.Base(t.path), e.Name()) && !f.found.finds(path)) {
			t.file, t.path, t.target = file, path, path
			return true, nil
		}
		_ = file.Close()
	}
	t.gone = true
	t.gen.event = notes(t.gen.event, fmt.Sprintf("gone after byte %d was read; what was written to it just before may be missing", t.at()))
	return false, nil
}
