package loader

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"pawprint/loader/decode"
	"pawprint/loader/glob"
	"pawprint/model"
	"pawprint/model/amount"
	"pawprint/model/fault"
)

// Folder is all logs in a folder and the folders below it; see ListFolder. Each file becomes a source of its own in the sink,
// named by its path.
type Folder struct {
	Path    string
	Limits  Limits
	Workers int // goroutines that decode, over all files; 0 means 2
}

// Name is the path.
func (f *Folder) Name() model.Text { return model.NewText(f.Path) }

// Load implements Source. A file that fails does not stop the others; a folder that cannot be read becomes a broken source. A
// folder without logs is an error.
func (f *Folder) Load(ctx context.Context, sink Sink) error {
	return f.loadFound(ctx, sink, findAll(ctx, []Source{f})[0])
}

func (f *Folder) find(ctx context.Context) *found { return findIn(ctx, ListFolder(f.Path)) }

func (f *Folder) loadFound(ctx context.Context, sink Sink, files *found) error {
	return (&group{ctx: ctx, sink: sink, limits: f.Limits, workers: f.Workers}).load(f.Name(), files)
}

// Glob is all files whose paths match a pattern; see ListGlob. Each becomes a source of its own in the sink, named by its path.
type Glob struct {
	Pattern string
	Limits  Limits
	Workers int // goroutines that decode, over all files; 0 means 2
}

// Name is the pattern.
func (g *Glob) Name() model.Text { return model.NewText(g.Pattern) }

// Load implements Source. A file that fails does not stop the others. A pattern that matches nothing is an error.
func (g *Glob) Load(ctx context.Context, sink Sink) error {
	return g.loadFound(ctx, sink, findAll(ctx, []Source{g})[0])
}

func (g *Glob) find(ctx context.Context) *found {
	files, err := ListGlob(g.Pattern)
	if err != nil {
		return &found{err: fmt.Errorf("listing: %w", err)}
	}
	return findIn(ctx, files)
}

func (g *Glob) loadFound(ctx context.Context, sink Sink, files *found) error {
	return (&group{ctx: ctx, sink: sink, limits: g.Limits, workers: g.Workers}).load(g.Name(), files)
}

// group loads many files.
type group struct {
	ctx     context.Context
	sink    Sink
	limits  Limits
	workers int

	kept chan *decode.Decoder // used again, so that small files profit from what was seen before
}

// largeBytes is the size from which a file gets all workers.
const largeBytes = 8 * BlockBytes

// findIn lists files. If there is none it is an error.
func findIn(ctx context.Context, files *Lister) *found {
	f := &found{files: files.find(ctx), unread: files.errors, reasons: files.leftOut, leftOut: files.LeftOut}
	if err := ctx.Err(); err != nil {
		f.err = err
	} else if len(f.files) == 0 && len(f.unread) == 0 {
		f.err = nothing(files)
	}
	return f
}

func (g *group) load(name model.Text, files *found) error {
	if files.err != nil {
		to := Announce(g.sink, name)
		to.LeftOut(files.leftOut)
		return to.End(files.err)
	}
	if g.workers <= 0 {
		g.workers = 2
	}
	g.kept = make(chan *decode.Decoder, g.workers)
	for range g.workers {
		g.kept <- decode.New()
	}
	errs := make([]error, 0, len(files.unread)+1)
	for _, err := range files.unread {
		errs = append(errs, g.broken(name, err))
	}
	to := make([]Announced, len(files.files))
	for i, f := range files.files {
		to[i] = f.announce(g.sink)
	}
	return errors.Join(append(errs, g.all(files.files, to))...)
}

// nothing returns the error for a folder or a pattern without files.
func nothing(files *Lister) error {
	all, hidden := files.LeftOut.Total, files.LeftOut.Count(glob.Hidden)
	switch {
	case files.folder == "" && hidden > 0 && hidden == all:
		return fmt.Errorf("listing %s: all files that match the pattern are hidden (%s); name a hidden file to read it", files.name, amount.Of(all, "file", "files"))
	case files.folder == "":
		return fmt.Errorf("listing %s: no file matches the pattern; * does not cross folders, ** does", files.name)
	case all > 0 && hidden == all:
		return fmt.Errorf("listing %s: all its files are hidden (%s); name a hidden file to read it", files.folder, amount.Of(all, "file", "files"))
	case all > 0:
		return fmt.Errorf("listing %s: none of its %s is read (%s): logs end in %s, or these with %s; name a file to read it whatever its name", files.folder,
			amount.Of(all, "file", "files"), files.LeftOut.Words(), strings.Join(glob.LogEndings, ", "), strings.Join(glob.PackedEndings, " or "))
	}
	return fmt.Errorf("listing %s: it has no files", files.folder)
}

// broken announces a folder that could not be read, as a broken source.
func (g *group) broken(name model.Text, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		name = model.NewText(path.Path)
		if errors.Is(err, fs.ErrPermission) {
			return Announce(g.sink, name).End(fmt.Errorf("listing %s: %w; ask for the right to read it", path.Path, path.Err))
		}
	}
	return Announce(g.sink, name).End(fmt.Errorf("listing: %w", err))
}

// all loads the files in the order of paths, small ones at the same time.
func (g *group) all(found []*foundFile, to []Announced) error {
	errs := make([]error, len(found))
	free := make(chan struct{}, g.workers)
	var files fault.Group
	for i, one := range found {
		f := one.file(g.limits, g.workers)
		weight := 1
		if one.size() >= largeBytes {
			weight = g.workers
		} else {
			f.Workers = 1
		}
		for range weight {
			free <- struct{}{}
		}
		files.Go(func() {
			defer func() {
				for range weight {
					<-free
				}
			}()
			errs[i] = g.one(one, f, to[i])
			fault.Tell(g.ctx, errs[i])
		})
	}
	files.Wait()
	return errors.Join(errs...)
}

// one loads a file. A panic while loading becomes the error of this file only.
func (g *group) one(found *foundFile, f *File, to Announced) (err error) {
	if err := g.ctx.Err(); err != nil {
		return to.End(err)
	}
	d := <-g.kept
	defer func() {
		if e := fault.Of(recover()); e != nil {
			d = decode.New()
			err = to.End(fmt.Errorf("reading %s: %w", f.Path, e))
		}
		g.kept <- d
	}()
	return found.load(g.ctx, to, f, d)
}
