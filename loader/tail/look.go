package tail

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"pawprint/model"
)

// check reads what is new and looks whether the path still leads to the same file. It reports whether there may be more at
// once. An error ends the load.
func (s *set) check(f *follower) (more bool, err error) {
	if f.piped != nil {
		if f.piped.goesOn() {
			more, err = f.drain()
			f.tell()
			return more, err
		}
		f.piped = nil
	}
	before := f.changed()
	if more, err = f.drain(); err != nil || more {
		return more, err
	}
	if f.changed() != before && f.polled && f.caught {
		f.watch.unannounced()
	}
	f.caught = f.caught || f.cur != nil
	if now := time.Now(); f.polled && now.Before(f.beside) && now.After(f.adoptAgain) {
		more = f.adopt() // a file may have been on its way from one name to another before
	}
	switched, err := s.look(f)
	if err != nil {
		return false, err
	}
	f.tell()
	return more || switched, nil
}

// look finds out where the path leads now, and follows it there. It reports whether there is something new to read.
func (s *set) look(f *follower) (switched bool, err error) {
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
		return s.turn(f)
	case isPipe(mode) && f.named:
		f.openPipe()
	case mode.IsDir():
		f.trouble = "waiting: " + causeFolder
	default:
		f.trouble = "waiting: the path is no file"
	}
	return false, nil
}

// cause is why a path cannot be opened, in short.
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

// turn goes over to another file that is at the path now. The one before is read to its end, and stays open for a while.
func (s *set) turn(f *follower) (switched bool, err error) {
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
		_ = file.Close() // it changed again: the next look will tell
		return false, nil
	}
	f.trouble = ""
	if f.cur != nil {
		// It may have grown since it was read, and all of it comes before the next.
		if more, err := f.drainOne(f.cur); more || err != nil {
			_ = file.Close()
			return more, err
		}
	}
	if f.turnBack(info) {
		_ = file.Close()
		return true, nil
	}
	if t := s.fileOf(info); t != nil && t.is(file) {
		s.takeOver(f, t, file)
		return true, nil
	} else if t != nil {
		t.gone, t.info = true, nil
	}
	f.retire()
	next := f.newTail(f.path, file, info)
	next.busy++
	defer func() { next.busy-- }()
	f.setCurrent(next)
	if f.beside = time.Now().Add(f.grace()); !s.starting {
		f.adopt()
	}
	next.gen = f.nextGeneration("the file was rotated")
	next.doubt = f.newDoubt()
	next.gen.now.unread = info.Size()
	return true, nil
}

// turnBack takes up a file again that was at the path before and is back, or that was found beside it on its way.
func (f *follower) turnBack(info os.FileInfo) bool {
	f.retired, f.adopted = append(f.retired, f.adopted...), nil
	for i, t := range f.retired {
		if os.SameFile(info, t.info) {
			f.retired = append(f.retired[:i], f.retired[i+1:]...)
			f.retire()
			f.setCurrent(t)
			t.gen.place = ""
			return true
		}
	}
	return false
}

// setCurrent makes a file, or none, the one that is at the path.
func (f *follower) setCurrent(t *tail) {
	if f.cur != nil {
		f.cur.current = false
	}
	if f.cur = t; t != nil {
		t.current = true
	}
}

// retire keeps the present file for late writes only.
func (f *follower) retire() {
	t := f.cur
	if t == nil {
		return
	}
	t.gen.place = "rotated away"
	t.changed = time.Now() // its time of grace begins
	f.retired = append(f.retired, t)
	f.setCurrent(nil)
}

// newTail makes a tail of an open file; its generation is to be set.
func (f *follower) newTail(path string, file *os.File, info os.FileInfo) *tail {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		target = path
	}
	t := &tail{file: file, info: info, path: path, target: target, workers: f.conf.Workers, buf: f.buf, changed: time.Now()}
	f.files = append(f.files, t)
	return t
}

// nextGeneration gives the source of a file that was just found, which begins for the reason given.
func (f *follower) nextGeneration(event string) *generation {
	g := f.waiting
	if f.waiting = nil; g == nil {
		first := f.sources == 0
		if g = f.generation(0, 1, nil); !first {
			g.event = event
		}
	}
	g.now.phase = model.Loading
	return g
}
