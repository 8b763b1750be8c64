package tail

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pawprint/loader/glob"
)

// rotatedFiles finds the files beside a path whose names come from rotation: audit.jsonl.1, audit-2026-11-22.jsonl. Among them are
// files that were rotated before they were seen at the path, and copies that were made before a truncation.
type rotatedFiles struct {
	path    string
	folders folders
	follows func(path string) bool // reports whether a path is followed under its own name; may be nil
	known   []rotatedFile
	listed  *folderList // the folder in which names were found
	names   []string
	read    heads // of files that were read before
}

// heads are the first bytes of files, up to headBytes.
type heads [][]byte

type rotatedFile struct {
	name string
	info os.FileInfo
	head []byte
}

// maxHeads is how many heads of files that were read are kept.
const maxHeads = 64

// note remembers a file that was read by its first bytes.
func (s *rotatedFiles) note(head []byte) {
	if len(head) == 0 {
		return
	}
	s.read = append(s.read, bytes.Clone(head))
	s.read = s.read[max(0, len(s.read)-maxHeads):]
}

// include reports whether a file with this head was read already: a file that begins like one that was read, with at least as
// many bytes as are compared, is a copy of it.
func (hs heads) include(head []byte) bool {
	return slices.ContainsFunc(hs, func(h []byte) bool {
		return bytes.Equal(head, h) || len(h) == headBytes && bytes.HasPrefix(head, h)
	})
}

// mayInclude reports whether a file is too short to know whether it is a copy of one that was read.
func (hs heads) mayInclude(head []byte) bool {
	return slices.ContainsFunc(hs, func(h []byte) bool { return bytes.HasPrefix(h, head) })
}

// folders lists folders. A *lister is one.
type folders interface {
	// since returns what was in a folder at some time after the given one.
	since(folder string, after time.Time) *folderList
	// lately returns what was in a folder a moment ago.
	lately(folder string) *folderList
}

// noFolders is a world without folders.
type noFolders struct{}

func (noFolders) since(string, time.Time) *folderList { return &folderList{} }
func (noFolders) lately(string) *folderList           { return &folderList{} }

// folder is where the path is.
func (s *rotatedFiles) folder() string { return filepath.Dir(s.path) }

// in finds the names of rotated files in the folder.
func (s *rotatedFiles) in(list *folderList) []string {
	if s.listed == list {
		return s.names
	}
	s.listed, s.names = list, nil
	base := filepath.Base(s.path)
	stem := base
	if glob.Extension(base) != "" { // otherwise it was rotated itself, and each name in the folder may begin like it
		stem = strings.TrimSuffix(base, filepath.Ext(base))
	}
	first, _ := slices.BinarySearchFunc(list.entries, stem, func(e os.DirEntry, stem string) int { return strings.Compare(e.Name(), stem) })
	for _, e := range list.entries[first:] {
		if !strings.HasPrefix(e.Name(), stem) {
			break
		}
		if e.Type().IsRegular() && glob.IsRotatedName(base, e.Name()) {
			s.names = append(s.names, filepath.Join(s.folder(), e.Name()))
		}
	}
	return s.names
}

// all lists the rotated files that exist, oldest first.
func (s *rotatedFiles) all(list *folderList) []rotatedFile { return loadAll(s.in(list)) }

// loadAll reads what identifies files, and returns them in the order of their times.
func loadAll(names []string) (all []rotatedFile) {
	for _, name := range names {
		if b := (rotatedFile{name: name}); b.load() {
			all = append(all, b)
		}
	}
	slices.SortFunc(all, func(a, b rotatedFile) int { return a.info.ModTime().Compare(b.info.ModTime()) })
	return all
}

// others lists the rotated files that are not followed under their own names.
func (s *rotatedFiles) others(list *folderList) []rotatedFile {
	return loadAll(slices.DeleteFunc(slices.Clone(s.in(list)), s.finds))
}

