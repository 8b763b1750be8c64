package loader

import (
	"context"
	"io/fs"
	"os"
	"slices"
	"strings"

	"pawprint/loader/glob"
	"pawprint/model"
)

// Lister finds the files of a folder or a pattern. It is for one goroutine.
type Lister struct {
	name     string // of the folder or the glob, as it was given
	folder   string // empty for a glob
	patterns []glob.Pattern
	// LeftOut is what the last List left out; see glob.Walk. A path that another pattern finds is not left out.
	LeftOut model.LeftOut

	ctx     context.Context
	errors  []error
	leftOut map[string]string // the reasons by path
}

// ListFolder makes a lister of the logs in a folder and in those below it; see glob.IsLogName. Hidden files and folders are left out.
// Links are followed.
func ListFolder(path string) *Lister {
	return &Lister{name: path, folder: path, patterns: []glob.Pattern{glob.Logs(path)}}
}

// ListGlob makes a lister of the files that match a pattern, whatever their names; see glob.Parse. An error says what is wrong with
// the pattern.
func ListGlob(pattern string) (*Lister, error) {
	patterns, err := glob.Parse(pattern)
	if err != nil {
		return nil, err
	}
	return &Lister{name: pattern, patterns: patterns}, nil
}

// find returns the files that are there now, in natural order (file2 before file10), with what is known of each. Each file is listed
// once: a link to a listed file is left out. It keeps the errors, mostly *fs.PathError, which name folders that could not be read; all
// other files are still listed. The end of ctx is an error too.
func (l *Lister) find(ctx context.Context) []*foundFile {
	l.ctx, l.errors, l.leftOut = ctx, nil, map[string]string{}
	found := map[string]glob.File{}
	w := glob.Walk{Read: l.read, Failed: l.failed, Found: func(f glob.File) { found[f.Path] = f },
		LeftOut: func(path, reason string) { l.leftOut[path] = reason }}
	for _, p := range l.patterns {
		w.Pattern(p)
	}
	l.LeftOut = l.countLeftOut(found)
	if err := ctx.Err(); err != nil {
		l.failed(err)
	}
	files, keys := make([]glob.File, 0, len(found)), make(map[string]string, len(found))
	for _, f := range found {
		files, keys[f.Path] = append(files, f), glob.SortKey(f.Path)
	}
	slices.SortFunc(files, func(a, b glob.File) int { return strings.Compare(keys[a.Path], keys[b.Path]) })
	return once(files)
}

// countLeftOut counts the reasons, except of paths that were found all the same.
func (l *Lister) countLeftOut(found map[string]glob.File) model.LeftOut {
	sum := model.LeftOut{From: model.NewText(l.name)}
	for path, reason := range l.leftOut {
		if _, ok := found[path]; !ok {
			sum.Add(reason, 1)
		}
	}
	return sum
}

func (l *Lister) failed(err error) { l.errors = append(l.errors, err) }

// read lists a folder. A missing folder of a pattern is not an error: then nothing matches.
func (l *Lister) read(folder string, info fs.FileInfo, err error) (entries []fs.DirEntry) {
	if l.ctx.Err() != nil {
		return nil
	}
	if err == nil {
		entries, err = os.ReadDir(folder)
	}
	if err != nil && (l.folder != "" || !glob.Missing(err)) {
		l.failed(err)
	}
	return entries
}

// once looks up files and returns each once, by its own path if it is found by that one too.
func once(files []glob.File) []*foundFile {
	all, taken := make([]*foundFile, len(files)), make(claims, len(files))
	for _, linked := range [2]bool{false, true} {
		for i, f := range files {
			if f.Linked == linked {
				all[i] = newFoundFile(f.Path)
				taken.claim(all[i])
			}
		}
	}
	return slices.DeleteFunc(all, func(f *foundFile) bool { return f.known })
}
