package main

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"pawprint/cmd/internal/state"
	"pawprint/loader/glob"
)

// remember stores arguments as recent sources, except those that mean something else in another run, and none with --no-state.
func (s *settings) remember(args []string) {
	if s.noState {
		return
	}
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

// memorable returns an argument in the form in which it is remembered, an absolute path or a URL. It returns false for streams, for names
// that no file has, which are most likely mistyped, and for URLs that could hold a credential.
func memorable(arg string) (string, bool) {
	if arg == "-" || arg == "" || strings.HasPrefix(arg, "/dev/") || strings.HasPrefix(arg, "/proc/") {
		return "", false
	}
	if isURL(arg) {
		u, err := url.Parse(arg)
		return arg, err == nil && u.User == nil && u.RawQuery == "" && u.Fragment == "" && !strings.Contains(arg, "@")
	}
	if _, err := os.Stat(arg); errors.Is(err, fs.ErrNotExist) && !glob.Is(arg) {
		return "", false
	}
	path, err := filepath.Abs(arg)
	return path, err == nil
}
