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

// Descriptor is a regular file that is already open, such as redirected standard input. The file is followed wherever it is
// moved; other files at its path are not. Otherwise it is followed like a file of a Set.
//
// It is read from the descriptor's offset. Lines are counted from there, offsets from the start of the file.
type Descriptor struct {
	Label   string // its name
	From    *os.File
	Limits  loader.Limits
	Workers int // goroutines that decode a large file; 0 means 2
}

// Name is the label.
func (d *Descriptor) Name() model.Text { return model.NewText(d.Label) }

// Load implements loader.Source. Once the file was read to its end for the first time, the end of ctx is not an error. Load closes
// the file. A file that is not regular is an error.
func (d *Descriptor) Load(ctx context.Context, sink loader.Sink) (err error) {
	s := newSet(ctx, &Set{Limits: d.Limits, Workers: d.Workers}, sink)
	defer func() { err = errors.Join(err, s.close()) }()
	f := &follower{shared: s.shared, path: d.Label, pinned: true}
	f.beside.folders = noFolders{} // a copy of the file is not the file that was redirected
	f.waiting = f.generation(0, 1, nil)
	s.order = append(s.order, &entry{follower: f})
	if err := f.pin(d.From); err != nil {
		err = fmt.Errorf("following %s: %w", d.Label, err)
		f.waiting.err = err
		_ = d.From.Close() // it was not read
		return err
	}
	return s.run()
}

// pin makes an open file the only one that is followed.
func (f *follower) pin(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return errors.New("it is not a regular file")
	}
	at, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	at = min(at, info.Size())
	t := f.newTail(f.path, file, info)
	t.head = make([]byte, min(at, headBytes))
	if err := errors.Join(readFull(file, t.head, 0), t.moveTo(at)); err != nil {
		return err
	}
	f.setCurrent(t)
	t.reads(f.nextGeneration(""))
	if t.formKnown = at > 0; t.formKnown {
		t.gen.resume(at, 1, file)
		t.gen.setHead(t.head)
	}
	t.gen.now.unread = info.Size() - at
	return nil
}

// pinnedPath returns where a pinned file is now, or an empty string if that is not known.
func (f *follower) pinnedPath() string {
	if !f.pinned || f.cur == nil || f.cur.file == nil {
		return ""
	}
	return pathOf(f.cur.file)
}
