//go:build !unix

package loader

import (
	"os"
	"path/filepath"
)

// descriptorShare is how many files may be kept open.
func descriptorShare() int { return mostOpen / 2 }

// outOfDescriptors reports whether err says that too many files are open. Here they do not run out at such numbers.
func outOfDescriptors(error) bool { return false }

// placeOf gives something to compare that tells a file from all others: its path without links.
func placeOf(path string, _ os.FileInfo) any {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return path
}
