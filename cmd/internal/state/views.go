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

// Views keeps views in a file that people can read, too.
type Views struct{ file disk.File }

// savedViews is the content of the file.
type savedViews struct {
	Views []tui.SavedView `json:"views"`
}

// UserViews are the views of the user; nil without a home.
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

// Save implements tui.Views. A file that cannot be read is not written, and what other runs saved meanwhile stays.
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

// put adds a view, in place of the one with the same name.
func (s *savedViews) put(v tui.SavedView) {
	same := func(o tui.SavedView) bool { return o.Name == v.Name }
	if i := slices.IndexFunc(s.Views, same); i >= 0 {
		s.Views[i] = v
	} else {
		s.Views = append(s.Views, v)
	}
}
