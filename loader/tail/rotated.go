package tail

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// siblings knows the files beside a path that have the names that rotation gives: audit.jsonl.1, audit-2026-11-22.jsonl.
// A file that was rotated away before it was ever seen at the path is found among them, as is the copy that was made before
// a truncation.
type siblings struct {
	path    string
	list    func(folder string) []os.DirEntry // sorted by name
	follows func(path string) bool            // reports whether a path is followed by its own name; may be nil
	known   []sibling
	read    heads // of files that were read before
}

// heads are the first bytes of files, up to headBytes.
type heads [][]byte

type sibling struct {
	name string
	info os.FileInfo
	head []byte
}

// maxHeads is how many files that were read are remembered.
const maxHeads = 64

// note remembers a file that was read by its first bytes.
func (s *siblings) note(head []byte) {
	if len(head) == 0 {
		return
	}
	s.read = append(s.read, bytes.Clone(head))
	s.read = s.read[max(0, len(s.read)-maxHeads):]
}

// include reports whether a file holds what was read already: whatever begins as a file that was read, and is not shorter
// than what is compared, is a copy of it.
func (hs heads) include(head []byte) bool {
	return slices.ContainsFunc(hs, func(h []byte) bool {
		return bytes.Equal(head, h) || len(h) == headBytes && bytes.HasPrefix(head, h)
	})
}

// mayInclude reports whether a file may become a copy of one that was read: there is not enough of it to tell.
func (hs heads) mayInclude(head []byte) bool {
	return slices.ContainsFunc(hs, func(h []byte) bool { return bytes.HasPrefix(h, head) })
}

// listFolder lists a folder as it is now. What can be listed is enough: without a list there is nothing to find.
func listFolder(folder string) []os.DirEntry {
	entries, _ := os.ReadDir(folder)
	return entries
}

// all lists the siblings there are.
func (s *siblings) all() (all []sibling) {
	folder, base := filepath.Split(s.path)
	entries := s.list(filepath.Clean(folder))
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	first, _ := slices.BinarySearchFunc(entries, stem, func(e os.DirEntry, stem string) int { return strings.Compare(e.Name(), stem) })
	for _, e := range entries[first:] {
		if !strings.HasPrefix(e.Name(), stem) {
			break
		}
		if !e.Type().IsRegular() || !rotatedName(base, e.Name()) {
			continue
		}
		if b := (sibling{name: filepath.Join(folder, e.Name())}); b.load() {
			all = append(all, b)
		}
	}
	slices.SortFunc(all, func(a, b sibling) int { return a.info.ModTime().Compare(b.info.ModTime()) })
	return all
}

// fresh lists the siblings that are not known, the one that was written first first. An empty one may become anything, and is
// never known.
func (s *siblings) fresh() (fresh []sibling) {
	var still []sibling
	for _, b := range s.all() {
		// Inode numbers are used again, and copies are written over, so an old file must also begin as it did.
		known := slices.ContainsFunc(s.known, func(k sibling) bool {
			return os.SameFile(k.info, b.info) && len(k.head) > 0 && bytes.HasPrefix(b.head, k.head)
		})
		if known {
			still = append(still, b)
		} else {
			fresh = append(fresh, b)
		}
	}
	s.known = still
	return fresh
}

// load reads what identifies the sibling.
func (b *sibling) load() bool {
	file, err := openShared(b.name)
	if err != nil {
		return false
	}
	defer file.Close()
	if b.info, err = file.Stat(); err != nil {
		return false
	}
	b.head = make([]byte, headBytes)
	n, _ := file.ReadAt(b.head, 0)
	b.head = b.head[:n]
	return true
}

// rotatedName reports whether name is what rotation makes of base: a number or a date is put behind it or before its
// extension, or one of few words behind it.
func rotatedName(base, name string) bool {
	ext := filepath.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if added, ok := strings.CutPrefix(name, base); ok {
		switch added {
		case "~", ".old", ".bak", ".prev", ".orig":
			return true
		}
		if isStamp(added) {
			return true
		}
	}
	added, ok := strings.CutPrefix(name, stem)
	if !ok || stem == "" {
		return false
	}
	added, ok = strings.CutSuffix(added, ext)
	return ok && isStamp(added)
}

// isStamp reports whether s is a number or a time with a separator before it.
func isStamp(s string) bool {
	return len(s) > 1 && strings.ContainsRune(".-_", rune(s[0])) && strings.ContainsAny(s, "0123456789") &&
		strings.Trim(s, "0123456789.-_:+TZ") == ""
}

// adopt looks for siblings that are new, and follows those that hold events as files that were at the path. It reports
// whether there are such.
func (f *follower) adopt() bool {
	began := time.Now()
	for _, b := range f.found.fresh() {
		if f.found.finds(b.name) {
			continue // it is found and compared by its own name
		}
		if f.adoptOne(b) {
			f.found.known = append(f.found.known, b)
		}
	}
	// A large folder is not listed all the time.
	f.adoptAgain = time.Now().Add(probeShare / 5 * time.Since(began))
	return len(f.adopted) > 0
}

