package state

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"pawprint/cmd/internal/disk"
)

// MaxRecent is how many sources are remembered.
const MaxRecent = 20

// rememberWait is how long to wait for the list while other runs change it.
const rememberWait = time.Second

// recentFile is the content of the file of recent sources, latest first.
type recentFile struct {
	Sources []string `json:"sources"`
}

// recentList returns the file of recent sources.
func recentList() (disk.File, error) {
	dir, err := Path()
	return disk.File{Path: filepath.Join(dir, "recent.json")}, err
}

// Recent returns the sources that were opened before, latest first.
func Recent() ([]string, error) {
	list, err := recentList()
	if err != nil {
		return nil, fmt.Errorf("finding the recent sources: %w", err)
	}
	var f recentFile
	if err := list.Load(&f); err != nil {
		return nil, fmt.Errorf("loading the recent sources: %w", err)
	}
	return f.Sources[:min(len(f.Sources), MaxRecent)], nil
}

// Remember puts sources at the front of the recent ones. The list is only a convenience, so errors are dropped; a file that cannot be
// read is left as it is, and the start screen reports it.
func Remember(sources []string) {
	list, err := recentList()
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), rememberWait)
	defer cancel()
	var f recentFile
	_ = list.Update(ctx, &f, func() bool {
		before := slices.Clone(f.Sources)
		for _, source := range slices.Backward(sources) {
			f.Sources = slices.DeleteFunc(f.Sources, func(s string) bool { return s == source })
			f.Sources = slices.Insert(f.Sources, 0, source)
		}
		f.Sources = f.Sources[:min(len(f.Sources), MaxRecent)]
		return !slices.Equal(before, f.Sources)
	})
}
