package tail

import (
	"fmt"
	"io"
	"strings"
	"time"

	"pawprint/loader"
	"pawprint/model"
)

const (
	// maxSources bounds the sources of one path, as ids of sources are limited. Files found later share the last source.
	maxSources = 4096
	// maxRotated is how many rotated files are kept open for late writes.
	maxRotated = 32
)

// follower follows one path. It is for one goroutine.
type follower struct {
	*shared
	path   string
	rank   model.Rank
	pinned bool // one open file is followed wherever it is, and the path is only its name

	alias bool     // another path that is followed leads to the same file
	again []string // other names by which the file is reached

	waiting      *generation // the source that was announced before there was a file
	cur          *tail       // the file at the path
	rotated      []*tail     // files that were at the path before, oldest first
	foundRotated []*tail     // rotated files that were found beside the path and are not yet in rotated
	beside       rotatedFiles
	sources      int
	last         loader.Announced
	trouble      string // why the path cannot be opened now
	caught       bool   // the file at the path was read to its end once

	scanRotatedUntil time.Time // look for new rotated files until then, as a file was rotated or truncated lately

	piped *pipe // the pipe at the path that is being read
	named bool  // the user named the path
}

// generation announces the next source of the path.
func (f *follower) generation(start, line int64, before io.ReaderAt) *generation {
	if f.sources < maxSources {
		f.sources++
		f.last = loader.AnnounceRanked(f.sink, sourceName(f.path, f.sources), f.rank)
		if !f.pinned {
			setPlace(f.last, f.path)
		}
		f.tellAgain(f.last)
	}
	g := newGeneration(f.last, start, line, before, f.conf.Limits)
	g.shared, g.path, g.streams = f.sources == maxSources, f.path, f.streams
	f.past.remember(g)
	return g
}

// setPlace reports to the sink where a source can be read again; an empty path means that it cannot. The file may be moved later,
// so readers have to check.
func setPlace(to loader.Announced, path string) {
	to.Update(func(s *model.SourceState) { s.Place = model.NewText(path) })
}

// close closes all files and ends their sources.
func (f *follower) close() {
	for _, t := range append(f.rotated, f.foundRotated...) {
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
	f.cur, f.rotated, f.foundRotated, f.waiting = nil, nil, nil, nil
}

// interval returns how long to wait for a notification.
func (f *follower) interval() time.Duration {
	poll := f.conf.poll()
	if f.cur != nil && len(f.rotated) == 0 && time.Since(f.cur.changed) > busy {
		return max(poll, min(4*poll, slowestPoll))
	}
	return poll
}

// grace returns how long a rotated file must have been quiet before it is closed.
func (f *follower) grace() time.Duration {
	return positive(f.conf.grace, defaultGrace)
}

// idle returns how long a line may be incomplete before a note mentions it.
func (f *follower) idle() time.Duration {
	return positive(f.conf.idle, defaultIdle)
}

// settle returns how long a file must have been quiet to be considered complete.
func (f *follower) settle() time.Duration {
	return positive(f.conf.settle, defaultSettle)
}

// changed returns when the file at the path was last seen to change.
func (f *follower) changed() time.Time {
	if f.cur == nil {
		return time.Time{}
	}
	return f.cur.changed
}

// drain reads all open files to their ends, rotated ones first, and closes rotated files that have been quiet.
func (f *follower) drain() (more bool, err error) {
	grace := f.grace()
	f.rotated, f.foundRotated = append(f.rotated, f.foundRotated...), nil
	open := f.rotated[:0]
	for i, t := range f.rotated {
		again, err := f.drainOne(t)
		if err != nil {
			f.rotated = append(open, f.rotated[i:]...)
			return false, err
		}
		more = more || again
		if !again && (t.over || time.Since(t.changed) > grace || len(f.rotated)-i > maxRotated) {
			f.beside.note(t.head)
			f.letGo(t)
			continue
		}
		open = append(open, t)
	}
	f.rotated = open
	if f.cur == nil || more {
		return more, nil
	}
	return f.drainOne(f.cur)
}

// drainOne reads one file to its end. It returns permanent errors only; others become a note.
func (f *follower) drainOne(t *tail) (more bool, err error) {
	if t.once == nil {
		more, err = f.readTail(t)
	}
	if t.once != nil && err == nil {
		return false, f.loadWhole(t)
	}
	switch {
	case err != nil && permanent(err):
		t.gen.err = err
		return false, fmt.Errorf("following %s: %w", f.path, err)
	case err != nil:
		t.trouble = fmt.Sprintf("reading failed: %v", err)
	case !more:
		t.upToDate()
	}
	return more, nil
}

// upToDate notes that nothing is left to read for now.
func (t *tail) upToDate() {
	t.trouble = ""
	t.gen.now.phase, t.gen.now.unread = model.Following, 0
}

// reportState passes the state of all sources to the sink.
func (f *follower) reportState() {
	for _, t := range f.rotated {
		if !t.once.begun() {
			t.gen.now.note = t.note(f.idle())
			t.gen.reportState()
		}
	}
	if f.cur != nil && !f.cur.once.begun() {
		f.cur.gen.now.note, f.cur.gen.now.lacking = notes(f.cur.note(f.idle()), f.trouble), f.lacking()
		f.cur.gen.reportState()
	}
	if f.waiting != nil {
		f.waiting.now.note, f.waiting.now.lacking = f.trouble, f.lacking()
		f.waiting.reportState()
	}
}

// notes joins the notes that are not empty.
func notes(all ...string) string {
	said := all[:0]
	for _, s := range all {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, "; ")
}
