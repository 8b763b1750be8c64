// Package glob parses patterns of paths, decides which files are logs by their names, and walks through folders. Reading and
// following both use it, so that they find the same files. It reads no file, and keeps nothing between two walks.
package glob

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// anyFolders is the name in a pattern that crosses folders.
const anyFolders = "**"

// noName is a name that no file has. It stands for the empty name after a trailing slash, which names a folder.
const noName = "/"

// Is reports whether a path is a pattern: it has a wildcard or a brace, and there is no file of exactly that name.
func Is(path string) bool {
	if !HasSigns(path) {
		return false
	}
	_, err := os.Lstat(path)
	return err != nil
}

// Pattern is one alternative of a glob, or all logs in a folder. It is immutable.
type Pattern struct {
	// Base is the folder that contains all files that the pattern matches.
	Base  string
	names []name // below Base; the last one is for the files
	logs  bool   // only files that are named like logs
}

// Logs matches the logs in a folder and the folders below it, except hidden ones; see IsLogName.
func Logs(folder string) Pattern {
	return Pattern{Base: folder, names: []name{{pattern: anyFolders}}, logs: true}
}

// Parse parses a glob. Between slashes * matches any text, ? a character, [a-z] a character of a class, [!a-z] one that is not
// in it. {a,b} matches either, and gives a Pattern for each. ** alone matches any number of folders. A backslash makes the next
// character literal. Names that begin with a dot match only patterns that do. The error says what is wrong, and where.
func Parse(glob string) ([]Pattern, error) {
	texts, err := expand(filepath.ToSlash(glob))
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", glob, err)
	}
	all := make([]Pattern, len(texts))
	for i, text := range texts {
		if all[i], err = parse(text); err != nil {
			return nil, fmt.Errorf("pattern %q: %w", glob, err)
		}
	}
	return all, nil
}

// parse parses a glob without braces.
func parse(text string) (p Pattern, err error) {
	texts := strings.Split(text, "/")
	for i, text := range texts {
		last, none := i == len(texts)-1, text == "" || text == "."
		switch n := len(p.names); {
		case last && none:
			text = noName
		case i > 0 && none:
			continue
		case text == anyFolders && n > 0 && p.names[n-1].pattern == anyFolders:
			continue
		}
		one, err := parseName(text)
		if err != nil {
			return Pattern{}, err
		}
		p.names = append(p.names, one)
	}
	exact := slices.IndexFunc(p.names, func(n name) bool { return !n.exact })
	if exact < 0 {
		exact = len(p.names) - 1
	}
	p.Base, p.names = folder(p.names[:exact]), p.names[exact:]
	return p, nil
}

// folder returns the path of a folder, given its names.
func folder(names []name) string {
	texts := make([]string, len(names))
	for i, n := range names {
		texts[i] = n.literal
	}
	path := strings.Join(texts, "/")
	if path == "" && len(names) > 0 {
		path = "/"
	}
	return filepath.Clean(filepath.FromSlash(path))
}

// Path returns the only path that the pattern matches, or an empty string if it has a wildcard.
func (p Pattern) Path() string {
	if n := p.names[0]; n.exact && n.literal != noName {
		return filepath.Join(p.Base, n.literal)
	}
	return ""
}

// Match reports whether the pattern matches a path below Base, given its names; the last one is that of the file. It does not
// look at the file system.
func (p Pattern) Match(names []string) bool {
	if len(names) == 0 || p.logs && !IsLogName(names[len(names)-1]) {
		return false
	}
	return p.matches(names, (*name).match)
}

// matches reports whether the names of a path match those of the pattern, by a way to match one of them.
func (p Pattern) matches(names []string, match func(n *name, text string) bool) bool {
	ends := make([]bool, len(p.names)+1) // by index in the pattern: whether the names so far match all before it
	ends[0] = true
	for _, text := range names {
		next := make([]bool, len(ends))
		for i := range p.names {
			n := &p.names[i]
			here := ends[i] || i > 0 && ends[i-1] && p.names[i-1].pattern == anyFolders
			switch {
			case !here || !match(n, text):
			case n.pattern == anyFolders:
				next[i], next[i+1] = true, i == len(p.names)-1
			default:
				next[i+1] = true
			}
		}
		ends = next
	}
	return ends[len(p.names)]
}
