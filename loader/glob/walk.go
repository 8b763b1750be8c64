package glob

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// File is a file that a walk found, or a link that leads to one or nowhere.
type File struct {
	Path     string
	Link     bool // it is a link itself
	Linked   bool // it is a link, or is in a folder that was reached by one
	Dangling bool // it is a link that leads nowhere
	Named    bool // the pattern has no wildcard for its name: it may also be a pipe or a device
}

// Walk finds the files of patterns. It follows links last, so that a file is found by its own path first. It visits each folder
// once for each index in a pattern, so that links cause neither loops nor duplicates. A walk is for one goroutine.
type Walk struct {
	// Enter is called with a folder before anything in it is read, possibly more than once. May be nil.
	Enter func(folder string)
	// Read lists a folder, or reports itself why it cannot. info and err are the results of os.Stat for it. Required.
	Read func(folder string, info fs.FileInfo, err error) []fs.DirEntry
	// Failed is called with errors of looking up a path, except that nothing is there. May be nil.
	Failed func(error)
	// Found is called with each file. Required.
	Found func(File)
	// LeftOut is called for what is left out, with the reason: what is hidden; in folders of Logs what is not named like a log; and
	// what matches but is not a file. It may be called with a path more than once. May be nil.
	LeftOut func(path, reason string)

	pattern Pattern
	seen    map[visit]bool
	linked  bool     // the folder being visited was reached by a link
	links   []branch // to folders, to be visited later
}

// visit is a folder that was listed for an index in a pattern. Folders are identified by Place.
type visit struct {
	folder any
	place  int
}

// branch is a folder to visit later, with the names of the pattern from an index on.
type branch struct {
	folder string
	place  int
}

// Pattern finds the files that match a pattern.
func (w *Walk) Pattern(p Pattern) {
	w.pattern, w.seen, w.linked = p, map[visit]bool{}, false
	w.visit(p.Base, 0)
	for w.linked = true; len(w.links) > 0; {
		next := w.links[0]
		w.links = w.links[1:]
		w.visit(next.folder, next.place)
	}
}

// visit finds the files in a folder that match the names of the pattern from index place on.
func (w *Walk) visit(folder string, place int) {
	if n := w.pattern.names[place]; n.exact {
		w.exact(folder, n.literal, place)
		return
	}
	if w.Enter != nil {
		w.Enter(folder)
	}
	info, err := os.Stat(folder)
	var at any
	if err == nil {
		at = Place(folder, info)
	}
	if err == nil && !w.fresh(at, place) {
		return
	}
	w.entries(folder, at, w.Read(folder, info, err), place)
}

// fresh reports whether this is the first visit of a folder for an index in the pattern, and notes the visit.
func (w *Walk) fresh(folder any, place int) bool {
	v := visit{folder, place}
	if w.seen[v] {
		return false
	}
	w.seen[v] = true
	return true
}

// entries visits the entries of a folder.
func (w *Walk) entries(folder string, at any, entries []fs.DirEntry, place int) {
	n := w.pattern.names[place]
	last, next := place == len(w.pattern.names)-1, place+1
	if cross := n.pattern == anyFolders; cross {
		if !last {
			w.without(folder, at, entries, next)
		}
		next = place
	}
	for _, e := range entries {
		if !n.match(e.Name()) {
			if (last || e.IsDir()) && hidden(e.Name()) && matchText(n.pattern, e.Name()) {
				w.leftOut(filepath.Join(folder, e.Name()), Hidden)
			}
			continue
		}
		f := File{Path: filepath.Join(folder, e.Name())}
		mode := f.look(e)
		f.Linked = f.Link || w.linked
		switch {
		case mode.IsDir() && next < len(w.pattern.names):
			w.descend(f.Path, next, f.Link)
		case mode.IsDir() && last:
			w.leftOut(f.Path, Folders)
		case !mode.IsDir() && last:
			w.file(f, e.Name(), mode)
		}
	}
}

// without matches the entries of a folder with the name after **, which then stands for no folder.
func (w *Walk) without(folder string, at any, entries []fs.DirEntry, place int) {
	if w.pattern.names[place].exact {
		w.visit(folder, place)
	} else if at == nil || w.fresh(at, place) {
		w.entries(folder, at, entries, place)
	}
}

// look notes whether an entry is a link, and returns the type of the entry or of the link's target.
func (f *File) look(e fs.DirEntry) fs.FileMode {
	if f.Link = e.Type()&fs.ModeSymlink != 0; !f.Link {
		return e.Type()
	}
	info, err := os.Stat(f.Path)
	if f.Dangling = err != nil; f.Dangling {
		return e.Type()
	}
	return info.Mode().Type()
}

// descend visits a folder: at once, or later if a link leads to it.
func (w *Walk) descend(folder string, place int, link bool) {
	if link {
		w.links = append(w.links, branch{folder, place})
		return
	}
	w.visit(folder, place)
}

// file reports a file that matches as found, unless reading it might block, as with a pipe.
func (w *Walk) file(f File, name string, mode fs.FileMode) {
	switch {
	case !mode.IsRegular() && !f.Dangling:
		w.leftOut(f.Path, NoFiles)
	case w.pattern.logs && !IsLogName(name):
		w.leftOut(f.Path, reasonOf(name))
	default:
		w.Found(f)
	}
}

func (w *Walk) leftOut(path, reason string) {
	if w.LeftOut != nil {
		w.LeftOut(path, reason)
	}
}

// exact continues with a name without wildcards. It looks that name up, so the folder need not be readable.
func (w *Walk) exact(folder, text string, place int) {
	if text == noName {
		return
	}
	last := place == len(w.pattern.names)-1
	if w.Enter != nil {
		w.Enter(folder)
	}
	path := filepath.Join(folder, text)
	info, err := os.Lstat(path)
	link := err == nil && info.Mode()&fs.ModeSymlink != 0
	if link {
		info, err = os.Stat(path)
	}
	switch {
	case err != nil:
		if w.Failed != nil && !Missing(err) {
			w.Failed(err)
		}
	case info.IsDir() && !last:
		w.descend(path, place+1, link)
	case !info.IsDir() && last:
		w.Found(File{Path: path, Link: link, Linked: link || w.linked, Named: true})
	}
}

// Missing reports whether an error says that nothing is at a path.
func Missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}
