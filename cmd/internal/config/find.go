package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"pawprint/cmd/internal/disk"
)

// Variable is the environment variable that names another file than the usual one. Empty, it means that none is read.
const Variable = "PAWPRINT_CONFIG"

// Path returns the path of the user's file, whether it exists or not; empty if none is to be read. It is never in the working folder.
// named reports whether the user asked for this file.
func Path() (path string, named bool, err error) {
	if path, named = os.LookupEnv(Variable); named {
		path = disk.InHome(path)
		if path != "" && !filepath.IsAbs(path) {
			return "", true, fmt.Errorf("reading %s: %q is relative to the working folder: write the whole path, from / on", Variable, path)
		}
		return path, true, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil || !filepath.IsAbs(dir) {
		return "", false, nil // without a home there is no file
	}
	return filepath.Join(dir, "pawprint", "config.toml"), false, nil
}

// Loaded is the configuration of a run.
type Loaded struct {
	Config
	File string // where it was read; empty if it is the default
	Note string // why no file could be looked for; empty if it could
}

// Load reads the user's file. Without one, the configuration is the default. That the folder of the usual file is not accessible is only
// a note, because this user cannot have put a file there.
func Load(rules Rules) (Loaded, error) {
	standard := Loaded{Config: Default()}
	path, named, err := Path()
	if err != nil || path == "" {
		return standard, err
	}
	if _, err := os.Stat(path); err != nil && !named {
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
			return standard, nil
		case errors.Is(err, fs.ErrPermission):
			standard.Note = fmt.Sprintf("%s is not read: %v", path, disk.Plain{Err: err})
			return standard, nil
		}
	}
	conf, err := LoadFile(path, rules)
	return Loaded{Config: conf, File: path}, err
}

// LoadFile reads a file.
func LoadFile(path string, rules Rules) (Config, error) {
	text, err := disk.Read(path)
	if err != nil {
		return Default(), fmt.Errorf("reading the configuration %s: %w", path, err)
	}
	return Read(path, text, rules)
}
