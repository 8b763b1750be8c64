package tail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"pawprint/model"
)

// remember notes a generation, so that copies of it are recognised.
func (s *set) remember(g *generation) {
	s.read = append(s.read, g)
	for i := 0; len(s.read) > maxRead && i < len(s.read); {
		if s.read[i].ended {
			s.read = slices.Delete(s.read, i, i+1)
			continue
		}
		i++
	}
}

// forget drops a generation that was remembered: nothing is a copy of it.
func (s *set) forget(g *generation) {
	s.read = slices.DeleteFunc(s.read, func(o *generation) bool { return o == g })
}

// heads are the first bytes of all that was read.
func (s *set) heads() (hs heads) {
	for _, g := range s.read {
		if len(g.head) > 0 {
			hs = append(hs, g.head)
		}
	}
	return hs
}

// samples are what was read of all files so far.
func (s *set) samples() (all []sample) {
	for _, g := range s.read {
		if g.end() > 0 {
			all = append(all, sample{path: g.path, raw: g.raw, end: g.end(), line: 1})
		}
	}
	return all
}

// tails lists all files that are followed.
func (s *set) tails() (all []*tail) {
	for _, f := range s.order {
		all = append(all, f.tails()...)
	}
	return all
}

// tailOf gives the tail of a file, or nil if it is not followed.
func (s *set) tailOf(info os.FileInfo) *tail {
	for _, f := range s.order {
		if f.cur != nil && os.SameFile(f.cur.info, info) {
			return f.cur
		}
	}
	for _, f := range s.order {
		for _, t := range f.tails() {
			if os.SameFile(t.info, info) {
				return t
			}
		}
	}
	return nil
}

// follows reports whether a path is, or will be, found by its own name.
func (s *set) follows(path string) bool { return s.spots[path] != nil || s.lister.matches(path) }

// alias reports whether the file at the path is followed at another already, which leads to it as well.
func (s *set) alias(f *follower, info os.FileInfo) bool {
	t := s.tailOf(info)
	if t == nil || t.owner == f {
		return false
	}
	there, err := os.Stat(t.owner.path)
	if err != nil || !os.SameFile(there, info) {
		return false
	}
	if f.trouble = "the same file as " + t.owner.path; f.cur != nil {
		f.retire()
		f.cur = nil
	}
	return true
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

// takeOver follows a file that was found at another path before. file is the same file, open.
func (f *follower) takeOver(t *tail, file *os.File) {
	h := t.owner
	h.drop(t)
	if t.file == nil && t.once == nil {
		t.file = file
	} else {
		_ = file.Close()
	}
	f.retire()
	f.cur, t.owner, t.gone = t, f, false
	t.path, t.target, t.gen.path = f.path, f.path, f.path
	stands(t.gen.to, f.path)
	t.gen.place = fmt.Sprintf("renamed from %s to %s", filepath.Base(h.path), filepath.Base(f.path))
	if g := f.waiting; g != nil {
		f.waiting, g.event = nil, "the same file as "+h.path
		g.now.phase, g.now.unread = model.Following, 0
		g.finish(false)
	}
}

// drop forgets a file that is followed at another path from now on.
func (f *follower) drop(t *tail) {
	if f.cur == t {
		f.cur = nil
	}
	other := func(o *tail) bool { return o == t }
	f.retired, f.adopted = slices.DeleteFunc(f.retired, other), slices.DeleteFunc(f.adopted, other)
}

// readFirst reads on in files that hold more than was read of them: in those that are being read into one of these
// generations if they hold less than size bytes so far, and in all if there are none.
func (s *set) readFirst(ctx context.Context, of []*generation, size int64) error {
	for _, t := range s.tails() {
		if t.once != nil || t.gone || t.busy > 0 || of != nil && (t.gen.end() >= size || !slices.Contains(of, t.gen)) {
			continue
		}
		info, err := os.Stat(t.path)
		if t.file != nil {
			info, err = t.file.Stat()
		}
		if err != nil || of == nil && info.Size() == t.at() {
			continue
		}
		for more, was := true, t.gen; more && t.gen == was && t.once == nil && ctx.Err() == nil; {
			if more, err = t.drain(ctx); err != nil && lasting(err) {
				return err
			}
		}
	}
	return nil
}

// makeRoom closes files until n more can be opened: those that changed longest ago, and that are found again by their paths.
func (s *set) makeRoom(n int) {
	var idle []*tail
	open := 0
	for _, f := range s.order {
		for _, t := range f.tails() {
			if t.file == nil {
				continue
			}
			if open++; t == f.cur && t.busy == 0 && t.once == nil {
				idle = append(idle, t)
			}
		}
	}
	if open+n <= s.maxOpen {
		return
	}
	slices.SortFunc(idle, func(a, b *tail) int { return a.changed.Compare(b.changed) })
	for _, t := range idle[:min(len(idle), open+n-s.maxOpen)] {
		t.park()
		t.gen.relax()
	}
}

// fewer lowers the number of files that are kept open, as the system allows no more. It reports whether some were closed.
func (s *set) fewer() bool {
	open := 0
	for _, t := range s.tails() {
		if t.file != nil {
			open++
		}
	}
	if open < 2 {
		return false
	}
	s.maxOpen = max(1, open*3/4)
	s.makeRoom(1)
	return true
}
