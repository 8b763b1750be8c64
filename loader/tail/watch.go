package tail

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
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

// watch tells when it is worth looking at a path. It may tell too often, and never promises to tell at all.
type watch struct {
	// hints has a value after something happened near the path.
	hints chan struct{}

	open    func() (watcher, error)
	w       watcher // nil while there is none
	pump    sync.WaitGroup
	retry   time.Time
	folders map[string]bool // that are watched
	failed  error           // why there is no watch

	mu    sync.Mutex // guards what the pump uses as well
	names map[string]bool
	heard bool  // a hint came since deaf was asked last
	lost  error // why the pump ended on its own
	quiet int   // changes in a row that no hint told of
}

const (
	// retryWatch is the wait before a watch that failed is tried again.
	retryWatch = 30 * time.Second
	// deafAfter is after how many changes without a hint a folder is said to send none.
	deafAfter = 3
)

func newWatch(open func() (watcher, error)) *watch {
	if open == nil {
		open = newSystemWatcher
	}
	return &watch{hints: make(chan struct{}, 1), open: open, folders: map[string]bool{}}
}

// aim watches the folder of path and, if path is a link, that of the file it leads to. It is to be called often: a folder
// that is removed and made again silently loses its watch.
func (w *watch) aim(path string) {
	w.reap()
	if w.w == nil && !w.start() {
		return
	}
	names := map[string]bool{filepath.Base(path): true}
	folders := map[string]bool{filepath.Dir(path): true}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		names[filepath.Base(target)] = true
		folders[filepath.Dir(target)] = true
	}
	w.mu.Lock()
	w.names = names
	w.mu.Unlock()
	for folder := range w.folders {
		if !folders[folder] {
			_ = w.w.Remove(folder) // it may be gone already
			delete(w.folders, folder)
		}
	}
	w.failed = nil
	for folder := range folders {
		// A folder that is missing is no fault of the watch: the poll finds it when it comes.
		if err := w.w.Add(folder); err == nil {
			w.folders[folder] = true
		} else if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			w.failed = err
		}
	}
}

// start opens a watcher, unless the last try was just before.
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
	go w.run(opened.Events(), opened.Errors())
	return true
}

// run passes events on as hints until the watcher is closed. It is never far behind: the kernel drops events that are not
// read.
func (w *watch) run(events <-chan fsnotify.Event, errs <-chan error) {
	defer w.pump.Done()
	defer func() {
		if p := recover(); p != nil {
			w.lose(fmt.Errorf("panic: %v", p))
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
			// Whatever is wrong, with an overflow above all, looking is right.
			w.hint(!errors.Is(err, fsnotify.ErrEventOverflow))
		}
	}
}

// concerns reports whether an event can be about the path. Of writes only those to the file itself count; the path may
// come, go and change by whatever is renamed in its folder.
func (w *watch) concerns(e fsnotify.Event) bool {
	if e.Op&^(fsnotify.Write|fsnotify.Chmod) != 0 {
		return true
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.names[filepath.Base(e.Name)]
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

func (w *watch) lose(err error) {
	w.mu.Lock()
	w.lost = err
	w.mu.Unlock()
	w.hint(false)
}

// reap lets go of a watcher whose pump ended on its own.
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

// unannounced counts a change that the poll found; one that was announced ends the count.
func (w *watch) unannounced() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.quiet++; w.heard {
		w.quiet = 0
	}
	w.heard = false
}

// note says in a few words why the path is polled, or nothing if its folder is watched.
func (w *watch) note() string {
	if err := w.failed; err != nil {
		if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) {
			return "polling: the watch limit is reached"
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

// stop closes the watcher and waits for its pump.
func (w *watch) stop() {
	if w.w == nil {
		return
	}
	_ = w.w.Close()
	w.pump.Wait()
	w.w, w.folders = nil, map[string]bool{}
}
