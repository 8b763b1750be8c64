//go:build !linux

package disk

import (
	"errors"
	"os"
)

// createNameless is only for Linux.
func createNameless(string) (*os.File, error) { return nil, errors.ErrUnsupported }

func nameIt(*os.File, string) error { return errors.ErrUnsupported }
