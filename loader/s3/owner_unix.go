//go:build unix

package s3

import (
	"io/fs"
	"os"
	"syscall"
)

// ours reports whether a file belongs to the user who runs the program.
func ours(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

// writableByUsAlone reports whether neither the group nor others may write a file.
func writableByUsAlone(info fs.FileInfo) bool { return info.Mode().Perm()&0o022 == 0 }
