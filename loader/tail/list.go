package tail

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pawprint/loader"
)

// root is what one argument stands for: a file, the files in a folder, or those that match a glob.
type root struct {
	arg     string
	base    string   // the folder to walk
	pattern []string // by folder; nil for an argument that is a path

	named bool // it stands for a file, which is listed whether it is there or not
	files int  // that were found last
	ever  bool // that there were any
}

// missing says what there is to wait for, if there is no file.
func (r *root) missing() string {
	switch info, err := os.Stat(r.base); {
	case r.named || r.files > 0:
		return ""
	case err == nil && info.IsDir():
		return "waiting: there is no file yet"
	case err == nil:
		return "waiting: " + r.base + " is no folder"
	case cause(err) == causeMissing:
		return "waiting: the folder does not exist"
	default:
		return "waiting: " + cause(err)
	}
}

// newRoots takes an argument for a glob if it has the signs of one and there is no file of that name. Each alternative in
// its braces is a root.
func newRoots(arg string) (roots []root) {
	clean := filepath.Clean(arg)
	if _, err := os.Lstat(clean); err == nil || !strings.ContainsAny(arg, globSigns) {
		return []root{{arg: arg, base: clean}}
	}
	for _, text := range alternatives(filepath.ToSlash(clean)) {
		parts := strings.Split(text, "/")
		n := slices.IndexFunc(parts, func(p string) bool { return strings.ContainsAny(p, globSigns) })
		if n < 0 {
			roots = append(roots, root{arg: arg, base: filepath.FromSlash(text)})
			continue
		}
		base := strings.Join(parts[:n], "/")
		switch {
		case base == "" && n > 0:
			base = "/"
		case base == "":
			base = "."
		}
		pattern := slices.CompactFunc(parts[n:], func(a, b string) bool { return a == "**" && b == a })
		for i := range pattern {
			pattern[i] = strings.ReplaceAll(pattern[i], "[!", "[^")
		}
		roots = append(roots, root{arg: arg, base: filepath.FromSlash(base), pattern: pattern})
	}
	return roots
}

// globSigns are what makes a path a glob.
const globSigns = "*?[{"

// alternatives writes out the braces of a glob, {a,b} as a and b. One that is not closed stands for itself.
func alternatives(glob string) []string {
	open, depth, from := -1, 0, 0
	var options []string
	for i := 0; i < len(glob); i++ {
		switch c := glob[i]; {
		case c == '\\':
			i++
		case c == '{':
			if depth++; depth == 1 {
				open, from = i, i+1
			}
		case c == ',' && depth == 1, c == '}' && depth == 1:
			options, from = append(options, glob[from:i]), i+1
			if c == ',' {
				continue
			}
			var all []string
			for _, o := range options {
				all = append(all, alternatives(glob[:open]+o+glob[i+1:])...)
			}
			return all
		case c == '}' && depth > 1:
			depth--
		}
	}
	return []string{glob}
}

// matches reports whether a file, named by its folders below the base, is one that is followed.
func (r *root) matches(names []string) bool {
	if r.pattern == nil {
		hidden := slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, ".") })
		return !hidden && loader.IsLogName(names[len(names)-1])
	}
	return matchPath(r.pattern, names, false)
}

// descends reports whether files that are followed can be in a folder.
func (r *root) descends(names []string) bool {
	if r.pattern == nil {
		return !strings.HasPrefix(names[len(names)-1], ".")
	}
	return matchPath(r.pattern, names, true)
}

// matchPath matches a path by its parts; ** stands for any number of folders. A sign never stands for the point at the
// begin of a hidden name. With partial the path need only be the begin of one that matches.
func matchPath(pattern, names []string, partial bool) bool {
	switch {
	case len(names) == 0:
		return partial && len(pattern) > 0 || len(pattern) == 0 || len(pattern) == 1 && pattern[0] == "**"
	case len(pattern) == 0:
		return false
	case pattern[0] == "**":
		if matchPath(pattern[1:], names, partial) {
			return true
		}
		return !strings.HasPrefix(names[0], ".") && matchPath(pattern, names[1:], partial)
	}
	if strings.HasPrefix(names[0], ".") && !strings.HasPrefix(pattern[0], ".") {
		return false
	}
	ok, err := path.Match(pattern[0], names[0])
	return ok && err == nil && matchPath(pattern[1:], names[1:], partial)
}

// lister lists the files that roots stand for, again and again. It is for one goroutine.
type lister struct {
	roots   []root
	wrong   []wrongGlob
	enter   func(folder string) // called before a folder is read
	folders map[string]*folderList
	round   int
	visited map[int64][]os.FileInfo // for the present root, by the time of the folder's last change
	links   []linkedFolder          // folders behind links: they come last, so that a file is known by its own path
	found   []listed
}

// wrongGlob is an argument that is no valid pattern.
type wrongGlob struct {
	arg string
	err error
}

// Error says what is wrong with the pattern.
func (w wrongGlob) Error() string { return "following " + w.err.Error() }

// listed is a file that is followed.
type listed struct {
	path string
	link bool // the path is a link
	arg  bool // the path was named by the user
}

// folderList is what a folder held when it was read last.
type folderList struct {
	info    os.FileInfo
	read    time.Time
	entries []fs.DirEntry
	round   int
}

