package disk

import (
	"os"
	"path/filepath"
	"strings"
)

// InHome is a path with ~ for the home of the user, as a shell would have it.
func InHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if home, err := os.UserHomeDir(); ok && err == nil {
		return filepath.Join(home, rest)
	}
	return path
}

// ShortPath is a path as a shell would write it, with ~ for the home of the user.
func ShortPath(path string) string {
	if home, err := os.UserHomeDir(); err == nil && home != "/" {
		if rest, ok := strings.CutPrefix(path, home+"/"); ok {
			return "~/" + rest
		}
	}
	return path
}
