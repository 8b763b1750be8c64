package tail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"pawprint/loader"
	"pawprint/model"
)

// Descriptor is a regular file that somebody opened, such as standard input that a shell redirected. It is followed wherever it
// is moved, and no other file that comes to its path; all else that File says goes for it.
//
// It is read from where the descriptor stands. Lines are counted from there, offsets from the begin of the file.
type Descriptor struct {
	Label   string // how to call it
	From    *os.File
	Limits  loader.Limits
	Workers int // goroutines that decode a large file; 0 means 2
}

// Name is the label.
func (d *Descriptor) Name() model.Text { return model.NewText(d.Label) }

// Load implements loader.Source. Once the file was read to its end for the first time the end of ctx is the regular end of
// following, and no error. Load closes the file. One that is not regular is an error.
func (d *Descriptor) Load(ctx context.Context, sink loader.Sink) (err error) {
	f := newFollower(ctx, &File{Path: d.Label, unnamed: true, Limits: d.Limits, Workers: d.Workers}, sink)
	f.found = siblings{list: func(string) []os.DirEntry { return nil }} // copies of it are not what was redirected
	defer func() {
		f.close()
		err = errors.Join(err, f.loads.wait())
	}()
	if err := f.pin(d.From); err != nil {
		err = fmt.Errorf("following %s: %w", d.Label, err)
		f.waiting.err = err
		_ = d.From.Close() // it was not read
		return err
	}
	return f.runPinned()
}

// pin makes an open file the only one that is followed.
func (f *follower) pin(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("it is no regular file")
	}
	at, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	at = min(at, info.Size())
	t := f.newTail(f.file.Path, file, info)
	t.head = make([]byte, min(at, headBytes))
	if err := errors.Join(readFull(file, t.head, 0), t.standAt(at)); err != nil {
		return err
	}
	f.cur, t.gen = t, f.nextGeneration("")
	if t.judged = at > 0; t.judged {
		t.gen.resume(at, 1, file)
		t.gen.head = t.head
	}
	t.gen.now.unread = info.Size() - at
	return nil
}

// runPinned is run for a file that was opened by somebody else.
func (f *follower) runPinned() error {
	for f.ctx.Err() == nil {
		if t := f.cur; f.polled && t.file != nil {
			if path := pathOf(t.file); path != "" {
				f.watch.aim(path)
			}
		}
		more, err := f.drain()
		if err != nil {
			return err
		}
		f.tell()
		if !more && f.ctx.Err() == nil {
			f.caught = true
			f.rest()
		}
	}
	if !f.caught {
		return f.ctx.Err()
	}
	return nil
}
