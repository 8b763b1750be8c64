package tail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"time"
)

// copyCheck compares a new file with what was read at other paths, as rotation by copying creates duplicates. As long as both
// agree, no line of the file becomes a row. From the first line that differs or is new it is read like any other file.
type copyCheck struct {
	of   []*generation // what it may be a copy of; not known until the first bytes of the file have come
	at   int64         // the files agree up to here
	from int64         // offset of the last line before at
	line int64         // number of that line
	note string        // what was said about it
}

// checkCopy begins the check of a file that was just found at the path, unless nothing was read at other paths. A copy of what was
// read at this path is read again.
func (f *follower) checkCopy(t *tail) {
	for g := range f.past.all {
		if g.path != f.path {
			t.copyCheck = &copyCheck{line: 1}
			return
		}
	}
	t.copyCheck = nil
	if !slices.Contains(f.blank, t) {
		f.blank = append(f.blank, t)
	}
}

// mayBeOf reports whether the file may be a copy of what was read into g. d may be nil.
func (d *copyCheck) mayBeOf(g *generation) bool {
	return d != nil && (d.at == 0 || slices.Contains(d.of, g))
}

// readElsewhere returns what was read at other paths and begins with head, or that head may begin with.
func (f *follower) readElsewhere(head []byte) []*generation {
	return slices.DeleteFunc(f.past.alike(head), func(g *generation) bool { return g.path == f.path })
}

// readBlank reads the files that have no copy check and of which nothing was read yet: any file may be a copy of them.
func (f *follower) readBlank() error {
	f.blank = slices.DeleteFunc(f.blank, func(t *tail) bool { return t.gen.end() > 0 || t.once != nil || t.gone })
	for _, t := range slices.Clone(f.blank) {
		if t.busy == 0 && t.owner != f {
			if err := t.owner.readOn(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// readFirst reads on in the files of these generations that grew, if less than size bytes of them were read.
func readFirst(of []*generation, size int64) error {
	for _, g := range of {
		t := g.tail
		if t == nil || t.once != nil || t.gone || t.busy > 0 || g.end() >= size {
			continue
		}
		if err := t.owner.readOn(t); err != nil {
			return err
		}
	}
	return nil
}

// candidates returns what a file may be a copy of by its first bytes, after reading on in those files.
func (f *follower) candidates(t *tail, size int64) ([]*generation, error) {
	var head [headBytes]byte
	n, err := t.file.ReadAt(head[:min(headBytes, size)], 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("at byte 0: %w", err)
	}
	first := bytes.TrimRight(head[:n], "\x00")
	if err := f.readBlank(); err != nil {
		return nil, err
	}
	if err := readFirst(f.readElsewhere(first), math.MaxInt64); err != nil {
		return nil, err
	}
	return f.readElsewhere(first), nil
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
	if d.at == 0 {
		d.of, err = f.candidates(t, size)
	} else {
		err = readFirst(d.of, size)
	}
	if err != nil {
		return false, err
	}
	p := t.buf[:max(0, min(int64(len(t.buf)), size-d.at))]
	n, err := t.file.ReadAt(p, d.at)
	if err != nil && err != io.EOF {
		return false, fmt.Errorf("at byte %d: %w", d.at, err)
	}
	if same, err := t.same(); !same || err != nil {
		t.head, t.anchor = nil, nil
		t.forgetCopy(d)
		f.checkCopy(t)
		t.changed = time.Now()
		return err == nil, err
	}
	if p = bytes.TrimRight(p[:n], "\x00"); len(p) == 0 {
		return t.settle(f.settle()), nil
	}
	k, of := agreeing(d.of, p, d.at)
	t.agree(p[:k])
	if k == len(p) && len(of) > 0 {
		if d.of = of; d.at >= size {
			t.noteCopy()
		}
		return d.at < size, nil
	}
	return true, t.decide(of)
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
	if d.copied(d.of) != nil {
		t.noteCopy()
		return false
	}
	return t.decide(nil) == nil
}

// noteCopy says of a file that agrees to its end why nothing of it is read.
func (t *tail) noteCopy() {
	d := t.copyCheck
	if g := d.copied(d.of); g != nil {
		t.gen.now.copy, d.note = true, fmt.Sprintf("a copy of %s, which was read", filepath.Base(g.path))
	} else {
		d.note = fmt.Sprintf("starts like %s and is compared before it is read", filepath.Base(d.of[0].path))
	}
	t.gen.place = d.note
}

// forgetCopy takes back what noteCopy said, at once: no row may come from a source that is still reported as not read.
func (t *tail) forgetCopy(d *copyCheck) {
	if t.gen.now.copy = false; t.gen.place == d.note {
		t.gen.place = ""
	}
	if g := t.gen; d.note != "" && g.shown.note != "" {
		g.now.note = notes(g.event, g.place)
		g.reportState()
	}
}

// decide ends the check: the file is a copy of one of these up to the bytes that agree, or not a copy.
func (t *tail) decide(of []*generation) error {
	d := t.copyCheck
	g := d.copied(of)
	t.forgetCopy(d)
	if t.copyCheck = nil; g == nil {
		t.head, t.anchor = nil, nil
		t.gen.setHead(nil)
		return nil
	}
	if err := t.moveTo(d.from); err != nil {
		t.copyCheck = d
		return err
	}
	t.gen.resume(d.from, d.line, g.raw)
	t.gen.setHead(t.head)
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
