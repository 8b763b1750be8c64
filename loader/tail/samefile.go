package tail

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"pawprint/model"
)

// follows reports whether a path is, or will be, found by its own name.
func (s *set) follows(path string) bool { return s.spots[path] != nil || s.lister.matches(path) }

// alias reports whether the file at the path is followed at another already, which leads to it as well.
func (s *set) alias(f *follower, info os.FileInfo) bool {
	t := s.fileOf(info)
	if t == nil || f.has(t) {
		return false
	}
	at := s.followerOf(t).path
	there, err := os.Stat(at)
	if err != nil || !os.SameFile(there, info) {
		return false
	}
	if f.trouble = "the same file as " + at; f.cur != nil {
		f.retire()
	}
	return true
}

// followerOf returns the follower of a file.
func (s *set) followerOf(t *tail) *follower {
	return s.order[slices.IndexFunc(s.order, func(f *follower) bool { return f.has(t) })]
}

// is reports whether an open file is the one that the tail read: numbers of files are used again. Of an open one there is no
// doubt.
func (t *tail) is(file *os.File) bool {
	if t.file != nil {
		return true
	}
	t.file = file
	same, err := t.same()
	if t.once != nil {
		same, err = t.holds(t.head, 0)
	}
	t.file = nil
	return same && err == nil
}

// takeOver follows a file at f that was found at another path before. file is the same file, open.
func (s *set) takeOver(f *follower, t *tail, file *os.File) {
	before := s.followerOf(t)
	before.drop(t)
	if t.file == nil && t.once == nil {
		t.file = file
	} else {
		_ = file.Close()
	}
	f.retire()
	f.setCurrent(t)
	t.gone, t.path, t.target, t.gen.path = false, f.path, f.path, f.path
	stands(t.gen.to, f.path)
	t.gen.place = fmt.Sprintf("renamed from %s to %s", filepath.Base(before.path), filepath.Base(f.path))
	if g := f.waiting; g != nil {
		f.waiting, g.event = nil, "the same file as "+before.path
		g.now.phase, g.now.unread = model.Following, 0
		g.finish(false)
	}
}

// readFirst reads on in files that hold more than was read of them: in those that are being read into one of these
// generations if they hold less than size bytes so far, and in all if there are none.
func (s *set) readFirst(of []*generation, size int64) error {
	for _, f := range s.order {
		for _, t := range f.tails() {
			if t.once != nil || t.gone || t.busy > 0 || of != nil && (t.gen.end() >= size || !slices.Contains(of, t.gen)) {
				continue
			}
			if err := f.readOn(t, of == nil); err != nil {
				return err
			}
		}
	}
	return nil
}
