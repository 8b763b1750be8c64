package state

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"pawprint/cmd/internal/disk"
	"pawprint/tui"
)

// Views stores saved views in a JSON file that people may also edit. It implements tui.Views.
type Views struct{ file disk.File }

// savedViews is the content of the file.
type savedViews struct {
	Views []tui.SavedView `json:"views"`
}

// UserViews returns the saved views of the user, or nil if there is no configuration folder.
func UserViews() tui.Views {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil
	}
	return Views{disk.File{Path: filepath.Join(dir, "pawprint", "views.json")}}
}

// Load implements tui.Views.
func (f Views) Load() ([]tui.SavedView, error) {
	var saved savedViews
	if err := f.file.Load(&saved); err != nil {
		return nil, fmt.Errorf("loading the views: %w", err)
	}
	return saved.Views, nil
}

// Save implements tui.Views. It does not overwrite a file that it cannot read, and keeps what other runs saved meanwhile.
func (f Views) Save(ctx context.Context, views []tui.SavedView) error {
	var saved savedViews
	err := f.file.Update(ctx, &saved, func() bool {
		for _, v := range views {
			saved.put(v)
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("the view was not saved, %s is left as it is: %w", f.file.Path, disk.Plain{Err: err})
	}
	return nil
}

// put adds a view, or replaces the one with the same name.
func (s *savedViews) put(v tui.SavedView) {
	same := func(o tui.SavedView) bool { return o.Name == v.Name }
	if i := slices.IndexFunc(s.Views, same); i >= 0 {
		s.Views[i] = v
	} else {
		s.Views = append(s.Views, v)
	}
}
