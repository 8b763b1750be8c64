package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// Windows has neither flag: the checks before and after opening a file tell a link or a device from a file.
const (
	noFollow    = 0
	nonBlocking = 0
)

// openBeside opens a file that is open already, in the way that lets it be renamed and removed while the lock is held.
func openBeside(name string) (*os.File, error) {
	root, err := os.OpenRoot(filepath.Dir(name))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.OpenFile(filepath.Base(name), os.O_RDWR, 0)
}

// lockedByte is far behind the end of any file, as no other process can read bytes that are locked.
const lockedByte = 1 << 30

// tryLock takes the lock of an open file, unless it is held: then the error is errHeld. Not every file system has locks.
func tryLock(f *os.File) error {
	at := windows.Overlapped{OffsetHigh: lockedByte}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errHeld
	}
	return err
}

// lacksLocks reports whether an error of tryLock says that the file system has no locks.
func lacksLocks(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, windows.ERROR_INVALID_FUNCTION)
}

// named reports whether an open file has a name. Without one it was removed.
func named(f *os.File) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(f.Name())
	return err == nil && os.SameFile(open, there)
}

// ours reports whether a file belongs to the user: a folder of the user's own holds no other's.
func ours(fs.FileInfo) bool { return true }
