//go:build unix

package loader

import (
	"errors"
	"os"
	"syscall"
)

// descriptorShare is how many files may be kept open: half of what the process may open, so that terminals, connections and
// folders find room.
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

// place tells a file from all others.
type place struct{ device, inode uint64 }

// placeOf gives something to compare that tells a file from all others, whatever its path.
func placeOf(path string, info os.FileInfo) any {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return place{uint64(s.Dev), uint64(s.Ino)}
	}
	return path
}
