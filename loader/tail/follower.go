package tail

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
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
	set   *set // that the path belongs to; nil if it is followed alone
	loads *loads
	buf   []byte

	waiting *generation // announced, but there is no file for it yet
	cur     *tail       // the file that was last found at the path
	retired []*tail     // files that were there before, oldest first
	adopted []*tail     // more of them, not yet among the retired
	found   siblings
	sources int
	last    loader.Announced
	trouble string // why the path cannot be opened now
	caught  bool   // the path was read to its end once

	polled     bool      // it was the poll that said to look, not a hint
	beside     time.Time // until when to look for new siblings: a file was rotated or truncated lately
	adoptAgain time.Time // not before

	// What follows is for a path of a set.
	arg    bool        // the user named it
	listed bool        // there is something at it, or it is named
	over   bool        // it is not followed here any more
	more   bool        // there may be more to read at once
	due    time.Time   // when to look without being notified
	seen   os.FileInfo // before it was read last
	looks  int         // at it that found it unchanged
}

func newFollower(ctx context.Context, file *File, sink loader.Sink) *follower {
	f := &follower{ctx: ctx, file: file, sink: sink, watch: newWatch(file.watcher), loads: newLoads(), buf: make([]byte, loader.BlockBytes), polled: true}
	f.found.path, f.found.list = file.Path, listFolder
	f.found.known = f.found.all()
	f.waiting = f.generation(0, 1, nil)
	return f
}

// generation announces the next source of the path.
func (f *follower) generation(start, line int64, before io.ReaderAt) *generation {
	if f.sources < maxSources {
		f.sources++
		f.last = loader.Announce(f.sink, sourceName(f.file.Path, f.sources))
		if !f.file.unnamed {
			stands(f.last, f.file.Path)
		}
	}
	g := newGeneration(f.last, start, line, before, f.file.Limits)
	g.shared, g.path = f.sources == maxSources, f.file.Path
	if f.set != nil {
		f.set.remember(g)
	}
	return g
}

// stands tells the sink where a source can be read again; empty if it cannot. The file may be moved later: who reads it has to look.
func stands(to loader.Announced, path string) {
	to.Update(func(s *model.SourceState) { s.Place = model.NewText(path) })
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
	if f.set == nil {
		f.watch.stop()
		f.loads.running.Wait()
	}
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
	if polled := f.watch.rest(f.ctx, f.interval()); f.ctx.Err() == nil {
		f.polled = polled
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
	if f.polled && f.set == nil {
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

// settle is how long a file must have been quiet to be judged as a whole.
func (f *follower) settle() time.Duration {
	if f.file.settle > 0 {
		return f.file.settle
	}
	return defaultSettle
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
	if t.once == nil {
		more, err = t.drain(f.ctx)
	}
	if t.once != nil && err == nil {
		return false, f.loadWhole(t)
	}
	switch {
	case err != nil && lasting(err):
		t.gen.err = err
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
		if !t.once.begun() {
			t.gen.now.note = t.note()
			t.gen.tell()
		}
	}
	if f.cur != nil && !f.cur.once.begun() {
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
