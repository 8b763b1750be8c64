package tail

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"pawprint/loader"
	"pawprint/loader/format"
	"pawprint/model"
	"pawprint/model/fault"
)

// once is a file that is loaded as a whole when it has been quiet, because it is packed or not JSON lines.
type once struct {
	form  string        // its format; empty if it is packed
	seen  os.FileInfo   // the file at the last look
	asked int           // how often all other files had been read when it was queued
	turn  bool          // it is queued
	done  chan struct{} // closed when loading has ended; nil before it starts
	noted bool          // a note says that the file changed since
	part  atomic.Bool   // it was cut off, and held only what was read before: when it changes it is loaded again
}

// loads manages the goroutines that load whole files beside the followers.
type loads struct {
	running sync.WaitGroup
	slots   chan struct{}    // bounds how many load at the same time
	begun   atomic.Int32     // how many have begun and not ended; each has an open file
	kept    *loader.Decoders // that they use one after the other

	mu     sync.Mutex
	failed []error // errors to return when following ends
}

func newLoads() *loads { return &loads{slots: make(chan struct{}, 2), kept: new(loader.Decoders)} }

// fail notes an error that Load returns when following ends. Any goroutine may call it.
func (l *loads) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failed = append(l.failed, err)
}

// wait waits for all of them and returns their errors.
func (l *loads) wait() error {
	l.running.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Join(l.failed...)
}

// formOf decides from the first bytes of a file whether to load it as a whole; it returns nil if it is to be read line by line.
// sure is false if more bytes may change that: before the first line end only compression and some other formats are certain.
func formOf(head []byte) (o *once, sure bool) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n\x00")
	switch {
	case len(text) == 0:
		return nil, len(head) == headBytes && head[0] != 0
	case isPacked(head):
		return &once{}, true
	case text[0] == '{' && bytes.IndexByte(text, '\n') < 0 && len(head) < format.HeadBytes:
		return nil, false
	}
	f, err := format.Detect(head, false)
	unsupported := new(format.Unsupported)
	switch {
	case errors.As(err, &unsupported):
		return &once{form: unsupported.What}, true
	case err != nil || f.Kind == format.Lines && !f.CR:
		return nil, err != nil || bytes.IndexByte(text, '\n') >= 0
	}
	return &once{form: f.Name}, true
}

// isPacked reports whether a file begins like one of the compressed forms that the loader unpacks.
func isPacked(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\x1f\x8b\x08")) || bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")) ||
		len(head) > 3 && head[0]>>4 == 5 && string(head[1:4]) == "\x2a\x4d\x18"
}

// detectForm decides whether the file is read line by line or, if whole is true, loaded as a whole. It is called until formKnown.
func (t *tail) detectForm() (whole bool, err error) {
	n, err := t.file.ReadAt(t.buf[:format.HeadBytes], 0)
	if err != nil && err != io.EOF {
		return false, fmt.Errorf("at byte 0: %w", err)
	}
	o, sure := formOf(t.buf[:n])
	if t.formKnown = sure; o == nil {
		return false, nil
	}
	t.once, t.copyCheck = o, nil
	t.head = bytes.Clone(t.buf[:min(n, headBytes)])
	t.gen.setHead(t.head)
	t.gen.resume(0, 1, nil)
	return true, nil
}

// begun reports whether loading has started: from then on the load reports the state of the source.
func (o *once) begun() bool { return o != nil && o.done != nil }

// over reports whether loading has ended.
func (o *once) over() bool {
	if !o.begun() {
		return false
	}
	select {
	case <-o.done:
		return true
	default:
		return false
	}
}