type linkedFolder struct {
	root  *root
	path  string
	names []string
}

const (
	// freshFolder is how long ago the last change to a folder must have been for its time to tell of the next.
	freshFolder = 3 * time.Second
	// rereadFolder is how often a folder is read although its time of change is the same.
	rereadFolder = 30 * time.Second
	// maxDepth bounds folders in folders, should links defeat all else.
	maxDepth = 64
)

func newLister(args []string, enter func(folder string)) *lister {
	l := &lister{enter: enter, folders: map[string]*folderList{}}
	for _, arg := range args {
		roots := newRoots(arg)
		if roots[0].pattern != nil {
			if _, err := loader.ListGlob(arg); err != nil {
				l.wrong = append(l.wrong, wrongGlob{arg, err})
				continue
			}
		}
		l.roots = append(l.roots, roots...)
	}
	return l
}

// list gives the files that there are now, links last, and the paths that were named whether there are files or not.
func (l *lister) list() []listed {
	l.round++
	l.found = nil
	for i := range l.roots {
		r, before := &l.roots[i], len(l.found)
		l.visited, l.links = map[int64][]os.FileInfo{}, nil
		l.listRoot(r)
		for len(l.links) > 0 {
			next := l.links[0]
			l.links = l.links[1:]
			l.walk(next.root, next.path, next.names)
		}
		r.files = len(l.found) - before
		r.ever = r.ever || r.files > 0
	}
	for folder, known := range l.folders {
		if known.round != l.round {
			delete(l.folders, folder)
		}
	}
	slices.SortFunc(l.found, func(a, b listed) int {
		if a.link != b.link {
			if a.link {
				return 1
			}
			return -1
		}
		return strings.Compare(a.path, b.path)
	})
	return slices.CompactFunc(l.found, func(a, b listed) bool { return a.path == b.path })
}

func (l *lister) listRoot(r *root) {
	if r.named = false; r.pattern != nil {
		l.walk(r, r.base, nil)
		return
	}
	if info, err := os.Stat(r.base); err == nil && info.IsDir() || strings.HasSuffix(r.arg, string(filepath.Separator)) {
		l.walk(r, r.base, nil)
		return
	}
	r.named = true
	l.enter(filepath.Dir(r.base))
	info, err := os.Lstat(r.base)
	l.found = append(l.found, listed{path: r.base, link: err == nil && info.Mode()&fs.ModeSymlink != 0, arg: true})
}

// walk lists the files in a folder, which lies below the base of the root as names tell.
func (l *lister) walk(r *root, folder string, names []string) {
	entries, ok := l.read(folder)
	if !ok || len(names) > maxDepth {
		return
	}
	for _, e := range entries {
		below, full := append(slices.Clip(names), e.Name()), filepath.Join(folder, e.Name())
		mode := e.Type()
		link := mode&fs.ModeSymlink != 0
		if link {
			info, err := os.Stat(full)
			if err != nil {
				continue
			}
			mode = info.Mode().Type()
		}
		switch {
		case mode.IsRegular() && r.matches(below):
			l.found = append(l.found, listed{path: full, link: link})
		case mode.IsDir() && r.descends(below) && link:
			l.links = append(l.links, linkedFolder{r, full, below})
		case mode.IsDir() && r.descends(below):
			l.walk(r, full, below)
		}
	}
}

// read gives what is in a folder, from memory if it did not change. A folder that was read in this round is not read again:
// links may lead in a circle. What cannot be read now is as it was.
func (l *lister) read(folder string) (entries []fs.DirEntry, ok bool) {
	l.enter(folder)
	known := l.folders[folder]
	info, err := os.Stat(folder)
	if err != nil {
		return l.remembered(known, err)
	}
	at := info.ModTime()
	visited := slices.ContainsFunc(l.visited[at.UnixNano()], func(v os.FileInfo) bool { return os.SameFile(v, info) })
	if !info.IsDir() || visited {
		return nil, false
	}
	l.visited[at.UnixNano()] = append(l.visited[at.UnixNano()], info)
	now := time.Now()
	same := known != nil && os.SameFile(known.info, info) && known.info.ModTime().Equal(at)
	if same && (known.round == l.round || known.read.Sub(at) > freshFolder && now.Sub(known.read) < rereadFolder) {
		known.round = l.round
		return known.entries, true
	}
	entries, err = os.ReadDir(folder)
	if err != nil {
		return l.remembered(known, err)
	}
	l.folders[folder] = &folderList{info: info, read: now, entries: entries, round: l.round}
	return entries, true
}

func (l *lister) remembered(known *folderList, err error) ([]fs.DirEntry, bool) {
	if known == nil || cause(err) == causeMissing || cause(err) == causeNoFolder {
		return nil, false
	}
	known.round = l.round
	return known.entries, true
}

// matches reports whether a path would be listed if a file were there.
func (l *lister) matches(path string) bool {
	return slices.ContainsFunc(l.roots, func(r root) bool {
		below, err := filepath.Rel(r.base, path)
		if err != nil || below == ".." || strings.HasPrefix(below, ".."+string(filepath.Separator)) {
			return false
		}
		return below == "." && r.pattern == nil || below != "." && r.matches(strings.Split(filepath.ToSlash(below), "/"))
	})
}
