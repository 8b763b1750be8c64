package tail

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"pawprint/model"
)

// check reads new bytes at a path and checks whether it still leads to the same file. It reports whether there may be more to
// read at once. polled says that no notification came. An error ends following the path.
func (s *set) check(f *follower, polled bool) (more bool, err error) {
	if f.piped != nil {
		if f.piped.goesOn() {
			more, err = f.drain()
			f.reportState()
			return more, err
		}
		f.piped = nil
	}
	before := f.changed()
	if more, err = f.drain(); err != nil || more {
		return more, err
	}
	if f.changed() != before && polled && f.caught {
		f.watch.unannounced()
	}
	f.caught = f.caught || f.cur != nil
	more = f.lookForRotated()
	switched, err := s.look(f)
	if err != nil {
		return false, err
	}
	f.reportState()
	return more || switched, nil
}

// lookForRotated looks for rotated files again if one may have been between two names before. It reports whether there are any.
func (f *follower) lookForRotated() bool {
	return time.Now().Before(f.scanRotatedUntil) && f.followRotated(f.beside.folders.lately(f.beside.folder()))
}

// look checks which file the path leads to now, and follows that file. It reports whether there is something new to read. A path that
// the user named and at which there is nothing to follow becomes a source that waits.
func (s *set) look(f *follower) (switched bool, err error) {
	f.alias = false
	switched, err = s.lookAt(f)
	if f.named && !f.pinned && !f.alias && f.sources == 0 && f.cur == nil {
		f.waiting = f.generation(0, 1, nil)
	}
	return switched, err
}

// lookAt is look for a path that needs no source of its own.
func (s *set) lookAt(f *follower) (switched bool, err error) {
	if f.pinned {
		return false, nil
	}
	info, err := os.Stat(f.path)
	if err != nil {
		f.trouble = "waiting: " + cause(err)
		return false, nil
	}
	mode := info.Mode()
	switch {
	case f.cur != nil && os.SameFile(info, f.cur.info):
		switched = f.cur.gone
		f.trouble, f.cur.gone, f.cur.path = "", false, f.path
		return switched, nil
	case mode.IsRegular() && s.alias(f, info):
		return false, nil
	case mode.IsRegular():
		return s.switchFile(f)
	case isPipe(mode) && f.named:
		f.openPipe()
	case mode.IsDir():
		f.trouble = "waiting: " + causeFolder
	default:
		f.trouble = "waiting: the path is not a file"
	}
	return false, nil
}

// cause returns in a few words why a path cannot be opened.
func cause(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, os.ErrNotExist):
		return causeMissing
	case errors.Is(err, os.ErrPermission):
		return "permission denied"
	case errors.Is(err, syscall.ENOTDIR):
		return causeNoFolder
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return causeTooMany
	}
	return err.Error()
}

const (
	causeMissing  = "the file does not exist"
	causeNoFolder = "its folder does not exist"
	causeFolder   = "the path is a folder"
	causeTooMany  = "too many files are open"
)

// switchFile continues with another file that is now at the path. The previous file is read to its end and stays open for a while.
func (s *set) switchFile(f *follower) (switched bool, err error) {
	if f.cur != nil {
		f.cur.busy++ // it is read once more below
		defer func(t *tail) { t.busy-- }(f.cur)
	}
	file, info, err := s.open(f.path)
	if err != nil {
		f.trouble = "waiting: " + cause(err)
		return false, nil
	}
	if !info.Mode().IsRegular() || f.cur != nil && os.SameFile(info, f.cur.info) {
		_ = file.Close() // it changed again: the next look will show
		return false, nil
	}
	f.trouble = ""
	if f.cur != nil {
		// It may have grown since it was read, and its lines come before those of the next.
		if more, err := f.drainOne(f.cur); more || err != nil {
			_ = file.Close()
			return more, err
		}
	}
	if f.switchBack(info) {
		_ = file.Close()
		return true, nil
	}
	if t := s.files.of(info); t != nil && t.is(file) {
		s.takeOver(f, t, file)
		return true, nil
	} else if t != nil {
		t.gone = true
		s.files.lose(t)
	}
	first := f.cur == nil && f.sources == 0
	f.rotateAway()
	next := f.newTail(f.path, file, info)
	next.busy++
	defer func() { next.busy-- }()
	f.setCurrent(next)
	now := time.Now()
	if f.scanRotatedUntil = now.Add(f.grace()); !first && !s.starting { // what was there before the first file is known
		f.followRotated(f.beside.folders.since(f.beside.folder(), now))
	}
	next.reads(f.nextGeneration(wasRotated))
	f.checkCopy(next)
	next.gen.now.unread = info.Size()
	return true, nil
}

// switchBack continues with a file that was at the path before and is back, or that was found beside it before it arrived.
func (f *follower) switchBack(info os.FileInfo) bool {
	f.rotated, f.foundRotated = append(f.rotated, f.foundRotated...), nil
	for i, t := range f.rotated {
		if os.SameFile(info, t.info) {
			f.rotated = append(f.rotated[:i], f.rotated[i+1:]...)
			f.rotateAway()
			f.setCurrent(t)
			t.gen.place = ""
			return true
		}
	}
	return false
}

// wasRotated is why the file at a path is another one than before.
const wasRotated = "the file was rotated"

// setCurrent makes t the file at the path; nil means that there is none.
func (f *follower) setCurrent(t *tail) {
	if f.cur != nil {
		f.cur.current = false
	}
	if f.cur = t; t != nil {
		t.current = true
	}
}

// rotateAway keeps the file at the path for late writes only.
func (f *follower) rotateAway() {
	t := f.cur
	if t == nil {
		return
	}
	t.gen.place = "rotated away"
	t.changed = time.Now() // the grace period starts now
	f.rotated = append(f.rotated, t)
	f.setCurrent(nil)
}

// newTail makes a tail of an open file. The caller sets its generation.
func (f *follower) newTail(path string, file *os.File, info os.FileInfo) *tail {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		target = path
	}
	t := &tail{file: file, info: info, path: path, target: target, owner: f, workers: f.conf.Workers, buf: f.buf, changed: time.Now()}
	f.files.add(t)
	return t
}

// nextGeneration returns the source of a file that was just found. event says why it is a new one.
func (f *follower) nextGeneration(event string) *generation {
	g := f.waiting
	if f.waiting = nil; g == nil {
		first := f.sources == 0
		if g = f.generation(0, 1, nil); !first {
			g.event = event
			if event == wasRotated {
				g.restarted(model.Rotated, 0)
			}
		}
	}
	g.now.phase = model.Loading
	return g
}
