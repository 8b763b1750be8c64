//go:build !unix

package ptytest

import "syscall"

// controlling changes nothing: there are no pseudo terminals of this kind here, and opening one fails.
func controlling() *syscall.SysProcAttr { return nil }
