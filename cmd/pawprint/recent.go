package main

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// maxRecent bounds the sources that are remembered.
const maxRecent = 20

// rememberWait is how long the list is waited for while other runs change it.
const rememberWait = time.Second

// recentFile is the content of the file of recent sources, the latest first.
type recentFile struct {
	Sources []string `json:"sources"`
}

// recentList is where they are remembered.
func recentList() (ownFile, error) {
	dir, err := statePath()
	return ownFile{filepath.Join(dir, "recent.json")}, err
}

// recentSources lists the sources that were opened before, the latest first.
func recentSources() ([]string, error) {
	list, err := recentList()
	if err != nil {
		return nil, fmt.Errorf("finding the recent sources: %w", err)
	}
	var f recentFile
	if err := list.load(&f); err != nil {
		return nil, fmt.Errorf("loading the recent sources: %w", err)
	}
	return f.Sources[:min(len(f.Sources), maxRecent)], nil
}

// remember puts sources first among the recent ones. It is a service on the side: what cannot be kept is not, and a file that
// cannot be read is left as it is, which the start screen tells.
func remember(args []string) {
	var sources []string
	for _, arg := range args {
		if source, ok := memorable(arg); ok {
			sources = append(sources, source)
		}
	}
	if sources == nil {
		return
	}
	list, err := recentList()
	if err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), rememberWait)
	defer cancel()
	var f recentFile
	_ = list.update(ctx, &f, func() bool {
		before := slices.Clone(f.Sources)
		for _, source := range slices.Backward(sources) {
			f.Sources = slices.DeleteFunc(f.Sources, func(s string) bool { return s == source })
			f.Sources = slices.Insert(f.Sources, 0, source)
		}
		f.Sources = f.Sources[:min(len(f.Sources), maxRecent)]
		return !slices.Equal(before, f.Sources)
	})
}

// memorable is a source as it is remembered: a path from the root on, or a URL without anything that could be a credential.
func memorable(arg string) (string, bool) {
	if arg == "-" || arg == "" || strings.HasPrefix(arg, "/dev/") || strings.HasPrefix(arg, "/proc/") {
		return "", false
	}
	if isURL(arg) {
		u, err := url.Parse(arg)
		return arg, err == nil && u.User == nil && u.RawQuery == "" && u.Fragment == "" && !strings.Contains(arg, "@")
	}
	path, err := filepath.Abs(arg)
	return path, err == nil
}
