// Package tail follows files while they grow: what is appended becomes rows within milliseconds, and rotation, truncation
// and replacement lose nothing that can still be read.
//
// The file system is the truth: notifications only say when to look, and polling never stops. The package never writes to the
// files it follows and never prevents writers from renaming or deleting them.
package tail

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

// Set is files that are followed together until the context ends: named files, which need not exist yet, all files in a folder
// and the folders below it, or all that match a glob in which ** stands for any number of folders. A single file is a set of one.
// Files and folders may appear, be renamed, and disappear while they are followed.
//
// A file is known by its identity, not by its name: a file renamed within the set is read on from its offset, and a copy of a
// file already read becomes rows only from where it differs. Each file is a source named by the path at which it was found
// first. A path without a file is a source too; its note says what it is waiting for.
//
// Another file at the same path is a source of its own, "path (#2)" and so on, with its own offsets and its lines counted from
// 1, so that a row's origin is the place of its line in the file that was read. A file that was truncated or rewritten is read
// again as a new source. A file that was only shortened continues in a new source at the offset and the line to which it was cut
// back. The bytes are kept compressed in memory.
//
// A last line without a newline becomes a row only when the newline comes or following ends; in the latter case it is a reject
// marked as cut unless it is a whole event. NUL bytes at the end of a file are taken for preallocated space, and are not read
// until other bytes follow them.
//
// Compressed files and files that are not JSON lines are loaded once they are quiet, and not followed further. A pipe or device
// named by its path is read as bytes come, and goes on after its writers have closed it. Of many files only those that changed
// last are kept open.
type Set struct {
	Paths   []string // each a file, a folder or a glob
	Limits  loader.Limits
	Workers int // goroutines that decode a large file; 0 means 2
	// Poll is how often to check changing files without a notification; 0 means 250 ms. Idle files are checked up to 4 times less
	// often, but at least each second.
	Poll time.Duration

	// Tests replace these.
	open    func(path string) (*os.File, error)
	watcher func() (watcher, error)
	grace   time.Duration
	idle    time.Duration
	settle  time.Duration
	rescan  time.Duration
	maxOpen int
}

// New makes a set of paths.
func New(paths ...string) *Set { return &Set{Paths: paths} }

// Name is the paths, separated by commas.
func (s *Set) Name() model.Text { return model.NewText(strings.Join(s.Paths, ", ")) }

// Arguments implements loader.Spread.
func (s *Set) Arguments() int { return len(s.Paths) }

// Load implements loader.Source. Once all files were read to their ends for the first time, the end of ctx is not an error.
func (s *Set) Load(ctx context.Context, sink loader.Sink) (err error) {
	w := newSet(ctx, s, sink)
	defer func() { err = errors.Join(err, w.close()) }()
	return w.run()
}

const (
	defaultPoll = 250 * time.Millisecond
	// slowestPoll bounds the poll of a file that has long been idle.
	slowestPoll = time.Second
	// busy is how long after a change a file is polled at full pace.
	busy = 10 * time.Second
	// defaultGrace is how long a rotated file must have been quiet before it is closed: writers keep it open until they are
	// asked to reopen the path.
	defaultGrace = 10 * time.Second
	// defaultIdle is how long a line must have been incomplete to be mentioned.
	defaultIdle = time.Second
	// defaultSettle is how long a file that is loaded as a whole must have been quiet to be considered complete.
	defaultSettle = time.Second
	// debounce is the wait after a notification for others that come with it.
	debounce = 5 * time.Millisecond
	// defaultMaxOpen is how many files are kept open. Closed files are found again by their identity, but bytes written to one
	// just before it is removed are lost.
	defaultMaxOpen = 64
	// defaultRescan is how often folders are listed without a notification.
	defaultRescan = time.Second
	// maxRead is how many generations that ended are remembered, so that copies of them are recognised.
	maxRead = 4096
	// filesPerSecond is how many idle files are checked in a second.
	filesPerSecond = 500
	// lookInto is the number of checks without a change after which an idle file is read anyway.
	lookInto = 60
)

// set follows the files of a Set. It is for one goroutine.
type set struct {
	*shared
	lister *lister

	starting bool // the files that exist at the start are being found
	byPath   map[string]*entry
	order    []*entry
	sources  map[string]int         // how many sources each path had that is no longer followed
	empty    map[string]*generation // the sources of arguments without files, by argument

	leftOut   string            // what the last listings left out, as it was reported
	leftOutAt *loader.Announced // the source that it was reported on

	caught    bool      // all files were read to their ends once
	scanAgain time.Time // scan at this time at the earliest
	nextScan  time.Time // scan at this time at the latest
	full      error     // why nothing more can be read: the memory limit
}

