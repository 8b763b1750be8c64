package tail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"pawprint/loader"
	"pawprint/model/fault"
)

const (
	// headBytes at the start of the file and anchorBytes before the offset are compared after every read, to distinguish a file
	// that grew from one that was truncated or rewritten.
	headBytes   = 1 << 10
	anchorBytes = 256
	// bulkBytes is the number of unread bytes from which several goroutines read a file.
	bulkBytes = 4 * loader.BlockBytes
	// probeShare bounds the time spent on looking for bytes after NULs: one part in probeShare.
	probeShare = 100
	// clockTick is more than a step of the clock of any file system that is followed: two writes within it may bear one time.
	clockTick = 2 * time.Second
	// drainReads bounds the reads of one file in a row, so that others are not kept waiting by a file that grows faster than it is read.
	drainReads = 64
)

// tail is the state of one file that is read to its end again and again. It is for one goroutine.
type tail struct {
	file    *os.File    // nil while it is released because too many are open
	info    os.FileInfo // for its identity; nil once another file has it
	place   any         // its identity, to find it
	owner   *follower   // of the path that it belongs to
	path    string      // where the file was seen last
	target  string      // path without links, when the file was found
	gen     *generation // the source that its bytes go to
	workers int
	buf     []byte // of loader.BlockBytes, shared with other tails

	head      []byte
	anchor    []byte
	nuls      nuls
	changed   time.Time  // when bytes were read last
	over      bool       // it was rotated and then overwritten: nothing more is read
	gone      bool       // it was released, and cannot be found any more
	copyCheck *copyCheck // set while the file may be a copy of what was read at another path
	formKnown bool       // it is known whether the file is read line by line
	once      *once      // set if it is loaded as a whole instead
	busy      int        // above 0 while it is being read and must not be released
	current   bool       // the file is at its path, so it can be released and found again
	trouble   string     // why it cannot be read now
}

// nuls is what is known about NUL bytes at the offset.
type nuls struct {
	size  int64     // of the file when they were found to reach to its end
	mtime time.Time // of the file at that moment
	solid int64     // there are other bytes after the NULs, before this offset
	again time.Time // do not look again before
}

// permanent reports whether an error is not temporary, so that nothing more can be read.
func permanent(err error) bool {
	full := new(loader.MemoryError)
	return fault.In(err) != nil || errors.As(err, &full)
}

// errRewritten says that a file no longer has the bytes that were read of it.
var errRewritten = errors.New("the file was rewritten")

// read reads the next bytes, if there are any, and reports whether there may be more. It returns errRewritten if the file no longer
// has the bytes that were read of it.
func (t *tail) read(ctx context.Context) (more bool, err error) {
	at := t.gen.end()
	buf := t.buf
	if t.nuls.size > 0 {
		buf = buf[:64<<10] // most of it would be NULs
	}
	p, n, err := readWritten(t.file, buf, at, t.nuls.solid)
	if err != nil {
		return false, err
	}
	// Compare after reading: otherwise a rewrite in between would be missed.
	same, err := t.same()
	if err != nil {
		return false, err
	}
	if !same {
		t.changed = time.Now()
		return false, errRewritten
	}
	if len(p) == 0 && n > 0 {
		err := t.probe(ctx, at+int64(n))
		return t.nuls.solid > at, err
	}
	if len(p) == len(buf) && t.nuls.size > 0 {
		t.nuls = nuls{}
	}
	if len(p) > 0 {
		if err := t.gen.write(p); err != nil {
			return false, err
		}
		t.remember(p)
		t.changed = time.Now()
	}
	return n == len(buf), nil
}

// readWritten reads at a place and returns the written bytes there: without the NULs at the end, which may be space to be filled later,
// unless they lie before solid. n counts them too. A writer that fills such space can overtake the reader, which then sees NULs before
// bytes that were written after them: so the bytes before others are read again once those are there.
func readWritten(r io.ReaderAt, buf []byte, at, solid int64) (p []byte, n int, err error) {
	if n, err = r.ReadAt(buf, at); err != nil && err != io.EOF {
		return nil, 0, fmt.Errorf("at byte %d: %w", at, err)
	}
	if p = buf[:n]; at+int64(n) <= solid {
		return p, n, nil
	}
	p = bytes.TrimRight(p, "\x00")
	if bytes.IndexByte(p, 0) < 0 {
		return p, n, nil
	}
	again, err := r.ReadAt(p, at)
	if err != nil && err != io.EOF {
		return nil, 0, fmt.Errorf("at byte %d: %w", at, err)
	}
	return p[:again], n, nil
}

