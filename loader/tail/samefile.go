package tail

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"pawprint/loader"
	"pawprint/model"
)

// follows reports whether a path is, or would be, followed under its own name.
func (s *set) follows(path string) bool { return s.byPath[path] != nil || s.lister.matches(path) }

// alias reports whether another path leads to the same file and is already followed.
func (s *set) alias(f *follower, info os.FileInfo) bool {
	t := s.files.of(info)
	if t == nil || f.has(t) {
		return false
	}
	at := t.owner.path
	there, err := os.Stat(at)
	if err != nil || !os.SameFile(there, info) {
		return false
	}
	if f.trouble = "the same file as " + at; f.cur != nil {
		f.rotateAway()
	}
	f.alias = true
	t.owner.reachedAs(f.path)
	return true
}

// reachedAs notes other names by which the path's file is reached.
func (f *follower) reachedAs(names ...string) {
	before := len(f.again)
	for _, name := range names {
		if !slices.Contains(f.again, name) {
			f.again = append(f.again, name)
		}
	}
	if len(f.again) > before && f.sources > 0 {
		f.tellAgain(f.last)
	}
}

// tellAgain says on a source by which other names it was reached.
func (f *follower) tellAgain(to loader.Announced) {
	if words := loader.AgainWords(f.path, f.again); words != "" {
		to.Update(func(s *model.SourceState) { s.Again = model.NewText(words) })
	}
}

// is reports whether an open file is the one that the tail read. Inode numbers are used again, so the content is compared, unless
// the tail's own file is open.
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

// takeOver makes f follow a file that was followed at another path before. file is the same file, open.
func (s *set) takeOver(f *follower, t *tail, file *os.File) {
	before := t.owner
	before.drop(t)
	t.owner = f
	if t.file == nil && t.once == nil {
		s.files.reopened(t, file)
	} else {
		_ = file.Close()
	}
	f.rotateAway()
	f.setCurrent(t)
	t.gone, t.path, t.target, t.gen.path = false, f.path, f.path, f.path
	setPlace(t.gen.to, f.path)
	t.gen.place = fmt.Sprintf("renamed from %s to %s", filepath.Base(before.path), filepath.Base(f.path))
	if g := f.waiting; g != nil {
		f.waiting, g.event = nil, "the same file as "+before.path
		g.now.phase, g.now.unread = model.Following, 0
		g.finish(false)
	}
}

// readAll reads on in all files that grew.
func (s *set) readAll() error {
	for _, f := range s.order {
		for _, t := range f.tails() {
			if t.once != nil || t.gone || t.busy > 0 {
				continue
			}
			if err := f.readOn(t); err != nil {
				return err
			}
		}
	}
	s.readings++
	return nil
}
