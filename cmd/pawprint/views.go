package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"pawprint/tui"
)

// viewsFile keeps views in a file that people can read, too.
type viewsFile struct{ file ownFile }

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
	return viewsFile{ownFile{filepath.Join(dir, "pawprint", "views.json")}}
}

// Load implements tui.Views.
func (f viewsFile) Load() ([]tui.SavedView, error) {
	var saved savedViews
	if err := f.file.load(&saved); err != nil {
		return nil, fmt.Errorf("loading the views: %w", err)
	}
	return saved.Views, nil
}

// Save implements tui.Views. A file that cannot be read is not written, and what other runs saved meanwhile stays.
func (f viewsFile) Save(ctx context.Context, views []tui.SavedView) error {
	var saved savedViews
	err := f.file.update(ctx, &saved, func() bool {
		for _, v := range views {
			saved.put(v)
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("the view was not saved, %s is left as it is: %w", f.file.path, plain{err})
	}
	return nil
}

// put adds a view, in place of the one with the same name.
func (s *savedViews) put(v tui.SavedView) {
	same := func(o tui.SavedView) bool { return o.Name == v.Name }
	if i := slices.IndexFunc(s.Views, same); i >= 0 {
		s.Views[i] = v
	} else {
		s.Views = append(s.Views, v)
	}
}
