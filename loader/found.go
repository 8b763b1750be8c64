package loader

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pawprint/loader/decode"
	"pawprint/loader/glob"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/fault"
)

// local is a source of files on disk. Load lists all of them before it reads the first, so that a file is read once, however it is
// named.
type local interface {
	Source
	// find lists the files that the source stands for now.
	find(ctx context.Context) *found
	// loadFound is Load for what find returned.
	loadFound(ctx context.Context, sink Sink, files *found) error
}

// found is what a local source stands for.
type found struct {
	files   []*foundFile      // without those that an earlier source reads
	known   *foundFile        // one of those; may be nil
	unread  []error           // of folders that could not be read
	reasons map[string]string // why paths were left out
	leftOut model.LeftOut     // their number
	err     error             // why there is nothing to read
}

// foundFile is a file that is read once.
type foundFile struct {
	path    string
	info    os.FileInfo // nil if it could not be looked up
	place   any         // identifies it, see glob.Place
	known   bool        // it is one that was found before
	again   []string    // other paths of the same file
	copies  []string    // files that hold nothing else
	instead string      // holds the same, if nothing is at path any more
	leftOut model.LeftOut
}

// newFoundFile looks up a file.
func newFoundFile(path string) *foundFile {
	f := &foundFile{path: path, place: filepath.Clean(path)}
	if info, err := os.Stat(path); err == nil {
		f.info, f.place = info, glob.Place(path, info)
	}
	return f
}

// same reports whether two found files are one. The number of a file that was deleted is given to the next new one, so that alone does
// not tell.
func (f *foundFile) same(o *foundFile) bool {
	if f.info == nil || o.info == nil {
		return f.info == nil && o.info == nil && filepath.Clean(f.path) == filepath.Clean(o.path)
	}
	if !os.SameFile(f.info, o.info) {
		return false
	}
	unchanged := f.info.Size() == o.info.Size() && f.info.ModTime().Equal(o.info.ModTime())
	return unchanged || glob.Links(f.info) > 1 || realPath(f.path) == realPath(o.path)
}

// realPath returns the absolute path without links.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return path
}

// announce announces the file, and says what was found besides.
func (f *foundFile) announce(sink Sink) Announced {
	to := Announce(sink, model.NewText(f.path))
	if again := f.againWords(); again != "" || f.leftOut.Total > 0 {
		to.Update(func(s *model.SourceState) { s.Again, s.LeftOut = model.NewText(again), f.leftOut })
	}
	return to
}

// namedAgain is how many other paths of a file are named; others are counted.
const namedAgain = 3

// againWords says by which other paths the file was reached; it is empty if there are none.
func (f *foundFile) againWords() string {
	words := AgainWords(f.path, f.again)
	if len(f.copies) > 0 {
		if words != "" {
			words += "; "
		}
		words += "its bytes are also in " + list(f.copies) + ", read once"
	}
	return words
}

// AgainWords says that a source was reached by the given names too. A name that is its own was given once more.
func AgainWords(name string, again []string) string {
	others := slices.DeleteFunc(slices.Clone(again), func(other string) bool { return other == name })
	switch {
	case len(others) > 0:
		return "also reached as " + list(others) + ", read once"
	case len(again) > 0:
		return "named more than once, read once"
	}
	return ""
}

// list names the first few of some paths, sorted, and counts the others.
func list(paths []string) string {
	slices.Sort(paths)
	paths = slices.Compact(paths)
	words := strings.Join(paths[:min(len(paths), namedAgain)], ", ")
	if more := len(paths) - namedAgain; more > 0 {
		words += fmt.Sprintf(" and %s more", amount.Count(int64(more)))
	}
	return words
}

// file returns the source of the file.
func (f *foundFile) file(limits Limits, workers int) *File {
	path := f.path
	if f.instead != "" {
		if _, err := os.Lstat(path); err != nil && glob.Missing(err) {
			path = f.instead
		}
	}
	return &File{Path: path, Limits: limits, Workers: workers}
}

// size returns the size of the file in bytes when it was listed, or 0 if it was no regular file.
func (f *foundFile) size() int64 {
	if f.info == nil || !f.info.Mode().IsRegular() {
		return 0
	}
	return f.info.Size()
}

// load reads the file into a source that was announced. It is an error if another file is at its path than the one that was listed: with
// rotation the one that was there may be nowhere in the list.
func (f *foundFile) load(ctx context.Context, to Announced, file *File, kept *decode.Decoder) error {
	info, err := file.load(ctx, to, kept)
	if err == nil && f.info != nil && file.Path == f.path && !os.SameFile(info, f.info) {
		return to.End(fmt.Errorf("reading %s: another file took its place after it was listed, and the first one may be missing: read again", f.path))
	}
	return err
}

// claims finds the files that are reached more than once.
type claims map[any][]*foundFile

// claim takes a file, or returns the one that it is, if that was taken before, and notes it with that.
func (c claims) claim(f *foundFile) (known *foundFile) {
	same := c[f.place]
	at := slices.IndexFunc(same, f.same)
	if at < 0 {
		c[f.place] = append(same, f)
		return nil
	}
	f.known = true
	same[at].again = append(append(same[at].again, f.path), f.again...)
	return same[at]
}

// take returns the files that were not taken before, in their order, and one of the others.
func (c claims) take(files []*foundFile) (fresh []*foundFile, known *foundFile) {
	for _, f := range files {
		if before := c.claim(f); before != nil {
			known = before
		} else {
			fresh = append(fresh, f)
		}
	}
	return fresh, known
}

// findAll lists the local sources, in order. The others are nil in the result.
func findAll(ctx context.Context, sources []Source) []*found {
	all, taken := make([]*found, len(sources)), claims{}
	for i, s := range sources {
		l, ok := s.(local)
		if !ok {
			continue
		}
		files := &found{}
		if err := fault.Safely(func() error { files = l.find(ctx); return nil }); err != nil {
			files.err = err
		}
		if all[i] = files; len(sources) > 1 { // each by itself has a file once
			files.files, files.known = taken.take(files.files)
		}
	}
	counted := claims{}
	for _, files := range all {
		if files != nil {
			if len(sources) > 1 {
				files.countLeftOut(taken, counted)
			}
			files.tellLeftOut()
		}
	}
	if !countsOnly(ctx) {
		dropCopies(ctx, all)
	}
	return all
}

// countLeftOut counts what was left out, without what another source reads and what was counted before.
func (f *found) countLeftOut(taken, counted claims) {
	sum := model.LeftOut{From: f.leftOut.From}
	for path, reason := range f.reasons {
		one := newFoundFile(path)
		if counted.claim(one) == nil && !slices.ContainsFunc(taken[one.place], one.same) {
			sum.Add(reason, 1)
		}
	}
	f.leftOut = sum
}

// tellLeftOut makes a file say what the source left out: its first one, or the one that was found before in place of all.
func (f *found) tellLeftOut() {
	switch known := f.known; {
	case f.leftOut.Total == 0:
	case len(f.files) > 0:
		f.files[0].leftOut = f.leftOut
	case known != nil && known.leftOut.Total == 0:
		known.leftOut = f.leftOut
	case known != nil:
		sum := known.leftOut.Clone()
		sum.From = model.Text{}
		for _, r := range f.leftOut.Reasons {
			sum.Add(r.Reason, r.Count)
		}
		known.leftOut = sum
	}
}
