//go:build !linux

package disk

import (
	"errors"
	"os"
)

// createNameless fails: only Linux has files without names.
func createNameless(string) (*os.File, error) { return nil, errors.ErrUnsupported }

func nameFile(*os.File, string) error { return errors.ErrUnsupported }
