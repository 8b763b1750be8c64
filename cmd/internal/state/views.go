package state

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pawprint/cmd/internal/disk"
	"pawprint/tui"
)

// Views stores saved views in a JSON file that people may also edit. It implements tui.Views.
type Views struct{ file disk.File }

// viewsVersion is the version of the file. One without a version is older, and the same but for that.
const viewsVersion = 1

// savedViews is the content of the file.
type savedViews struct {
	Version int             `json:"version"`
	Views   []tui.SavedView `json:"views"`
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *savedViews) UnmarshalJSON(text []byte) error {
	type plain savedViews
	return decode(text, viewsVersion, (*plain)(s))
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
		saved.Version = viewsVersion
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

// ErrTaken says that there is a view with the name of one that is imported.
var ErrTaken = errors.New("there is a view with this name already")

// Import implements tui.Views.
func (f Views) Import(ctx context.Context, views []tui.SavedView, replace bool) error {
	var saved savedViews
	var taken []string
	err := f.file.Update(ctx, &saved, func() bool {
		for _, v := range views {
			if saved.has(v.Name) && !replace {
				taken = append(taken, v.Name)
			}
			saved.put(v)
		}
		saved.Version = viewsVersion
		return len(taken) == 0
	})
	switch {
	case err != nil:
		return fmt.Errorf("nothing was imported, %s is left as it is: %w", f.file.Path, disk.Plain{Err: err})
	case len(taken) > 0:
		return fmt.Errorf("nothing was imported: %w: %s", ErrTaken, strings.Join(taken, ", "))
	}
	return nil
}

// has reports whether there is a view with a name.
func (s *savedViews) has(name string) bool {
	return slices.ContainsFunc(s.Views, func(o tui.SavedView) bool { return o.Name == name })
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

// ParseViews returns the views in the content of a file of views.
func ParseViews(text []byte) ([]tui.SavedView, error) {
	var saved savedViews
	if err := json.Unmarshal(text, &saved); err != nil {
		return nil, err
	}
	return saved.Views, nil
}
