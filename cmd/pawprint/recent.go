package main

import (
	"net/url"
	"path/filepath"
	"strings"

	"pawprint/cmd/internal/state"
)

// remember notes arguments as recent sources, but for those that mean something else in another run.
func remember(args []string) {
	var sources []string
	for _, arg := range args {
		if source, ok := memorable(arg); ok {
			sources = append(sources, source)
		}
	}
	if sources != nil {
		state.Remember(sources)
	}
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
