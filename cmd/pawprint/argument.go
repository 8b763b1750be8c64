package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"pawprint/loader"
	"pawprint/tui/termsafe"
)

// scheme is a kind of source that a URL names. A new kind needs a package with a loader.Source, a row in schemes, and a row in
// house_test.go.
type scheme struct {
	prefix string // with "://"
	open   func(s *settings, url string, limits loader.Limits, of span) (loader.Source, error)
	once   string // why its sources cannot be followed, and what to do instead; empty if they can
	// explain prints what a source would be asked, and sends nothing. Nil if the source is not asked, but read whole.
	explain func(s *settings, url string, of span) error
	// price prints what a question costs at most, without asking it. Nil if that is not known.
	price func(s *settings, url string, of span) error
}

// schemes lists every scheme. An argument without a scheme is a path, a pattern, or "-" for standard input.
var schemes = []scheme{
	{"s3://", (*settings).remoteSource, "", nil, nil},
	{"clickhouse://", (*settings).clickhouseSource, "a database cannot say which rows are new: leave out --follow and run it again with --since 15m, or follow the bucket that fills the database", (*settings).explainClickHouse, nil},
	{"panther://", (*settings).pantherSource, "each query is an audit event itself, and everybody sees it in the query history: leave out --follow and run it again with --since 15m", (*settings).explainPanther, nil},
	{"athena://", (*settings).athenaSource, "each query costs money: leave out --follow and run it again with --since 1h, or follow the bucket as s3://", (*settings).explainAthena, (*settings).priceAthena},
}

// isURL reports whether an argument looks like a URL, with any scheme.
func isURL(arg string) bool { return strings.Contains(arg, "://") }

// schemeOf returns the scheme of a URL, or nil if the argument has no known scheme.
func schemeOf(arg string) *scheme {
	for i := range schemes {
		if strings.HasPrefix(arg, schemes[i].prefix) {
			return &schemes[i]
		}
	}
	return nil
}

// checkScheme returns an error for a URL with an unknown scheme, unless a file has that path. The error does not quote the URL, because
// it may hold a secret.
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

// openSource returns the source that an argument names. If the argument is a path on disk to be followed, it returns no source and
// followed is true: all such paths become one set.
func (s *settings) openSource(arg string, limits loader.Limits) (source loader.Source, followed bool, err error) {
	switch arg {
	case "":
		return nil, false, errors.New("opening a source: its name is empty: name a file, a folder, a pattern, - for standard input, or a URL such as s3://bucket/prefix")
	case "-":
		return s.standardInput(limits), false, nil
	}
	if k := schemeOf(arg); k != nil {
		if s.follow && k.once != "" {
			return nil, false, fmt.Errorf("opening a source: %s sources cannot be followed: %s", k.prefix, k.once)
		}
		of, err := s.bounds()
		if err != nil {
			return nil, false, err
		}
		if source, err = k.open(s, arg, limits, of); err != nil {
			return nil, false, err
		}
		return source, false, s.openPast(k, arg, limits, of)
	}
	if err := checkScheme(arg); err != nil || s.follow {
		return nil, err == nil, err
	}
	return localSource(arg, limits), false, nil
}
