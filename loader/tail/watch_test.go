package tail

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"pawprint/model"
)

func TestLoadPollsAndSaysSoWithoutAWatch(t *testing.T) {
	t.Parallel()
	full := newFakeWatcher()
	full.add = &fs.PathError{Op: "inotify_add_watch", Path: "/", Err: syscall.ENOSPC}
	ended := newFakeWatcher()
	panicking := newFakeWatcher()
	deaf := newFakeWatcher()
	for name, c := range map[string]struct {
		open  func() (watcher, error)
		event func()
		note  string
	}{
		"no instance":      {func() (watcher, error) { return nil, syscall.EMFILE }, nil, "polling: the watch limit is reached (fs.inotify.max_user_instances, ulimit -n)"},
		"no watch":         {func() (watcher, error) { return full, nil }, nil, "polling: the watch limit is reached (fs.inotify.max_user_watches)"},
		"unsupported":      {func() (watcher, error) { return nil, errors.ErrUnsupported }, nil, "polling: the folder cannot be watched: unsupported"},
		"ended on its own": {func() (watcher, error) { return ended, nil }, func() { ended.errs <- errNone(); ended.end() }, "polling: the folder cannot be watched: the watch ended"},
		"no notifications": {func() (watcher, error) { return deaf, nil }, nil, "polling: the folder sends no notifications"},
		"a fault":          {func() (watcher, error) { return faulty{panicking}, nil }, nil, "polling: the folder cannot be watched: internal error"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.set.Poll, r.set.watcher = 10*time.Millisecond, c.open
			r.write(r.line())
			r.start()
			r.caughtUp()
			if c.event != nil {
				c.event()
			}
			for range deafAfter + 2 {
				r.write(r.line())
				r.caughtUp()
			}
			r.noted(c.note)
			r.end()
		})
	}
}

func errNone() error { return errors.New("something odd") }

// end closes the channels before anybody asks for it.
func (w *fakeWatcher) end() {
	events, errs := w.events, w.errs
	w.events, w.errs = make(chan fsnotify.Event), make(chan error)
	close(events)
	close(errs)
}

// faulty is a watcher whose events do not come from a channel that can be read.
type faulty struct{ *fakeWatcher }

func (f faulty) Errors() <-chan error {
	c := make(chan error, 1)
	c <- panicError{}
	return c
}

// panicError panics when somebody looks at it.
type panicError struct{}

func (panicError) Error() string { panic("an invented fault") }
func (panicError) Is(error) bool { panic("an invented fault") }

// TestLoadLooksAgainAfterAnOverflow has a watch that tells of nothing but its overflow, and no poll that could help.
func TestLoadLooksAgainAfterAnOverflow(t *testing.T) {
	t.Parallel()
	w := newFakeWatcher()
	r := newRig(t)
	r.set.Poll, r.set.watcher = time.Hour, func() (watcher, error) { return w, nil }
	r.write(r.line())
	r.start()
	r.caughtUp()
	for range 3 {
		r.write(r.line())
		w.errs <- fsnotify.ErrEventOverflow
		r.caughtUp()
	}
	r.rotate(".1")
	r.write(r.line())
	w.errs <- fsnotify.ErrEventOverflow
	r.caughtUp()
	r.halt()
}

func TestLoadHearsOnlyOfItsOwnFile(t *testing.T) {
	t.Parallel()
	w := newWatch(nil)
	w.follow(map[string]string{"/logs/audit.jsonl": "audit.jsonl"})
	for _, c := range []struct {
		name string
		op   fsnotify.Op
		want bool
	}{
		{"/logs/audit.jsonl", fsnotify.Write, true},
		{"/logs/other.jsonl", fsnotify.Write, false},
		{"/logs/audit.jsonl", fsnotify.Chmod, true},
		{"/logs/other.jsonl", fsnotify.Chmod, false},
		{"/logs/..data", fsnotify.Create, true},
		{"/logs", fsnotify.Remove, true},
		{"/logs/other.jsonl", fsnotify.Rename | fsnotify.Write, true},
	} {
		if got := w.concerns(fsnotify.Event{Name: c.name, Op: c.op}); got != c.want {
			t.Errorf("concerns(%s of %s) = %v, want %v", c.op, c.name, got, c.want)
		}
	}
}

func TestLoadTellsTheWholeSizeWhileItReads(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.write(r.lines(60_000))
	sizes := map[int64]bool{}
	r.start()
	r.until("caught up", func(s model.Snapshot) bool {
		for _, source := range s.Sources() {
			sizes[source.Size] = true
		}
		return s.Rows() == len(r.wanted)
	})
	r.live()
	r.stop()
	r.must(<-r.ended)
	s := r.log.Snapshot()
	source := s.Sources()[0]
	if source.Size != source.Books.Bytes {
		t.Errorf("the size is %d, want the %d bytes that were read", source.Size, source.Books.Bytes)
	}
	delete(sizes, -1)
	if len(sizes) != 1 || !sizes[source.Size] {
		t.Errorf("sizes %v were told, want only %d", sizes, source.Size)
	}
}

func TestLoadHearsOfARelativePath(t *testing.T) {
	r := newRig(t)
	t.Chdir(r.at(""))
	r.set.Paths, r.set.Poll, r.set.rescan = []string{"audit.jsonl"}, time.Hour, time.Hour // only a notification can be so fast
	r.write(r.line())
	r.start()
	r.caughtUp()
	for range 5 {
		r.write(r.line())
		r.caughtUp()
	}
	r.halt()
}