// loadWhole loads the file if it has been quiet, and notes if it changes later.
func (f *follower) loadWhole(t *tail) error {
	var info os.FileInfo
	var err error
	if t.file != nil {
		info, err = t.file.Stat()
	} else if info, err = os.Stat(t.path); err == nil && !os.SameFile(info, t.info) {
		return nil
	}
	if err != nil {
		return nil // the next look at its path reports the error
	}
	o := t.once
	was := o.seen
	o.seen = info
	same := was != nil && was.Size() == info.Size() && was.ModTime().Equal(info.ModTime())
	switch {
	case o.over() && o.part.Load():
		if o.seen = was; !same {
			o.seen, o.done = info, nil // wait until it is quiet
			o.part.Store(false)
			t.changed = time.Now()
		}
	case o.over():
		if !same && !o.noted {
			o.noted = true
			addNote(t.gen.to, "it changed after it was loaded, and is not read again")
		}
	case o.begun():
		o.seen = was
	case !same && was != nil || time.Since(info.ModTime()).Abs() < f.settle() && (was == nil || time.Since(t.changed) < f.settle()):
		if o.turn = false; !same {
			t.changed = time.Now()
		}
		t.gen.now.phase, t.gen.now.unread = model.Loading, info.Size()
	case !o.turn:
		t.gen.now.phase, t.gen.now.unread = model.Loading, info.Size()
		f.queueLoad(t)
	}
	return nil
}

func addNote(to loader.Announced, note string) {
	to.Update(func(s *model.SourceState) { s.Note = model.NewText(notes(s.Note.Raw(), note)) })
}

// beginLoad loads an open file of a size on a goroutine, which takes over the open file.
func (f *follower) beginLoad(t *tail, size int64) {
	w := &whole{ctx: f.ctx, to: t.gen.to, path: t.path, file: t.file, size: size, limits: f.conf.Limits, workers: f.conf.Workers, form: t.once.form, kept: f.loads.kept, part: &t.once.part}
	if w.form == "" {
		w.of = samples(f.past.alike(loader.Head(io.NewSectionReader(t.file, 0, size), headBytes, f.conf.Limits)))
	}
	t.file = nil
	t.gen.now.phase, t.gen.now.unread, t.gen.now.note = model.Loading, size, ""
	t.gen.reportState()
	done, slots := make(chan struct{}), f.loads.slots
	t.once.done = done
	f.loads.running.Add(1)
	f.loads.begun.Add(1)
	fault.Go(func() {
		defer f.loads.running.Done()
		defer f.watch.hint(false) // another may begin
		defer f.loads.begun.Add(-1)
		defer close(done)
		defer w.file.Close()
		slots <- struct{}{}
		defer func() { <-slots }()
		err := w.load()
		fault.Tell(f.ctx, err)
		if err != nil && f.ctx.Err() == nil {
			f.loads.fail(fmt.Errorf("reading %s: %w", w.path, err))
		}
	}, func(e *fault.Error) { fault.Tell(f.ctx, e) })
}

// whole is one load of a whole file.
type whole struct {
	ctx     context.Context
	to      loader.Announced
	path    string
	file    *os.File
	size    int64
	limits  loader.Limits
	workers int
	form    string
	kept    *loader.Decoders
	of      []sample // what was read before; the file may repeat it
	part    *atomic.Bool
}

// sample is what was read of a followed file, to be compared with a packed file.
type sample struct {
	path string
	raw  io.ReaderAt
	end  int64
	from int64 // where the last line that was compared begins
	line int64 // and its number
}

// load reads the file, except what was read before, and ends its source.
func (w *whole) load() error {
	note := ""
	if w.form != "" {
		note = "not followed, as it is not written line by line: " + w.form
	}
	err := fault.Safely(func() error {
		if said, known, err := w.repeats(); known {
			note = said
			return err
		}
		return w.read(w.ctx, w.to.Sink, w.to.ID)
	})
	w.to.Update(func(s *model.SourceState) {
		if s.Note = model.NewText(notes(s.Note.Raw(), note)); err == nil && s.Stored == 0 {
			s.Size = s.Books.Bytes
		}
	})
	if err != nil && w.ctx.Err() != nil {
		err = w.ctx.Err()
	}
	return w.to.End(err)
}

func (w *whole) read(ctx context.Context, sink loader.Sink, id model.SourceID) error {
	return loader.Read(ctx, sink, id, io.NewSectionReader(w.file, 0, w.size), loader.Reading{Limits: w.limits, Workers: w.workers, Size: w.size, Decoders: w.kept})
}

