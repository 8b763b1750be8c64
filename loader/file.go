package loader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"pawprint/loader/decode"
	"pawprint/loader/format"
	"pawprint/model"
	"pawprint/model/fault"
	"pawprint/model/near"
)

// File is a file that is read once, up to the end that it has when reading begins, in any packing and format that Read knows.
// The raw bytes of a file that is not packed are read again from its descriptor, which stays open as long as there are enough
// descriptors, so that renaming or deleting the file does no harm.
type File struct {
	Path    string
	Limits  Limits
	Workers int // goroutines that decode; 0 means 2
}

// Name is the path.
func (f *File) Name() model.Text { return model.NewText(f.Path) }

// Load implements Source. A stretch of a file of JSON lines that cannot be read becomes a row, and the error is a *GapError.
func (f *File) Load(ctx context.Context, sink Sink) error {
	_, err := f.load(ctx, Announce(sink, f.Name()), nil)
	return err
}

func (f *File) find(context.Context) *found {
	return &found{files: []*foundFile{newFoundFile(f.Path)}}
}

func (f *File) loadFound(ctx context.Context, sink Sink, files *found) error {
	if len(files.files) == 0 {
		return files.err // it is read for an earlier source
	}
	one := files.files[0]
	return one.load(ctx, one.announce(sink), one.file(f.Limits, f.Workers), nil)
}

// load is Load for a source that was announced already. kept is a decoder to use again; it may be nil. info is what was at the path; it
// is not nil unless there is an error.
func (f *File) load(ctx context.Context, to Announced, kept *decode.Decoder) (info os.FileInfo, err error) {
	to.Loading(-1)
	info, err = os.Stat(f.Path)
	switch {
	case err != nil:
		return nil, to.End(openError(f.Path, err))
	case info.IsDir():
		return info, to.End(fmt.Errorf("opening %s: it is a folder", f.Path))
	case !info.Mode().IsRegular():
		err = f.pipe(ctx, to)
	default:
		err = f.regular(ctx, to, kept)
	}
	return info, to.End(f.wrap(err))
}

// openError says why there is nothing at a path.
func openError(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return missing{path, nearIn(path), err}
	}
	var at *os.PathError
	if errors.As(err, &at) && errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("opening %s: %w; ask for the right to read it", path, at.Err)
	}
	return fmt.Errorf("opening a source: %w", err)
}

// missing is the error of a path where there is nothing. near is the file of that folder that is most likely meant; it may be empty.
type missing struct {
	path, near string
	cause      error
}

func (m missing) Error() string {
	if m.near == "" {
		return m.path + ": no such file"
	}
	return m.path + ": no such file; did you mean " + m.near + "?"
}

// maxNear is how many names of a folder are compared with one that is not there.
const maxNear = 1000

