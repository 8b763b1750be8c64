package ptytest

import "errors"

// MakePipe fails: there are no named pipes in folders here.
func MakePipe(string) error { return errors.ErrUnsupported }
