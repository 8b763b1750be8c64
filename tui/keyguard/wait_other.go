//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package keyguard

import "errors"

func newWaiter(File) (waiter, error) { return nil, errors.ErrUnsupported }
