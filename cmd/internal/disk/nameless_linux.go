package disk

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// createNameless makes a file without a name in a folder, so that nothing is left if the process is killed. Not every file system
// supports that.
func createNameless(dir string) (*os.File, error) {
	f, err := os.OpenFile(dir, os.O_WRONLY|unix.O_TMPFILE, 0o600)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(handle(f)); err != nil { // without /proc it could not get a name later
		f.Close()
		return nil, err
	}
	return f, nil
}

// nameFile gives a nameless file its name. If a file of that name exists, the error is fs.ErrExist.
func nameFile(f *os.File, path string) error {
	return unix.Linkat(unix.AT_FDCWD, handle(f), unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW)
}

// handle returns a path that leads to an open file.
func handle(f *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", f.Fd()) }

// renameNew renames a file unless a file of the new name exists: then the error is fs.ErrExist. Not every file system supports that.
func renameNew(from, to string) error {
	return unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
}
