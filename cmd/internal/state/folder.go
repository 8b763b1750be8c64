// Package state keeps what the program remembers between runs: marks and notes, recently opened sources, saved views, sessions and filters.
// Several runs may write at once. It never stores anything beside a log.
package state

import (
	"fmt"
	"os"
	"path/filepath"
)

// Path returns the state folder: $XDG_STATE_HOME/pawprint, else ~/.local/state/pawprint. The folder may not exist.
func Path() (string, error) {
	dir := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("%v: set it, or XDG_STATE_HOME", err)
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "pawprint"), nil
}

// Folder returns Path. If the folder does not exist, Folder makes it, readable only by the user.
func Folder() (string, error) {
	dir, err := Path()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("making the state folder: %w", err)
	}
	return dir, nil
}
