//go:build !unix

package glob

import (
	"os"
	"path/filepath"
)

// Place returns something to compare that tells a file from all others: its path without links.
func Place(path string, _ os.FileInfo) any {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return path
}
