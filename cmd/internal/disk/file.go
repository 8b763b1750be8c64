package disk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"pawprint/model/amount"
)

// File is a JSON file of the program's own. Other runs may change it at the same time, people may edit it by hand, and anything may be
// in its place: reading never blocks, and content that is not understood is never overwritten. The path may be a symbolic link.
type File struct{ Path string }

// MaxFile is the largest size of such a file, in bytes.
const MaxFile = 1 << 20

// Load decodes the file into content. If there is no file, content stays as it is. Unknown members are an error, because they would be
// lost when the file is written again.
func (f File) Load(content any) error {
	text, err := Read(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("reading %s: %w", f.Path, err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err = d.Decode(content)
	if err == nil {
		if _, behind := d.Token(); behind != io.EOF {
			err = errMore
		}
	}
	switch {
	case err == nil:
		return nil
	case ofJSON(err):
		return fmt.Errorf("reading %s: %w: correct the file, or move it away", f.Path, err)
	}
	return fmt.Errorf("reading %s: %w", f.Path, err)
}

var errMore = errors.New("there is more after its end")

// ofJSON reports whether err says that a file is not the JSON that it should be. Other errors come from what it holds, and say what to do.
func ofJSON(err error) bool {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &kind) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || err == errMore ||
		strings.HasPrefix(err.Error(), "json: unknown field")
}

// Read returns the bytes of a regular file of up to MaxFile bytes. It never blocks.
func Read(path string) ([]byte, error) {
	file, err := openRegular(path, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err == nil && len(text) > MaxFile {
		err = fmt.Errorf("it is larger than %s", amount.Bytes(MaxFile))
	}
	return text, err
}

// Update changes the file under its lock: it loads content, calls change, and stores the result if change returns true. Runs that use
// Update at the same time keep each other's changes.
func (f File) Update(ctx context.Context, content any, change func() (store bool)) error {
	path, err := behindLinks(f.Path)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o700); err != nil {
		return err
	}
	unlock, err := Lock(ctx, path)
	if err != nil {
		return err
	}
	defer unlock()
	if err := f.Load(content); err != nil {
		return err
	}
	if !change() {
		return nil
	}
	text, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return err
	}
	if len(text) >= MaxFile {
		return fmt.Errorf("writing %s: %w", f.Path, fmt.Errorf("it would be larger than %s", amount.Bytes(MaxFile)))
	}
	return replaceFile(path, append(text, '\n'))
}

// replaceFile replaces the bytes of a file, whole or not at all. Only the user may read the result.
func replaceFile(path string, text []byte) error {
	p, err := writePart(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return err
	}
	if err := os.Rename(p.name, path); err != nil {
		return errors.Join(err, p.done())
	}
	_ = p.lock.Close() // it was only locked
	return nil
}

// maxLinks is how many symbolic links in a row are followed to a file.
const maxLinks = 40

// behindLinks returns the path that symbolic links lead to, whether a file exists there or not. Writing there keeps the link.
func behindLinks(path string) (string, error) {
	for range maxLinks {
		to, err := os.Readlink(path)
		if err != nil {
			return path, nil // not a link
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return "", &fs.PathError{Op: "readlink", Path: path, Err: syscall.ELOOP}
}

// openRegular opens a regular file and refuses anything else: opening a pipe could block, and opening a device could have effects.
// It checks before and after opening, because the file may be replaced in between.
func openRegular(path string, flags int, mode os.FileMode) (*os.File, error) {
	info, err := os.Stat(path)
	if err == nil {
		err = mustBeRegular(path, info)
	}
	if err != nil && (flags&os.O_CREATE == 0 || !errors.Is(err, fs.ErrNotExist)) {
		return nil, err
	}
	file, err := os.OpenFile(path, flags|nonBlocking, mode)
	if err != nil {
		return nil, err
	}
	if info, err = file.Stat(); err == nil {
		err = mustBeRegular(path, info)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// mustBeRegular returns an error that names what is there instead of a regular file.
func mustBeRegular(path string, info os.FileInfo) error {
	kind := "no file"
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		kind = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		kind = "a pipe"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	}
	return fmt.Errorf("%s is %s, where a file should be", filepath.Base(path), kind)
}
