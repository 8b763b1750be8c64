package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A part is a temporary file beside the one that is written, and only the user may read it. Its lock is held until done is called: a part
// whose lock is free was left behind by a killed process.
type part struct {
	name string
	lock *os.File
}

// The name of a part is partStart, the base name of the file, a hyphen, digits, and partEnd.
const (
	partStart = "."
	partEnd   = ".part"
)

// partAge is the least age of a part that counts as a leftover where files cannot be locked.
const partAge = time.Hour

// partTries is how many times a part is made anew because another process took it for a leftover before it was locked.
const partTries = 100

// partName shortens a base name so that a temporary name made of it fits any file system.
func partName(base string) string { return strings.ToValidUTF8(base[:min(len(base), 100)], "") }

// writePart writes a part for path. If it cannot be completed, it is removed. Parts for path that killed processes left are removed first.
func writePart(path string, write func(io.Writer) error) (part, error) {
	removeLeftovers(path)
	f, lock, err := newPart(path)
	if err != nil {
		return part{}, fmt.Errorf("creating %s: %w", path, err)
	}
	p := part{f.Name(), lock}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return part{}, errors.Join(fmt.Errorf("writing %s: %w", path, err), p.done())
	}
	return p, nil
}

// done removes the part if it still has its name. The error says if it is left behind.
func (p part) done() error {
	defer p.lock.Close()
	return removePart(p.name)
}

// removePart removes an incomplete file. The error says if part of it is left behind.
func removePart(part string) error {
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the incomplete file: %w", err)
	}
	return nil
}

// newPart makes an empty part and takes its lock, which outlives f.
func newPart(path string) (f, lock *os.File, err error) {
	for range partTries {
		f, err = os.CreateTemp(filepath.Dir(path), partStart+partName(filepath.Base(path))+"-*"+partEnd) // its mode is 0600
		if err != nil {
			return nil, nil, err
		}
		if lock, err = openBeside(f.Name()); err == nil {
			if err = tryLock(lock); !errors.Is(err, errHeld) && named(lock) {
				return f, lock, nil
			}
			_ = lock.Close()
		}
		_ = f.Close()
		_ = removePart(f.Name())
	}
	return nil, nil, errors.Join(errors.New("something keeps removing it"), err)
}

// removeLeftovers removes parts for path that killed processes left behind. What cannot be removed does no harm.
func removeLeftovers(path string) {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return
	}
	names, _ := dir.Readdirnames(-1)
	_ = dir.Close()
	for _, name := range names {
		if isPartOf(name, filepath.Base(path)) {
			removeLeftover(filepath.Join(filepath.Dir(path), name))
		}
	}
}

// isPartOf reports whether name is one of a part for the file base.
func isPartOf(name, base string) bool {
	digits, ok := strings.CutPrefix(name, partStart+partName(base)+"-")
	digits, end := strings.CutSuffix(digits, partEnd)
	return ok && end && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// removeLeftover removes a part if it is a regular file of the user that no process writes.
func removeLeftover(name string) {
	f, err := openRegular(name, os.O_RDWR|noFollow, 0)
	if err != nil {
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !ours(info) || !abandoned(tryLock(f), time.Since(info.ModTime())) || !named(f) {
		return
	}
	_ = os.Remove(name)
}

// abandoned reports whether nobody writes a part any more, from what its lock says or, without locks, from its age.
func abandoned(lock error, age time.Duration) bool {
	return lock == nil || !errors.Is(lock, errHeld) && age > partAge
}
