package tail

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"pawprint/model"
)

// look finds out where the path leads now, and follows it there. It reports whether there is something new to read.
func (f *follower) look() (switched bool, err error) {
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
	case mode.IsRegular() && f.set.alias(f, info):
		return false, nil
	case mode.IsRegular():
		return f.turn()
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

// openFile opens what a path leads to.
func (f *follower) openFile(path string) (*os.File, os.FileInfo, error) {
	open := f.set.conf.open
	if open == nil {
		open = openShared
	}
	f.set.makeRoom(1)
	file, err := open(path)
	if cause(err) == causeTooMany && f.set.fewer() {
		file, err = open(path)
	}
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// turn goes over to another file that is at the path now. The one before is read to its end, and stays open for a while.
func (f *follower) turn() (switched bool, err error) {
	if f.cur != nil {
		f.cur.busy++ // it is read once more below
		defer func(t *tail) { t.busy-- }(f.cur)
	}
	file, info, err := f.openFile(f.path)
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
	if t := f.set.tailOf(info); t != nil && t.is(file) {
		f.takeOver(t, file)
		return true, nil
	} else if t != nil {
		t.gone, t.info = true, nil
	}
	f.retire()
	next := f.newTail(f.path, file, info)
	next.busy++
	defer func() { next.busy-- }()
	f.cur, f.beside = next, time.Now().Add(f.grace())
	if !f.set.starting {
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
			f.cur, t.gen.place = t, ""
			return true
		}
	}
	return false
}

// retire keeps the present file for late writes only.
func (f *follower) retire() {
	if f.cur == nil {
		return
	}
	f.cur.gen.place = "rotated away"
	f.cur.changed = time.Now() // its time of grace begins
	f.retired = append(f.retired, f.cur)
}

// newTail makes a tail of an open file; its generation is to be set.
func (f *follower) newTail(path string, file *os.File, info os.FileInfo) *tail {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		target = path
	}
	return &tail{file: file, info: info, path: path, target: target, owner: f, workers: f.set.conf.Workers, buf: f.set.buf, changed: time.Now()}
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
