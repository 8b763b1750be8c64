package tail

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pawprint/loader/glob"
	"pawprint/model"
)

// root is one argument: a file, the files in a folder, or those that match one alternative of a glob.
type root struct {
	arg     string
	at      int          // its place among the arguments
	path    string       // the only path it stands for, or empty
	pattern glob.Pattern // the files of the root, if its path is a folder

	named bool // there is no folder at the path: it is listed as a file, whether it is there or not
	files int  // found by the last listing
	ever  bool // some file was found once
}

// missing returns what is being waited for, if there is no file.
func (r *root) missing() string {
	switch info, err := os.Stat(r.pattern.Base); {
	case r.named || r.files > 0:
		return ""
	case err == nil && info.IsDir():
		return "waiting: there is no file yet"
	case err == nil:
		return "waiting: " + r.pattern.Base + " is not a folder"
	case cause(err) == causeMissing:
		return "waiting: the folder does not exist"
	default:
		return "waiting: " + cause(err)
	}
}

// newRoots makes a root of a path, and one of each alternative of a glob.
func newRoots(arg string) ([]root, error) {
	if !glob.Is(arg) {
		path := filepath.Clean(arg)
		return []root{{arg: arg, path: path, pattern: glob.Logs(path)}}, nil
	}
	patterns, err := glob.Parse(arg)
	roots := make([]root, len(patterns))
	for i, p := range patterns {
		roots[i] = root{arg: arg, path: p.Path(), pattern: p}
	}
	return roots, err
}

// lister lists the files that roots stand for, again and again. It is for one goroutine.
type lister struct {
	roots   []root
	byBase  map[string][]int // roots, by the folder that all their files are in, and by their path
	wrong   []wrongGlob
	enter   func(folder string) // called before a folder is read
	folders map[string]*folderList
	round   int
	walk    glob.Walk
	at      int // the place of the argument that is walked
	found   []listed
	leftOut map[string]string                          // the reasons why the last listing left out paths, by path
	readDir func(folder string) ([]fs.DirEntry, error) // tests replace it
}

// wrongGlob is the error of an argument that is not a valid pattern.
type wrongGlob struct {
	arg string
	err error
}

// Error says what is wrong with the pattern.
func (w wrongGlob) Error() string { return "following " + w.err.Error() }

// listed is a file that is followed.
type listed struct {
	path   string
	link   bool     // the path is a link
	linked bool     // the path is a link, or goes through one
	arg    bool     // the path was named by the user
	at     int      // the place of its argument
	name   string   // the path as it was named, if it was
	again  []string // names by which later arguments list it too
}

func newLister(args []string, enter func(folder string)) *lister {
	l := &lister{enter: enter, folders: map[string]*folderList{}, readDir: os.ReadDir}
	l.walk = glob.Walk{Enter: enter, Read: l.read, Found: l.file, LeftOut: func(path, reason string) { l.leftOut[path] = reason }}
	for at, arg := range args {
		roots, err := newRoots(arg)
		for i := range roots {
			roots[i].at = at
		}
		if err != nil {
			l.wrong = append(l.wrong, wrongGlob{arg, err})
		}
		l.roots = append(l.roots, roots...)
	}
	l.byBase = make(map[string][]int, len(l.roots))
	for i, r := range l.roots {
		l.byBase[r.pattern.Base] = append(l.byBase[r.pattern.Base], i)
		if r.path != "" && r.path != r.pattern.Base {
			l.byBase[r.path] = append(l.byBase[r.path], i)
		}
	}
	return l
}

// list returns the files that exist now, in the order of the arguments and links last among those of one, and all paths that were named,
// whether files exist there or not.
func (l *lister) list() []listed {
	l.round++
	l.found, l.leftOut = nil, map[string]string{}
	for i := range l.roots {
		r, before := &l.roots[i], len(l.found)
		l.listRoot(r)
		r.files = len(l.found) - before
		r.ever = r.ever || r.files > 0
	}
	for folder, known := range l.folders {
		if known.round != l.round {
			delete(l.folders, folder)
		}
	}
	slices.SortFunc(l.found, func(a, b listed) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(boolInt(a.linked), boolInt(b.linked)), strings.Compare(a.path, b.path))
	})
	if len(l.roots) == 1 {
		return l.found
	}
	return unique(l.found)
}

// unique returns each path once, where it is listed first. It notes by which arguments the path is listed too.
func unique(all []listed) []listed {
	kept, index := all[:0], make(map[string]int, len(all))
	for _, one := range all {
		at, known := index[one.path]
		if !known {
			index[one.path] = len(kept)
			kept = append(kept, one)
			continue
		}
		first := &kept[at]
		if first.arg = first.arg || one.arg; first.at != one.at {
			first.again = append(first.again, one.name)
		}
	}
	return kept
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// countLeftOut counts what the last listing left out, except of paths that were found all the same.
func (l *lister) countLeftOut(found func(path string) bool) model.LeftOut {
	var sum model.LeftOut
	if len(l.roots) == 1 {
		sum.From = model.NewText(l.roots[0].arg)
	}
	for path, reason := range l.leftOut {
		if !found(path) {
			sum.Add(reason, 1)
		}
	}
	return sum
}

func (l *lister) listRoot(r *root) {
	l.at = r.at
	info, err := os.Stat(r.path)
	folder := err == nil && info.IsDir() || strings.HasSuffix(r.arg, string(filepath.Separator))
	if r.named = r.path != "" && !folder; !r.named {
		l.walk.Pattern(r.pattern)
		return
	}
	l.enter(filepath.Dir(r.path))
	info, err = os.Lstat(r.path)
	link := err == nil && info.Mode()&fs.ModeSymlink != 0
	l.found = append(l.found, listed{path: r.path, link: link, linked: link, arg: true, at: r.at, name: r.arg})
}

// file takes a file that the walk found. A link that leads nowhere is followed once it leads somewhere.
func (l *lister) file(f glob.File) {
	if !f.Dangling {
		l.found = append(l.found, listed{path: f.Path, link: f.Link, linked: f.Linked, arg: f.Named, at: l.at, name: f.Path})
	}
}

// matches reports whether a path would be listed if a file were there.
func (l *lister) matches(path string) bool {
	for base := filepath.Clean(path); ; base = filepath.Dir(base) {
		for _, i := range l.byBase[base] {
			if l.roots[i].matches(path) {
				return true
			}
		}
		if filepath.Dir(base) == base {
			return false
		}
	}
}

// matches reports whether a path would be listed for the root if a file were there.
func (r *root) matches(path string) bool {
	if path == r.path {
		return true
	}
	below, err := filepath.Rel(r.pattern.Base, path)
	outside := err != nil || below == ".." || strings.HasPrefix(below, ".."+string(filepath.Separator))
	return !outside && r.pattern.Match(strings.Split(filepath.ToSlash(below), "/"))
}
