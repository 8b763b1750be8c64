package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// maxRecent bounds the sources that are remembered.
const maxRecent = 20

// recentFile is the content of the file of recent sources, the latest first.
type recentFile struct {
	Sources []string `json:"sources"`
}

// recentPath is where they are remembered.
func recentPath() (string, error) {
	dir := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(dir, "pawprint", "recent.json"), nil
}

// recentSources lists the sources that were opened before, the latest first.
func recentSources() ([]string, error) {
	path, err := recentPath()
	if err != nil {
		return nil, fmt.Errorf("finding the recent sources: %w", err)
	}
	var f recentFile
	if err := loadJSON(path, &f); err != nil {
		return nil, fmt.Errorf("loading the recent sources: %w", err)
	}
	return f.Sources[:min(len(f.Sources), maxRecent)], nil
}

// remembering keeps two writers of one run apart.
var remembering sync.Mutex

// remember puts sources first among the recent ones. It is a service on the side: what cannot be kept is not, and a file that
// cannot be read is left as it is, which the start screen tells.
func remember(args []string) {
	remembering.Lock()
	defer remembering.Unlock()
	path, err := recentPath()
	if err != nil {
		return
	}
	var f recentFile
	if loadJSON(path, &f) != nil {
		return
	}
	before := slices.Clone(f.Sources)
	for _, arg := range slices.Backward(args) {
		if source, ok := memorable(arg); ok {
			f.Sources = slices.DeleteFunc(f.Sources, func(s string) bool { return s == source })
			f.Sources = slices.Insert(f.Sources, 0, source)
		}
	}
	f.Sources = f.Sources[:min(len(f.Sources), maxRecent)]
	if !slices.Equal(before, f.Sources) {
		_ = storeJSON(path, &f)
	}
}

// memorable is a source as it is remembered: a path from the root on, or a URL without anything that could be a credential.
func memorable(arg string) (string, bool) {
	if arg == "-" || arg == "" || strings.HasPrefix(arg, "/dev/") || strings.HasPrefix(arg, "/proc/") {
		return "", false
	}
	if strings.Contains(arg, "://") {
		u, err := url.Parse(arg)
		return arg, err == nil && u.User == nil && u.RawQuery == "" && u.Fragment == "" && !strings.Contains(arg, "@")
	}
	path, err := filepath.Abs(arg)
	return path, err == nil
}