// bulk reads the rest of the file on several goroutines, if it is large.
func (t *tail) bulk(ctx context.Context) error {
	info, err := t.file.Stat()
	if err != nil || t.copyCheck != nil {
		return err
	}
	size, at := info.Size(), t.gen.end()
	t.gen.now.unread = max(0, size-at)
	if size-at > int64(len(t.buf)) {
		t.gen.reportState()
	}
	if size-at < bulkBytes || len(t.head) < headBytes || t.gen.nulsOnly {
		return nil
	}
	if last := t.buf[:1]; readFull(t.file, last, size-1) != nil || last[0] == 0 {
		return nil // NULs at the end may be preallocated space: read leaves them
	}
	n, err := loader.Keep(ctx, t.gen.lines(), t.gen.store, t.file, size, t.workers)
	t.gen.now.unread = max(0, size-t.gen.end())
	if n > 0 {
		end := t.buf[:min(n, anchorBytes)]
		if err := readFull(t.gen.raw, end, t.gen.end()-int64(len(end))); err != nil {
			return err
		}
		t.remember(end)
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// remember keeps the last bytes that were read, as head and anchor.
func (t *tail) remember(p []byte) {
	if room := headBytes - len(t.head); room > 0 && t.at()-int64(len(p)) == int64(len(t.head)) {
		t.head = append(t.head, p[:min(room, len(p))]...)
		if t.copyCheck == nil {
			t.gen.setHead(t.head)
		}
	}
	t.anchor = append(t.anchor, p[max(0, len(p)-anchorBytes):]...)
	t.anchor = append(t.anchor[:0], t.anchor[max(0, len(t.anchor)-anchorBytes):]...)
}

// same reports whether the file still has the same head, and the same anchor before the offset.
func (t *tail) same() (bool, error) {
	ok, err := t.holds(t.head, 0)
	if !ok || err != nil {
		return false, err
	}
	return t.holds(t.anchor, t.at()-int64(len(t.anchor)))
}

// at returns the offset up to which the file was read or compared.
func (t *tail) at() int64 {
	if t.copyCheck != nil {
		return t.copyCheck.at
	}
	return t.gen.end()
}

func (t *tail) holds(want []byte, at int64) (bool, error) {
	var buf [headBytes]byte
	got := buf[:len(want)]
	err := readFull(t.file, got, at)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	return bytes.Equal(got, want), err
}

// readFull fills p, or returns io.EOF if r ends earlier.
func readFull(r io.ReaderAt, p []byte, at int64) error {
	n, err := r.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if err != nil && err != io.EOF {
		return fmt.Errorf("at byte %d: %w", at, err)
	}
	return io.EOF
}

// probe looks for other bytes after NULs that reach to byte at. If there are none the NULs are not read: the file was enlarged and
// will be filled later.
func (t *tail) probe(ctx context.Context, at int64) error {
	info, err := t.file.Stat()
	if err != nil {
		return err
	}
	began := time.Now()
	if info.Size() == t.nuls.size && info.ModTime().Equal(t.nuls.mtime) || began.Before(t.nuls.again) {
		return nil
	}
	for ctx.Err() == nil {
		n, err := t.file.ReadAt(t.buf, at)
		if i := len(bytes.TrimRight(t.buf[:n], "\x00")); i > 0 {
			t.nuls = nuls{solid: at + int64(i)}
			return nil
		}
		at += int64(n)
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("at byte %d: %w", at, err)
		}
	}
	now := time.Now()
	t.nuls = nuls{size: info.Size(), mtime: info.ModTime(), again: now.Add(probeShare * now.Sub(began))}
	if began.Sub(info.ModTime()) < clockTick {
		t.nuls.mtime = time.Time{} // a later write may have the same time
	}
	return nil
}

// moveTo sets head and anchor for reading on from byte at.
func (t *tail) moveTo(at int64) error {
	t.head = bytes.Clone(t.head[:min(at, int64(len(t.head)))]) // a clone, as generations share the head
	t.anchor, t.nuls = t.anchor[:min(at, int64(cap(t.anchor)), anchorBytes)], nuls{}
	if at == 0 {
		return nil
	}
	t.anchor = make([]byte, min(at, anchorBytes))
	return readFull(t.file, t.anchor, at-int64(len(t.anchor)))
}

// agreed compares the file with the bytes already read and returns the offset and the number of the last whole line that is still the
// same. ok is false if less than a head's length agrees: then the file is read from its start.
func (t *tail) agreed(ctx context.Context) (start, line int64, ok bool, err error) {
	same, err := t.holds(t.head, 0)
	if !same || err != nil || len(t.head) < headBytes {
		return 0, 1, false, err
	}
	was := make([]byte, len(t.buf))
	at, end := int64(0), t.gen.end()
	line = 1
	for at < end && ctx.Err() == nil {
		p := t.buf[:min(int64(len(t.buf)), end-at)]
		n, err := t.file.ReadAt(p, at)
		if err != nil && err != io.EOF {
			return 0, 1, false, fmt.Errorf("at byte %d: %w", at, err)
		}
		p = p[:common(t.gen.raw, p[:n], was[:n], at)]
		if i := bytes.LastIndexByte(p, '\n'); i >= 0 {
			start = at + int64(i) + 1
			line += int64(bytes.Count(p, []byte{'\n'}))
		}
		if at += int64(len(p)); len(p) < n || n == 0 {
			break
		}
	}
	if at < headBytes || ctx.Err() != nil {
		return 0, 1, false, ctx.Err()
	}
	return start, line, true, nil
}

// common returns how many bytes of p are the same in raw from offset at on. was is scratch memory as long as p.
func common(raw io.ReaderAt, p, was []byte, at int64) int {
	n, _ := raw.ReadAt(was, at) // bytes that cannot be read again count as different
	if p = p[:n]; bytes.Equal(p, was[:n]) {
		return n
	}
	for i := range p {
		if p[i] != was[i] {
			return i
		}
	}
	return n
}

// note says what happened to the file lately. It mentions a last line that has been incomplete for longer than idle.
func (t *tail) note(idle time.Duration) string {
	pending := ""
	if n := t.gen.pending(); n > 0 && time.Since(t.changed) > idle {
		pending = fmt.Sprintf("the last line has no end yet (%d bytes)", n)
	}
	return notes(t.gen.event, t.gen.place, t.trouble, pending)
}

// close closes the file and ends its source.
func (t *tail) close() {
	if t.release(); !t.once.begun() {
		t.gen.finish(false)
	}
}
