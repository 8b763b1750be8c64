package state

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"pawprint/cmd/internal/disk"
)

// MaxRecent bounds the sources that are remembered.
const MaxRecent = 20

// rememberWait is how long the list is waited for while other runs change it.
const rememberWait = time.Second

// recentFile is the content of the file of recent sources, the latest first.
type recentFile struct {
	Sources []string `json:"sources"`
}

// recentList is where they are remembered.
func recentList() (disk.File, error) {
	dir, err := Path()
	return disk.File{Path: filepath.Join(dir, "recent.json")}, err
}

// Recent lists the sources that were opened before, the latest first.
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

// Remember puts sources first among the recent ones. It is a service on the side: what cannot be kept is not, and a file that
// cannot be read is left as it is, which the start screen tells.
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