// fresh lists unknown ones of the others, oldest first. An empty file may become anything, so it is never known.
func (s *rotatedFiles) fresh(list *folderList) (fresh []rotatedFile) {
	var still []rotatedFile
	for _, b := range s.others(list) {
		// Inode numbers are used again, and copies are overwritten, so a known file must also begin as it did.
		known := slices.ContainsFunc(s.known, func(k rotatedFile) bool {
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

// load reads what identifies the file.
func (b *rotatedFile) load() bool {
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

// followRotated looks for new rotated files in the folder and follows those with events, as files that were at the path. It reports
// whether there are any.
func (f *follower) followRotated(list *folderList) bool {
	for _, b := range f.beside.fresh(list) {
		if f.followRotatedFile(b) {
			f.beside.known = append(f.beside.known, b)
		}
	}
	return len(f.foundRotated) > 0
}

// followRotatedFile decides what to do with a new rotated file. It reports whether the file need not be looked at again.
func (f *follower) followRotatedFile(b rotatedFile) bool {
	if t := f.files.of(b.info); t != nil {
		return t.holdsHead(b) // if it was overwritten, its tail has to notice first
	}
	head := bytes.TrimLeft(b.head, "\ufeff \t\r\n\x00")
	switch {
	case f.beside.read.include(b.head), f.past.include(b.head):
		return true
	case len(head) > 0 && head[0] != '{': // a compressed file, or one without events
		return true
	case f.beside.read.mayInclude(b.head), f.past.mayInclude(b.head):
		return false
	}
	file, info, err := f.open(b.name)
	if err != nil {
		return false
	}
	// Check the open files last, to notice one that was truncated since b was read.
	copied := func(t *tail) bool { return f.copiedAs(t, b) }
	if !os.SameFile(info, b.info) || slices.ContainsFunc(f.mayBegin(b.head), copied) {
		_ = file.Close()
		return false
	}
	t := f.newTail(b.name, file, info)
	t.reads(f.nextGeneration(fmt.Sprintf("found as %s: it was rotated before it could be read at the path", filepath.Base(b.name))))
	t.gen.now.unread = info.Size()
	setPlace(t.gen.to, b.name)
	f.foundRotated = append(f.foundRotated, t)
	return true
}

// mayBegin returns the files of this path, and those at other paths of which a rotated file with this head may be a copy that no copy
// check will recognise.
func (f *follower) mayBegin(head []byte) []*tail {
	tails := append(f.tails(), f.blank...)
	for _, g := range f.past.alike(head) {
		if g.tail != nil && g.tail.owner != f {
			tails = append(tails, g.tail)
		}
	}
	return tails
}

// copiedAs reports whether b is a copy of the tail's file and need not be followed. Either the file still holds all known bytes of
// the copy and will be read, or it was truncated after the copy was made; then rescue reads the rest from the copy.
func (f *follower) copiedAs(t *tail, b rotatedFile) bool {
	var buf [headBytes]byte
	if ok, _ := f.reopen(t); !ok {
		return false
	}
	n, _ := t.file.ReadAt(buf[:], 0) // a file that cannot be read counts as changed
	now := buf[:n]
	return bytes.HasPrefix(now, b.head) ||
		len(t.head) > 0 && bytes.HasPrefix(b.head, t.head) && !bytes.HasPrefix(now, t.head)
}

// holdsHead reports whether b, which is the tail's file, still holds what the tail reads: a copy may have been written over it.
func (t *tail) holdsHead(b rotatedFile) bool { return bytes.HasPrefix(b.head, t.head) }

// tails lists the files of this path.
func (f *follower) tails() []*tail {
	tails := slices.Concat(f.rotated, f.foundRotated)
	if f.cur != nil {
		tails = append(tails, f.cur)
	}
	return tails
}

// has reports whether a file belongs to this path.
func (f *follower) has(t *tail) bool {
	return f.cur == t || slices.Contains(f.rotated, t) || slices.Contains(f.foundRotated, t)
}

// drop removes a file that is followed at another path from now on.
func (f *follower) drop(t *tail) {
	if f.cur == t {
		f.setCurrent(nil)
	}
	other := func(o *tail) bool { return o == t }
	f.rotated, f.foundRotated = slices.DeleteFunc(f.rotated, other), slices.DeleteFunc(f.foundRotated, other)
}

// writtenOver reports whether a rewritten file is no longer the log: it was rotated, and now another file is copied over it. Such a
// file is a rotated file like any other.
func (f *follower) writtenOver(t *tail, list *folderList) bool {
	return t != f.cur && slices.ContainsFunc(f.beside.all(list), func(b rotatedFile) bool { return os.SameFile(b.info, t.info) })
}

// beforeRestart saves what can be lost when a rewritten file is read anew: lines that only a copy still holds.
func (f *follower) beforeRestart(t *tail, list *folderList) {
	for _, b := range f.beside.all(list) {
		if o := f.files.of(b.info); o != nil && o.copyCheck == nil && o.holdsHead(b) {
			continue // all of it is being read already
		}
		if b.info.Size() > t.gen.end() && bytes.HasPrefix(b.head, t.head) {
			f.rescue(t, b)
		}
	}
	for o := range f.files.all {
		if o.copyCheck.mayBeOf(t.gen) {
			if b := (rotatedFile{name: o.path}); b.load() && b.info.Size() > t.gen.end() {
				f.rescue(t, b)
			}
		}
	}
	f.beside.note(t.head)
	f.followRotated(list)
	f.scanRotatedUntil = time.Now().Add(f.grace())
}

// rescue continues reading in b, if that is a copy of the file from before it was truncated.
func (f *follower) rescue(t *tail, b rotatedFile) {
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
			break // reading the file itself reports the error
		}
		t.remember(p)
	}
	if n := t.gen.end() - from; n > 0 {
		t.gen.event = notes(t.gen.event, fmt.Sprintf("the last %d bytes were read from its copy %s", n, filepath.Base(b.name)))
	}
}
