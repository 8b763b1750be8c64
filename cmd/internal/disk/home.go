package disk

import (
	"os"
	"path/filepath"
	"strings"
)

// InHome expands a leading ~/ to the user's home folder, as a shell does.
func InHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if home, err := os.UserHomeDir(); ok && err == nil {
		return filepath.Join(home, rest)
	}
	return path
}

// ShortPath abbreviates the user's home folder at the start of a path to ~.
func ShortPath(path string) string {
	if home, err := os.UserHomeDir(); err == nil && home != "/" {
		if rest, ok := strings.CutPrefix(path, home+"/"); ok {
			return "~/" + rest
		}
	}
	return path
}
