package main

import (
	"fmt"
	"os"
	"strings"

	"pawprint/loader"
	"pawprint/tui/termsafe"
)

// scheme is a kind of source that a URL names. A new kind is a package with a loader.Source, a row in schemes, and the rows of
// both in house_test.go.
type scheme struct {
	prefix  string // with "://"
	open    func(s *settings, url string, limits loader.Limits) (loader.Source, error)
	follows bool // it can go on when all was read
}

// schemes are all of them. What has no scheme is a path, a pattern, or "-" for standard input.
var schemes = []scheme{
	{"s3://", (*settings).remote, true},
}

// isURL reports whether an argument is written like a URL, whatever its scheme.
func isURL(arg string) bool { return strings.Contains(arg, "://") }

// schemeOf returns the scheme of a URL, or nil if the argument has none that is known.
func schemeOf(arg string) *scheme {
	for i := range schemes {
		if strings.HasPrefix(arg, schemes[i].prefix) {
			return &schemes[i]
		}
	}
	return nil
}

// checkScheme refuses a URL of a kind that is not read, unless it is the path of a file. The URL is not quoted: it may hold a
// secret.
func checkScheme(arg string) error {
	name, _, ok := strings.Cut(arg, "://")
	if !ok {
		return nil
	}
	if _, err := os.Lstat(arg); err == nil {
		return nil
	}
	var known []string
	for _, k := range schemes {
		known = append(known, k.prefix)
	}
	return fmt.Errorf("opening a source: %s:// is not read; name a file, a folder, a pattern, - for standard input, or a URL with %s",
		termsafe.Clean(name, termsafe.Options{}), strings.Join(known, ", "))
}

// source opens the source that an argument names. What is followed on disk is none by itself: all such paths are one set.
func (s *settings) source(arg string, limits loader.Limits) (source loader.Source, followed bool, err error) {
	if arg == "-" {
		return s.standardInput(limits), false, nil
	}
	if k := schemeOf(arg); k != nil {
		if s.follow && !k.follows {
			return nil, false, fmt.Errorf("opening a source: %s sources cannot be followed: leave out --follow", k.prefix)
		}
		source, err = k.open(s, arg, limits)
		return source, false, err
	}
	if err := checkScheme(arg); err != nil || s.follow {
		return nil, err == nil, err
	}
	return local(arg, limits), false, nil
}
