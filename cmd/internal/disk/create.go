// Package disk writes the program's few files: new ones whole or not at all, and JSON files that several runs may change at once.
// It never blocks on a pipe or a device in the place of a file, and never overwrites content that it does not understand.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Create makes a file that only the user may read, whole or not at all. The file has no name until it is complete; where the system
// needs a name, it is a temporary one beside path. An existing file is left alone, and the error is fs.ErrExist.
func Create(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("creating %s: %w", path, fs.ErrExist)
	}
	if f, err := createNameless(filepath.Dir(path)); err == nil {
		return fillAndName(f, path, write)
	}
	p, err := writePart(path, write)
	if err != nil {
		return err
	}
	return errors.Join(place(p.name, path), p.done())
}

// fillAndName writes a file without a name and gives it path.
func fillAndName(f *os.File, path string, write func(io.Writer) error) error {
	err := write(f)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		f.Close()
		return fmt.Errorf("writing %s: %w", path, err)
	}
	err = creationError(path, nameFile(f, path))
	if closeErr := f.Close(); err == nil && closeErr != nil {
		err = errors.Join(fmt.Errorf("writing %s: %w", path, closeErr), removePart(path))
	}
	return err
}

// place gives a part its final name, unless a file of that name exists.
func place(part, path string) error {
	for _, way := range []func(part, path string) error{os.Link, renameNew} {
		if err := way(part, path); err == nil || errors.Is(err, fs.ErrExist) {
			return creationError(path, err)
		}
	}
	return creationError(path, placeWithoutLink(part, path))
}

// placeWithoutLink does the same on systems that have neither hard links nor renameNew: an empty file reserves the name until the rename.
func placeWithoutLink(part, path string) error {
	if err := reserve(path); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// reserve makes an empty file that only the user may read, unless a file of that name exists.
func reserve(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// creationError returns nil or the error of creating path. An existing file is fs.ErrExist and nothing else.
func creationError(path string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("creating %s: %w", path, fs.ErrExist)
	}
	if err != nil {
		return fmt.Errorf("creating %s: %w", path, err)
	}
	return nil
}
