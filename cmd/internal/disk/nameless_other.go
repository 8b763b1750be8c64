//go:build !linux

package disk

import (
	"errors"
	"os"
)

// createNameless fails: only Linux has files without names.
func createNameless(string) (*os.File, error) { return nil, errors.ErrUnsupported }

func nameFile(*os.File, string) error { return errors.ErrUnsupported }

// renameNew fails, as not every system supports it.
func renameNew(string, string) error { return errors.ErrUnsupported }