// adoptOne decides what a new sibling is. It reports whether that is settled.
func (f *follower) adoptOne(b sibling) bool {
	if t := f.fileOf(b.info); t != nil {
		return t.reads(b) // what was written over it is settled when its tail has noticed
	}
	read := append(slices.Clone(f.found.read), f.heads()...)
	head := bytes.TrimLeft(b.head, "\ufeff \t\r\n\x00")
	switch {
	case read.include(b.head):
		return true
	case len(head) > 0 && head[0] != '{': // a compressed file, or none with events
		return true
	case read.mayInclude(b.head):
		return false
	}
	file, info, err := f.open(b.name)
	if err != nil {
		return false
	}
	// Look into the open files last: one that was truncated since the sibling was looked at shows it now.
	copied := func(t *tail) bool { return f.copiedAs(t, b) }
	if !os.SameFile(info, b.info) || slices.ContainsFunc(f.files, copied) {
		_ = file.Close()
		return false
	}
	t := f.newTail(b.name, file, info)
	t.gen = f.nextGeneration(fmt.Sprintf("found as %s: it was rotated before it could be read at the path", filepath.Base(b.name)))
	t.gen.now.unread = info.Size()
	stands(t.gen.to, b.name)
	f.adopted = append(f.adopted, t)
	return true
}

// copiedAs reports whether b is a copy of the tail's file that the tail itself takes care of. Either the file holds all that
// is known of the copy, and will be read. Or it was truncated after the copy was made, and what it held then will be read
// from the copy as soon as that is noticed.
func (f *follower) copiedAs(t *tail, b sibling) bool {
	var buf [headBytes]byte
	if ok, _ := f.awake(t); !ok {
		return false
	}
	n, _ := t.file.ReadAt(buf[:], 0) // a file that cannot be read now is not what it was either
	now := buf[:n]
	return bytes.HasPrefix(now, b.head) ||
		len(t.head) > 0 && bytes.HasPrefix(b.head, t.head) && !bytes.HasPrefix(now, t.head)
}

// reads reports whether b, which is the file of the tail, still is what the tail reads: its name may have been given to a
// copy that was written over it.
func (t *tail) reads(b sibling) bool { return bytes.HasPrefix(b.head, t.head) }

// tails lists the files of this path.
func (f *follower) tails() []*tail {
	tails := slices.Concat(f.retired, f.adopted)
	if f.cur != nil {
		tails = append(tails, f.cur)
	}
	return tails
}

// has reports whether a file is followed for this path.
func (f *follower) has(t *tail) bool {
	return f.cur == t || slices.Contains(f.retired, t) || slices.Contains(f.adopted, t)
}

// drop forgets a file that is followed at another path from now on.
func (f *follower) drop(t *tail) {
	if f.cur == t {
		f.setCurrent(nil)
	}
	other := func(o *tail) bool { return o == t }
	f.retired, f.adopted = slices.DeleteFunc(f.retired, other), slices.DeleteFunc(f.adopted, other)
}

// writtenOver reports whether a file that begins anew is not the log any more: it was rotated away, and now another is
// copied to the name it got. Such a file is a sibling like any other.
func (f *follower) writtenOver(t *tail) bool {
	return t != f.cur && slices.ContainsFunc(f.found.all(), func(b sibling) bool { return os.SameFile(b.info, t.info) })
}

// leave is called when a file is about to be read anew, while its tail still stands where it was.
func (f *follower) leave(t *tail) {
	for _, b := range f.found.all() {
		if o := f.fileOf(b.info); o != nil && o.doubt == nil && o.reads(b) {
			continue // all of it becomes rows already
		}
		if b.info.Size() > t.gen.end() && bytes.HasPrefix(b.head, t.head) {
			f.rescue(t, b)
		}
	}
	for _, o := range f.files {
		if o.doubt != nil && slices.Contains(o.doubt.of, t.gen) {
			if b := (sibling{name: o.path}); b.load() && b.info.Size() > t.gen.end() {
				f.rescue(t, b)
			}
		}
	}
	f.found.note(t.head)
	f.adopt()
	f.beside = time.Now().Add(f.grace())
}

// rescue reads on in a copy of the file that was made before it was truncated, if that is what b is.
func (f *follower) rescue(t *tail, b sibling) {
	file, _, err := f.open(b.name)
	if err != nil {
		return
	}
	defer file.Close()
	c := *t
	c.file = file
	if same, err := c.same(); !same || err != nil {
		return
	}
	from := t.gen.end()
	for f.ctx.Err() == nil {
		n, _ := file.ReadAt(t.buf, t.gen.end())
		p := bytes.TrimRight(t.buf[:n], "\x00")
		if len(p) == 0 {
			break
		}
		if t.gen.write(p) != nil {
			break // reading on in the file will tell
		}
		t.remember(p)
	}
	if n := t.gen.end() - from; n > 0 {
		t.gen.event = notes(t.gen.event, fmt.Sprintf("the last %d bytes were read from its copy %s", n, filepath.Base(b.name)))
	}
}
