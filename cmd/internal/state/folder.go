// Package state keeps what the program notes between its runs: the sources that were opened, and the views that people saved.
package state

import (
	"fmt"
	"os"
	"path/filepath"
)

// Path is where the program keeps what it notes of its runs: $XDG_STATE_HOME/pawprint, else ~/.local/state/pawprint.
func Path() (string, error) {
	dir := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("finding the state folder: %w", err)
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "pawprint"), nil
}

// Folder is Path, and makes the folder for the user alone if it is not there.
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
