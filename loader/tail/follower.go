package tail

import (
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

// peers are the other paths of the set.
type peers interface {
	// readFirst reads on in their files: in those that are read into one of these generations, as far as they hold less than
	// size bytes, and in all if there are none.
	readFirst(of []*generation, size int64) error
}

// follower follows one path. It is for one goroutine.
type follower struct {
	*shared
	peers  peers
	path   string
	pinned bool // the path is only how to call it: one open file is followed, wherever it is

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

	piped  *pipe       // there is a pipe at the path, which is being read
	named  bool        // the user named the path
	listed bool        // there is something at it, or it is named
	over   bool        // it is not followed here any more
	more   bool        // there may be more to read at once
	due    time.Time   // when to look without being notified
	seen   os.FileInfo // before it was read last
	looks  int         // at it that found it unchanged
}

// generation announces the next source of the path.
func (f *follower) generation(start, line int64, before io.ReaderAt) *generation {
	if f.sources < maxSources {
		f.sources++
		f.last = loader.Announce(f.sink, sourceName(f.path, f.sources))
		if !f.pinned {
			stands(f.last, f.path)
		}
	}
	g := newGeneration(f.last, start, line, before, f.conf.Limits)
	g.shared, g.path = f.sources == maxSources, f.path
	f.remember(g)
	return g
}

// stands tells the sink where a source can be read again; empty if it cannot. The file may be moved later: who reads it has to look.
func stands(to loader.Announced, path string) {
	to.Update(func(s *model.SourceState) { s.Place = model.NewText(path) })
}

// close ends all sources and lets go of all files.
func (f *follower) close() {
	for _, t := range append(f.retired, f.adopted...) {
		f.letGo(t)
	}
	if f.cur != nil {
		f.cur.gen.shared = false
		f.letGo(f.cur)
	}
	if f.waiting != nil {
		f.waiting.shared = false
		f.waiting.finish(false)
	}
	f.cur, f.retired, f.adopted, f.waiting = nil, nil, nil, nil
}

// interval is how long to wait for a hint.
func (f *follower) interval() time.Duration {
	poll := f.conf.poll()
	if f.cur != nil && len(f.retired) == 0 && time.Since(f.cur.changed) > busy {
		return max(poll, min(4*poll, slowestPoll))
	}
	return poll
}

// grace is how long a file that was rotated away must have been quiet before it is let go.
func (f *follower) grace() time.Duration {
	return positive(f.conf.grace, defaultGrace)
}

// idle is how long a line without an end must have waited to be mentioned.
func (f *follower) idle() time.Duration {
	return positive(f.conf.idle, defaultIdle)
}

// settle is how long a file must have been quiet to be judged as a whole.
func (f *follower) settle() time.Duration {
	return positive(f.conf.settle, defaultSettle)
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
			f.letGo(t)
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
		more, err = f.readTail(t)
	}
	if t.once != nil && err == nil {
		return false, f.loadWhole(t)
	}
	switch {
	case err != nil && lasting(err):
		t.gen.err = err
		return false, fmt.Errorf("following %s: %w", f.path, err)
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
			t.gen.now.note = t.note(f.idle())
			t.gen.tell()
		}
	}
	if f.cur != nil && !f.cur.once.begun() {
		f.cur.gen.now.note = notes(f.cur.note(f.idle()), f.trouble, f.watch.note())
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
