package loader

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Lister finds the files of a folder or a pattern, again at each call. It is for one goroutine; its Skipped is that of the
// last call.
type Lister struct {
	folder   string
	patterns []pattern // of a glob
	// Skipped is how many files of a folder were left out because their names are not those of logs. Hidden ones do not count.
	Skipped int

	ctx    context.Context
	found  map[string]fs.DirEntry // nil if its folder was not listed
	seen   map[visit]bool
	errors []error
}

// visit is a folder that was listed for a place in a pattern. Folders are known by their place on the disk, so that links
// make neither loops nor copies.
type visit struct {
	folder  any
	pattern int
	segment int
}

// ListFolder makes a lister of the logs in a folder and in those below it: files whose names end with .jsonl, .ndjson, .json,
// .log, .csv or .tsv, alone or followed by .gz or .zst. Hidden files and folders are left out. Links are followed.
func ListFolder(path string) *Lister { return &Lister{folder: path} }

// ListGlob makes a lister of the files that match a pattern, whatever their names. Between slashes * stands for any text, ? for
// a character, [a-z] for one of a class, [!a-z] for one of none; {a,b} is either; ** is any number of folders. Names that
// begin with a dot must be asked for with one. An error says what is wrong with the pattern.
func ListGlob(glob string) (*Lister, error) {
	patterns, err := parsePatterns(filepath.ToSlash(glob))
	if err != nil {
		return nil, err
	}
	return &Lister{patterns: patterns}, nil
}

// List gives the paths of the files that are there now, in natural order (file2 before file10), each file once: a link to a
// file that is found itself is left out. The errors, mostly *fs.PathError, name folders that could not be read; what else
// there is is listed all the same. The end of ctx is an error, too.
func (l *Lister) List(ctx context.Context) ([]string, []error) {
	l.ctx, l.found, l.seen, l.errors, l.Skipped = ctx, map[string]fs.DirEntry{}, map[visit]bool{}, nil, 0
	if l.patterns == nil {
		l.tree(l.folder)
	}
	for i, p := range l.patterns {
		start := "."
		if p[0] == "" { // it begins with a slash
			start = string(filepath.Separator)
		}
		l.match(start, i, 0)
	}
	if err := ctx.Err(); err != nil {
		l.errors = append(l.errors, err)
	}
	paths := make([]string, 0, len(l.found))
	for path := range l.found {
		paths = append(paths, path)
	}
	slices.SortFunc(paths, natural)
	return l.once(paths), l.errors
}

// once leaves out links to files that are listed themselves, and further links to the same file.
func (l *Lister) once(paths []string) []string {
	link := func(path string) bool {
		e := l.found[path]
		return e != nil && e.Type()&fs.ModeSymlink != 0
	}
	if !slices.ContainsFunc(paths, link) {
		return paths
	}
	known := map[any]bool{}
	for _, links := range [2]bool{false, true} {
		kept := paths[:0:0]
		for _, path := range paths {
			if link(path) != links {
				kept = append(kept, path)
				continue
			}
			info, err := os.Stat(path)
			if err != nil || !known[placeOf(path, info)] {
				kept = append(kept, path)
			}
			if err == nil {
				known[placeOf(path, info)] = true
			}
		}
		paths = kept
	}
	return paths
}

// entries lists a folder. It is not fresh if that was done before for this place in the pattern.
func (l *Lister) entries(folder string, pattern, segment int) (entries []fs.DirEntry, fresh bool) {
	if l.ctx.Err() != nil {
		return nil, false
	}
	info, err := os.Stat(folder)
	if err == nil && info.IsDir() {
		v := visit{placeOf(folder, info), pattern, segment}
		if l.seen[v] {
			return nil, false
		}
		l.seen[v] = true
	}
	if err == nil {
		entries, err = os.ReadDir(folder)
	}
	if err != nil {
		l.errors = append(l.errors, err)
	}
	return entries, true
}

// isFolder reports whether an entry is a folder, or a link to one. A link that leads nowhere is taken for a file, so that loading
// it names it.
func isFolder(path string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// isFile reports whether an entry that is no folder can be read as a file: a pipe in a folder would be waited for.
func isFile(path string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}

// tree finds the logs in a folder and below it.
func (l *Lister) tree(folder string) {
	entries, _ := l.entries(folder, 0, 0)
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case isFolder(path, e):
			l.tree(path)
		case IsLogName(e.Name()) && isFile(path, e):
			l.found[path] = e
		default:
			l.Skipped++
		}
	}
}

// match finds the files in a folder that match a pattern from a segment on.
func (l *Lister) match(folder string, k, segment int) {
	p := l.patterns[k]
	name, last := p[segment], segment == len(p)-1
	if name == "" || name == "." {
		if !last {
			l.match(folder, k, segment+1)
		}
		return
	}
	if exact, ok := literal(name); ok {
		l.exact(filepath.Join(folder, exact), k, segment)
		return
	}
	entries, fresh := l.entries(folder, k, segment)
	if fresh && name == anyFolders && !last {
		l.match(folder, k, segment+1)
	}
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		cross := name == anyFolders && !strings.HasPrefix(e.Name(), ".")
		switch {
		case !cross && !matchName(name, e.Name()):
		case isFolder(path, e):
			if cross {
				l.match(path, k, segment)
			} else if !last {
				l.match(path, k, segment+1)
			}
		case last && isFile(path, e):
			l.found[path] = e
		}
	}
}

// exact goes on with a path that a pattern names without a wildcard. Its folder need not be readable.
func (l *Lister) exact(path string, k, segment int) {
	info, err := os.Stat(path)
	switch last := segment == len(l.patterns[k])-1; {
	case err != nil:
		// Nothing is there: nothing matches.
	case info.IsDir() && !last:
		l.match(path, k, segment+1)
	case !info.IsDir() && last:
		l.found[path] = nil
	}
}

// IsLogName reports whether a file in a folder is taken for a log because of its name; see ListFolder. Case does not matter.
func IsLogName(name string) bool {
	name = strings.ToLower(name)
	for _, packed := range [...]string{".gz", ".zst"} {
		if rest, ok := strings.CutSuffix(name, packed); ok {
			name = rest
			break
		}
	}
	return slices.Contains([]string{".jsonl", ".ndjson", ".json", ".log", ".csv", ".tsv"}, filepath.Ext(name))
}

// natural compares paths folder by folder, and numbers in them by their value.
func natural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if digit(x[0]) && digit(y[0]) {
			m, n := digits(x), digits(y)
			p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if c := cmp.Or(cmp.Compare(len(p), len(q)), strings.Compare(p, q)); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(rank(x[0]), rank(y[0]))
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(a, b))
}

// rank puts what is in a folder before what only begins like its name.
func rank(c byte) int {
	if os.IsPathSeparator(c) {
		return -1
	}
	return int(c)
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

func digits(s string) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}