// repeats checks whether a packed file begins with what was read before; if so it reads only the rest. known is false if the file
// holds something else.
func (w *whole) repeats() (note string, known bool, err error) {
	if len(w.of) == 0 {
		return "", false, nil
	}
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	c := &comparison{of: w.of, stop: cancel}
	free := *w
	free.limits.Memory = nil // it keeps nothing
	err = free.read(ctx, c, 0)
	if c.at == 0 || len(c.of) == 0 {
		return "", false, nil
	}
	s := slices.MaxFunc(c.of, func(a, b sample) int { return cmp.Compare(a.end, b.end) })
	w.to.Update(func(state *model.SourceState) { state.Stored, state.Form, state.Copy = w.size, c.form, c.at <= s.end })
	if cut := new(loader.UnpackError); c.at <= s.end && errors.As(err, &cut) && cut.Cut() {
		w.part.Store(true)
		return fmt.Sprintf("it holds the same as %s, as far as it is complete", filepath.Base(s.path)), true, nil
	}
	if c.at <= s.end {
		return fmt.Sprintf("it holds the same as %s and was not read again", filepath.Base(s.path)), true, err
	}
	note = fmt.Sprintf("up to byte %d it holds the same as %s", s.from, filepath.Base(s.path))
	return note, true, errors.Join(err, w.rest(c, s))
}

// rest reads the part of a packed file after what was read before.
func (w *whole) rest(c *comparison, s sample) error {
	g := newGeneration(w.to, s.from, s.line, s.raw, w.limits)
	buf := make([]byte, 128<<10)
	for g.end() < c.at && w.ctx.Err() == nil {
		n, err := c.raw.ReadAt(buf[:min(int64(len(buf)), c.at-g.end())], g.end())
		if n == 0 {
			return err
		}
		if err := g.write(buf[:n]); err != nil {
			return err
		}
	}
	if g.stream != nil {
		g.stream.Close()
	}
	return w.ctx.Err()
}

// comparison is a sink that compares its rows with samples and keeps nothing.
type comparison struct {
	mu   sync.Mutex
	of   []sample // those that agree so far
	stop func()
	raw  io.ReaderAt
	at   int64
	form string
}

// AddSource implements loader.Sink.
func (c *comparison) AddSource(model.Text) model.SourceID { return 0 }

// AddRanked implements loader.Sink.
func (c *comparison) AddRanked(model.Text, model.Rank) model.SourceID { return 0 }

// UpdateSource implements loader.Sink.
func (c *comparison) UpdateSource(_ model.SourceID, update func(*model.SourceState)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	state := model.SourceState{Form: c.form}
	update(&state)
	c.form = state.Form
}

// Append implements loader.Sink.
func (c *comparison) Append(b *model.Batch) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw = b.Raw
	now, was := make([]byte, 128<<10), make([]byte, 128<<10)
	for end := b.Base + b.Length; c.at < end && len(c.of) > 0; {
		n, _ := b.Raw.ReadAt(now[:min(int64(len(now)), end-c.at)], c.at)
		if n == 0 {
			c.of = nil // bytes that cannot be compared count as different
			break
		}
		c.compare(now[:n], was)
	}
	if len(c.of) == 0 {
		c.stop()
	}
}

// compare drops the samples that differ from the next bytes.
func (c *comparison) compare(p, was []byte) {
	agree := c.of[:0:0]
	for _, s := range c.of {
		k := max(0, min(int64(len(p)), s.end-c.at))
		if int64(common(s.raw, p[:k], was[:k], c.at)) != k {
			continue
		}
		if i := bytes.LastIndexByte(p[:k], '\n'); i >= 0 {
			s.from, s.line = c.at+int64(i)+1, s.line+int64(bytes.Count(p[:k], []byte{'\n'}))
		}
		agree = append(agree, s)
	}
	c.of = agree
	c.at += int64(len(p))
}
