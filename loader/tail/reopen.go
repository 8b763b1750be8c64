package tail

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"pawprint/loader/glob"
)

// release closes the file to free its descriptor. The tail knows enough to find and recognise it again.
func (t *tail) release() {
	if t.file != nil {
		_ = t.file.Close() // it was only read
		t.file = nil
	}
}

// reopen opens a released file again. It reports whether there is a file to read.
func (f *follower) reopen(t *tail) (ok bool, err error) {
	if t.file != nil {
		return true, nil
	}
	if t.gone {
		return false, nil
	}
	for _, path := range []string{t.path, t.target} {
		file, info, err := f.open(path)
		if err == nil && os.SameFile(info, t.info) {
			f.files.reopened(t, file)
			return true, nil
		}
		if err == nil {
			_ = file.Close()
		} else if c := cause(err); c != causeMissing && c != causeNoFolder {
			return false, err
		}
	}
	return f.findRenamed(t)
}

// finds reports whether a path is followed under its own name.
func (s *rotatedFiles) finds(path string) bool { return s.follows != nil && s.follows(path) }

// findRenamed looks in the folder of a file that is no longer at its path: first as it was a moment ago, as many files may be
// renamed at once, and then as it is now.
func (f *follower) findRenamed(t *tail) (ok bool, err error) {
	folder := filepath.Dir(t.target)
	for _, list := range []func() *folderList{
		func() *folderList { return f.beside.folders.lately(folder) },
		func() *folderList { return f.beside.folders.since(folder, time.Now()) },
	} {
		for _, name := range list().named(t.info) {
			if ok, err := f.reopenAs(t, filepath.Join(folder, name)); ok || err != nil {
				return ok, err
			}
		}
	}
	t.gone = true
	t.gen.event = notes(t.gen.event, fmt.Sprintf("gone after byte %d was read; lines written just before may be missing", t.at()))
	return false, nil
}

// reopenAs opens a released file again if it has another path now.
func (f *follower) reopenAs(t *tail, path string) (ok bool, err error) {
	info, err := os.Lstat(path)
	if err != nil || !os.SameFile(info, t.info) {
		return false, nil
	}
	file, info, err := f.open(path)
	if err != nil {
		return false, err
	}
	// Inode numbers are used again, so the content has to match as well. If it does not, the file may have been truncated: that
	// is believed if its name is that of a rotated file which is not followed under its own name.
	rotated := glob.IsRotatedName(filepath.Base(t.path), filepath.Base(path)) && !f.beside.finds(path)
	if !os.SameFile(info, t.info) || !t.is(file) && !rotated {
		_ = file.Close()
		return false, nil
	}
	f.files.reopened(t, file)
	t.path, t.target = path, path
	return true, nil
}
