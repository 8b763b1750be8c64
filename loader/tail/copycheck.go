package tail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"
)

// copyCheck compares a new file with what was read at other paths, as rotation by copying creates duplicates. As long as both
// agree, no line of the file becomes a row. From the first line that differs or is new it is read like any other file.
type copyCheck struct {
	of   []*generation // what it may be a copy of; all that was read, until the first bytes of the file have come
	at   int64         // the files agree up to here
	from int64         // offset of the last line before at
	line int64         // number of that line
}

// newCopyCheck returns the check of a file that was just found at the path, or nil if nothing was read at other paths. A copy of
// what was read at this path is read again.
func (f *follower) newCopyCheck() *copyCheck {
	if of := f.readElsewhere(f.path); len(of) > 0 {
		return &copyCheck{of: of, line: 1}
	}
	return nil
}

// compare checks the next bytes of a file that may be a copy. It reports whether there may be more.
func (f *follower) compare(t *tail) (more bool, err error) {
	info, err := t.file.Stat()
	if err != nil {
		return false, err
	}
	d, size := t.copyCheck, info.Size()
	if size == 0 && d.at == 0 {
		return false, nil
	}
	// The bytes of the copy were in the original first, so read the original to its end before comparing.
	of := d.of
	if d.at == 0 {
		of = nil // of any file
	}
	if err := f.peers.readFirst(of, size); err != nil {
		return false, err
	}
	p := t.buf[:max(0, min(int64(len(t.buf)), size-d.at))]
	n, err := t.file.ReadAt(p, d.at)
	if err != nil && err != io.EOF {
		return false, fmt.Errorf("at byte %d: %w", d.at, err)
	}
	if same, err := t.same(); !same || err != nil {
		t.head, t.anchor, t.copyCheck = nil, nil, f.newCopyCheck()
		t.changed = time.Now()
		return err == nil, err
	}
	if p = bytes.TrimRight(p[:n], "\x00"); len(p) == 0 {
		return t.settle(f.settle()), nil
	}
	if d.at == 0 {
		d.of = slices.DeleteFunc(f.readElsewhere(f.path), func(g *generation) bool { return !g.mayBegin(p) })
	}
	k, of := agreeing(d.of, p, d.at)
	t.agree(p[:k])
	if k == len(p) && len(of) > 0 {
		d.of = of
		return d.at < size, nil
	}
	return true, t.decide(of)
}

// mayBegin reports whether a copy can begin with p.
func (g *generation) mayBegin(p []byte) bool {
	n := min(len(p), len(g.head))
	return n > 0 && bytes.Equal(p[:n], g.head[:n])
}

// agreeing returns the generations that agree longest with p, which was read at offset at, and for how many bytes.
func agreeing(of []*generation, p []byte, at int64) (k int, longest []*generation) {
	was := make([]byte, len(p))
	for _, g := range of {
		switch n := common(g.raw, p, was, at); {
		case n > k:
			k, longest = n, []*generation{g}
		case n == k:
			longest = append(longest, g)
		}
	}
	return k, longest
}

// agree moves the check past bytes that agree.
func (t *tail) agree(p []byte) {
	d := t.copyCheck
	if i := bytes.LastIndexByte(p, '\n'); i >= 0 {
		d.from = d.at + int64(i) + 1
		d.line += int64(bytes.Count(p, []byte{'\n'}))
	}
	if d.at += int64(len(p)); len(p) > 0 {
		t.remember(p)
		t.changed = time.Now()
	}
}

// copied returns the generation of which the file is a copy, as far as compared, or nil if too few bytes agree to be sure.
func (d *copyCheck) copied(of []*generation) *generation {
	for _, g := range of {
		if d.at >= headBytes || d.at > 0 && d.at >= g.end() {
			return g
		}
	}
	return nil
}

// settle ends the check of a file that has been quiet for a while, if so few bytes agree that it may be chance: the file is then
// read. It reports whether it ended the check. A file that is known to be a copy stays unread, with a note.
func (t *tail) settle(quiet time.Duration) bool {
	d := t.copyCheck
	if d.at == 0 || time.Since(t.changed) < quiet {
		return false
	}
	if g := d.copied(d.of); g != nil {
		t.gen.place = fmt.Sprintf("a copy of %s, where it was read", filepath.Base(g.path))
		return false
	}
	return t.decide(nil) == nil
}

// decide ends the check: the file is a copy of one of these up to the bytes that agree, or not a copy.
func (t *tail) decide(of []*generation) error {
	d := t.copyCheck
	g := d.copied(of)
	if t.copyCheck = nil; g == nil {
		t.head, t.anchor, t.gen.head = nil, nil, nil
		return nil
	}
	if err := t.moveTo(d.from); err != nil {
		t.copyCheck = d
		return err
	}
	t.gen.resume(d.from, d.line, g.raw)
	t.gen.head = t.head
	t.gen.event = notes(t.gen.event, fmt.Sprintf("a copy of %s up to byte %d, read from there", filepath.Base(g.path), d.from))
	return nil
}

// letGo closes a file and ends its source. A file whose check has not ended is read first, unless it is known to be a copy.
func (f *follower) letGo(t *tail) {
	if d := t.copyCheck; d != nil && d.at > 0 && d.copied(d.of) == nil && t.file != nil {
		more, err := true, t.decide(nil)
		for more && err == nil {
			more, err = f.readNext(context.Background(), t)
		}
	}
	f.remove(t)
}
