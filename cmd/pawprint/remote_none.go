//go:build nos3

package main

import (
	"errors"

	"pawprint/loader"
)

// remote refuses s3:// sources: this build is for those who read files only, and the SDK is almost half of the program.
func (s *settings) remote(string, loader.Limits) (loader.Source, error) {
	return nil, errors.New("this build has no S3: it was made with -tags nos3; name a file, a folder or a glob, or build without the tag")
}
