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
	maxOpen int    // files that are kept open
	tooFew  string // that the system has too few descriptors, once it was found out

	streams  *loader.Streams
	files    *files
	past     *past
	readings int     // how often all files were read on
	queue    []*tail // files to be loaded as a whole
	blank    []*tail // files that began without a copy check, as nothing had been read at another path
}

func newShared(ctx context.Context, conf *Set, sink loader.Sink) *shared {
	s := &shared{ctx: ctx, conf: conf, sink: sink, watch: newWatch(conf.watcher), loads: newLoads(), buf: make([]byte, loader.BlockBytes), maxOpen: conf.maxOpen,
		streams: loader.NewStreams(conf.Limits), files: newFiles(), past: newPast()}
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
	if cause(err) == causeTooMany {
		if s.tooFew = "too few files can be open at the same time (ulimit -n): they are read in turns"; s.fewer() {
			file, err = open(path)
		}
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

// lacking says what there is too little of to follow all files at once, or why changes are noticed late. It is the same for all paths.
func (s *shared) lacking() string { return notes(s.watch.note(), s.tooFew) }

// makeRoom closes files until n more can be opened: those at their paths that changed longest ago, as they are easy to find again.
func (s *shared) makeRoom(n int) {
	open := len(s.files.open())
	if open+n <= s.maxOpen {
		return
	}
	idle := slices.DeleteFunc(slices.Clone(s.files.open()), func(t *tail) bool { return !t.current || t.busy > 0 || t.once.begun() })
	slices.SortFunc(idle, func(a, b *tail) int { return a.changed.Compare(b.changed) })
	for _, t := range idle[:min(len(idle), open+n-s.maxOpen)] {
		t.release()
		t.gen.dropStream()
	}
}

// fewer lowers the number of files that are kept open after the system refused another. It reports whether some were closed.
func (s *shared) fewer() bool {
	open := len(s.files.open())
	if open < 2 {
		return false
	}
	s.maxOpen = max(1, open*3/4)
	s.makeRoom(1)
	return true
}

// remove closes a file and ends its source.
func (s *shared) remove(t *tail) {
	t.close()
	s.files.remove(t)
	s.blank = slices.DeleteFunc(s.blank, func(o *tail) bool { return o == t })
}
