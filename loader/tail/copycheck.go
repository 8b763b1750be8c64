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

// doubt is about a new file that may be a copy of what was read elsewhere, as rotation by copying makes them. As long as it
// agrees nothing in it becomes a row; from the line on in which it differs, or goes on, it is a file like any other.
type doubt struct {
	of   []*generation // what it may be a copy of; all of it before its first bytes are there
	at   int64         // up to here it agrees
	from int64         // where the last line begins up to there
	line int64         // and its number
}

// newDoubt gives the doubt about a file that was just found at the path, or nil if there is nothing that it can be a copy of.
// What is found at a path for a second time is no copy of what was there at first: it is read again.
func (f *follower) newDoubt() *doubt {
	if of := f.readElsewhere(f.path); len(of) > 0 {
		return &doubt{of: of, line: 1}
	}
	return nil
}

// compare takes the next bytes of a file in doubt. It reports whether there may be more.
func (f *follower) compare(t *tail) (more bool, err error) {
	info, err := t.file.Stat()
	if err != nil {
		return false, err
	}
	d, size := t.doubt, info.Size()
	if size == 0 && d.at == 0 {
		return false, nil
	}
	// What the copy holds now was in the file before: read that first.
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
		t.head, t.anchor, t.doubt = nil, nil, f.newDoubt()
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

// mayBegin reports whether p can be how a copy begins.
func (g *generation) mayBegin(p []byte) bool {
	n := min(len(p), len(g.head))
	return n > 0 && bytes.Equal(p[:n], g.head[:n])
}

// agreeing gives the generations that agree longest with p, which stands at byte at, and how long that is.
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

// agree goes on behind bytes that agree.
func (t *tail) agree(p []byte) {
	d := t.doubt
	if i := bytes.LastIndexByte(p, '\n'); i >= 0 {
		d.from = d.at + int64(i) + 1
		d.line += int64(bytes.Count(p, []byte{'\n'}))
	}
	if d.at += int64(len(p)); len(p) > 0 {
		t.remember(p)
		t.changed = time.Now()
	}
}

// copied gives what the file is a copy of as far as it was looked at, or nil if too little agrees to tell.
func (d *doubt) copied(of []*generation) *generation {
	for _, g := range of {
		if d.at >= headBytes || d.at > 0 && d.at >= g.end() {
			return g
		}
	}
	return nil
}

// settle is for a file in doubt that did not grow, and is taken for complete when it was quiet for so long. If so little agrees that it may be chance it is read. It reports whether
// that is so.
func (t *tail) settle(quiet time.Duration) bool {
	d := t.doubt
	if d.at == 0 || time.Since(t.changed) < quiet {
		return false
	}
	if g := d.copied(d.of); g != nil {
		t.gen.place = fmt.Sprintf("a copy of %s, where it was read", filepath.Base(g.path))
		return false
	}
	return t.decide(nil) == nil
}

// decide ends the doubt: the file is a copy up to where it agrees with one of these, or none at all.
func (t *tail) decide(of []*generation) error {
	d := t.doubt
	g := d.copied(of)
	if t.doubt = nil; g == nil {
		t.head, t.anchor, t.gen.head = nil, nil, nil
		return nil
	}
	if err := t.standAt(d.from); err != nil {
		t.doubt = d
		return err
	}
	t.gen.resume(d.from, d.line, g.raw)
	t.gen.head = t.head
	t.gen.event = notes(t.gen.event, fmt.Sprintf("a copy of %s up to byte %d, read from there", filepath.Base(g.path), d.from))
	return nil
}

// letGo closes a file and ends its source. One that is still in doubt is read before, unless something tells that it is a copy.
func (f *follower) letGo(t *tail) {
	if d := t.doubt; d != nil && d.at > 0 && d.copied(d.of) == nil && t.file != nil {
		more, err := true, t.decide(nil)
		for more && err == nil {
			more, err = f.readNext(context.Background(), t)
		}
	}
	f.remove(t)
}