// nearIn returns the path of a file or folder whose name is much like that of a path where there is nothing; empty if there is none.
func nearIn(path string) string {
	folder, name := filepath.Split(path)
	dir, err := os.Open(filepath.Clean(folder + "."))
	if err != nil {
		return ""
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(maxNear) // whatever could be read
	slices.Sort(names)
	if near := near.Word(name, names); near != "" {
		return folder + near
	}
	return ""
}
func (m missing) Unwrap() error { return m.cause }

// wrap adds the path to an error of reading.
func (f *File) wrap(err error) error {
	var opening *os.PathError
	switch {
	case err == nil || stopped(err):
		return err
	case errors.As(err, &opening) && opening.Op == "open":
		return openError(f.Path, err)
	}
	return fmt.Errorf("reading %s: %w", f.Path, err)
}

// pipe reads a file that is not regular, such as a pipe.
func (f *File) pipe(ctx context.Context, to Announced) error {
	file, err := openPipe(ctx, f.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	return Read(ctx, to.Sink, to.ID, file, Reading{Limits: f.Limits, Workers: f.Workers})
}

// openPipe opens a pipe or a device. Opening a pipe waits for a writer, or until ctx ends.
func openPipe(ctx context.Context, path string) (*os.File, error) {
	type opened struct {
		file *os.File
		err  error
	}
	result := make(chan opened, 1)
	fault.Go(func() {
		file, err := os.Open(path)
		result <- opened{file, err}
	}, func(e *fault.Error) { result <- opened{err: e} })
	select {
	case o := <-result:
		return o.file, o.err
	case <-ctx.Done():
		fault.Go(func() {
			if o := <-result; o.file != nil {
				_ = o.file.Close() // nothing was read
			}
		}, func(e *fault.Error) { fault.Tell(ctx, e) })
		return nil, ctx.Err()
	}
}

// regular reads a regular file: in blocks if it holds plain JSON lines, otherwise from front to back.
func (f *File) regular(ctx context.Context, to Announced, kept *decode.Decoder) error {
	h, err := openFiles.openHandle(ctx, f.Path)
	if err != nil {
		return err
	}
	size := h.info.Size()
	to.Update(func(s *model.SourceState) { s.Size, s.Place = size, f.Name() })
	if WitnessOf(ctx) == nil && plainLines(h, size) {
		if kept == nil {
			kept = decode.New()
		}
		stream, err := blocks(ctx, newStream(to.Sink, to.ID, Bytes{Raw: h}, f.Limits, kept), h, size, f.Workers)
		return closeStream(stream, err)
	}
	from := h.from()
	if WitnessOf(ctx) != nil {
		from = io.LimitReader(from, size) // what is written meanwhile is not a part of what is sealed
	}
	r := newReading(ctx, to.Sink, to.ID, from, Reading{Limits: f.Limits, Workers: f.Workers, Size: size, Again: h, Touched: h.touched, Unkept: fewLines(ctx)})
	r.kept = kept
	err = r.read()
	if (r.packed != "" || r.format.Kind == format.Table) && !r.unkept() {
		h.close()
	}
	return err
}

// closeStream closes a stream after reading ended with err. If the load was cancelled, its incomplete last line does not
// become a row: nothing is wrong with that line.
func closeStream(s *Stream, err error) error {
	if stopped(err) {
		return err
	}
	early, pending := endsEarly(err), s.Pending() > 0
	s.torn = s.torn || early
	s.Close()
	if early {
		s.endsEarly(pending)
	}
	if err == nil {
		err = s.Err()
	}
	return s.damage(err)
}

// plainLines reports whether a file is to be read in blocks: JSON lines that are not packed, even if damaged.
func plainLines(raw io.ReaderAt, size int64) bool {
	buf := takeBlockBuffer()
	defer giveBlockBuffer(buf)
	head := buf[:min(size, format.HeadBytes)]
	n, err := raw.ReadAt(head, 0)
	for _, p := range packings {
		if is, _ := p.magic(head[:n]); n > 0 && is {
			return false
		}
	}
	if n < len(head) && !errors.Is(err, io.EOF) {
		return true // reading in blocks can skip what cannot be read
	}
	found, err := detect(head[:n], int64(n) == size)
	return err == nil && found.Kind == format.Lines && !found.CR
}

// Reader is a source that is read once from front to back, such as standard input; see Read. Its bytes are kept compressed in
// memory.
type Reader struct {
	Label   string
	From    io.Reader
	Limits  Limits
	Workers int // goroutines that decode; 0 means 2
}

// Name is the label.
func (r *Reader) Name() model.Text { return model.NewText(r.Label) }

// Load implements Source. It returns at the end of the reader, or soon after a cancellation, see Read.
func (r *Reader) Load(ctx context.Context, sink Sink) error {
	to := Announce(sink, r.Name())
	to.Loading(-1)
	err := Read(ctx, sink, to.ID, r.From, Reading{Limits: r.Limits, Workers: r.Workers})
	if err != nil && !stopped(err) {
		err = fmt.Errorf("reading %s: %w", r.Label, err)
	}
	return to.End(err)
}