func newSet(ctx context.Context, conf *Set, sink loader.Sink) *set {
	s := &set{shared: newShared(ctx, conf, sink), byPath: map[string]*entry{}, empty: map[string]*generation{}, sources: map[string]int{}}
	s.lister = newLister(conf.Paths, s.watch.add)
	return s
}

// run follows until the context ends, or nothing can be read any more.
func (s *set) run() error {
	s.begin()
	for s.ctx.Err() == nil && s.full == nil && s.followsAny() {
		if s.round() || s.ctx.Err() != nil {
			continue
		}
		s.caught = true
		s.rest()
	}
	if s.full == nil && !s.caught && s.loading() {
		return s.ctx.Err()
	}
	return s.full
}

// loading reports whether some file was not read to its end yet.
func (s *set) loading() bool {
	for t := range s.files.all {
		if t.gen.now.phase == model.Loading {
			return true
		}
	}
	return false
}

// followsAny reports whether there is anything left to wait for.
func (s *set) followsAny() bool {
	return len(s.lister.roots) > 0 || slices.ContainsFunc(s.order, func(f *entry) bool { return !f.over })
}

// begin finds the files that exist and announces them all before it reads the first.
func (s *set) begin() {
	for _, err := range s.lister.wrong {
		g := newGeneration(loader.Announce(s.sink, model.NewText(err.arg)), 0, 1, nil, loader.Limits{})
		g.err = err
		g.finish(false)
		s.loads.fail(err)
	}
	s.starting = true
	s.scan()
	for _, f := range s.order {
		if _, err := s.look(f.follower); err != nil {
			s.giveUp(f, err)
		}
		f.reportState()
	}
	s.starting = false
	s.announceEmpty()
	s.tellLeftOut()
}

// giveUp ends following a path after an error.
func (s *set) giveUp(f *entry, err error) {
	if s.fail(err); s.full == nil {
		f.close()
		f.over, f.more = true, false
	}
}

// fail notes an error. If memory has run out nothing can be read any more.
func (s *set) fail(err error) {
	if full := new(loader.MemoryError); errors.As(err, &full) {
		s.full = err
		return
	}
	s.loads.fail(err)
}

// close ends all sources and waits for the goroutines that load.
func (s *set) close() error {
	s.watch.stop()
	failed := s.loads.wait()
	for _, f := range s.order {
		if s.full != nil && f.cur != nil && f.cur.gen.err == nil {
			f.cur.gen.err = fmt.Errorf("following ended: %w", s.full)
		}
		f.close()
	}
	for _, g := range s.empty {
		g.now.phase, g.now.unread = model.Following, 0
		g.finish(false)
	}
	return failed
}

// round checks all files that are due. It reports whether there may be more to read at once.
func (s *set) round() (more bool) {
	changed := s.watch.take()
	now := time.Now()
	if changed.listing || changed.missed {
		s.nextScan = now
	}
	if !now.Before(s.nextScan) && !now.Before(s.scanAgain) {
		s.scan()
		s.announceEmpty()
		s.tellLeftOut()
	}
	for _, f := range slices.Clone(s.order) {
		hinted := changed.missed || changed.touched[f.path]
		if !hinted && !f.more && f.due.After(now.Add(s.conf.poll()/2)) {
			continue // files due soon are checked now: waking up again costs more than a check
		}
		if s.visit(f, hinted); f.more {
			more = true
		}
		if s.ctx.Err() != nil || s.full != nil {
			return false
		}
	}
	s.order = slices.DeleteFunc(s.order, s.forgetGone)
	if err := s.startLoads(); err != nil {
		s.fail(err)
		return false
	}
	return more
}

func (s *Set) poll() time.Duration { return positive(s.Poll, defaultPoll) }

// positive returns d, or the default if d is not set.
func positive(d, otherwise time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return otherwise
}

// rest waits until something is due or a notification comes.
func (s *set) rest() {
	next := s.nextScan
	if next.Before(s.scanAgain) {
		next = s.scanAgain
	}
	for _, f := range s.order {
		if f.due.Before(next) {
			next = f.due
		}
	}
	// Waking up again costs more than a check.
	s.watch.rest(s.ctx, max(time.Until(next), min(s.conf.poll(), slowestPoll)/2))
}
