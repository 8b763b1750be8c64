package disk

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// createNameless makes a file in a folder that has no name yet: if the process is killed, nothing is left of it. Not every file
// system can.
func createNameless(dir string) (*os.File, error) {
	f, err := os.OpenFile(dir, os.O_WRONLY|unix.O_TMPFILE, 0o600)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(handle(f)); err != nil { // it could not be named later
		f.Close()
		return nil, err
	}
	return f, nil
}

// nameIt gives a file without a name one. If there is a file of that name, the error is fs.ErrExist.
func nameIt(f *os.File, path string) error {
	return unix.Linkat(unix.AT_FDCWD, handle(f), unix.AT_FDCWD, path, unix.AT_SYMLINK_FOLLOW)
}

// handle is a path to an open file.
func handle(f *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", f.Fd()) }
