// Package tail follows files while they grow: what is appended becomes rows within milliseconds, and rotation, truncation
// and replacement lose nothing that can still be read.
//
// The file system is the truth. Notifications only say when to look; a poll that never stops looks without them. The
// package never writes to what it follows and never keeps a writer from renaming or deleting it.
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

// Set is files that are followed together until the context ends: named ones, which need not exist yet, all in a folder and the
// folders in it, or all that match a glob in which ** stands for any number of folders. A single file is a set of one. Files may
// come, be renamed, and go while they are followed, as may folders.
//
// A file is known by its identity, not by its name: one that is renamed within the set goes on where it stood, and a copy of
// what was read becomes rows only from where it differs. Each file is a source named by the path at which it was found first. A
// path with nothing to read at first is a source as well, which tells what is waited for.
//
// Another file that comes to a path is a source of its own, "path (#2)" and so on, with its own offsets and its lines counted
// from 1, so that a row's origin tells where its line stood in the file that was read. The same goes for a file that was truncated
// or rewritten: what is read anew is a new source. One that was only shortened goes on in a new source at the offset and the
// line it was cut back to. The bytes are kept in memory, compressed.
//
// A last line without an end waits, for as long as it takes, and is no row before its end was written or following ended.
// Then it becomes one as it stands, and a reject marked as cut if that is no whole event. NUL bytes at the end of a file are
// space for what is to come, and are left there until something follows them.
//
// Compressed files, and those in other formats than a line for each event, are loaded once they rest, and not followed
// further. A named pipe or a device that is named is read as it comes and goes on after its writers left. Of many files only
// those that changed last are kept open.
type Set struct {
	Paths   []string // each a file, a folder or a glob
	Limits  loader.Limits
	Workers int           // goroutines that decode a large file; 0 means 2
	Poll    time.Duration // how often to look at files that change, without being notified; 0 means 250 ms. Idle ones are looked at up to 4 times slower, but each second at least

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

// Name is the paths, with commas between them.
func (s *Set) Name() model.Text { return model.NewText(strings.Join(s.Paths, ", ")) }

// Load implements loader.Source. Once all files were read to their ends for the first time the end of ctx is the regular end
// of following, and no error.
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
	// defaultGrace is how long a file that was rotated away must have been quiet before it is let go: writers hold on to it
	// until they are told to reopen.
	defaultGrace = 10 * time.Second
	// defaultIdle is how long a line without an end must have waited to be mentioned.
	defaultIdle = time.Second
	// defaultSettle is how long a file must have been quiet to be taken for complete where it is read as a whole.
	defaultSettle = time.Second
	// debounce is the wait after a notification for those that come with it.
	debounce = 5 * time.Millisecond
	// defaultMaxOpen is how many files are kept open. Files that are closed are found again by what is known of them, but
	// what is written to one just before it is removed cannot be had.
	defaultMaxOpen = 64
	// defaultRescan is how often folders are looked at without a notification.
	defaultRescan = time.Second
	// maxRead is how many generations are remembered, so that copies of them are recognised.
	maxRead = 4096
	// filesPerSecond is how many idle files are looked at in a second.
	filesPerSecond = 500
	// lookInto is after how many looks without a change an idle file is read all the same.
	lookInto = 60
)

// set follows the files of a Set. It is for one goroutine.
type set struct {
	*shared
	lister *lister

	starting bool // the files that exist at the start are being found
	byPath   map[string]*entry
	order    []*entry
	sources  map[string]int         // how many sources each path had that is not followed any more
	empty    map[string]*generation // the sources of arguments without files, by argument

	caught    bool      // all files were read to their ends once
	scanAgain time.Time // at the earliest
	nextScan  time.Time // at the latest
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
	if s.full == nil && !s.caught && slices.ContainsFunc(s.files, func(t *tail) bool { return t.gen.now.phase == model.Loading }) {
		return s.ctx.Err()
	}
	return s.full
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
		f.tell()
	}
	s.starting = false
	s.announceEmpty()
}

// giveUp ends following a path. If there is no memory nothing can be followed any more.
func (s *set) giveUp(f *entry, err error) {
	if full := new(loader.MemoryError); errors.As(err, &full) {
		s.full = err
		return
	}
	s.loads.fail(err)
	f.close()
	f.over, f.more = true, false
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

// round looks at all files that are due. It reports whether there may be more to read at once.
func (s *set) round() (more bool) {
	told := s.watch.take()
	now := time.Now()
	if told.listing || told.missed {
		s.nextScan = now
	}
	if !now.Before(s.nextScan) && !now.Before(s.scanAgain) {
		s.scan()
		s.announceEmpty()
	}
	for _, f := range slices.Clone(s.order) {
		hinted := told.missed || told.touched[f.path]
		if !hinted && !f.more && f.due.After(now.Add(s.conf.poll()/2)) {
			continue // what is due soon is looked at now: waking up costs more than a look
		}
		if s.visit(f, hinted); f.more {
			more = true
		}
		if s.ctx.Err() != nil || s.full != nil {
			return false
		}
	}
	s.order = slices.DeleteFunc(s.order, s.forgetGone)
	return more
}

func (s *Set) poll() time.Duration { return positive(s.Poll, defaultPoll) }

// positive is d, or the default where it is not set.
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
	// Waking up costs more than a look.
	s.watch.rest(s.ctx, max(time.Until(next), min(s.conf.poll(), slowestPoll)/2))
}
