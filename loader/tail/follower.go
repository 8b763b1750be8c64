package tail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

const (
	// maxSources is how many sources one path makes at most; what is found later shares the last. Ids of sources are few.
	maxSources = 4096
	// maxRetired is how many files that were rotated away are kept open for late writes.
	maxRetired = 32
)

// follower follows one path. It is for one goroutine.
type follower struct {
	ctx   context.Context
	file  *File
	sink  loader.Sink
	watch *watch
	buf   []byte

	waiting *generation // announced, but there is no file for it yet
	cur     *tail       // the file that was last found at the path
	retired []*tail     // files that were there before, oldest first
	adopted []*tail     // more of them, not yet among the retired
	found   siblings
	sources int
	last    model.SourceID
	trouble string // why the path cannot be opened now
	caught  bool   // the path was read to its end once

	polled     bool      // it was the poll that said to look, not a hint
	beside     time.Time // until when to look for new siblings: a file was rotated or truncated lately
	adoptAgain time.Time // not before
}

func newFollower(ctx context.Context, file *File, sink loader.Sink) *follower {
	f := &follower{ctx: ctx, file: file, sink: sink, watch: newWatch(file.watcher), buf: make([]byte, loader.BlockBytes), polled: true}
	f.found.path = file.Path
	f.found.known = f.found.all()
	f.waiting = f.generation(0, 1, nil)
	return f
}

// generation announces the next source of the path.
func (f *follower) generation(start, line int64, before io.ReaderAt) *generation {
	if f.sources < maxSources {
		f.sources++
		f.last = f.sink.AddSource(sourceName(f.file.Path, f.sources))
	}
	g := newGeneration(f.sink, f.last, start, line, before, f.file.Limits)
	g.shared = f.sources == maxSources
	return g
}

// run follows until the context ends.
func (f *follower) run() error {
	for f.ctx.Err() == nil {
		more, err := f.check()
		if err != nil {
			return err
		}
		if !more {
			f.rest()
		}
	}
	if !f.caught {
		return f.ctx.Err()
	}
	return nil
}

// close ends all sources and lets go of all files and of the watch.
func (f *follower) close() {
	f.watch.stop()
	for _, t := range append(f.retired, f.adopted...) {
		t.close()
	}
	if f.cur != nil {
		f.cur.gen.shared = false
		f.cur.close()
	}
	if f.waiting != nil {
		f.waiting.shared = false
		f.waiting.finish(false)
	}
}

// rest waits for the next occasion to look.
func (f *follower) rest() {
	timer := time.NewTimer(f.interval())
	defer timer.Stop()
	select {
	case <-f.ctx.Done():
		return
	case <-timer.C:
		f.polled = true
		return
	case <-f.watch.hints:
	}
	f.polled = false
	timer.Reset(debounce)
	select {
	case <-f.ctx.Done():
	case <-timer.C:
	}
	select { // what was announced meanwhile will be seen
	case <-f.watch.hints:
	default:
	}
}

// interval is how long to wait for a hint.
func (f *follower) interval() time.Duration {
	poll := f.file.poll()
	if f.cur != nil && len(f.retired) == 0 && time.Since(f.cur.changed) > busy {
		return max(poll, min(4*poll, slowestPoll))
	}
	return poll
}

// check reads what is new and looks whether the path still leads to the same file. It reports whether there may be more at
// once. An error ends the load.
func (f *follower) check() (more bool, err error) {
	if f.polled {
		f.watch.aim(f.file.Path)
	}
	before := f.changed()
	if more, err = f.drain(); err != nil || more {
		return more, err
	}
	if f.changed() != before && f.polled && f.caught {
		f.watch.unannounced()
	}
	f.caught = f.caught || f.cur != nil
	if now := time.Now(); f.polled && now.Before(f.beside) && now.After(f.adoptAgain) {
		more = f.adopt() // a file may have been on its way from one name to another before
	}
	switched, err := f.look()
	if err != nil {
		return false, err
	}
	f.tell()
	return more || switched, nil
}

// grace is how long a file that was rotated away must have been quiet before it is let go.
func (f *follower) grace() time.Duration {
	if f.file.grace > 0 {
		return f.file.grace
	}
	return defaultGrace
}

// idle is how long a line without an end must have waited to be mentioned.
func (f *follower) idle() time.Duration {
	if f.file.idle > 0 {
		return f.file.idle
	}
	return defaultIdle
}

// changed is when the file at the path was last seen to change.
func (f *follower) changed() time.Time {
	if f.cur == nil {
		return time.Time{}
	}
	return f.cur.changed
}

// drain reads all open files to their ends, those that were rotated away first, and lets go of those that have been quiet.
func (f *follower) drain() (more bool, err error) {
	grace := f.grace()
	f.retired, f.adopted = append(f.retired, f.adopted...), nil
	open := f.retired[:0]
	for i, t := range f.retired {
		again, err := f.drainOne(t)
		if err != nil {
			f.retired = append(open, f.retired[i:]...)
			return false, err
		}
		more = more || again
		if !again && (t.over || time.Since(t.changed) > grace || len(f.retired)-i > maxRetired) {
			f.found.note(t.head)
			t.close()
			continue
		}
		open = append(open, t)
	}
	f.retired = open
	if f.cur == nil || more {
		return more, nil
	}
	return f.drainOne(f.cur)
}

