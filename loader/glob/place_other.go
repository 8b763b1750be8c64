//go:build !unix

package glob

import (
	"os"
	"path/filepath"
)

// Place returns a comparable value that identifies a file: its path without links.
func Place(path string, _ os.FileInfo) any {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return path
}

// Links returns how many names a file has, as far as that can be known: 1.
func Links(os.FileInfo) uint64 { return 1 }
