//go:build nos3

package main

import (
	"errors"

	"pawprint/loader"
)

// remotes is what the sources of one log that a URL names share: nothing.
type remotes struct{}

func newRemotes() remotes { return remotes{} }

// remoteSource returns an error for s3:// sources. This build leaves out the AWS SDK, which is almost half of the program.
func (s *settings) remoteSource(string, loader.Limits, span) (loader.Source, error) {
	return nil, errors.New("this build has no S3: it was made with -tags nos3; name a file, a folder or a glob, or build without the tag")
}