// drainOne reads one file to its end. Only an error that cannot pass is returned.
func (f *follower) drainOne(t *tail) (more bool, err error) {
	more, err = t.drain(f.ctx)
	switch {
	case errors.Is(err, loader.ErrPanic):
		t.gen.now.err = err.Error()
		return false, fmt.Errorf("following %s: %w", f.file.Path, err)
	case err != nil:
		t.trouble = fmt.Sprintf("reading failed: %v", err)
	case !more:
		t.trouble = ""
		t.gen.now.phase, t.gen.now.unread = model.Following, 0
	}
	return more, nil
}

// tell shows the state of all sources to the sink.
func (f *follower) tell() {
	for _, t := range f.retired {
		t.gen.now.note = t.note()
		t.gen.tell()
	}
	if f.cur != nil {
		f.cur.gen.now.note = notes(f.cur.note(), f.trouble, f.watch.note())
		f.cur.gen.tell()
	}
	if f.waiting != nil {
		f.waiting.now.note = notes(f.trouble, f.watch.note())
		f.waiting.tell()
	}
}

// notes joins what there is to say.
func notes(all ...string) string {
	said := all[:0]
	for _, s := range all {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, "; ")
}

// look finds out where the path leads now, and follows it there. It reports whether there is something new to read.
func (f *follower) look() (switched bool, err error) {
	info, err := os.Stat(f.file.Path)
	if err != nil {
		f.trouble = "waiting: " + cause(err)
		return false, nil
	}
	mode := info.Mode()
	switch {
	case f.cur != nil && os.SameFile(info, f.cur.info):
		f.trouble = ""
		return false, nil
	case mode.IsRegular():
		return f.turn()
	case mode&(os.ModeNamedPipe|os.ModeCharDevice) != 0:
		return true, f.pipe()
	}
	what := "the path is no file"
	if mode.IsDir() {
		what = "the path is a folder"
	}
	if f.trouble = "waiting: " + what; f.sources == 1 && f.cur == nil && !f.caught {
		err := fmt.Errorf("following %s: %s", f.file.Path, what)
		f.waiting.now.err = err.Error()
		return false, err
	}
	return false, nil
}

// cause is why a path cannot be opened, in short.
func cause(err error) string {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "the file does not exist"
	case errors.Is(err, os.ErrPermission):
		return "permission denied"
	case errors.Is(err, syscall.ENOTDIR):
		return "its folder does not exist"
	}
	return err.Error()
}

// openFile opens what a path leads to.
func (f *follower) openFile(path string) (*os.File, os.FileInfo, error) {
	open := f.file.open
	if open == nil {
		open = openShared
	}
	file, err := open(path)
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

// turn goes over to another file that is at the path now. The one before is read to its end, and stays open for a while.
func (f *follower) turn() (switched bool, err error) {
	file, info, err := f.openFile(f.file.Path)
	if err != nil {
		f.trouble = "waiting: " + cause(err)
		return false, nil
	}
	if !info.Mode().IsRegular() || f.cur != nil && os.SameFile(info, f.cur.info) {
		_ = file.Close() // it changed again: the next look will tell
		return false, nil
	}
	f.trouble = ""
	if f.cur != nil {
		// It may have grown since it was read, and all of it comes before the next.
		if more, err := f.drainOne(f.cur); more || err != nil {
			_ = file.Close()
			return more, err
		}
	}
	if f.turnBack(info) {
		_ = file.Close()
		return true, nil
	}
	f.retire()
	next := f.newTail(file, info)
	f.cur, f.beside = next, time.Now().Add(f.grace())
	f.adopt()
	next.gen = f.nextGeneration("the file was rotated")
	next.gen.now.unread = info.Size()
	return true, nil
}

// turnBack takes up a file again that was at the path before and is back, or that was found beside it on its way.
func (f *follower) turnBack(info os.FileInfo) bool {
	f.retired, f.adopted = append(f.retired, f.adopted...), nil
	for i, t := range f.retired {
		if os.SameFile(info, t.info) {
			f.retired = append(f.retired[:i], f.retired[i+1:]...)
			f.retire()
			f.cur = t
			return true
		}
	}
	return false
}

// retire keeps the present file for late writes only.
func (f *follower) retire() {
	if f.cur == nil {
		return
	}
	f.cur.gen.event = notes(f.cur.gen.event, "rotated away")
	f.cur.changed = time.Now() // its time of grace begins
	f.retired = append(f.retired, f.cur)
}

// newTail makes a tail of an open file; its generation is to be set.
func (f *follower) newTail(file *os.File, info os.FileInfo) *tail {
	return &tail{file: file, info: info, owner: f, workers: f.file.Workers, buf: f.buf, changed: time.Now()}
}

// nextGeneration gives the source of a file that was just found, which begins for the reason given.
func (f *follower) nextGeneration(event string) *generation {
	g := f.waiting
	if f.waiting = nil; g == nil {
		g = f.generation(0, 1, nil)
		g.event = event
	}
	g.now.phase = model.Loading
	return g
}
