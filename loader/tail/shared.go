package tail

import (
	"context"
	"os"
	"slices"

	"pawprint/loader"
)

// shared is what the paths of a set share: its settings, and all files, whatever path they were found at. It is for one goroutine.
type shared struct {
	ctx     context.Context
	conf    *Set
	sink    loader.Sink
	watch   *watch
	loads   *loads
	buf     []byte
	maxOpen int // files that are kept open

	files []*tail       // all that are followed
	read  []*generation // all that was read, to recognise copies
}

func newShared(ctx context.Context, conf *Set, sink loader.Sink) *shared {
	s := &shared{ctx: ctx, conf: conf, sink: sink, watch: newWatch(conf.watcher), loads: newLoads(), buf: make([]byte, loader.BlockBytes), maxOpen: conf.maxOpen}
	if s.maxOpen <= 0 {
		s.maxOpen = defaultMaxOpen
	}
	return s
}

// open opens what a path leads to, and closes other files if there are too many.
func (s *shared) open(path string) (*os.File, os.FileInfo, error) {
	open := s.conf.open
	if open == nil {
		open = openShared
	}
	s.makeRoom(1)
	file, err := open(path)
	if cause(err) == causeTooMany && s.fewer() {
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

// makeRoom closes files until n more can be opened: those at their paths that changed longest ago, as they are easy to find again.
func (s *shared) makeRoom(n int) {
	var idle []*tail
	open := 0
	for _, t := range s.files {
		if t.file == nil {
			continue
		}
		if open++; t.current && t.busy == 0 && t.once == nil {
			idle = append(idle, t)
		}
	}
	if open+n <= s.maxOpen {
		return
	}
	slices.SortFunc(idle, func(a, b *tail) int { return a.changed.Compare(b.changed) })
	for _, t := range idle[:min(len(idle), open+n-s.maxOpen)] {
		t.release()
		t.gen.dropStream()
	}
}

// fewer lowers the number of files that are kept open after the system refused another. It reports whether some were closed.
func (s *shared) fewer() bool {
	open := 0
	for _, t := range s.files {
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

// fileOf returns the tail of a file, or nil if it is not followed. A file that is at its path comes before one that was rotated.
func (s *shared) fileOf(info os.FileInfo) (found *tail) {
	for _, t := range s.files {
		if !os.SameFile(t.info, info) {
			continue
		}
		if t.current {
			return t
		}
		if found == nil {
			found = t
		}
	}
	return found
}

// remove closes a file and ends its source.
func (s *shared) remove(t *tail) {
	t.close()
	s.files = slices.DeleteFunc(s.files, func(o *tail) bool { return o == t })
}

// remember notes a generation, so that copies of it are recognised.
func (s *shared) remember(g *generation) {
	s.read = append(s.read, g)
	for i := 0; len(s.read) > maxRead && i < len(s.read); {
		if s.read[i].ended {
			s.read = slices.Delete(s.read, i, i+1)
			continue
		}
		i++
	}
}

// forget removes a remembered generation, so that no file counts as a copy of it.
func (s *shared) forget(g *generation) {
	s.read = slices.DeleteFunc(s.read, func(o *generation) bool { return o == g })
}

// readElsewhere returns the generations read at other paths.
func (s *shared) readElsewhere(path string) []*generation {
	return slices.DeleteFunc(slices.Clone(s.read), func(g *generation) bool { return g.path == path })
}

// heads returns the first bytes of all files that were or are being read.
func (s *shared) heads() (hs heads) {
	for _, g := range s.read {
		if len(g.head) > 0 {
			hs = append(hs, g.head)
		}
	}
	for _, t := range s.files {
		if len(t.head) > 0 {
			hs = append(hs, t.head)
		}
	}
	return hs
}

// samples returns a sample for each generation that was read.
func (s *shared) samples() (all []sample) {
	for _, g := range s.read {
		if g.end() > 0 {
			all = append(all, sample{path: g.path, raw: g.raw, end: g.end(), line: 1})
		}
	}
	return all
}
