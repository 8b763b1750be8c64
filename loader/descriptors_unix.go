//go:build unix

package loader

import (
	"errors"
	"syscall"
)

// descriptorShare is how many files may be kept open: half of what the process may open, which leaves descriptors for
// terminals, connections and folders.
func descriptorShare() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return mostOpen / 4
	}
	return int(min(max(uint64(limit.Cur)/2, 4), mostOpen))
}

// outOfDescriptors reports whether err says that too many files are open.
func outOfDescriptors(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
