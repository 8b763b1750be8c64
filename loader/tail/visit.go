package tail

import (
	"os"
	"time"
)

// entry is a path of the set, and when it is checked next. It is for one goroutine.
type entry struct {
	*follower
	listed bool        // the last scan found it, or it is named
	over   bool        // it was given up: nothing more is read
	more   bool        // there may be more to read at once
	due    time.Time   // when to check again without a notification
	seen   os.FileInfo // the file as it was before the last read
	looks  int         // how often in a row the file was found unchanged
}

// visit checks one path. For a file that has long been quiet, or is closed, it checks size and times only.
func (s *set) visit(f *entry, hinted bool) {
	if f.over {
		f.due = time.Now().Add(time.Hour)
		return
	}
	info, err := os.Stat(f.path)
	now := time.Now()
	if !hinted && !f.more && err == nil && f.quiet() && f.looks < lookInto && unchanged(f.seen, info) {
		f.looks++
		f.cur.gen.dropStream()
		f.more = f.lookForRotated()
		f.reportState()
		f.due = now.Add(s.interval(f))
		return
	}
	f.looks, f.seen = 0, info
	f.more, err = s.check(f.follower, !hinted)
	if err != nil {
		s.giveUp(f, err)
		return
	}
	f.due = now.Add(s.interval(f))
	if !f.listed && f.lost() && !f.awaited() {
		f.rotateAway()
	}
}

// quiet reports whether a look at the size and the times of the file is enough: nothing has happened at the path for a long time, or
// the file is closed, as there are too many, and all of it was read. A change that shows in neither is noticed later.
func (f *entry) quiet() bool {
	if f.pinned || f.cur == nil || f.seen == nil || f.trouble != "" || f.cur.trouble != "" || len(f.rotated)+len(f.foundRotated) > 0 {
		return false
	}
	return f.cur.idle() && (f.cur.file == nil || f.asleep())
}

// idle reports whether nothing is left to do with the file unless it changes.
func (t *tail) idle() bool {
	if t.once != nil {
		return t.once.over() || t.once.turn
	}
	return !t.gone && (t.copyCheck == nil || t.copyCheck.at == 0 || t.gen.place != "")
}

// old reports whether the file is closed and was written long ago, by its own time.
func (f *entry) old() bool { return f.cur.file == nil && time.Since(f.seen.ModTime()) > busy }

// asleep reports whether the file has not changed for a long time.
func (f *entry) asleep() bool { return f.cur != nil && time.Since(f.cur.changed) > busy }

// unchanged reports whether a file is still the same and was not written to.
func unchanged(seen, now os.FileInfo) bool {
	return os.SameFile(seen, now) && seen.Size() == now.Size() && seen.ModTime().Equal(now.ModTime()) && changeTime(seen) == changeTime(now)
}

// awaited reports whether the user named a path that is a folder now. The files in the folder are followed, and the path still
// waits for the file: as long as it does, its source says so.
func (f *follower) awaited() bool { return f.named && f.trouble == "waiting: "+causeFolder }

// lost reports whether there is no longer a file at the path.
func (f *follower) lost() bool {
	switch f.trouble {
	case "waiting: " + causeMissing, "waiting: " + causeNoFolder, "waiting: " + causeFolder:
		return f.cur != nil
	}
	return false
}

// interval returns the time between two checks of a path without a notification.
func (s *set) interval(f *entry) time.Duration {
	poll := f.interval()
	if !f.quiet() || !f.asleep() && !f.old() {
		return poll
	}
	perSecond := time.Duration(filesPerSecond)
	if s.watch.note() != "" {
		perSecond *= 4 // nothing else tells of a change
	}
	return max(poll, time.Duration(len(s.order))*time.Second/perSecond)
}
