package tail

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"pawprint/model/fault"
)

// watcher notifies of changes in folders; a *fsnotify.Watcher behind an interface.
type watcher interface {
	Add(folder string) error
	Remove(folder string) error
	Events() <-chan fsnotify.Event
	Errors() <-chan error
	Close() error
}

type systemWatcher struct{ *fsnotify.Watcher }

func (w systemWatcher) Events() <-chan fsnotify.Event { return w.Watcher.Events }
func (w systemWatcher) Errors() <-chan error          { return w.Watcher.Errors }

func newSystemWatcher() (watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return systemWatcher{w}, nil
}

// watch hints at changes of paths. It may hint too often, and may miss changes.
type watch struct {
	// hints has a value after something happened near the paths.
	hints chan struct{}

	open    func() (watcher, error)
	w       watcher // nil while there is none
	pump    sync.WaitGroup
	retry   time.Time
	folders map[string]bool // that are watched
	failed  error           // why there is no watch

	mu      sync.Mutex // guards the fields that the pump uses too
	changes changes
	heard   bool  // a hint came after the last call of unannounced
	lost    error // why the pump ended by itself
	quiet   int   // changes in a row without a hint
	added   map[string]bool
}

// changes is what happened since the last hint was taken.
type changes struct {
	paths   map[string]string // followed paths, by their names in events
	touched map[string]bool   // paths that were written to
	listing bool              // files were created, removed or renamed
	missed  bool              // events were lost: anything may have changed
}

const (
	// retryWatch is the wait before a watch that failed is tried again.
	retryWatch = 30 * time.Second
	// deafAfter is the number of changes without a hint after which a note says that a folder sends none.
	deafAfter = 3
)

func newWatch(open func() (watcher, error)) *watch {
	if open == nil {
		open = newSystemWatcher
	}
	return &watch{hints: make(chan struct{}, 1), open: open, folders: map[string]bool{}, changes: changes{touched: map[string]bool{}}}
}

// begin starts a round in which all folders to be watched are added.
func (w *watch) begin() {
	w.reap()
	w.added = map[string]bool{}
	if w.w != nil || w.start() {
		w.failed = nil
	}
}

// add watches a folder.
func (w *watch) add(folder string) {
	if w.w == nil || w.added[folder] {
		return
	}
	w.added[folder] = true
	// A missing folder is not an error: the poll finds it when it comes.
	if err := w.w.Add(folder); err == nil {
		w.folders[folder] = true
	} else if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		w.failed = err
	}
}

// prune stops watching folders that were not added in this round.
func (w *watch) prune() {
	for folder := range w.folders {
		if !w.added[folder] {
			_ = w.w.Remove(folder) // it may be gone already
			delete(w.folders, folder)
		}
	}
}

// start opens a watcher, unless the last attempt was too recent.
func (w *watch) start() bool {
	now := time.Now()
	if now.Before(w.retry) {
		return false
	}
	w.retry = now.Add(retryWatch)
	opened, err := w.open()
	if w.failed = err; err != nil {
		return false
	}
	w.w = opened
	w.pump.Add(1)
	fault.Go(func() { w.run(opened.Events(), opened.Errors()) }, func(e *fault.Error) { w.lose(e) })
	return true
}

// run passes events on as hints until the watcher is closed. It must not fall behind: the kernel drops events that are not read.
func (w *watch) run(events <-chan fsnotify.Event, errs <-chan error) {
	defer w.pump.Done()
	defer func() {
		if e := fault.Of(recover()); e != nil {
			w.lose(e)
		}
	}()
	for {
		select {
		case e, ok := <-events:
			if !ok {
				w.lose(errors.New("the watch ended"))
				return
			}
			if w.concerns(e) {
				w.hint(true)
			}
		case err, ok := <-errs:
			if !ok {
				w.lose(errors.New("the watch ended"))
				return
			}
			// After any error, an overflow above all, everything must be checked.
			w.miss()
			w.hint(!errors.Is(err, fsnotify.ErrEventOverflow))
		}
	}
}

// concerns notes an event and reports whether it is of interest. A write counts if its file is followed. Any creation, removal or
// renaming counts, as it may change where a path leads.
func (w *watch) concerns(e fsnotify.Event) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	path, followed := w.changes.paths[filepath.Clean(e.Name)] // events of the working folder come with "./" before the name
	if followed {
		w.changes.touched[path] = true
	}
	if e.Op&^(fsnotify.Write|fsnotify.Chmod) != 0 {
		w.changes.listing = true
		return true
	}
	return followed
}

// follow sets the paths that are followed, by their names in events.
func (w *watch) follow(paths map[string]string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changes.paths = paths
}

// take returns the changes since the last call.
func (w *watch) take() changes {
	w.mu.Lock()
	defer w.mu.Unlock()
	taken := w.changes
	w.changes = changes{paths: taken.paths, touched: map[string]bool{}}
	return taken
}

func (w *watch) hint(heard bool) {
	w.mu.Lock()
	w.heard = w.heard || heard
	w.mu.Unlock()
	select {
	case w.hints <- struct{}{}:
	default:
	}
}

// miss notes that anything may have changed.
func (w *watch) miss() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changes.missed = true
}

func (w *watch) lose(err error) {
	w.miss()
	w.mu.Lock()
	w.lost = err
	w.mu.Unlock()
	w.hint(false)
}

// reap closes a watcher whose pump has ended on its own.
func (w *watch) reap() {
	w.mu.Lock()
	lost := w.lost
	w.lost = nil
	w.mu.Unlock()
	if lost != nil && w.w != nil {
		w.stop()
		w.failed, w.retry = lost, time.Now().Add(retryWatch)
	}
}

// unannounced counts a change that polling found without a hint. A hint since the last call resets the count.
func (w *watch) unannounced() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.quiet++; w.heard {
		w.quiet = 0
	}
	w.heard = false
}

// note returns in a few words why the paths are polled, or an empty string if their folders are watched.
func (w *watch) note() string {
	if err := w.failed; err != nil {
		switch {
		case errors.Is(err, syscall.ENOSPC):
			return "polling: the watch limit is reached (fs.inotify.max_user_watches)"
		case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
			return "polling: the watch limit is reached (fs.inotify.max_user_instances, ulimit -n)"
		}
		return fmt.Sprintf("polling: the folder cannot be watched: %v", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.quiet >= deafAfter && !w.heard {
		return "polling: the folder sends no notifications"
	}
	return ""
}

// rest waits for a hint and others that come with it, at most for d. It reports whether there was none.
func (w *watch) rest(ctx context.Context, d time.Duration) (polled bool) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	case <-w.hints:
	}
	timer.Reset(debounce)
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
	select { // the next check sees their changes too
	case <-w.hints:
	default:
	}
	return false
}

// stop closes the watcher and waits for its pump.
func (w *watch) stop() {
	if w.w == nil {
		return
	}
	_ = w.w.Close()
	w.pump.Wait()
	w.w, w.folders = nil, map[string]bool{}
}
