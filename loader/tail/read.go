package tail

import (
	"context"
	"fmt"
	"os"
	"time"

	"pawprint/model"
)

// readTail reads a file to its end. It reports whether there may be more. An error may be temporary, unless permanent says otherwise.
func (f *follower) readTail(t *tail) (more bool, err error) {
	if ok, err := f.reopen(t); !ok || err != nil {
		return false, err
	}
	t.busy++
	defer func() { t.busy-- }()
	for range drainReads {
		if f.ctx.Err() != nil {
			return true, nil
		}
		if !t.formKnown {
			if whole, err := t.detectForm(); whole || err != nil {
				return false, err
			}
		}
		if more, err := f.readNext(f.ctx, t); err != nil || !more {
			return false, err
		}
		if err := t.bulk(f.ctx); err != nil {
			return false, err
		}
	}
	return true, nil
}

// readNext reads the next bytes of a file. If the file was rewritten it starts again.
func (f *follower) readNext(ctx context.Context, t *tail) (more bool, err error) {
	if t.copyCheck != nil {
		return f.compare(t)
	}
	if more, err = t.read(ctx); err == errRewritten {
		err = f.restart(ctx, t)
		return !t.over, err
	}
	return more, err
}

// readOn reads a file to its end, if its size differs from what was read.
func (f *follower) readOn(t *tail) error {
	info, err := os.Stat(t.path)
	if t.file != nil {
		info, err = t.file.Stat()
	}
	if err != nil || info.Size() == t.at() {
		return nil // the next look at its path reports the error
	}
	more := true
	for was := t.gen; more && t.gen == was && t.once == nil && f.ctx.Err() == nil; {
		if more, err = f.readTail(t); err != nil && permanent(err) {
			return err
		}
	}
	if !more && err == nil && t.once == nil {
		t.upToDate() // its own turn may never come
	}
	return nil
}

// restart starts a new generation of a file that was truncated or rewritten: where it still agrees with what was read, or at its
// start. A rotated file that was overwritten is not read any more.
func (f *follower) restart(ctx context.Context, t *tail) error {
	start, line, ok, err := t.agreed(ctx)
	if err != nil {
		return err
	}
	what, why := "rewritten", model.Rewritten
	if info, err := t.file.Stat(); err == nil && info.Size() < t.gen.end() {
		what, why = "truncated", model.Truncated
	}
	list := f.beside.folders.since(f.beside.folder(), time.Now())
	f.beforeRestart(t, list)
	if start == 0 && f.writtenOver(t, list) {
		t.over = true
		t.gen.event = notes(t.gen.event, fmt.Sprintf("%s after byte %d was read", what, t.gen.end()))
		return nil
	}
	if err := t.moveTo(start); err != nil {
		start, line, ok = 0, 1, false
		t.head, t.anchor = nil, nil
	}
	old := t.gen
	t.reads(f.generation(start, line, old.raw))
	t.gen.restarted(why, start)
	t.gen.setHead(t.head)
	if t.formKnown = start > 0; start == 0 {
		f.checkCopy(t)
	}
	old.event = notes(old.event, fmt.Sprintf("%s after byte %d was read", what, old.end()))
	t.gen.event = fmt.Sprintf("%s: read again from byte %d; lines written just before may be missing", what, start)
	t.gen.now.phase, t.gen.place = old.now.phase, old.place
	stood, _ := old.position()
	old.now.unread = min(old.now.unread, 0) // the bytes that were not read are gone, as the event of the next generation says
	old.finish(ok && start == stood)
	return nil
}
