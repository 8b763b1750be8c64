package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"pawprint/tui"
)

// viewsFile keeps views in a file that people can read, too.
type viewsFile struct{ path string }

// savedViews is the content of the file.
type savedViews struct {
	Views []tui.SavedView `json:"views"`
}

// userViews are the views of the user; nil without a home.
func userViews() tui.Views {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	return &viewsFile{filepath.Join(dir, "pawprint", "views.json")}
}

// Load implements tui.Views.
func (f *viewsFile) Load() ([]tui.SavedView, error) {
	var saved savedViews
	if err := loadJSON(f.path, &saved); err != nil {
		return nil, fmt.Errorf("loading the views: %w", err)
	}
	return saved.Views, nil
}

// Save implements tui.Views. A file that cannot be read is not written.
func (f *viewsFile) Save(v tui.SavedView) error {
	var saved savedViews
	if err := loadJSON(f.path, &saved); err != nil {
		return fmt.Errorf("saving the view: %w; the file is left as it is", err)
	}
	same := func(o tui.SavedView) bool { return o.Name == v.Name }
	if i := slices.IndexFunc(saved.Views, same); i >= 0 {
		saved.Views[i] = v
	} else {
		saved.Views = append(saved.Views, v)
	}
	if err := storeJSON(f.path, &saved); err != nil {
		return fmt.Errorf("saving the view: %w", err)
	}
	return nil
}

// maxOwnFile bounds the program's own files.
const maxOwnFile = 4 << 20

// loadJSON reads one of the program's own files; one that is not there leaves into as it is. What the program does not know is
// an error: it would be lost by writing the file again.
func loadJSON(path string, into any) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxOwnFile+1))
	switch {
	case err != nil:
		return fmt.Errorf("reading %s: %w", path, err)
	case len(text) > maxOwnFile:
		return fmt.Errorf("reading %s: it is larger than %s", path, formatSize(maxOwnFile))
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("reading %s: %w", path, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("reading %s: there is something behind the end", path)
	}
	return nil
}

// storeJSON writes one of the program's own files as a whole or not at all, for nobody else to read.
func storeJSON(path string, content any) (err error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	text, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, err = file.Write(append(text, '\n'))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
