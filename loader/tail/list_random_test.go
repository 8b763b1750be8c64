package tail

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"pawprint/loader/glob"
)

// atom is a part of the pattern of a name with its meaning: some text if it is a star, else a character.
type atom struct {
	text  string
	star  bool
	holds func(r rune) bool
}

// globbed is a pattern that was invented: its text, and its alternatives by the names in them.
type globbed struct {
	text         string
	alternatives [][]atom // a slash is an atom as well
}

var (
	slash = atom{text: "/"}
	star  = atom{text: "*", star: true}
)

// oddRunes are the characters of the names in invented trees; \xff stands for a byte that is not UTF-8.
var oddRunes = []string{"a", "b", "1", "-", "]", "[", "!", "^", "{", ",", "}", "*", "\\", "é", "\xff", "\ufffd", ".", "x"}

// runeOf is a character as a number. The byte that is not UTF-8 is no character.
func runeOf(text string) rune {
	r, n := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && n == 1 {
		return -1
	}
	return r
}

func literalAtom(c string) atom {
	text := c
	if strings.ContainsAny(c, `*?[]{},\!^-`) {
		text = `\` + c
	}
	r := runeOf(c)
	return atom{text: text, holds: func(other rune) bool { return r == other }}
}

// classAtom invents a class. Characters that could end the class, or begin something else in it, stand where they mean themselves.
func classAtom(rnd *rand.Rand) atom {
	not, members, text := rnd.IntN(3) == 0, map[rune]bool{}, ""
	if rnd.IntN(3) == 0 {
		text, members[']'] = "]", true
	}
	if rnd.IntN(3) == 0 {
		text += "a-c"
		members['a'], members['b'], members['c'] = true, true, true
	}
	for range rnd.IntN(3) {
		c := []string{"x", "1", "é", "\xff", "\ufffd", "[", "{", ",", "*", `\-`, `\]`}[rnd.IntN(11)]
		text += c
		members[runeOf(strings.TrimPrefix(c, `\`))] = true
	}
	if text == "" || rnd.IntN(4) == 0 {
		text += "-"
		members['-'] = true
	}
	if sign := []string{"!", "^"}[rnd.IntN(2)]; not {
		text = sign + text
	}
	return atom{text: "[" + text + "]", holds: func(r rune) bool { return members[r] != not }}
}

// inventGlob invents a pattern of a few parts, with braces in braces.
func inventGlob(rnd *rand.Rand, depth int) globbed {
	g := globbed{alternatives: [][]atom{nil}}
	for range 1 + rnd.IntN(5) {
		part := globbed{}
		switch n := rnd.IntN(12); {
		case n < 3:
			part.alternatives = [][]atom{{literalAtom(oddRunes[rnd.IntN(len(oddRunes))])}}
		case n < 5:
			part.alternatives = [][]atom{{star}}
		case n == 5:
			part.alternatives = [][]atom{{{text: "?", holds: func(rune) bool { return true }}}}
		case n < 8:
			part.alternatives = [][]atom{{classAtom(rnd)}}
		case n == 8:
			part.alternatives = [][]atom{{slash}}
		case n == 9:
			part.alternatives = [][]atom{{slash, star, star, slash}}
		case n == 10:
			part.alternatives = [][]atom{{star, star, slash}}
		case depth < 2:
			part = inventBraces(rnd, depth)
		}
		if part.text == "" && len(part.alternatives) > 0 {
			for _, a := range part.alternatives[0] {
				part.text += a.text
			}
		}
		g = g.then(part)
	}
	return g
}

func inventBraces(rnd *rand.Rand, depth int) (g globbed) {
	var texts []string
	for range 1 + rnd.IntN(3) {
		one := globbed{alternatives: [][]atom{nil}}
		if rnd.IntN(5) > 0 {
			one = inventGlob(rnd, depth+1)
		}
		texts, g.alternatives = append(texts, one.text), append(g.alternatives, one.alternatives...)
	}
	g.text = "{" + strings.Join(texts, ",") + "}"
	return g
}

// then puts a part behind a pattern.
func (g globbed) then(part globbed) globbed {
	if len(part.alternatives) == 0 {
		return g
	}
	out := globbed{text: g.text + part.text}
	for _, before := range g.alternatives {
		for _, behind := range part.alternatives {
			out.alternatives = append(out.alternatives, slices.Concat(before, behind))
		}
	}
	return out
}

// names takes an alternative apart at its slashes. Those that lead out of the tree, or stand for no file, are left out.
func names(alternative []atom) (all [][]atom, ok bool) {
	all = [][]atom{nil}
	for _, a := range alternative {
		if a.text == "/" {
			all = append(all, nil)
		} else {
			all[len(all)-1] = append(all[len(all)-1], a)
		}
	}
	var kept [][]atom
	for i, n := range all {
		switch text := textOf(n); {
		case text == "..":
			return nil, false
		case text != "" && text != ".":
			kept = append(kept, n)
		case i == len(all)-1:
			return nil, false
		}
	}
	return kept, true
}

func textOf(atoms []atom) (text string) {
	for _, a := range atoms {
		text += a.text
	}
	return text
}

// means reports whether a path matches, in the simplest way there is.
func means(pattern [][]atom, path []string) bool {
	if len(pattern) == 0 || len(path) == 0 {
		return len(pattern) == len(path)
	}
	hidden := strings.HasPrefix(path[0], ".")
	if textOf(pattern[0]) == "**" {
		return !hidden && (len(pattern) == 1 && len(path) == 1 || means(pattern, path[1:])) || len(pattern) > 1 && means(pattern[1:], path)
	}
	if hidden && pattern[0][0].text != "." {
		return false
	}
	var runes []rune
	for rest := path[0]; rest != ""; {
		_, n := utf8.DecodeRuneInString(rest)
		runes, rest = append(runes, runeOf(rest)), rest[n:]
	}
	return meansName(pattern[0], runes) && means(pattern[1:], path[1:])
}

func meansName(atoms []atom, name []rune) bool {
	switch {
	case len(atoms) == 0:
		return len(name) == 0
	case atoms[0].star:
		return meansName(atoms[1:], name) || len(name) > 0 && meansName(atoms, name[1:])
	}
	return len(name) > 0 && atoms[0].holds(name[0]) && meansName(atoms[1:], name[1:])
}

// inventTree makes folders, files and links to both in a folder.
func inventTree(t *testing.T, rnd *rand.Rand, dir string) {
	t.Helper()
	folders := []string{dir}
	invented := func() string {
		name := ""
		for range 1 + rnd.IntN(2) {
			name += oddRunes[rnd.IntN(len(oddRunes))]
		}
		if name == "." || name == ".." || rnd.IntN(3) == 0 {
			return []string{"a", "b", "x1", "x-1", ".h", "]"}[rnd.IntN(6)]
		}
		return name + []string{"", "", ".json", ".log.gz"}[rnd.IntN(4)]
	}
	for range 14 {
		path := filepath.Join(folders[rnd.IntN(len(folders))], invented())
		switch rnd.IntN(5) {
		case 0, 1:
			if os.Mkdir(path, 0o700) == nil { // some systems take no odd bytes, and some names are there already
				folders = append(folders, path)
			}
		case 2:
			if target := folders[rnd.IntN(len(folders))]; rnd.IntN(2) == 0 {
				_ = os.Symlink(target, path)
			} else {
				_ = os.Symlink(filepath.Join(target, invented()), path)
			}
		default:
			if f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600); err == nil {
				if err := f.Close(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// eachFile visits the files below a folder by every path that leads to them, through links as well, but not for ever.
func eachFile(dir string, path []string, visit func(path []string)) {
	entries, _ := os.ReadDir(filepath.Join(dir, filepath.Join(path...)))
	for _, e := range entries {
		below := append(slices.Clip(path), e.Name())
		switch info, err := os.Stat(filepath.Join(dir, filepath.Join(below...))); {
		case err != nil:
		case !info.IsDir():
			visit(below)
		case len(path) < 5:
			eachFile(dir, below, visit)
		}
	}
}

// real is the file that a path leads to, or nothing.
func real(path string) string {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return ""
	}
	return path
}

// TestAPatternReadsAndFollowsTheSameFiles compares, in invented trees, what is read and what is followed with what a pattern means.
func TestAPatternReadsAndFollowsTheSameFiles(t *testing.T) {
	t.Parallel()
	matched := 0
	for seed := range uint64(40) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		dir := t.TempDir()
		inventTree(t, rnd, dir)
		var files [][]string
		eachFile(dir, nil, func(path []string) { files = append(files, path) })
		for range 60 {
			g := inventGlob(rnd, 0)
			want := map[string]bool{}
			for _, alternative := range g.alternatives {
				pattern, ok := names(alternative)
				for _, path := range files {
					if ok && means(pattern, path) {
						want[real(filepath.Join(dir, filepath.Join(path...)))] = true
					}
				}
			}
			matched += len(want)
			compareListings(t, fmt.Sprintf("seed %d", seed), dir+"/"+g.text, want)
		}
	}
	if matched < 500 {
		t.Errorf("the patterns match %d files in all: the test looks at too few", matched)
	}
}

// compareListings compares what is read and followed of a pattern with the files it means.
func compareListings(t *testing.T, what, text string, want map[string]bool) {
	t.Helper()
	if strings.Contains(text, "..") || !glob.Is(text) {
		return
	}
	read, followed := map[string]bool{}, map[string]bool{}
	paths := loaded(t, text)
	for _, path := range paths {
		if file := real(path); file != "" && read[file] {
			t.Errorf("%s: %q reads %q twice", what, text, path)
		} else if file != "" {
			read[file] = true
		}
	}
	l := newLister([]string{text}, func(string) {})
	for range 2 { // the second time from memory
		for _, f := range l.list() {
			if file := real(f.path); file != "" {
				followed[file] = true // and not a path that is waited for
			}
			if !l.matches(f.path) {
				t.Errorf("%s: %q finds %q but does not match it", what, text, f.path)
			}
		}
	}
	if d := cmp.Diff(want, read); d != "" {
		t.Errorf("%s: %q reads other files than it means (-meant +read):\n%s", what, text, d)
	}
	if d := cmp.Diff(read, followed); d != "" {
		t.Errorf("%s: %q follows other files than it reads (-read +followed):\n%s", what, text, d)
	}
}
