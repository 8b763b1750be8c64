//go:build unix

package glob

import (
	"os"
	"syscall"
)

// place identifies a file.
type place struct{ device, inode uint64 }

// Links returns how many names a file has.
func Links(info os.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Nlink)
	}
	return 1
}

// Place returns a comparable value that identifies a file, whatever its path.
func Place(path string, info os.FileInfo) any {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return place{uint64(s.Dev), uint64(s.Ino)}
	}
	return path
}
