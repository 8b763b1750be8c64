//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Flags of opening a file: the last element of the path is not a link, and nothing is waited for.
const (
	noFollow    = syscall.O_NOFOLLOW
	nonBlocking = syscall.O_NONBLOCK
)

// openBeside opens a file that is open already, so that the lock of a part outlives the file that is written.
func openBeside(name string) (*os.File, error) { return os.OpenFile(name, os.O_RDWR|noFollow, 0) }

// tryLock takes the lock of an open file, unless it is held: then the error is errHeld. Not every file system has locks.
func tryLock(f *os.File) error {
	for {
		switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); {
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errHeld
		case err != syscall.EINTR:
			return err
		}
	}
}

// lacksLocks reports whether an error of tryLock says that the file system has no locks.
func lacksLocks(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK)
}

// named reports whether an open file has a name. Without one it was removed.
func named(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink > 0
}

// ours reports whether a file belongs to the user.
func ours(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
